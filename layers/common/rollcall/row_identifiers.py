"""The identifiers of one row: read from the columns that hold some, each in the place of a device where it belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.identifiers import IdKind, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.identifiers import Identifier
    from rollcall.rows import FileContext

#: Which kinds of identifier a column may hold. A column that names one kind wins over guessing.
ID_COLUMNS: Final[Mapping[str, frozenset[IdKind]]] = {
    "imei": frozenset({IdKind.IMEI}),
    "imei2": frozenset({IdKind.IMEI}),
    "meid": frozenset({IdKind.MEID}),
    "serial": frozenset({IdKind.SERIAL}),
    "imei_or_meid": frozenset({IdKind.IMEI, IdKind.MEID}),
    "identifier": frozenset(IdKind),
}
#: The places of a device that hold an identifier, in the order in which one becomes its primary key.
SLOTS: Final = ("imei", "imei2", "meid", "serial")
#: Digits from which a serial number in the middle of a text is taken for one.
_SERIAL_DIGITS: Final = 2
#: The two halves of a number that a spreadsheet with a decimal comma has shortened: ``3`` and ``56741E+14``.
_WHOLE: Final = re.compile(r"\s*'?[0-9]{1,3}")
_REST: Final = re.compile(r"[0-9]*E\+[0-9]+\s*", re.IGNORECASE)


def rejoined(cells: tuple[str, ...], columns: Sequence[str | None]) -> tuple[str, ...]:
    """The cells of a row, with a shortened number that its own decimal comma has cut in two as one cell again.

    A row that was as wide as the header stays so: a blank takes the place of the half that is gone.

    Args:
        cells: as they were cut at commas.
        columns: the meaning of each column.
    """
    if not any("E+" in cell or "e+" in cell for cell in cells):
        return cells
    joined = cells
    for index, column in enumerate(columns):
        pair = joined[index : index + 2]
        if column in ID_COLUMNS and len(pair) > 1 and _WHOLE.fullmatch(pair[0]) and _REST.fullmatch(pair[1]):
            blank = () if len(joined) > len(columns) else ("",)
            joined = (*joined[:index], ",".join(pair), *joined[index + 2 :], *blank)
    return joined


def is_row(line: str, columns: Sequence[str | None], delimiter: str) -> bool:
    """Whether a line that stands inside a quoted cell reads as a row of the file by itself.

    It has as many cells as the header, two at the least, and one of them holds an identifier that it may hold. A word
    of letters alone is no serial number here, nor does a cell count that has a quotation mark: it may be the end of a
    cell of several lines.

    Args:
        line: with or without its end.
        columns: the meaning of each column.
        delimiter: of the file.
    """
    cells = line.rstrip("\r\n").split(delimiter)
    if len(cells) != len(columns) or len(cells) == 1:
        return False
    for column, cell in zip(columns, cells, strict=True):
        kinds = ID_COLUMNS.get(column or "")
        if kinds is None or '"' in cell:
            continue
        found = read(cell, kinds).identifier
        if found and (found.kind is not IdKind.SERIAL or sum(map(str.isdigit, found.value)) >= _SERIAL_DIGITS):
            return True
    return False


def read_identifiers(
    cells: Sequence[str], context: FileContext
) -> tuple[dict[str, Identifier], list[Fault], list[Fault]]:
    """Reads the identifiers of a row.

    Returns:
        The valid ones by slot, the faults, and the repairs and warnings. A row with no identifier at all has the
        fault ``ID_MISSING``; one that stands twice, ``ID_REPEATED``.
    """
    ids, _, faults, notes = identifiers(cells, context)
    return ids, faults, notes


def identifiers(
    cells: Sequence[str], context: FileContext
) -> tuple[dict[str, Identifier], dict[str, tuple[str, str]], list[Fault], list[Fault]]:
    """The same, with where each was read as the second: slot → the file's heading, and the cell as it stood."""
    ids: dict[str, Identifier] = {}
    sources: dict[str, tuple[str, str]] = {}
    faults: list[Fault] = []
    notes: list[Fault] = []
    modem_type = _modem_type(cells, context)
    for index, column in enumerate(context.columns):
        kinds = ID_COLUMNS.get(column or "")
        if kinds is None or index >= len(cells) or not cells[index].strip():
            continue
        if column == "imei_or_meid" and modem_type:
            kinds = modem_type
        heading = context.headings[index]
        reading = read(cells[index], kinds, heading)
        faults += reading.faults
        notes += reading.notes
        if reading.identifier is None:
            continue
        if reading.identifier in ids.values():
            faults.append(Fault("ID_REPEATED", heading, cells[index]))
            continue
        slot = _slot(column or "", reading.identifier.kind, ids)
        if slot is None:
            faults.append(Fault("ID_AMBIGUOUS", heading, cells[index]))
            continue
        ids[slot] = reading.identifier
        sources[slot] = (heading, cells[index])
    if not ids and not faults:  # a cell with a dash alone stands for an empty one
        faults.append(Fault("ID_MISSING"))
    if "imei2" in ids and "imei" not in ids and not faults:
        ids["imei"], sources["imei"] = ids.pop("imei2"), sources.pop("imei2")
    return ids, sources, faults, notes


def _slot(column: str, kind: IdKind, taken: Mapping[str, Identifier]) -> str | None:
    if column in SLOTS:
        return column if column not in taken else None
    wanted = ("imei", "imei2") if kind is IdKind.IMEI else (kind.value,)
    return next((slot for slot in wanted if slot not in taken), None)


def _modem_type(cells: Sequence[str], context: FileContext) -> frozenset[IdKind]:
    """Zero-touch files name the kind of ``modemid`` in a column ``modemtype``."""
    if "modemtype" not in context.columns:
        return frozenset()
    index = context.columns.index("modemtype")
    text = cells[index].strip().lower() if index < len(cells) else ""
    return frozenset({IdKind(text)}) if text in (IdKind.IMEI, IdKind.MEID) else frozenset()
