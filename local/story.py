"""The story that ``make demo ONCE=1`` plays without a person, each step checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from local.laptop import Laptop
    from local.outcome import Outcome


class StoryError(Exception):
    """A step of the story came out wrong; says which."""


def play(console: Console, laptop: Laptop, outcome: Outcome) -> None:
    """Plays the story on from a first upload.

    Raises:
        StoryError: a step came out wrong.
    """
    _expect("some rows are stored and some refused", ok=outcome.summary["stored"] > 0 < outcome.summary["refused"])


def _expect(what: str, *, ok: bool) -> None:
    if not ok:
        raise StoryError(f"The demo went wrong: expected that {what}.")
