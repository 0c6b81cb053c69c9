"""How a file is written: its encoding and its delimiter (row B20).

Everything is told from the bytes themselves, in passes that keep one piece of the file in memory.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.encodings import Candidate, looks_like_damaged_utf8, most_plausible
from rollcall.errors import Fault
from rollcall.records import delimiter_hint, records
from rollcall.spreadsheets import is_scientific
from rollcall.synonyms import column_of, known_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: In the order in which one wins when nothing speaks for another.
DELIMITERS: Final = (",", ";", "\t", "|")

#: Bytes read at a time.
_PIECE: Final = 1_000_000
#: Characters and records from which a delimiter is told.
_SAMPLE: Final = 65_536
_SAMPLE_RECORDS: Final = 30
#: Share of control bytes (in percent of the first piece) from which a file is no text. Random bytes have 11; a short
#: list with one NUL in it stays below.
_BINARY_PERCENT: Final = 10
#: Share of NULs (in percent of every second byte) from which text without byte order mark is UTF-16.
_UTF16_PERCENT: Final = 40

#: Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7-Zip)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"{\\rtf", "a text document (RTF)"),
)
_LINE_END: Final = re.compile(r"[\r\n]")
#: Bytes within which the header of a file must end to tell that it is UTF-16.
_HEADER_BYTES: Final = 8_192
_CONTROL_BYTES: Final = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")


class FileFault(Exception):  # noqa: N818 - the name says what it carries: a Fault of the whole file
    """A file that cannot be read at all.

    Attributes:
        fault: the one reason, such as ``ENCODING``, ``FILE_EMPTY`` or ``HEADER_UNKNOWN``.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written.

    Attributes:
        encoding: a Python codec name, such as ``utf-8`` or ``cp949``.
        delimiter: one of `DELIMITERS`.
    """

    encoding: str
    delimiter: str


def detect_encoding(path: Path) -> str:
    """The encoding of a file, proven by decoding all of it.

    Returns:
        ``utf-8``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be``, ``cp949``, ``cp932`` or ``cp1252``.
        `open_text` takes off a byte order mark, so it has no name of its own.

    Raises:
        FileFault: ``FILE_EMPTY`` for a file that is blank; ``ENCODING`` for one that is no text, or is text in none of
            these encodings; its detail ``looks_like`` says what it seems to be.
    """
    with path.open("rb") as file:
        head = file.read(_PIECE)
    kind = next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)
    if kind:
        raise _unreadable(kind)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None) or _utf16_without_mark(head)
    if marked is None and _control_percent(head) > _BINARY_PERCENT:
        raise _unreadable("binary data, not text")
    name = marked or "utf-8"
    candidate = Candidate(name)
    for piece in _pieces(path):
        candidate.feed(piece)
    candidate.finish()
    if not candidate.failed:
        if candidate.blank:
            raise FileFault(Fault("FILE_EMPTY"))
        return name
    damaged = f"{name.upper()} text damaged in line {candidate.line}"
    if marked:
        raise _unreadable(damaged)
    return _older_encoding(path, damaged, candidate.line)


def _older_encoding(path: Path, damaged: str, line: int) -> str:
    """The encoding of a text that has no mark and is not UTF-8.

    Args:
        path: the file.
        damaged: what it looks like if it was meant to be UTF-8.
        line: on which it first is not.

    Raises:
        FileFault: as `detect_encoding`.
    """
    legacy = most_plausible(_pieces(path))
    if legacy and legacy.blank:
        raise FileFault(Fault("FILE_EMPTY"))
    if legacy and legacy.names_column:
        return legacy.encoding
    if looks_like_damaged_utf8(_pieces(path)):
        raise _unreadable(damaged)
    if legacy is None:
        raise _unreadable(f"text in an unknown encoding (line {line})")
    return legacy.encoding


def open_text(path: Path, encoding: str) -> Iterator[str]:
    """The text of a file in pieces of about 1 MB, without byte order mark.

    Args:
        path: a local file.
        encoding: what `detect_encoding` said.

    Raises:
        FileFault: ``ENCODING`` if it is not text in this encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    first = True
    try:
        for piece in _pieces(path):
            text = decoder.decode(piece)
            if first and text:
                text = text.removeprefix("\ufeff")
                first = False
            if text:
                yield text
        if rest := decoder.decode(b"", final=True):
            yield rest
    except UnicodeDecodeError as error:
        raise _unreadable(f"damaged {encoding.upper()} text") from error


def detect_delimiter(sample: str) -> str:
    """The delimiter of a text: the one with which its header makes most sense, then its first records.

    Args:
        sample: the beginning of the text; what is over 64 K characters is not looked at.

    Returns:
        One of `DELIMITERS`: what a first line ``sep=;`` says; ``,`` for a single column, but ``;`` where a spreadsheet
        with a decimal comma has written ``3,56741E+14`` into it, so that the number stays in one piece.
    """
    text = sample[:_SAMPLE]
    hint = delimiter_hint(_LINE_END.split(text, 1)[0])
    if hint:
        return hint
    best = max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))
    return ";" if best == "," and _is_list_with_decimal_comma(text) else best


def _is_list_with_decimal_comma(text: str) -> bool:
    """Whether a single column holds numbers that a spreadsheet has shortened in the way of its country."""
    first = next(records([text], ","), None)
    shortened = [
        len(record.cells) == 1 and "," in record.cells[0] and is_scientific(record.cells[0])
        for record in islice(records([text], ";"), _SAMPLE_RECORDS)
    ]
    return first is not None and any(shortened) and (shortened[0] or len(first.cells) == 1)


def _fit(text: str, delimiter: str) -> tuple[int, float, int]:
    """How well a delimiter fits: known column names, then, if it cuts at all, how evenly and into how many cells."""
    sampled = list(islice(records([text], delimiter), _SAMPLE_RECORDS))
    if len(sampled) > 1 and len(sampled) < _SAMPLE_RECORDS and len(text) == _SAMPLE:
        sampled.pop()  # it may be cut
    if not sampled:
        return 0, 0.0, 0
    header = sampled[0].cells
    others = [other for other in DELIMITERS if other != delimiter]
    known = sum(1 for cell in header if column_of(cell) and not any(other in cell for other in others))
    alike = sum(1 for record in sampled if len(record.cells) == len(header)) / len(sampled)
    return (known, alike, len(header)) if len(header) > 1 else (known, 0.0, 0)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 of mostly ASCII text has a NUL in every other byte, and next to none in between.

    Of other text it has a few, in its delimiters and line ends: then the header must be one that is known.
    """
    half = max(len(head) // 2, 1)
    even, odd = (100 * head[start::2].count(0) // half for start in (0, 1))
    if odd >= _UTF16_PERCENT and even < odd // 4:
        return "utf-16-le"
    if even >= _UTF16_PERCENT and odd < even // 4:
        return "utf-16-be"
    if b"\0" not in head[:_HEADER_BYTES]:
        return None
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _has_header_in(head, codec)), None)


def _has_header_in(head: bytes, codec: str) -> bool:
    """Whether the first line names a column if the text is in this encoding."""
    text = head[:_HEADER_BYTES].decode(codec, "ignore").lstrip("\r\n")
    return bool(known_names(_LINE_END.split(text, 1)[0]))


def _control_percent(head: bytes) -> float:
    return 100 * (len(head) - len(head.translate(None, _CONTROL_BYTES))) / max(len(head), 1)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _unreadable(kind: str) -> FileFault:
    return FileFault(Fault("ENCODING", details={"looks_like": kind}))
