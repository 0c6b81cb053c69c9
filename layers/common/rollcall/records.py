"""The records of a delimited text, one by one, each with the line on which it begins.

RFC 4180 with the damage of real files: a record that cannot be read is given with its fault, and reading goes on at
the next line. Memory is bounded by the size of a record and that of a piece, whatever the text is.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: Bytes in the file that one record may have unless the settings say otherwise, line breaks inside quoted cells
#: included.
MAX_RECORD: Final = 65_536

#: Characters kept of a line that is too long, so that it can be recognised in the report.
REPORTED: Final = 256
#: Records of the longest size that are read ahead in vain, over the whole text, in search of closing quotation marks.
#: Past it, a quoted cell must end on the line it began on: else a file of unclosed quotation marks would be read
#: thousands of times over.
_LOOK_AHEAD: Final = 256
#: Bytes of a character in the encoding that needs the most.
_WIDEST: Final = 4

_LINE_END: Final = re.compile(r"[\r\n]")
#: Unicode category Cc without tab and line breaks.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
#: First line with which Excel is told the delimiter. It is not a record.
_DELIMITER_HINT: Final = re.compile(r"sep=([,;\t|])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    r"""One record.

    Attributes:
        line: the line of its first character as an editor counts them: from 1, and ``\r\n``, ``\n``, ``\r`` end one
            line each, also inside quoted cells.
        cells: the texts as they stand, blanks at the edges included. With ``ROW_QUOTES`` the first line of the
            record, cut at delimiters as well as can be; with ``ROW_TOO_LONG`` the beginning of it.
        faults: ``ROW_QUOTES``, ``ROW_TOO_LONG``, or one ``ROW_CHARACTERS`` for each cell concerned, whose details
            are ``character`` (the first one, such as ``U+0000``) and ``cell`` (its place in the record, from 1).
    """

    line: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def delimiter_hint(line: str) -> str | None:
    """The delimiter that a line such as ``sep=;`` names; None for any other line."""
    hint = _DELIMITER_HINT.fullmatch(line.rstrip("\r\n"))
    return hint[1] if hint else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a record may be, and how that is told.

    Attributes:
        bytes: in the file, line breaks inside quoted cells included.
        encoding: of the file, a Python codec name.
    """

    bytes: int = MAX_RECORD
    encoding: str = "utf-8"

    def size(self, text: str) -> int:
        """Bytes of a text in the file."""
        return len(text.encode(self.encoding, "replace"))

    def are_passed(self, line: str) -> bool:
        """Whether a line is too long; most are so short that nothing need be counted."""
        return len(line) * _WIDEST > self.bytes and self.size(line) > self.bytes

    @property
    def reported(self) -> int:
        """Characters kept of a line that is too long."""
        return min(REPORTED, self.bytes)


def nothing_within(lines: Sequence[str]) -> bool:  # noqa: ARG001 - the signature is what counts
    """Of no quoted cell is it known that it holds rows."""
    return False


def records(
    text: Iterable[str],
    delimiter: str,
    bounds: Bounds = Bounds(),
    rows_within: Callable[[Sequence[str]], bool] = nothing_within,
) -> Iterator[Record]:
    """Reads the records of a text as it comes in.

    Records whose cells are all blank are left out, but their lines count. Whether a record has the right number of
    cells is not looked at.

    Args:
        text: the decoded text, without byte order mark, in pieces of any size.
        delimiter: one of ``, ; tab |``.
        bounds: how long a record may be.
        rows_within: whether rows of the file are among some lines; asked about those that a quoted cell took besides
            its first. If so, its quotation mark is a stray one: ``ROW_QUOTES``, and the lines are read by themselves.
    """
    lines = _physical_lines(text, bounds.bytes)
    pending: deque[str] = deque()
    quoted = _QuotedRecords(lines, pending, delimiter, bounds, rows_within)
    number = 0
    while (line := pending.popleft() if pending else next(lines, None)) is not None:
        number += 1
        body = line.rstrip("\r\n")
        if number == 1 and delimiter_hint(body):
            continue
        if bounds.are_passed(body):
            head = body[: bounds.reported]
            yield Record(number, _split(head, delimiter), (_fault("ROW_TOO_LONG", head, limit=str(bounds.bytes)),))
            continue
        start = number
        clean = body.isprintable()  # twice as fast as the search, and true of nearly every line
        if '"' not in body:
            cells = body.split(delimiter)
        else:
            parsed = quoted.parse(line)
            if parsed is None:
                yield Record(start, _split(body, delimiter), (_fault("ROW_QUOTES", body[:REPORTED]),))
                continue
            cells = parsed
            if quoted.taken:
                number += len(quoted.taken)
                clean = False
        if (not cells[0] or cells[0].isspace()) and not any(map(str.strip, cells)):
            continue
        yield Record(start, tuple(cells), () if clean else _character_faults(cells))


