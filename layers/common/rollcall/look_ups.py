"""Lists whose devices somebody wants to know the state of: what each row asks for, and what is answered (row B14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rollcall.device_sheets import COLUMNS, UNKNOWN, device_row
from rollcall.errors import Fault, sentence
from rollcall.identifiers import candidates, read
from rollcall.row_identifiers import ID_COLUMNS, SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rollcall.devices import Device
    from rollcall.records import Record
    from rollcall.rows import FileContext

    Row = tuple[str, ...]

#: Where in the file a line of the answer belongs, and what stood there. Reading the answer again passes over them, as
#: over all columns that mean nothing for a device; ``error`` is one of ours, and says why a row asks for nothing.
SHEET: Final = ("line", "given", *COLUMNS[:-1], "error", COLUMNS[-1])
#: Characters of what stood in the file that are given back.
_GIVEN: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One identifier of a row, or what stands in its place.

    Attributes:
        line: of the file, from 1.
        given: what stood there.
        slot: the column of the answer that it belongs into.
        keys: typed keys that it may mean.
        fault: why it is not what its column says, or nothing at all.
    """

    line: int
    given: str
    slot: str = SLOTS[0]
    keys: tuple[str, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a list came to so far.

    Attributes:
        rows: of the list.
        by_status: state → devices found in it.
        unknown: identifiers that lead to no device which the asker may see.
        unreadable: what stands where an identifier should, and is none.
    """

    rows: int = 0
    by_status: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    unreadable: int = 0

    @property
    def found(self) -> int:
        """Devices, as often as rows name them."""
        return sum(self.by_status.values())


def asked_in(record: Record, context: FileContext) -> tuple[Asked, ...]:
    """What a row asks for: each identifier in it once, or why there is none.

    Args:
        record: of the file.
        context: its columns.
    """
    if record.faults:
        return (Asked(record.line, " ".join(record.cells), fault=record.faults[0]),)
    asked: list[Asked] = []
    for heading, column, cell in zip(context.headings, context.columns, record.cells, strict=False):
        kinds = ID_COLUMNS.get(column or "")
        if kinds is None or not cell.strip():
            continue
        possible = candidates(cell)
        # What stands in a column of another kind is looked up all the same: asking harms nothing.
        meant = sorted(possible, key=lambda one: one.kind not in kinds)
        fault = next(iter(read(cell, kinds, heading).faults), None)
        keys = tuple(one.key for one in meant)
        if not any(one.keys and one.keys == keys for one in asked):
            slot = column if column in SLOTS else meant[0].kind.value if meant else SLOTS[0]
            asked.append(Asked(record.line, cell, slot, keys, fault))
    return tuple(asked) or (Asked(record.line, " ".join(record.cells).strip(), fault=Fault("ID_MISSING")),)


def answered(
    asked: Iterable[tuple[Asked, ...]], found: Mapping[str, Device], *, uploader: Callable[[str, str], str]
) -> Iterator[tuple[Row, str]]:
    """The lines of the answer: for each row its device, and a line for each identifier that leads nowhere.

    Args:
        asked: the rows.
        found: typed key → device, of those that the asker may see: others' devices are as unknown as none.
        uploader: (who uploaded, the reseller) → as the asker may see it.

    Yields:
        A line under `SHEET`, and the state in it: ``UNKNOWN`` for no device, empty for what is no identifier.
    """
    for row in asked:
        shown: set[str] = set()
        for one in row:
            devices = {found[key].id: found[key] for key in one.keys if key in found}
            if not devices:
                yield (_nothing(one, sentence(one.fault)), "") if one.fault else (_nothing(one, ""), UNKNOWN)
            for id_, device in devices.items():
                if id_ not in shown:
                    shown.add(id_)
                    line = device_row(device, uploader(device.uploaded_by, device.generation.reseller))
                    yield (str(one.line), one.given[:_GIVEN], *line[:-1], "", ""), device.status.value


def counted(tally: Tally, rows: int, states: Sequence[str]) -> Tally:
    """The tally with some more rows.

    Args:
        tally: so far.
        rows: how many more.
        states: of the lines that they were answered with.
    """
    by_status = dict(tally.by_status)
    for state in states:
        if state and state != UNKNOWN:
            by_status[state] = by_status.get(state, 0) + 1
    return Tally(
        rows=tally.rows + rows,
        by_status=by_status,
        unknown=tally.unknown + states.count(UNKNOWN),
        unreadable=tally.unreadable + states.count(""),
    )


def _nothing(one: Asked, error: str) -> Row:
    """A line without a device; what was asked for stands in its own column, so that the file can be sent again."""
    cells = dict.fromkeys(COLUMNS, "") | {one.slot: one.given[:_GIVEN], "status": UNKNOWN}
    return (str(one.line), one.given[:_GIVEN], *list(cells.values())[:-1], error, "")
