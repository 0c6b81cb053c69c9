"""A file of phones for the demo: the same faults each time, other devices each time.

A demo that uploads the same phones twice would only show that they are there already.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rollcall.luhn import check_digit

if TYPE_CHECKING:
    from collections.abc import Callable

PHONES: Final = Path(__file__).parent / "samples" / "phones.csv"
#: An IMEI of 14 to 16 digits, plain or full-width, perhaps with dashes.
_IMEI: Final = re.compile("[0-9\uff10-\uff19](?:-?[0-9\uff10-\uff19]){13,15}(?![0-9\uff10-\uff19])")
_TAC: Final = 8
_BODY: Final = 14
_SERIALS: Final = 1_000_000


def fresh_phones(run: int) -> bytes:
    """The sample file with the serial part of each IMEI moved on.

    A check digit that was right stays right, one that was wrong stays as wrong as it was.

    Args:
        run: a number that no earlier run had.
    """
    return _IMEI.sub(_moved(run), PHONES.read_text(encoding="utf-8")).replace("\n", "\r\n").encode()


def _moved(run: int) -> Callable[[re.Match[str]], str]:
    def move(match: re.Match[str]) -> str:
        digits = [str(unicodedata.digit(char)) for char in match[0] if char != "-"]
        if len(set(digits)) == 1:
            return match[0]
        serial = (int("".join(digits[_TAC:_BODY])) + run) % _SERIALS
        moved = "".join(digits[:_TAC]) + f"{serial:06}"
        rest = "".join(digits[_BODY:])
        if len(rest) == 1:
            off_by = int(rest) - int(check_digit("".join(digits[:_BODY])))
            rest = str((int(check_digit(moved)) + off_by) % 10)
        new = iter(moved + rest)
        # Each digit goes where the old one stood, in the same width.
        return "".join(
            char if char == "-" else next(new) if char.isascii() else chr(0xFF10 + int(next(new))) for char in match[0]
        )

    return move
