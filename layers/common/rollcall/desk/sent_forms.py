"""What every form that asks before something is changed has in common."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.views import approval_forms
from rollcall.views import removal_forms as forms
from rollcall.views.blocks import plain_text, section
from rollcall.views.modals import modal
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

    View = dict[str, Any]
    Value = Mapping[str, object]


#: The block that says why a form is there again.
_NOTE: Final = "note"
#: What of a view is what its maker gave it; the rest is Slack's own.
_KEPT: Final = ("callback_id", "title", "submit", "close", "notify_on_close", "clear_on_close", "external_id")
#: What a state has → what an element begins with.
_INITIAL: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
}


class FieldError(Exception):
    """A field of a form is not filled in as it should be.

    Attributes:
        block: of the field.
        problem: what is wrong, and what would be right; in English, with ``{names}`` for its parts.
        parts: what stands there; plain text.
    """

    def __init__(self, block: str, problem: str, **parts: object) -> None:
        self.block, self.problem, self.parts = block, problem, parts
        super().__init__(problem)

    def answer(self, say: Wording) -> View:
        """The form stays, with what is wrong at its field."""
        parts = {name: say.count(part) if isinstance(part, int) else part for name, part in self.parts.items()}
        return {"response_action": "errors", "errors": {self.block: say(self.problem, **parts)}}


def problem_of(view: Mapping[str, Any], value: Value, say: Wording = ENGLISH) -> View | None:
    """What is wrong with the count that was typed; None if nothing is, or none was asked for."""
    number = value.get("n")
    meant = number if isinstance(number, int) and not isinstance(number, bool) else -1
    if meant in (0, 1):
        return None
    problem = forms.typed_problem(approval_forms.choice(view, forms.TYPED), meant, say)
    return {"response_action": "errors", "errors": {forms.TYPED: problem}} if problem else None


def metadata_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a form carries: a small JSON object; empty where it carries none or something else."""
    try:
        value = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def again(view: Mapping[str, Any], note: str, *, metadata: str = "", callback: str = "", title: str = "") -> View:
    """The form that was sent once more, with what was filled in and a line that says why.

    Args:
        view: as Slack sent it.
        note: what happened; mrkdwn.
        metadata: what it carries from now on; empty for the same.
        callback: what its listener knows it by from now on; empty for the same.
        title: likewise.
    """
    values = (view.get("state") or {}).get("values") or {}
    blocks = [_filled(block, values) for block in view.get("blocks") or () if block.get("block_id") != _NOTE]
    told = {**section(f"⚠ {note}"), "block_id": _NOTE}
    kept = {name: view[name] for name in _KEPT if view.get(name)}
    kept |= {"callback_id": callback} if callback else {}
    kept |= {"title": plain_text(title, 24)} if title else {}
    carried = metadata or str(view.get("private_metadata") or "")
    return {
        "response_action": "update",
        "view": {**kept, "type": "modal", "private_metadata": carried, "blocks": [told, *blocks]},
    }


def _filled(block: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A block of a form with what was filled into it."""
    element = block.get("element") or {}
    state = (values.get(str(block.get("block_id"))) or {}).get(element.get("action_id"))
    if state is None:
        return dict(block)
    initial = {_INITIAL[name]: state[name] for name in _INITIAL if state.get(name)}
    bare = {name: value for name, value in element.items() if name not in _INITIAL.values()}
    return {**block, "element": {**bare, **initial}}


def instead(answer: Message, title: str = "Rollcall") -> View:
    """An answer in place of the form that was sent."""
    return {"response_action": "update", "view": modal(answer, title)}
