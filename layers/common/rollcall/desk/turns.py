"""Where in a list one is: what the buttons below it carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rollcall.views import pager

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.queries import Page


@dataclass(frozen=True, slots=True)
class Turn:
    """A page of an answer.

    Attributes:
        cursor: where it begins or, going backwards, ends; None for the beginning.
        backwards: the page before the cursor.
        as_table: devices as a table, many on a page.
    """

    cursor: str | None = None
    backwards: bool = False
    as_table: bool = False


def read_turn(value: Mapping[str, object], action_id: str) -> Turn:
    """The page that a button asks for; what it carries is taken for what it may be and no more."""
    cursor = value.get("c")
    return Turn(
        cursor=cursor if isinstance(cursor, str) and cursor else None,
        backwards=action_id == pager.PREVIOUS,
        as_table=action_id == pager.TABLE or value.get("t") == 1,
    )


def question_of(value: Mapping[str, object]) -> str:
    """The command that a button repeats."""
    question = value.get("q")
    return question if isinstance(question, str) else ""


def start_of(page: Page[Any]) -> str:
    """The cursor that leads to a page again, however it was reached: a cursor stands between two things."""
    return page.before or ""
