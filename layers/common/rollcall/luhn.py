"""The Luhn check digit, decimal (TS 23.003 Annex B.2, used by IMEI) and base 16 (the 15th digit of a MEID).

Every second digit, from the last one of the payload leftwards, is doubled and the digits of the result are added up;
the check digit brings the sum to a multiple of the base.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = "0123456789ABCDEF"
_HEX: Final = re.compile(r"[0-9A-F]+")

# Byte tables for bytes.translate: an IMEI is summed in C instead of digit by digit, some 5 times faster, and there
# are two of them in a row of a file of a million.
_VALUE: Final = bytes(_DIGITS.find(chr(code)) if chr(code) in _DIGITS else 0 for code in range(256))


def _doubled(base: int) -> bytes:
    return bytes((2 * value) // base + (2 * value) % base if value < base else 0 for value in _VALUE)


_DOUBLED: Final = _doubled(10)
_DOUBLED_HEX: Final = _doubled(16)


def _sum(number: str, doubled: bytes) -> int:
    codes = number.encode("ascii")
    return sum(codes[::-2].translate(_VALUE)) + sum(codes[-2::-2].translate(doubled))


def is_valid(number: str) -> bool:
    """Whether the last of the decimal digits is the right check digit; False for anything but ASCII digits."""
    return number.isascii() and number.isdigit() and _sum(number, _DOUBLED) % 10 == 0


def check_digit(payload: str) -> str:
    """The digit that belongs behind these.

    Args:
        payload: ASCII digits, for an IMEI the first 14.

    Raises:
        ValueError: for anything but ASCII digits.
    """
    if not (payload.isascii() and payload.isdigit()):
        raise ValueError("a check digit is computed over the digits 0 to 9 only")
    return _DIGITS[-_sum(payload + "0", _DOUBLED) % 10]


def is_valid_hex(number: str) -> bool:
    """Whether the last of the hexadecimal digits (0-9, A-F in upper case) is the right base-16 check digit."""
    return _HEX.fullmatch(number) is not None and _sum(number, _DOUBLED_HEX) % 16 == 0


def hex_check_digit(payload: str) -> str:
    """The base-16 digit that belongs behind these.

    Args:
        payload: hexadecimal digits, upper case, for a MEID its 14.

    Raises:
        ValueError: for anything else.
    """
    if _HEX.fullmatch(payload) is None:
        raise ValueError("a base-16 check digit is computed over 0-9 and A-F only")
    return _DIGITS[-_sum(payload + "0", _DOUBLED_HEX) % 16]
