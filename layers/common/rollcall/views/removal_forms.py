"""The forms that ask before something is deleted: which devices by their states, and the count to be typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import CATALOGUE
from rollcall.transitions import Status
from rollcall.views.blocks import section, value_of
from rollcall.views.inputs import form, input_block, text_input
from rollcall.views.removals import states_line
from rollcall.views.text import bold, code, count, escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.devices import Device
    from rollcall.errors import Fault
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader

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
    lines = []
    going = sum(preview.goes.values())
    if going:
        lines.append(f"{bold(count(going, 'device'))} {'is' if going == 1 else 'are'} deleted at once: ")
        lines[-1] += states_line(preview.goes)
    lines += [
        f"{bold(count(number, 'device'))} accepted by {reader.company(customer)}: it is asked to release "
        f"{'it' if number == 1 else 'them'} with one click, and {'it is' if number == 1 else 'they are'} deleted then"
        for customer, number in sorted(preview.release.items())
    ]
    lines += [
        f"{bold(count(number, 'device'))} {'stays' if number == 1 else 'stay'}: {CATALOGUE[name].title}. "
        f"{escape(CATALOGUE[name].remedy)}"
        for name, number in sorted(preview.stays.items())
    ]
    if preview.unknown:
        named = ", ".join(code(text) for text in preview.unknown[:_NAMED])
        more = len(preview.unknown) - _NAMED
        lines.append(f"Not known: {named}{f' and {count(more)} more' if more > 0 else ''}")
    means = "A delete cannot be taken back; uploading the devices again brings them back. The customer is told."
    blocks = [section("\n".join(f"• {line}" for line in lines)), section(means)]
    return form(
        DELETE,
        "Delete devices",
        [*blocks, *_typed(preview.meant), reader.account_line()],
        submit="Delete" if going else "Ask for release",
        metadata=value_of({"j": removal, "n": preview.meant}),
    )


def undo_form(upload: Upload, preview: UndoPreview, reader: Reader) -> dict[str, Any]:
    """Asks before an upload is taken back: what goes and what stays (row B8)."""
    whose = f" for {reader.company(upload.customer)}" if upload.customer else ""
    lines = [f"{bold(code(upload.file_name or upload.id))}{whose} · {code(upload.id)}"]
    if preview.goes:
        number = preview.meant
        lines.append(
            f"• {bold(count(number, 'device'))} {'goes' if number == 1 else 'go'}: {states_line(preview.goes)}"
        )
    if preview.stays:
        number = sum(preview.stays.values())
        lines.append(
            f"• {bold(count(number, 'device'))} {'stays' if number == 1 else 'stay'}: {states_line(preview.stays)}. "
            "What was decided, or is being exchanged, is not taken back with an upload"
        )
    if preview.others:
        lines.append(
            f"• {bold(count(preview.others, 'device'))} rejected, not recognised, being exchanged or deleted already: "
            "of these only the ones that the registry does not recognise go"
        )
    means = (
        "This cannot be taken back; the same file can be uploaded again. The customer is told, and its message about "
        "the upload follows."
    )
    return form(
        UNDO,
        "Undo upload",
        [section("\n".join(lines)), section(means), *_typed(preview.meant), reader.account_line()],
        submit="Undo upload",
        metadata=value_of({"u": upload.id, "n": preview.meant}),
    )


def typed_problem(typed: str, meant: int) -> str:
    """What is wrong with a count that was typed; empty if nothing is."""
    digits = "".join(character for character in typed if character not in " .,'\u2019\u00a0\u202f")
    if digits.isascii() and digits.isdigit() and int(digits) == meant:
        return ""
    return f"Type {meant}, the number of devices, to go on."


def going(status: Status) -> bool:
    """Whether a device of an upload that is taken back goes."""
    return status in (Status.PENDING, Status.MPTS_ERROR)


def _typed(meant: int) -> list[dict[str, Any]]:
    if meant <= 1:
        return []
    label = f"Type {count(meant)} to go on"
    return [input_block(TYPED, label, text_input(TYPED, longest=_LONGEST), hint="So that nobody does this by mistake.")]
