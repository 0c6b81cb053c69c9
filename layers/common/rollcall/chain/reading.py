"""Reads a device file from disk: its dialect, its header, and its rows with the repeats among them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from rollcall.chunks import PlannedRow, keys_of
from rollcall.dialect import FileFault, detect_delimiter, detect_encoding, open_text
from rollcall.errors import Fault
from rollcall.header import FOLLOWING, is_lone, read_header
from rollcall.records import MAX_RECORD, Bounds, records
from rollcall.repeats import open_repeats
from rollcall.resends import as_it_stood
from rollcall.row_identifiers import is_row, rejoined
from rollcall.rows import read_identifiers
from rollcall.sheets import unguard
from rollcall.synonyms import OUR_COLUMNS, OUR_EXPORT
from rollcall.uploads import ReadAs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rollcall.header import Header
    from rollcall.records import Record
    from rollcall.rows import FileContext

#: Characters that the delimiter is judged by.
_SAMPLE: Final = 65_536
_UNREADABLE: Final = frozenset({"ROW_QUOTES", "ROW_TOO_LONG"})
_OURS: Final = frozenset({*OUR_COLUMNS, OUR_EXPORT})
_CODES, _ERROR, _ = OUR_COLUMNS
#: What is kept of the notes about a header, which may have thousands of columns: an upload's head is one small item.
_NOTES: Final = 100
_NOTED_CHARACTERS: Final = 200
#: Headings of columns that are not read which the upload itself names, and characters of each.
_IGNORED: Final = 10
_IGNORED_CHARACTERS: Final = 40


class FileReader:
    """A file that could be opened and whose header was understood.

    Args:
        path: where it lies.
        many: whether each row names its customer.
        max_record: bytes of the longest row that is read.

    Attributes:
        headings: the names of its columns, without those that we added to a file of ours.
        columns: the meaning of each of them in this kind of file.
        read_as: how it was read.
        notes: repairs and warnings about the file as a whole.

    Raises:
        FileFault: the file as a whole cannot be read, or has no use.
    """

    def __init__(self, path: Path, *, many: bool, max_record: int = MAX_RECORD) -> None:
        encoding = detect_encoding(path)
        pieces = open_text(path, encoding)
        first_piece = next(pieces, "")
        delimiter = detect_delimiter(first_piece[:_SAMPLE])
        self._bounds = Bounds(max_record, encoding)
        self._ours = False
        self.columns: tuple[str | None, ...] = ()
        self._records = records(chain((first_piece,), pieces), delimiter, self._bounds, self._are_rows)
        first = next(self._records, None)
        if first is None:
            raise FileFault(Fault("FILE_EMPTY"))
        for fault in first.faults:
            if fault.code == "ROW_TOO_LONG":  # its end is not known, and with it what the columns are
                raise FileFault(fault)
        following = list(islice(self._records, FOLLOWING)) if is_lone(first) else []
        header = read_header(first, following)
        self._records = chain((first,) if header.headerless else (), following, self._records)
        self._ours = header.ours
        self._width = len(header.cells)
        self._kept = _kept(header)
        self._added_at = (
            tuple(header.columns.index(name) - self._width for name in (_CODES, _ERROR))
            if header.ours and {_CODES, _ERROR}.issubset(header.columns)
            else None
        )
        self.headings = tuple(header.cells[index] for index in self._kept)
        columns = (header.columns[index] for index in self._kept)
        self.columns, repurposed = _for_kind(tuple(columns), many=many)
        if many and "customer_id" not in self.columns:
            raise FileFault(Fault("CUSTOMER_COLUMN_MISSING", value=_shortened(", ".join(self.headings))))
        self.notes = tuple(
            replace(note, column=_shortened(note.column), value=_shortened(note.value))
            for note in islice(
                chain(header.notes, (Fault("COLUMN_UNKNOWN", self.headings[index]) for index in repurposed)), _NOTES
            )
        )
        self.read_as = ReadAs(
            encoding=encoding,
            delimiter=delimiter,
            header_map=_header_map(self.headings, self.columns),
            headerless=header.headerless,
            resent=self._added_at is not None,
            ignored=tuple(note.column[:_IGNORED_CHARACTERS] for note in self.notes[:_IGNORED]),
        )

    def rows(self, context: FileContext) -> Iterator[PlannedRow]:
        """The rows in the order of the file; the first line on which an identifier stands wins, whoever works first."""
        with open_repeats() as repeats:
            for record in self.records():
                yield PlannedRow(
                    line=record.line,
                    cells=record.cells,
                    faults=record.faults,
                    repeats=repeats.first_lines(record.line, _keys(record.faults, record.cells, context)),
                )

    def records(self) -> Iterator[Record]:
        """Likewise as they stand, for who does not ask whether an identifier stands twice."""
        for record in self._records:
            if self._ours:
                cells, faults = self._as_sent(record)
                yield replace(record, cells=cells, faults=faults)
            elif self.read_as.delimiter == "," and not record.faults:
                cells = rejoined(record.cells, self.columns)
                yield record if cells is record.cells else replace(record, cells=cells)
            else:
                yield record

    def _are_rows(self, lines: Sequence[str]) -> bool:
        """Whether rows are among the lines that a quoted cell has taken. We ourselves write no stray marks."""
        delimiter = self.read_as.delimiter if self.columns else ""
        return bool(delimiter) and not self._ours and any(is_row(line, self.columns, delimiter) for line in lines)

    def _as_sent(self, record: Record) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
        """A row of a file of ours as it stood before we wrote it: unguarded, and without what we added.

        What we added is read for one thing alone: a row that could not be read is readable once we have written it, so
        as long as nobody has mended it, it is refused again. A row that somebody made shorter or longer ends with our
        cells, wherever that is.
        """
        cells = tuple(map(unguard, record.cells))
        added = self._width - len(self._kept)
        if len(cells) == self._width:
            places: Sequence[int] = self._kept
        elif self._kept == list(range(len(self._kept))) and len(cells) > added:
            places = range(len(cells) - added)
        else:
            places = range(len(cells))
        moved = {str(place + 1): str(number) for number, place in enumerate(places, 1)}
        faults = (
            replace(fault, details={**fault.details, "cell": moved[cell]}) if cell else fault
            for fault in record.faults
            if not (cell := fault.details.get("cell", "")) or cell in moved
        )
        sent = tuple(cells[place] for place in places)
        if self._added_at is None or not sent or len(cells) < -self._added_at[0]:
            return sent, tuple(faults)
        code, error = (cells[place] for place in self._added_at)
        sent, unread = as_it_stood(sent, code, error, delimiter=self.read_as.delimiter, bounds=self._bounds)
        return sent, unread or tuple(faults)


def _kept(header: Header) -> list[int]:
    """The places of the columns that are not ours."""
    return [index for index, column in enumerate(header.columns) if not (header.ours and column in _OURS)]


def _header_map(headings: Iterable[str], columns: Iterable[str | None]) -> dict[str, str]:
    """Heading → column; a heading that stands twice is told apart by its place."""
    read: dict[str, str] = {}
    for place, (heading, column) in enumerate(zip(headings, columns, strict=True), 1):
        if column is not None:
            read[f"{heading} ({place})" if heading in read else heading] = column
    return read


def _shortened(text: str) -> str:
    return text if len(text) <= _NOTED_CHARACTERS else text[: _NOTED_CHARACTERS - 1] + "…"


def _keys(faults: Sequence[Fault], cells: tuple[str, ...], context: FileContext) -> tuple[str, ...]:
    if faults and any(fault.code in _UNREADABLE for fault in faults):
        return ()
    ids, _, _ = read_identifiers(cells, context)
    return keys_of(ids)


def _for_kind(columns: tuple[str | None, ...], *, many: bool) -> tuple[tuple[str | None, ...], list[int]]:
    """In a file for one customer, a column that names customers has no meaning; its place says whose it is."""
    repurposed = [index for index, column in enumerate(columns) if column == "customer_id" and not many]
    return tuple(None if index in repurposed else column for index, column in enumerate(columns)), repurposed
