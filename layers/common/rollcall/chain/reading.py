"""Reads a device file from disk: its dialect, its header, and its rows with the repeats among them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from rollcall.chunks import PlannedRow, keys_of
from rollcall.dialect import FileFault, detect_delimiter, detect_encoding, open_text
from rollcall.errors import Fault
from rollcall.header import read_header
from rollcall.records import records
from rollcall.repeats import open_repeats
from rollcall.rows import read_identifiers
from rollcall.sheets import unguard
from rollcall.uploads import ReadAs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rollcall.records import Record
    from rollcall.rows import FileContext

#: Characters that the delimiter is judged by.
_SAMPLE: Final = 65_536
_UNREADABLE: Final = frozenset({"ROW_QUOTES", "ROW_TOO_LONG"})


class FileReader:
    """A file that could be opened and whose header was understood.

    Attributes:
        header: what its columns mean.
        columns: the meaning of each column in this kind of file.
        read_as: how it was read.
        notes: repairs and warnings about the file as a whole.

    Raises:
        FileFault: the file as a whole cannot be read, or has no use.
    """

    def __init__(self, path: Path, *, many: bool) -> None:
        encoding = detect_encoding(path)
        pieces = open_text(path, encoding)
        first_piece = next(pieces, "")
        delimiter = detect_delimiter(first_piece[:_SAMPLE])
        self._records = records(chain((first_piece,), pieces), delimiter)
        first = next(self._records, None)
        if first is None:
            raise FileFault(Fault("FILE_EMPTY"))
        self.header = read_header(first)
        if self.header.headerless:
            self._records = chain((first,), self._records)
        self.columns, repurposed = _for_kind(self.header.columns, many=many)
        if many and "customer_id" not in self.columns:
            raise FileFault(Fault("CUSTOMER_COLUMN_MISSING", value=", ".join(self.header.cells)))
        self.notes = (
            *self.header.notes,
            *(Fault("COLUMN_UNKNOWN", self.header.cells[index]) for index in repurposed),
        )
        self.read_as = ReadAs(
            encoding=encoding,
            delimiter=delimiter,
            header_map={
                heading: column
                for heading, column in zip(self.header.cells, self.columns, strict=True)
                if column is not None
            },
            headerless=self.header.headerless,
        )

    def rows(self, context: FileContext) -> Iterator[PlannedRow]:
        """The rows in the order of the file; the first line on which an identifier stands wins, whoever works first."""
        with open_repeats() as repeats:
            for record in self._records:
                cells = tuple(map(unguard, record.cells)) if self.header.ours else record.cells
                yield PlannedRow(
                    line=record.line,
                    cells=cells,
                    faults=record.faults,
                    repeats=repeats.first_lines(record.line, _keys(record, cells, context)),
                )


def _keys(record: Record, cells: tuple[str, ...], context: FileContext) -> tuple[str, ...]:
    if record.faults and any(fault.code in _UNREADABLE for fault in record.faults):
        return ()
    ids, _, _ = read_identifiers(cells, context)
    return keys_of(ids)


def _for_kind(columns: tuple[str | None, ...], *, many: bool) -> tuple[tuple[str | None, ...], list[int]]:
    """In a file for one customer, a column that names customers has no meaning; its place says whose it is."""
    repurposed = [index for index, column in enumerate(columns) if column == "customer_id" and not many]
    return tuple(None if index in repurposed else column for index, column in enumerate(columns)), repurposed
