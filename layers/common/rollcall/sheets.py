r"""The CSV files that Rollcall writes, and the marks that keep spreadsheet programs from running a cell.

A spreadsheet program takes a cell that begins with ``= + - @``, a tab or a carriage return for a formula. One ``'`` in
front makes it text. A cell that already has such marks gets one more, so that taking exactly one off gives back what
stood there.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def guard(cell: str) -> str:
    """The cell as it may stand in a file of ours: text to every spreadsheet program."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell that was guarded: ``unguard(guard(cell)) == cell`` for every text."""
    return cell[1:] if _GUARDED.match(cell) else cell


class SheetWriter:
    """Writes one CSV file piece by piece: UTF-8 with byte order mark, CRLF, RFC 4180 quoting, every cell guarded.

    Args:
        begun: somebody else wrote the beginning, with its byte order mark.
    """

    def __init__(self, *, begun: bool = False) -> None:
        self._begun = begun

    def write(self, rows: Iterable[Sequence[str]]) -> bytes:
        """The next bytes of the file.

        Args:
            rows: the next rows as they should read back. Half of a surrogate pair, which UTF-8 cannot hold, becomes
                a question mark.

        Returns:
            The rows as bytes, those of the first call behind the byte order mark.
        """
        text = StringIO(newline="")
        if not self._begun:
            text.write("\ufeff")
            self._begun = True
        csv.writer(text, lineterminator="\r\n").writerows([guard(cell) for cell in row] for row in rows)
        return text.getvalue().encode("utf-8", "replace")
