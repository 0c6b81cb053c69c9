"""Block Kit blocks as plain dictionaries, each kept within what Slack takes by cutting its text.

The figures are the published ones (docs.slack.dev, reference/block-kit).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.views.text import NOTHING, clean, cut, cut_mrkdwn
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rollcall.views.wording import Wording

    Block = dict[str, Any]
    Element = dict[str, Any]

SECTION: Final = 3000
FIELD: Final = 2000
FIELDS: Final = 10
HEADER: Final = 150
CONTEXT: Final = 10
ACTIONS: Final = 25
BUTTON: Final = 75
VALUE: Final = 2000
OPTIONS: Final = 5
#: Characters of an option's value: the sources say 75 or 150.
OPTION_VALUE: Final = 75
_CONFIRM: Final = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
#: Characters of a section that is filled with lines; short enough that a part of a message can be left out.
_PARAGRAPH: Final = 2000


def mrkdwn(text: str, limit: int = SECTION) -> Element:
    """A mrkdwn object; what others wrote in it has gone through `text`."""
    return {"type": "mrkdwn", "text": cut_mrkdwn(text, limit) or NOTHING, "verbatim": True}


def plain_text(text: str, limit: int) -> Element:
    """A plain_text object: anything may stand in it, nothing is formatted, and ``:name:`` stays as it is."""
    return {"type": "plain_text", "text": cut(clean(text), limit) or NOTHING, "emoji": False}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of mrkdwn, perhaps with a button at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """Lines of mrkdwn in as few sections as hold them; no line is torn."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) < _PARAGRAPH:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return [section(text) for text in texts]


def fields(pairs: Sequence[tuple[str, str]]) -> list[Block]:
    """Labelled values in two columns.

    Args:
        pairs: a label of ours and a value that is already mrkdwn.
    """
    texts = [mrkdwn(f"*{label}*\n{value}", FIELD) for label, value in pairs]
    return [{"type": "section", "fields": texts[start : start + FIELDS]} for start in range(0, len(texts), FIELDS)]


def context(*texts: str) -> Block:
    """Small print; what is more than a block holds is left out."""
    return {"type": "context", "elements": [mrkdwn(text, FIELD) for text in texts[:CONTEXT]]}


def header(text: str) -> Block:
    """A headline; any text."""
    return {"type": "header", "text": plain_text(text, HEADER)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(elements: Sequence[Element]) -> list[Block]:
    """Buttons in a row; no block at all where there are none, since Slack refuses an empty one."""
    return [{"type": "actions", "elements": list(elements[:ACTIONS])}] if elements else []


def value_of(parts: Mapping[str, object]) -> str:
    """What a button carries: compact JSON."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def fits(parts: Mapping[str, object]) -> bool:
    """Whether a button can carry it."""
    return len(value_of(parts)) <= VALUE


def button(
    text: str,
    action_id: str,
    value: Mapping[str, object],
    *,
    style: str = "",
    label: str = "",
    confirm: Element | None = None,
) -> Element:
    """A button.

    Args:
        text: what stands on it.
        action_id: what a listener knows it by.
        value: opaque ids; they give no rights. Ask `fits` first where it may be long.
        style: "primary", "danger" or "".
        label: what a screen reader says in place of the text.
        confirm: the question that Slack asks first.

    Raises:
        ValueError: the value is longer than a button can carry.
    """
    if not fits(value):
        raise ValueError(f"more than {VALUE} characters for button {action_id}")
    element: Element = {
        "type": "button",
        "text": plain_text(text, BUTTON),
        "action_id": action_id,
        "value": value_of(value),
    }
    if style:
        element["style"] = style
    if label:
        element["accessibility_label"] = cut(clean(label), BUTTON) or NOTHING
    if confirm:
        element["confirm"] = confirm
    return element


def confirmation(title: str, text: str, *, confirm: str, deny: str = "", say: Wording = ENGLISH) -> Element:
    """The question before an act: what it means, with the act itself on the button."""
    parts = {"title": title, "text": text, "confirm": confirm, "deny": deny or say("Cancel")}
    return {name: plain_text(part, _CONFIRM[name]) for name, part in parts.items()}


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> Element:
    """A menu behind three dots, of at most five entries.

    Args:
        action_id: what a listener knows it by.
        options: what is shown, and the value it carries, at most 75 characters.
    """
    shown = [{"text": plain_text(text, BUTTON), "value": cut(value, OPTION_VALUE)} for text, value in options[:OPTIONS]]
    return {"type": "overflow", "action_id": action_id, "options": shown}


def table(rows: Sequence[Sequence[str]], *, wrapped: Iterable[int] = ()) -> Block:
    """A table of raw texts; the first row names the columns.

    Args:
        rows: all of one width, up to 100 of up to 20 cells.
        wrapped: numbers of the columns, from 0, whose texts go over several lines.
    """
    wide = set(wrapped)
    cells = [[{"type": "raw_text", "text": clean(cell) or NOTHING} for cell in row] for row in rows]
    settings = [{"is_wrapped": index in wide} for index in range(len(rows[0]))]
    return {"type": "table", "rows": cells, "column_settings": settings}
