"""The records of a delimited text, one by one, each with the line on which it begins.

RFC 4180 with the damage of real files: a record that cannot be read is given with its fault, and reading goes on at
the next line. Memory is bounded by `MAX_RECORD` and the size of a piece, whatever the text is.
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
    from collections.abc import Iterable, Iterator

#: Characters (not bytes) that one record may have, line breaks inside quoted cells included.
MAX_RECORD: Final = 65_536

#: Characters kept of a line that is too long, so that it can be recognised in the report.
REPORTED: Final = 256
#: Characters read ahead in vain, over the whole text, in search of closing quotation marks. Past it, a quoted cell
#: must end on the line it began on: else a file of unclosed quotation marks would be read thousands of times over.
_LOOK_AHEAD: Final = 256 * MAX_RECORD

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


def records(text: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Reads the records of a text as it comes in.

    Records whose cells are all blank are left out, but their lines count. Whether a record has the right number of
    cells is not looked at.

    Args:
        text: the decoded text, without byte order mark, in pieces of any size.
        delimiter: one of ``, ; tab |``.
    """
    lines = _physical_lines(text)
    pending: deque[str] = deque()
    quoted = _QuotedRecords(lines, pending, delimiter)
    number = 0
    while (line := pending.popleft() if pending else next(lines, None)) is not None:
        number += 1
        body = line.rstrip("\r\n")
        if number == 1 and delimiter_hint(body):
            continue
        if len(body) > MAX_RECORD:
            head = body[:REPORTED]
            yield Record(number, _split(head, delimiter), (_fault("ROW_TOO_LONG", head, limit=str(MAX_RECORD)),))
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


def _physical_lines(text: Iterable[str]) -> Iterator[str]:
    r"""The lines with their ends. Of a line longer than a record may be, only the beginning, without its end."""
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
            if size > MAX_RECORD:
                yield "".join(parts)[: MAX_RECORD + 1]
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

    def __init__(self, lines: Iterator[str], pending: deque[str], delimiter: str) -> None:
        self._lines = lines
        self._pending = pending
        self._reader = csv.reader(self, delimiter=delimiter, strict=True)
        self._first: str | None = None
        self._room = 0
        self._look_ahead = _LOOK_AHEAD
        self.taken: list[str] = []

    def parse(self, first: str) -> list[str] | None:
        """The cells of the record that begins with this line; None if its quotation marks are wrong or not closed."""
        self._first = first
        self._room = MAX_RECORD - len(first) if self._look_ahead > 0 else 0
        self.taken = []
        try:
            return next(self._reader)
        except csv.Error:
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
        self._room -= len(line)
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
