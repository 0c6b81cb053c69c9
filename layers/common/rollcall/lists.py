"""Lists of devices to decide on: sent as a CSV file or pasted (row P26)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.conflicts import Generation
from rollcall.decisions import LONGEST_APPROVAL_ID
from rollcall.errors import Fault, sentence
from rollcall.identifiers import IdKind, candidates, join_parts, read
from rollcall.rows import ID_COLUMNS, read_identifiers
from rollcall.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rollcall.chunks import PlannedRow
    from rollcall.decisions import Target
    from rollcall.rows import FileContext

#: Lines of a list that are kept, and worked on, together.
PAGE: Final = 90
#: Characters that Slack takes in a field, and IMEIs of 15 digits that fit with what stands between them.
LONGEST_PASTED: Final = 3_000
MOST_PASTED: Final = 180
_TEMPLATE: Final = ("imei", "serial", "approval_id")
#: What is kept of a text and of the faults of a line, twice over where it is refused: a page is one item, and a file
#: may have cells of 64 KB. With four bytes a character and every line refused it stays below the 400 KB of an item.
_KEPT: Final = 60
_MOST_FAULTS: Final = 4
#: What stands between entries; blanks may also stand within one.
_BETWEEN: Final = re.compile(r"[\r\n\t\v\f,;]")


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list.

    Attributes:
        line: of the file; of a pasted list the number of the entry, from 1.
        column: the heading over the identifier, empty if there is none.
        value: what stood there.
        keys: typed keys that it may mean; more than one if it names several identifiers, or leaves the kind open.
        approval_id: for this device.
        faults: why it means none.
        generation: the arrival that was shown; None where only an identifier was named.
    """

    line: int
    column: str
    value: str
    keys: tuple[str, ...] = ()
    approval_id: str = ""
    faults: tuple[Fault, ...] = ()
    generation: Generation | None = None


def template() -> bytes:
    """The CSV file to fill in."""
    return SheetWriter().write([_TEMPLATE])


def pasted(text: str) -> tuple[ListLine, ...]:
    """A list out of a text field: identifiers with white space, commas or semicolons between them, each once.

    An IMEI may stand in the parts in which telephones show it, if nothing else stands on its line.
    """
    return named(word for entry in _BETWEEN.split(text) for word in join_parts(entry.split()))


def named(identifiers: Iterable[str]) -> tuple[ListLine, ...]:
    """A list of identifiers as somebody wrote them, each once."""
    lines: list[ListLine] = []
    seen: dict[str, int] = {}
    for number, word in enumerate(identifiers, 1):
        keys = tuple(one.key for one in candidates(word))
        faults = () if keys else read(word, frozenset(IdKind)).faults or (Fault("ID_MISSING", value=word),)
        repeats = {key: seen[key] for key in keys if key in seen}
        if repeats:
            first = min(repeats.values())
            keys, faults = (), (Fault("DUPLICATE_IN_FILE", value=word, details={"first_line": str(first)}),)
        for key in keys:
            seen[key] = number
        lines.append(ListLine(number, "", word, keys, faults=faults))
    return tuple(lines)


def pasted_problem(text: str, say: Callable[..., str] = str.format, explain: Callable[[Fault], str] = sentence) -> str:
    """Why a pasted list cannot be taken, in plain words; empty if it can.

    A field that is full to its last character may have lost what did not fit, so it is refused and never guessed at.

    Args:
        text: the list.
        say: in the reader's language; English without it.
        explain: says a fault likewise.
    """
    if len(text) >= LONGEST_PASTED:
        return say(
            "These are {length} characters, as many as Slack takes here, so the end may be missing. "
            "About {most} IMEIs fit; send a longer list as a CSV file.",
            length=len(text),
            most=MOST_PASTED,
        )
    lines = pasted(text)
    if lines and not any(line.keys for line in lines):
        first = next(line.faults[0] for line in lines if line.faults)
        return f"{say('None of these is an IMEI, MEID or serial number.')} {explain(first)}"
    return ""


def lines_of(rows: Iterable[PlannedRow], context: FileContext) -> Iterator[ListLine]:
    """A list out of the rows of a file."""
    approval = context.columns.index("approval_id") if "approval_id" in context.columns else -1
    for row in rows:
        column, value = _first_cell(row.cells, context)
        ids, faults, _ = read_identifiers(row.cells, context)
        if row.faults:
            faults = list(row.faults)
        elif len(row.cells) != len(context.columns):
            details = {"cells": str(len(row.cells)), "expected": str(len(context.columns))}
            faults = [Fault("ROW_WIDTH", details=details)]
        faults += [
            Fault("DUPLICATE_IN_FILE", column, value, {"first_line": str(row.repeats[one.key])})
            for one in ids.values()
            if one.key in row.repeats
        ]
        keys = [one.key for one in ids.values()]
        if "identifier" in context.columns and not faults:
            keys += [one.key for one in candidates(value)]
        approval_id = row.cells[approval].strip() if 0 <= approval < len(row.cells) else ""
        if len(approval_id) > LONGEST_APPROVAL_ID:
            details = {"limit": str(LONGEST_APPROVAL_ID)}
            faults.append(Fault("VALUE_TOO_LONG", context.headings[approval], approval_id, details))
        yield ListLine(
            line=row.line,
            column=_shortened(column),
            value=_shortened(value),
            keys=() if faults else tuple(dict.fromkeys(keys)),
            approval_id="" if faults else approval_id,
            faults=tuple(
                replace(fault, column=_shortened(fault.column), value=_shortened(fault.value))
                for fault in faults[:_MOST_FAULTS]
            ),
        )


def of_targets(targets: Sequence[Target]) -> tuple[ListLine, ...]:
    """A list of devices that were named one by one."""
    return tuple(
        ListLine(
            line=number,
            column="",
            value=target.key.partition("#")[2],
            keys=(target.key,),
            approval_id=target.approval_id,
            generation=target.generation,
        )
        for number, target in enumerate(targets, 1)
    )


def line_to_json(line: ListLine) -> list[Any]:
    """A line as it is kept."""
    faults = [[fault.code, fault.column, fault.value, dict(fault.details)] for fault in line.faults]
    born = line.generation
    shown = [born.reseller, born.customer, born.upload, born.line] if born else None
    return [line.line, line.column, line.value, list(line.keys), line.approval_id, faults, shown]


def line_from_json(raw: Sequence[Any]) -> ListLine:
    """The way back."""
    number, column, value, keys, approval_id, faults, shown = raw
    return ListLine(
        line=number,
        column=column,
        value=value,
        keys=tuple(keys),
        approval_id=approval_id,
        faults=tuple(Fault(*fault) for fault in faults),
        generation=Generation(*shown) if shown else None,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _KEPT else text[: _KEPT - 1] + "…"


def _first_cell(cells: Sequence[str], context: FileContext) -> tuple[str, str]:
    for heading, column, cell in zip(context.headings, context.columns, cells, strict=False):
        if column in ID_COLUMNS and cell.strip():
            return heading, cell
    return "", ""
