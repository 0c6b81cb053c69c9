"""Tags: the form that changes those of a device, and what came of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id, tags
from rollcall.views.faults import fault_line
from rollcall.views.inputs import form, input_block, text_input
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.devices import Device
    from rollcall.errors import Fault
    from rollcall.store.tags import Tagged
    from rollcall.tags import TagChange
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

FORM: Final = "devices.tag"
#: Fields, by block id and action id alike.
ADD: Final = "add"
REMOVE: Final = "remove"
_LONGEST: Final = 400
_SEVERAL: Final = "Several with commas between."
_NAMED: Final = 10


def tag_form(device: Device) -> dict[str, Any]:
    """Asks which tags to add to a device and which to remove."""
    has = f"Tags now: {tags(device.tags)}" if device.tags else "No tags yet."
    return form(
        FORM,
        "Tags",
        [
            section(f"{bold(code(shown_id(device)))}\n{has}"),
            input_block(ADD, "Add", text_input(ADD, longest=_LONGEST), hint=_SEVERAL, optional=True),
            input_block(
                REMOVE,
                "Remove",
                text_input(REMOVE, longest=_LONGEST),
                hint="Several with commas between.",
                optional=True,
            ),
        ],
        submit="Save",
        metadata=value_of({"id": device.id, "u": device.generation.upload, "l": device.generation.line}),
    )


def tagged(change: TagChange, outcome: Sequence[Tagged], unknown: Sequence[str], reader: Reader) -> Message:
    """What came of a change.

    Args:
        change: what was asked for.
        outcome: device by device.
        unknown: identifiers that lead to none.
        reader: who asked.
    """
    changed = [one for one in outcome if one.changed]
    same = sum(not one.changed and one.fault is None for one in outcome)
    lines = []
    if changed:
        lines.append(bold(f"{count(len(changed), 'device')} changed: {_what(change)}."))
    if same:
        lines.append(f"{count(same, 'device')} had it so already.")
    if len(outcome) == 1 and outcome[0].fault is None:
        now = outcome[0].tags
        lines.append(f"{code(shown_id(outcome[0].device))} has {f'the tags {tags(now)}' if now else 'no tags'} now.")
    refused = [(shown_id(one.device), one.fault) for one in outcome if one.fault]
    lines += [f"{code(shown)}: {fault_line(fault)}" for shown, fault in refused[:_NAMED]]
    if len(refused) > _NAMED:
        lines.append(f"and {count(len(refused) - _NAMED)} more")
    if unknown:
        named = ", ".join(code(text) for text in unknown[:_NAMED])
        more = len(unknown) - _NAMED
        lines.append(f"Not known: {named}{f' and {count(more)} more' if more > 0 else ''}")
    if not lines:
        lines.append("Nothing was changed: the devices are gone.")
    if changed and change.add:
        lines.append(f"{reader.usage(f'devices list tag:{_quoted(change.add[0])}')} lists them.")
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def nothing_said(faults: Sequence[Fault], reader: Reader) -> Message:
    """No tag that could be added or removed was named."""
    lines = [fault_line(fault) for fault in faults]
    if not lines:
        lines.append("Say which tags: + before one to add, - before one to remove.")
    lines.append(f"This works: {reader.usage('devices tag 490154203237518 +stock -old')}")
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def _what(change: TagChange) -> str:
    parts = [
        *([f"{tags(change.add)} added"] if change.add else []),
        *([f"{tags(change.remove)} removed"] if change.remove else []),
    ]
    return ", ".join(parts)


def _quoted(tag: str) -> str:
    return f'"{tag}"' if " " in tag else tag
