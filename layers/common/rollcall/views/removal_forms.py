"""The forms that ask before something is deleted: which devices by their states, and the count to be typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rollcall.transitions import Status
from rollcall.views.blocks import section, value_of
from rollcall.views.inputs import form, input_block, text_input
from rollcall.views.removals import states_line
from rollcall.views.text import bold, code, escape
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.devices import Device
    from rollcall.errors import Fault
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

DELETE: Final = "devices.delete"
UNDO: Final = "uploads.undo"
#: The field, by block id and action id alike.
TYPED: Final = "typed"
_LONGEST: Final = 12
_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of devices that somebody wants to delete.

    Attributes:
        goes: state → devices that are deleted at once.
        release: customer → devices that it has to release first.
        stays: fault code → devices that stay.
        unknown: identifiers that lead to no device.
    """

    goes: Mapping[str, int] = field(default_factory=dict)
    release: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def meant(self) -> int:
        """Devices that go, now or once they are released."""
        return sum(self.goes.values()) + sum(self.release.values())


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What would become of the devices of an upload that somebody wants to take back.

    Attributes:
        goes: state → devices that are deleted.
        stays: state → devices that stay.
        others: devices of which nobody has looked whether they go: neither PENDING nor VERIFIED, or deleted already.
    """

    goes: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    others: int = 0

    @property
    def meant(self) -> int:
        """Devices that go, as far as it is known."""
        return sum(self.goes.values())


def preview_of(devices: Sequence[Device], faults: Sequence[Fault | None], unknown: Sequence[str]) -> Preview:
    """What would become of devices.

    Args:
        devices: as read.
        faults: why each cannot be deleted; None for those that can.
        unknown: identifiers that lead to none.
    """
    goes: Counter[str] = Counter()
    release: Counter[str] = Counter()
    stays: Counter[str] = Counter()
    for device, fault in zip(devices, faults, strict=True):
        if fault is None:
            goes[device.status.value] += 1
        elif fault.code == "RELEASE_NEEDED":
            release[device.generation.customer] += 1
        else:
            stays[fault.code] += 1
    return Preview(goes, release, stays, tuple(unknown))


def delete_form(removal: str, preview: Preview, reader: Reader) -> dict[str, Any]:
    """Asks before devices are deleted; more than one only with their count typed (row P15).

    Args:
        removal: id of the draft.
        preview: what would become of them.
        reader: who deletes.
    """
    say = reader.say
    lines = []
    going = sum(preview.goes.values())
    if going:
        told = "{devices} is deleted at once: {states}" if going == 1 else "{devices} are deleted at once: {states}"
        lines.append(say(told, devices=bold(say.count(going, "device")), states=states_line(preview.goes, say=say)))
    for customer, number in sorted(preview.release.items()):
        told = "{devices} accepted by {company}: it is asked to release them with one click, and they are deleted then"
        if number == 1:
            told = "{devices} accepted by {company}: it is asked to release it with one click, and it is deleted then"
        lines.append(say(told, devices=bold(say.count(number, "device")), company=reader.company(customer)))
    for name, number in sorted(preview.stays.items()):
        told = "{devices} stays: {why}. {remedy}" if number == 1 else "{devices} stay: {why}. {remedy}"
        why, remedy = say.title(name), escape(say.remedy(name))
        lines.append(say(told, devices=bold(say.count(number, "device")), why=why, remedy=remedy))
    if preview.unknown:
        named = ", ".join(code(text) for text in preview.unknown[:_NAMED])
        rest = len(preview.unknown) - _NAMED
        more = f" {say('and {number} more', number=say.count(rest))}" if rest > 0 else ""
        lines.append(say("Not known: {named}{more}", named=named, more=more))
    means = say("A delete cannot be taken back; uploading the devices again brings them back. The customer is told.")
    blocks = [section("\n".join(f"• {line}" for line in lines)), section(means)]
    return form(
        DELETE,
        say("Delete devices"),
        [*blocks, *_typed(preview.meant, say=say), reader.account_line()],
        submit=say("Delete") if going else say("Ask for release"),
        metadata=value_of({"j": removal, "n": preview.meant}),
        say=say,
    )


def undo_form(upload: Upload, preview: UndoPreview, reader: Reader) -> dict[str, Any]:
    """Asks before an upload is taken back: what goes and what stays (row B8)."""
    say = reader.say
    whose = " " + say("for {company}", company=reader.company(upload.customer)) if upload.customer else ""
    lines = [f"{bold(code(upload.file_name or upload.id))}{whose} · {code(upload.id)}"]
    if preview.goes:
        number = preview.meant
        told = "• {devices} goes: {states}" if number == 1 else "• {devices} go: {states}"
        lines.append(say(told, devices=bold(say.count(number, "device")), states=states_line(preview.goes, say=say)))
    if preview.stays:
        number = sum(preview.stays.values())
        told = "• {devices} stay: {states}. What was decided, or is being exchanged, is not taken back with an upload"
        if number == 1:
            told = (
                "• {devices} stays: {states}. What was decided, or is being exchanged, is not taken back with an upload"
            )
        lines.append(say(told, devices=bold(say.count(number, "device")), states=states_line(preview.stays, say=say)))
    if preview.others:
        lines.append(
            say(
                "• {devices} rejected, not recognised, being exchanged or deleted already: of these only the "
                "ones that the registry does not recognise go",
                devices=bold(say.count(preview.others, "device")),
            )
        )
    means = say(
        "This cannot be taken back; the same file can be uploaded again. The customer is told, and its "
        "message about the upload follows."
    )
    return form(
        UNDO,
        say("Undo upload"),
        [section("\n".join(lines)), section(means), *_typed(preview.meant, say=say), reader.account_line()],
        submit=say("Undo upload"),
        metadata=value_of({"u": upload.id, "n": preview.meant}),
        say=say,
    )


def typed_problem(typed: str, meant: int, say: Wording = ENGLISH) -> str:
    """What is wrong with a count that was typed; empty if nothing is."""
    digits = "".join(character for character in typed if character not in " .,'\u2019\u00a0\u202f")
    if digits.isascii() and digits.isdigit() and int(digits) == meant:
        return ""
    return say("Type {meant}, the number of devices, to go on.", meant=meant)


def going(status: Status) -> bool:
    """Whether a device of an upload that is taken back goes."""
    return status in (Status.PENDING, Status.MPTS_ERROR)


def _typed(meant: int, say: Wording = ENGLISH) -> list[dict[str, Any]]:
    if meant <= 1:
        return []
    label = say("Type {number} to go on", number=say.count(meant))
    return [
        input_block(TYPED, label, text_input(TYPED, longest=_LONGEST), hint=say("So that nobody does this by mistake."))
    ]
