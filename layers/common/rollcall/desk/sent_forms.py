"""What every form that asks before something is changed has in common."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rollcall.views import approval_forms
from rollcall.views import removal_forms as forms
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.views.message import Message

    View = dict[str, Any]
    Value = Mapping[str, object]


class FieldError(Exception):
    """A field of a form is not filled in as it should be.

    Attributes:
        block: of the field.
        problem: what is wrong, and what would be right.
    """

    def __init__(self, block: str, problem: str) -> None:
        self.block = block
        self.problem = problem
        super().__init__(problem)


def problem_of(view: Mapping[str, Any], value: Value) -> View | None:
    """What is wrong with the count that was typed; None if nothing is, or none was asked for."""
    number = value.get("n")
    meant = number if isinstance(number, int) and not isinstance(number, bool) else -1
    if meant in (0, 1):
        return None
    problem = forms.typed_problem(approval_forms.choice(view, forms.TYPED), meant)
    return {"response_action": "errors", "errors": {forms.TYPED: problem}} if problem else None


def metadata_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a form carries: a small JSON object; empty where it carries none or something else."""
    try:
        value = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def instead(answer: Message, title: str = "Rollcall") -> View:
    """An answer in place of the form that was sent."""
    return {"response_action": "update", "view": modal(answer, title)}
