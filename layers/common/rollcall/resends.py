"""The file of refused rows: how a row is written into it, and how it is read when the file comes back (row B3).

Every row has all columns of the file and then ours, so that each cell stands below its heading in any program. What a
row lacked, or had too much, is told by our cells alone; they are read for that one purpose (decision page 0005).
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.records import REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.chunks import Outcome
    from rollcall.records import Bounds
    from rollcall.rows import FileContext

#: What is added to a refused row. A file that has these columns is one of ours, and they are ignored.
RESEND_COLUMNS: Final = ("error_code", "error", "suggestion")
_QUOTES_STAY: Final = (
    "In this file the mark is written right: if the cells are right with it, empty error_code and send the row."
)
_BLANKS_ADDED: Final = (
    "In this file blank cells were added behind it: fill in what is missing, or if they are to be blank, empty "
    "error_code; then send the row."
)
_SURPLUS_JOINED: Final = (
    "In this file all that was too much stands in the last cell: put each value below its heading, or if it belongs "
    "there, empty error_code; then send the row."
)


def _width_pattern() -> re.Pattern[str]:
    """The message of ROW_WIDTH, with the cells that the row had and those that the header has as groups."""
    number = "0"
    message = Fault("ROW_WIDTH", details={"cells": number, "expected": number}).message
    return re.compile("([0-9]{1,6})".join(map(re.escape, message.split(number))))


_WIDTH: Final = _width_pattern()


def resend_header(context: FileContext | None) -> tuple[str, ...]:
    """The file's own headings, then ours."""
    return (*(context.headings if context else ()), *RESEND_COLUMNS)


def resend_row(outcome: Outcome, context: FileContext) -> tuple[str, ...]:
    """A refused row as it stood, then why, and what to do.

    A row with too few cells gets blank ones behind, and of one with too many the last cell holds all that is left, as
    a line of a CSV. Of a row that is too long only the beginning is known; it goes into the first cell whole, so that
    a device with half its texts can never come of it.
    """
    too_long = [fault.value for fault in outcome.faults if fault.code == "ROW_TOO_LONG"]
    cells = tuple(too_long[:1]) or outcome.cells
    codes = tuple(dict.fromkeys(fault.code for fault in outcome.faults))
    remedies = [*(fault.remedy for fault in outcome.faults), *_hints(codes, len(cells), len(context.headings))]
    return (
        *_fitted(cells, len(context.headings)),
        " ".join(codes),
        " ".join(fault.message for fault in outcome.faults),
        " ".join(dict.fromkeys(remedies)),
    )


def as_it_stood(
    cells: tuple[str, ...], code: str, error: str, *, delimiter: str, bounds: Bounds
) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """A row that came back: its cells as they stood, and why it could not be read, as long as nobody has mended it.

    Written by us every row can be read, but some cells are our guess, of which no device must come. So they count only
    if they are no longer what we wrote, or if ``error_code`` was emptied.

    Args:
        cells: without ours, as many as the header has.
        code: our cell ``error_code``.
        error: our cell ``error``.
        delimiter: of the file that came back.
        bounds: how long a record may be.
    """
    codes = code.split()
    if "ROW_QUOTES" in codes and any('"' in cell for cell in cells):
        text = delimiter.join(cells).rstrip(delimiter)
        return cells, (Fault("ROW_QUOTES", value=text[:REPORTED]),)
    if "ROW_TOO_LONG" in codes and len(cells[0]) == bounds.reported and _are_blank(cells[1:]):
        return cells[:1], (Fault("ROW_TOO_LONG", value=cells[0], details={"limit": str(bounds.bytes)}),)
    told = _WIDTH.search(error) if "ROW_WIDTH" in codes else None
    if told is None or int(told[2]) != len(cells):
        return cells, ()
    had, width = int(told[1]), int(told[2])
    if had < width and _are_blank(cells[had:]):
        return cells[:had], ()
    surplus = _split(cells[-1])
    if had > width and len(surplus) == had - width + 1:
        return (*cells[:-1], *surplus), ()
    return cells, ()


def _hints(codes: Sequence[str], cells: int, width: int) -> Iterable[str]:
    if "ROW_QUOTES" in codes:
        yield _QUOTES_STAY
    elif "ROW_WIDTH" in codes:
        yield _BLANKS_ADDED if cells < width else _SURPLUS_JOINED


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """As many cells as the header has."""
    if len(cells) <= width:
        return (*cells, *("" for _ in range(width - len(cells))))
    return (*cells[: width - 1], _joined(cells[width - 1 :]))


def _joined(cells: Sequence[str]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")


def _split(line: str) -> tuple[str, ...]:
    """The way back; nothing where the text is no line that we wrote."""
    try:
        lines = list(csv.reader(StringIO(line, newline=""), strict=True))
    except csv.Error:
        return ()
    return tuple(lines[0]) if len(lines) == 1 else ()


def _are_blank(cells: Iterable[str]) -> bool:
    return not any(map(str.strip, cells))
