"""The form of an upload: the names of its fields, and what somebody filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rollcall.incoming import FORM_BYTES, read_files, refusal
from rollcall.wishes import CUSTOMER, ORDER_DATE, ORDER_NUMBER, STC, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.incoming import SlackFile

FILES: Final = "files"
CHECK: Final = "check"
#: Characters of a message below a field.
_LONGEST_PROBLEM: Final = 500


def read_wish(values: object) -> Wish:
    """The wish in ``state.values`` of the form, or of a message with the same menus."""
    return Wish(
        customer=_picked(values, CUSTOMER),
        stc=_picked(values, STC),
        order_number=_said(values, ORDER_NUMBER, "value"),
        order_date=_said(values, ORDER_DATE, "selected_date"),
        check_only=bool(_answer(values, CHECK).get("selected_options")),
    )


def read_form_files(values: object) -> tuple[SlackFile, ...]:
    """The files in ``state.values`` of the form."""
    return read_files(_answer(values, FILES).get("files"))


def files_problem(files: tuple[SlackFile, ...], say: Callable[..., str] = str.format) -> str:
    """Why the files of a form cannot be taken, each with its name; empty if all can. All are told in one pass."""
    if not files:
        return say("Add at least one CSV file.")
    told = [f"{file.name} {why}." for file in files if (why := refusal(file, limit=FORM_BYTES, say=say))]
    problem = " ".join(told)
    return problem if len(problem) <= _LONGEST_PROBLEM else problem[: _LONGEST_PROBLEM - 1] + "…"


def write_metadata(account: str) -> str:
    """What a form carries along: for whom it is. It gives no rights; membership is looked up at every request."""
    return json.dumps({"as": account}, separators=(",", ":"))


def read_metadata(text: object) -> str:
    """The account that a form is for; empty where it carries none."""
    try:
        value = json.loads(text) if isinstance(text, str) and text else {}
    except ValueError:
        return ""
    account = value.get("as") if isinstance(value, dict) else None
    return account if isinstance(account, str) else ""


def _picked(values: object, field: str) -> str:
    option = _answer(values, field).get("selected_option")
    return str(option.get("value", "")) if isinstance(option, Mapping) else ""


def _said(values: object, field: str, key: str) -> str:
    value = _answer(values, field).get(key)
    return value if isinstance(value, str) else ""


def _answer(values: object, field: str) -> Mapping[str, object]:
    """What stands in a field, whatever its block is called: the form names blocks by field, messages cannot."""
    blocks = values.values() if isinstance(values, Mapping) else ()
    for block in blocks:
        answer = block.get(action_id(field)) if isinstance(block, Mapping) else None
        if isinstance(answer, Mapping):
            return answer
    return {}


def action_id(field: str) -> str:
    """What the element of a field is known by."""
    return f"uploads.{field}"