def _physical_lines(text: Iterable[str], most: int) -> Iterator[str]:
    r"""The lines with their ends. Of a line of more characters than ``most``, only the beginning, without its end."""
    parts: list[str] = []
    size = 0
    skipping = False
    for piece in _unsplit_line_ends(text):
        rest = piece
        if skipping:
            end = _LINE_END.search(rest)
            if end is None:
                continue
            skipping = False
            rest = rest[end.end() + rest.startswith("\r\n", end.start()) :]
        # StringIO ends lines on \r\n, \n and \r only, and is three times as fast as a regular expression.
        for line in StringIO(rest, newline=""):
            if line[-1] in "\r\n":
                if parts:
                    yield "".join(parts) + line
                    parts, size = [], 0
                else:
                    yield line
                continue
            parts.append(line)
            size += len(line)
            if size > most:
                yield "".join(parts)[: most + 1]
                parts, size, skipping = [], 0, True
    if parts:
        yield "".join(parts)


def _unsplit_line_ends(text: Iterable[str]) -> Iterator[str]:
    r"""The pieces again, with no ``\r\n`` cut in two: a ``\r`` at the end of a piece waits for the next one."""
    held = ""
    for piece in text:
        if not piece:
            continue
        whole = held + piece
        held = "\r" if whole[-1] == "\r" else ""
        yield whole[:-1] if held else whole
    if held:
        yield held


class _QuotedRecords:
    """Parses a record that has quotation marks; it may take further lines, and gives them back if that was in vain.

    Attributes:
        taken: the lines that the last record took besides its first.
    """

    def __init__(
        self,
        lines: Iterator[str],
        pending: deque[str],
        delimiter: str,
        bounds: Bounds,
        rows_within: Callable[[Sequence[str]], bool],
    ) -> None:
        self._lines = lines
        self._pending = pending
        self._reader = csv.reader(self, delimiter=delimiter, strict=True)
        self._bounds = bounds
        self._rows_within = rows_within
        self._first: str | None = None
        self._room = 0
        self._look_ahead = _LOOK_AHEAD * bounds.bytes
        self.taken: list[str] = []

    def parse(self, first: str) -> list[str] | None:
        """The cells of the record that begins with this line; None if its quotation marks are wrong or not closed."""
        self._first = first
        self._room = self._bounds.bytes - self._bounds.size(first) if self._look_ahead > 0 else 0
        self.taken = []
        try:
            cells = next(self._reader)
        except csv.Error:
            cells = None
        if cells is not None and not (self.taken and self._rows_within(self.taken)):
            return cells
        self._look_ahead -= sum(map(len, self.taken))
        self._pending.extendleft(reversed(self.taken))
        return None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._first is not None:
            line, self._first = self._first, None
            return line
        if self._room <= 0:
            raise StopIteration
        line = self._pending.popleft() if self._pending else next(self._lines)
        self.taken.append(line)
        self._room -= self._bounds.size(line)
        if self._room < 0:
            raise StopIteration
        return line


def _split(line: str, delimiter: str) -> tuple[str, ...]:
    """Cuts a line with wrong quotation marks: whole quoted cells are understood, all else stands as it is."""
    cells = []
    quoted = re.compile(rf'"((?:[^"]|"")*+)"(?={re.escape(delimiter)}|\Z)')
    position = 0
    while True:
        whole = quoted.match(line, position)
        if whole:
            cells.append(whole[1].replace('""', '"'))
            position = whole.end()
        else:
            end = line.find(delimiter, position)
            end = len(line) if end < 0 else end
            cells.append(line[position:end])
            position = end
        if position >= len(line):
            return tuple(cells)
        position += 1


def _character_faults(cells: list[str]) -> tuple[Fault, ...]:
    found = ((place, cell, _CONTROL.search(cell)) for place, cell in enumerate(cells, 1))
    return tuple(
        _fault("ROW_CHARACTERS", cell, character=f"U+{ord(control[0]):04X}", cell=str(place))
        for place, cell, control in found
        if control
    )


def _fault(code: str, value: str, **details: str) -> Fault:
    return Fault(code, value=value, details=details)
