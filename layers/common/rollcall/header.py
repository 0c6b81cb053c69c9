"""What the first record of a file says about its columns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.dialect import FileFault
from rollcall.errors import Fault
from rollcall.identifiers import IdKind, read
from rollcall.sheets import unguard
from rollcall.synonyms import IDENTIFIER_COLUMNS, OUR_COLUMNS, OUR_EXPORT, column_of, is_weak, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.records import Record

_OURS: Final = {plain(name): name for name in (*OUR_COLUMNS, OUR_EXPORT)}
_SEEN_COLUMNS: Final = 10
_SEEN_CHARACTERS: Final = 30

_AROUND: Final = re.compile(r"""[\s"'‘’“”=\-‐-―−]+""")  # noqa: RUF001 - the look-alikes are meant
_SCIENTIFIC: Final = re.compile(r"\d+([.,]\d*)?E\+?\d+", re.IGNORECASE)
_FEWEST_DIGITS: Final = 8
_LETTERS_AND_DIGITS: Final = re.compile(r"(?=(?:\D*\d){2})[0-9A-Z]{8,20}", re.IGNORECASE | re.ASCII)
_SERIAL_USUAL: Final = re.compile(r"R[0-9A-Z]{10}")
#: Records behind the first that are looked at where the first alone does not say whether it is a header.
FOLLOWING: Final = 20


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file.

    Attributes:
        cells: the names as they stand; ``("identifier",)`` for a list without header.
        columns: the meaning of each column, None where it has none for us: ``customer_id``, ``imei``, ``imei2``,
            ``meid``, ``serial``, ``identifier`` (of any kind), ``imei_or_meid``, ``model``, ``order_number``,
            ``order_date``, ``tags``, ``approval_id``, ``modemtype``; in files of ours also ``error_code``, ``error``,
            ``suggestion`` and ``rollcall_export``.
        headerless: whether the first record is a device already.
        ours: whether we wrote the file, so that its cells are to be unguarded.
        notes: ``COLUMN_UNKNOWN`` and ``HEADER_REPEATED``, one for each column that is not read.
    """

    cells: tuple[str, ...]
    columns: tuple[str | None, ...]
    headerless: bool = False
    ours: bool = False
    notes: tuple[Fault, ...] = ()


def read_header(first: Record, following: Sequence[Record] = ()) -> Header:
    """Reads the header of a file.

    Args:
        first: its first record.
        following: some of the next ones, `FOLLOWING` at the most.

    Raises:
        FileFault: ``HEADER_UNKNOWN`` if no column holds an identifier; its value names the columns seen.
    """
    ours = _is_ours(first.cells)
    cells = tuple(map(unguard, first.cells)) if ours else first.cells
    if is_lone(first) and not column_of(cells[0]) and _begins_list(cells[0], following):
        blank = cells[1:]
        return Header(("identifier", *blank), ("identifier", *(None for _ in blank)), headerless=True)
    columns, notes = _assign(cells, ours=ours)
    if not IDENTIFIER_COLUMNS.intersection(columns):
        raise FileFault(Fault("HEADER_UNKNOWN", value=_seen(cells)))
    return Header(cells, columns, ours=ours, notes=notes)


def is_lone(record: Record) -> bool:
    """Whether nothing stands in a record but in its first cell."""
    return not any(map(str.strip, record.cells[1:]))


def _begins_list(cell: str, following: Sequence[Record]) -> bool:
    """Whether a first cell, which is no name we know, is the first line of a list without header.

    It is if it reads as an identifier, and also if it does not but most of the next lines do: then it is a damaged one.
    A word of letters that could be a serial number is the name of a column that we do not know, and never a device.
    """
    if _is_device(cell):
        return True
    devices = sum(is_lone(record) and _is_device(record.cells[0]) for record in following)
    are_devices = 2 * devices > len(following)
    if _SERIAL_USUAL.fullmatch(cell.strip()):
        return are_devices or not following
    return are_devices and read(cell, frozenset(IdKind)).identifier is None


def _is_device(cell: str) -> bool:
    """Whether a cell by itself can only be a device: damaged ones count, a word of letters alone does not."""
    text = cell.strip()
    has_digit = any(map(str.isdecimal, text))
    return (
        _reads_as_identifier(cell)
        or (has_digit and _SERIAL_USUAL.fullmatch(text) is not None)
        or read(cell, frozenset({IdKind.MEID})).identifier is not None
    )


def _assign(cells: Sequence[str], *, ours: bool) -> tuple[tuple[str | None, ...], tuple[Fault, ...]]:
    """Gives each column its meaning, each meaning once: the second IMEI column is the second IMEI."""
    meant = [(_OURS.get(plain(cell)) if ours else None) or column_of(cell) for cell in cells]
    clear = {column for column, cell in zip(meant, cells, strict=True) if column and not is_weak(cell)}
    exported = OUR_EXPORT in meant
    columns: list[str | None] = []
    notes: list[Fault] = []
    for cell, wanted in zip(cells, meant, strict=True):
        column = wanted
        if column and is_weak(cell) and clear & (IDENTIFIER_COLUMNS if column == "identifier" else {column}):
            column = None
        elif column == "imei" and "imei" in columns and "imei2" not in (*columns, *meant):
            column = "imei2"
        elif column and column in columns:
            notes.append(Fault("HEADER_REPEATED", cell, cell))
            columns.append(None)
            continue
        if column is None and cell.strip() and not exported:
            notes.append(Fault("COLUMN_UNKNOWN", cell, cell))
        columns.append(column)
    return tuple(columns), tuple(notes)


def _is_ours(cells: Sequence[str]) -> bool:
    names = {plain(cell) for cell in cells}
    return plain(OUR_EXPORT) in names or names.issuperset(map(plain, OUR_COLUMNS))


def _reads_as_identifier(cell: str) -> bool:
    """Whether a cell is a device rather than the name of a column. Damaged ones count: their row is told so."""
    visible = "".join(character for character in cell if unicodedata.category(character) != "Cf")
    text = unicodedata.normalize("NFKC", visible).strip()
    core = _AROUND.sub("", text)
    if core.isdecimal():
        return len(core) >= _FEWEST_DIGITS
    in_one_word = not re.search(r"\s", text)
    return bool(_SCIENTIFIC.fullmatch(core) or (in_one_word and _LETTERS_AND_DIGITS.fullmatch(core)))


def _seen(cells: Sequence[str]) -> str:
    names = [name[:_SEEN_CHARACTERS] for cell in cells if (name := cell.strip())]
    more = ", …" if len(names) > _SEEN_COLUMNS else ""
    return ", ".join(names[:_SEEN_COLUMNS]) + more
