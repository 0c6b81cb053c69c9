"""Input blocks of modals, and menus in messages. Their ids are fixed: an error is shown at the block it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import BUTTON, OPTION_VALUE, plain_text
from rollcall.views.text import cut
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.views.blocks import Block, Element
    from rollcall.views.wording import Wording

LABEL: Final = 2000
PLACEHOLDER: Final = 150
#: Options of a menu.
MOST_OPTIONS: Final = 100


def input_block(block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """An input with its label.

    Args:
        block_id: an error names it.
        label: what is asked.
        element: what it is answered with.
        hint: small print below.
        optional: it may be left empty.
    """
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, LABEL),
        "element": element,
        "optional": optional,
    }
    return {**block, "hint": plain_text(hint, LABEL)} if hint else block


def option(text: str, value: str) -> dict[str, Any]:
    """One choice of a menu; the value has at most 75 characters."""
    return {"text": plain_text(text, BUTTON), "value": cut(value, OPTION_VALUE)}


def menu(action_id: str, options: Sequence[dict[str, Any]], *, placeholder: str, initial: str = "") -> Element:
    """A menu of known options.

    Args:
        action_id: what it is known by.
        options: at most 100.
        placeholder: shown while nothing is picked.
        initial: value of the option that is picked at first.
    """
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, PLACEHOLDER),
        "options": list(options[:MOST_OPTIONS]),
    }
    picked = next((one for one in element["options"] if initial and one["value"] == initial), None)
    return {**element, "initial_option": picked} if picked else element


def searched_menu(action_id: str, *, placeholder: str, initial: dict[str, Any] | None = None) -> Element:
    """A menu whose options are asked for as somebody types, and at once with nothing typed."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, PLACEHOLDER),
        "min_query_length": 0,
    }
    return {**element, "initial_option": initial} if initial else element


def text_input(action_id: str, *, longest: int, placeholder: str = "", initial: str = "") -> Element:
    """One line of text."""
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": longest}
    if placeholder:
        element["placeholder"] = plain_text(placeholder, PLACEHOLDER)
    if initial:
        element["initial_value"] = cut(initial, longest)
    return element


def date_input(action_id: str, *, initial: str = "") -> Element:
    """A day out of a calendar; ``initial`` is ``YYYY-MM-DD`` or empty."""
    element: Element = {"type": "datepicker", "action_id": action_id}
    return {**element, "initial_date": initial} if initial else element


def checkbox(action_id: str, text: str, value: str, *, ticked: bool = False) -> Element:
    """A single box to tick."""
    choice = option(text, value)
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": [choice]}
    return {**element, "initial_options": [choice]} if ticked else element


def file_input(action_id: str, *, endings: Sequence[str], most: int) -> Element:
    """Files from the person's own device."""
    return {"type": "file_input", "action_id": action_id, "filetypes": list(endings), "max_files": most}


def form(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str,
    metadata: str = "",
    close: str = "",
    say: Wording = ENGLISH,
) -> dict[str, Any]:
    """A modal that asks.

    Args:
        callback_id: what its listener knows it by.
        title: at most 24 characters, as are the two buttons.
        blocks: at most 100.
        submit: on the button that sends it.
        metadata: opaque; gives no rights.
        close: on the button that does not; "Cancel" where nothing is said.
        say: in the reader's language.
    """
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(title, 24),
        "submit": plain_text(submit, 24),
        "close": plain_text(close or say("Cancel"), 24),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }
