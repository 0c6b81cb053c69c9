"""Tags: the form that changes those of a device, and what came of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import section, value_of
from rollcall.views.devices import shown_id, tags
from rollcall.views.inputs import form, input_block, text_input
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.devices import Device
    from rollcall.errors import Fault
    from rollcall.tags import TagChange, Tagged
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

FORM: Final = "devices.tag"
#: Fields, by block id and action id alike.
ADD: Final = "add"
REMOVE: Final = "remove"
_LONGEST: Final = 400
_SEVERAL: Final = "Several with commas between."
_NAMED: Final = 10


def tag_form(device: Device, say: Wording = ENGLISH) -> dict[str, Any]:
    """Asks which tags to add to a device and which to remove."""
    has = say("Tags now: {tags}", tags=tags(device.tags, say=say)) if device.tags else say("No tags yet.")
    return form(
        FORM,
        say("Tags"),
        [
            section(f"{bold(code(shown_id(device)))}\n{has}"),
            input_block(ADD, say("Add"), text_input(ADD, longest=_LONGEST), hint=say(_SEVERAL), optional=True),
            input_block(
                REMOVE,
                say("Remove"),
                text_input(REMOVE, longest=_LONGEST),
                hint=say(_SEVERAL),
                optional=True,
            ),
        ],
        submit=say("Save"),
        metadata=value_of({"id": device.id, "u": device.generation.upload, "l": device.generation.line}),
        say=say,
    )


def tagged(change: TagChange, outcome: Sequence[Tagged], unknown: Sequence[str], reader: Reader) -> Message:
    """What came of a change.

    Args:
        change: what was asked for.
        outcome: device by device.
        unknown: identifiers that lead to none.
        reader: who asked.
    """
    say = reader.say
    changed = [one for one in outcome if one.changed]
    same = sum(not one.changed and one.fault is None for one in outcome)
    lines = []
    if changed:
        lines.append(
            bold(
                say(
                    "{devices} changed: {what}.", devices=say.count(len(changed), "device"), what=_what(change, say=say)
                )
            )
        )
    if same:
        lines.append(say("{devices} had it so already.", devices=say.count(same, "device")))
    if len(outcome) == 1 and outcome[0].fault is None:
        now = outcome[0].tags
        shown = code(shown_id(outcome[0].device))
        told = "{device} has the tags {tags} now." if now else "{device} has no tags now."
        lines.append(say(told, device=shown, tags=tags(now, say=say)))
    refused = [(shown_id(one.device), one.fault) for one in outcome if one.fault]
    lines += [f"{code(shown)}: {say.fault_line(fault)}" for shown, fault in refused[:_NAMED]]
    if len(refused) > _NAMED:
        lines.append(say("and {number} more", number=say.count(len(refused) - _NAMED)))
    if unknown:
        named = ", ".join(code(text) for text in unknown[:_NAMED])
        rest = len(unknown) - _NAMED
        more = f" {say('and {number} more', number=say.count(rest))}" if rest > 0 else ""
        lines.append(say("Not known: {named}{more}", named=named, more=more))
    if not lines:
        lines.append(say("Nothing was changed: the devices are gone."))
    if changed and change.add:
        lines.append(say("{command} lists them.", command=reader.usage(f"devices list tag:{_quoted(change.add[0])}")))
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def nothing_said(faults: Sequence[Fault], reader: Reader) -> Message:
    """No tag that could be added or removed was named."""
    say = reader.say
    lines = [say.fault_line(fault) for fault in faults]
    if not lines:
        lines.append(say("Say which tags: + before one to add, - before one to remove."))
    lines.append(say("This works: {command}", command=reader.usage("devices tag 490154203237518 +stock -old")))
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def _what(change: TagChange, say: Wording = ENGLISH) -> str:
    parts = [
        *([say("{tags} added", tags=tags(change.add, say=say))] if change.add else []),
        *([say("{tags} removed", tags=tags(change.remove, say=say))] if change.remove else []),
    ]
    return ", ".join(parts)


def _quoted(tag: str) -> str:
    return f'"{tag}"' if " " in tag else tag
