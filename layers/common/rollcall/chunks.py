"""Chunks between the steps: rows as the planner wrote them, outcomes as the workers did.

Both are JSON lines of which the first says what holds for the whole file, so that a worker needs nothing else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rollcall.errors import Fault
from rollcall.rows import FileContext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rollcall.identifiers import Identifier
    from rollcall.rows import Row


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row on its way from the planner to a worker.

    Attributes:
        line: on which it begins.
        cells: as they stood in the file.
        faults: what the parser found wrong.
        repeats: typed key → the earlier line on which that identifier stood first.
    """

    line: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]
    repeats: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row.

    Attributes:
        line: on which it began.
        cells: as they stood in the file.
        stored: it is a device now (in a check: would be).
        customer: customer id; empty where it could not be told.
        ids: valid identifiers by slot, canonical texts.
        status: of the device; empty for a refused row.
        faults: why it was refused.
        notes: repairs and warnings.
    """

    line: int
    cells: tuple[str, ...]
    stored: bool
    customer: str
    ids: Mapping[str, str]
    status: str
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def outcome_of(row: Row, cells: Sequence[str], *, status: str) -> Outcome:
    """The outcome of a judged row; ``status`` is that of the device if it is stored."""
    stored = not row.faults
    return Outcome(
        line=row.line,
        cells=tuple(cells),
        stored=stored,
        customer=row.customer,
        ids={slot: identifier.value for slot, identifier in row.ids.items()},
        status=status if stored else "",
        faults=row.faults,
        notes=row.notes,
    )


def context_to_json(context: FileContext) -> dict[str, Any]:
    """The first line of a chunk."""
    return asdict(context)


def context_from_json(raw: Mapping[str, Any]) -> FileContext:
    """The way back."""
    return FileContext(
        **{
            **raw,
            "headings": tuple(raw["headings"]),
            "columns": tuple(raw["columns"]),
            "ee_models": tuple(raw["ee_models"]),
            "accepting": {name: (pair[0], pair[1]) for name, pair in raw["accepting"].items()},
        }
    )


def planned_to_json(row: PlannedRow) -> list[Any]:
    """A row as a JSON value; most have neither faults nor repeats, and then these take no room."""
    extra: list[Any] = [[_fault_to_json(fault) for fault in row.faults], row.repeats]
    return [row.line, row.cells, *(extra if row.faults or row.repeats else ())]


def planned_from_json(raw: Sequence[Any]) -> PlannedRow:
    """The way back."""
    line, cells, faults, repeats = (*raw, [], {})[:4] if len(raw) == 2 else raw  # noqa: PLR2004 - line and cells
    return PlannedRow(line, tuple(cells), tuple(map(_fault_from_json, faults)), repeats)


def outcome_to_json(outcome: Outcome) -> list[Any]:
    """An outcome as a JSON value."""
    return [
        outcome.line,
        outcome.cells,
        int(outcome.stored),
        outcome.customer,
        outcome.ids,
        outcome.status,
        [_fault_to_json(fault) for fault in outcome.faults],
        [_fault_to_json(note) for note in outcome.notes],
    ]


def outcomes_from_json(lines: Iterator[Any]) -> Iterator[Outcome]:
    """The way back for all lines behind the first."""
    for line, cells, stored, customer, ids, status, faults, notes in lines:
        yield Outcome(
            line=line,
            cells=tuple(cells),
            stored=bool(stored),
            customer=customer,
            ids=ids,
            status=status,
            faults=tuple(map(_fault_from_json, faults)),
            notes=tuple(map(_fault_from_json, notes)),
        )


def keys_of(ids: Mapping[str, Identifier]) -> tuple[str, ...]:
    """The typed keys of a row's identifiers."""
    return tuple(identifier.key for identifier in ids.values())


def _fault_to_json(fault: Fault) -> list[Any]:
    return [fault.code, fault.column, fault.value, *([dict(fault.details)] if fault.details else ())]


def _fault_from_json(raw: Sequence[Any]) -> Fault:
    return Fault(*raw)
