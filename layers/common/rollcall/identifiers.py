"""Reading the identifier of a device from a cell: what kind it is, mended where that loses nothing, else why not.

The rules are those of TS 23.003: 6.2.1 (IMEI), 6.2.2 (IMEISV) and Annex B (check digit); of 3GPP2 for the MEID and
its decimal form; and our own for serial numbers, for which no format is published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.luhn import check_digit, hex_check_digit, is_valid, is_valid_hex
from rollcall.spreadsheets import is_scientific, unwrap, without_separators

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS: Final = re.compile(r"[0-9]+")
_HEX: Final = re.compile(r"[0-9A-F]+")
_MEID: Final = re.compile(r"[A-F][0-9A-F]{13}")
_MEID_CHECKED: Final = re.compile(r"[A-F][0-9A-F]{14}")
_MEID_DECIMAL: Final = re.compile(r"[0-9]{18,19}")
_SERIAL: Final = re.compile(r"[A-Z0-9]{8,20}")
_SERIAL_USUAL: Final = re.compile(r"R[A-Z0-9]{10}")

_IMEI_LENGTH: Final = 15
_IMEI_LENGTHS: Final = (14, 15, 16)
_MEID_LENGTH: Final = 14
_MEID_DECIMAL_LENGTHS: Final = (18, 19)
_SERIAL_LENGTHS: Final = range(8, 21)
_SPACED_PARTS: Final = range(2, 9)
#: Shorter texts would be given away whole by their last four characters.
_SHORTEST_MASKED: Final = 8


class IdKind(StrEnum):
    """The kinds of identifier; each has a key space of its own."""

    IMEI = "imei"
    MEID = "meid"
    SERIAL = "serial"


# Looked up once: an attribute of an enum costs more than the comparison it is for.
_IMEI_KIND: Final = IdKind.IMEI


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a device, in the one form in which it is stored.

    Attributes:
        kind: what it is.
        value: 15 digits for an IMEI, 14 upper-case hexadecimal digits for a MEID, 8 to 20 of A-Z and 0-9 for a
            serial number.
    """

    kind: IdKind
    value: str

    @property
    def key(self) -> str:
        """The typed key under which it is stored, such as ``imei#490154203237518``."""
        return f"{self.kind.value}#{self.value}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says.

    Attributes:
        identifier: None for an empty cell and for a faulty one.
        faults: why the row must be refused; at most one.
        notes: repairs and warnings, which refuse nothing.
    """

    identifier: Identifier | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A rule's answer: an identifier, or the code of a fault with what its texts want to know."""

    identifier: Identifier | None = None
    repairs: tuple[str, ...] = ()
    code: str = ""
    details: tuple[tuple[str, str], ...] = ()


def read(text: str, kinds: frozenset[IdKind], column: str = "") -> Reading:
    """Reads one cell; never raises, whatever the text.

    Args:
        text: the cell as it stood in the file.
        kinds: one kind for a typed column; several to guess among them, where a guess is safe.
        column: the name that faults and notes carry.

    Returns:
        An identifier, or one fault, or neither for a cell in which nothing stands.
    """
    # The usual cell, twice a row in a file of a million rows: digits, length and check digit in one go.
    if len(text) == _IMEI_LENGTH and _IMEI_KIND in kinds and is_valid(text) and text != _NO_DEVICE:
        return Reading(Identifier(_IMEI_KIND, text))
    unwrapped = unwrap(text)
    bare = without_separators(unwrapped.text)
    if not bare:
        return Reading(None)
    outcome = _outcome(unwrapped.text, bare, kinds)
    if outcome.identifier is None:
        return Reading(None, (Fault(outcome.code, column, text, dict(outcome.details)),))
    repairs = dict.fromkeys(unwrapped.repairs)
    if bare != unwrapped.text:
        repairs["ID_SEPARATORS"] = None
    repairs.update(dict.fromkeys(outcome.repairs))
    details = {"read_as": outcome.identifier.value}
    return Reading(outcome.identifier, (), tuple(Fault(code, column, text, details) for code in repairs))


def candidates(text: str) -> tuple[Identifier, ...]:
    """Everything that a text typed by a person may stand for, for a look-up that tries all kinds."""
    readings = (read(text, frozenset({kind})) for kind in IdKind)
    return tuple(reading.identifier for reading in readings if reading.identifier is not None)


def join_parts(texts: Sequence[str]) -> tuple[str, ...]:
    """One IMEI out of the parts in which telephones show it, ``35 693803 564380 9``; other texts as they are."""
    whole = "".join(texts)
    digits = len(whole) == _IMEI_LENGTH and _DIGITS.fullmatch(whole) is not None
    return (whole,) if len(texts) in _SPACED_PARTS and digits and is_valid(whole) else tuple(texts)


def tac(identifier: Identifier) -> str | None:
    """The Type Allocation Code, the first 8 digits of an IMEI (TS 23.003 6.2.1); other kinds have none."""
    return identifier.value[:8] if identifier.kind is IdKind.IMEI else None


def mask(text: str) -> str:
    """Enough of an identifier to recognise it, for logs and shared places: ``…4064``."""
    shown = text.strip()
    return f"…{shown[-4:]}" if len(shown) >= _SHORTEST_MASKED else "…"


def _outcome(text: str, bare: str, kinds: frozenset[IdKind]) -> _Outcome:
    if is_scientific(text, marked=IdKind.SERIAL in kinds):
        return _Outcome(code="IMEI_SCIENTIFIC")
    if kinds == {IdKind.SERIAL}:
        return _serial(text)
    if len(kinds) == 1:
        return _imei(bare) if IdKind.IMEI in kinds else _meid(bare)
    return _guess_digits(text, bare, kinds) if _DIGITS.fullmatch(bare) else _guess(text, bare, kinds)


def _guess(text: str, bare: str, kinds: frozenset[IdKind]) -> _Outcome:
    if IdKind.IMEI in kinds and bare.isdecimal():  # digits of another script are no serial number either
        return _Outcome(code="IMEI_NOT_DIGITS")
    serial = IdKind.SERIAL in kinds
    upper = _upper(bare)
    if IdKind.MEID in kinds and (_MEID.fullmatch(upper) or _MEID_CHECKED.fullmatch(upper)):
        outcome = _meid(bare)
        return _Outcome(code="ID_AMBIGUOUS") if serial and outcome.identifier is None else outcome
    if serial:
        return _serial(text)
    if IdKind.MEID in kinds and _HEX.fullmatch(upper):
        return _Outcome(code="MEID_FORMAT")
    return _Outcome(code="IMEI_NOT_DIGITS" if IdKind.IMEI in kinds else "MEID_FORMAT")


def _guess_digits(text: str, digits: str, kinds: frozenset[IdKind]) -> _Outcome:
    length = len(digits)
    if IdKind.IMEI in kinds and length in _IMEI_LENGTHS:
        return _imei(digits)
    if IdKind.MEID in kinds and length in _MEID_DECIMAL_LENGTHS:
        return _meid(digits)
    if IdKind.SERIAL not in kinds:
        return _imei(digits)
    if IdKind.IMEI in kinds:
        # A serial number of digits alone, or an IMEI that was cut: only a typed column can tell.
        return _Outcome(code="ID_AMBIGUOUS") if length in _SERIAL_LENGTHS else _imei(digits)
    return _serial(text)


_NO_DEVICE: Final = "0" * _IMEI_LENGTH


def _imei(bare: str) -> _Outcome:
    """An IMEI, with or without its check digit, or an IMEISV; without separators."""
    if not _DIGITS.fullmatch(bare):
        return _Outcome(code="IMEI_NOT_DIGITS")
    if len(bare) not in _IMEI_LENGTHS:
        return _Outcome(code="IMEI_LENGTH", details=(("count", str(len(bare))),))
    payload = bare[:14]
    imei = payload + check_digit(payload)
    if len(set(bare)) == 1 or imei == _NO_DEVICE:
        return _Outcome(code="IMEI_REPEATED_DIGIT")
    if len(bare) == _IMEI_LENGTH and bare != imei:
        details = [("expected", imei[-1])]
        if bare[-1] == "0":
            details.append(("network_form", imei))
        return _Outcome(code="IMEI_CHECK_DIGIT", details=tuple(details))
    repairs = {14: ("IMEI_CHECK_DIGIT_ADDED",), 15: (), 16: ("IMEISV_SHORTENED",)}[len(bare)]
    return _Outcome(Identifier(IdKind.IMEI, imei), repairs)


def _meid(bare: str) -> _Outcome:
    """A MEID of 14 hexadecimal or 18 decimal digits, each with or without a check digit; without separators."""
    upper = _upper(bare)
    if _MEID.fullmatch(upper):
        return _Outcome(Identifier(IdKind.MEID, upper))
    if _MEID_CHECKED.fullmatch(upper):
        if not is_valid_hex(upper):
            return _Outcome(code="MEID_CHECK_DIGIT", details=(("expected", hex_check_digit(upper[:-1])),))
        return _Outcome(Identifier(IdKind.MEID, upper[:-1]), ("MEID_CHECK_DIGIT_DROPPED",))
    if _MEID_DECIMAL.fullmatch(bare):
        return _meid_decimal(bare)
    return _Outcome(code="MEID_FORMAT")


def _meid_decimal(digits: str) -> _Outcome:
    """The decimal form: 10 digits for the first 32 bits, 8 for the other 24, and perhaps a decimal check digit."""
    manufacturer, serial = int(digits[:10]), int(digits[10:18])
    if manufacturer >> 32 or serial >> 24:
        return _Outcome(code="MEID_DECIMAL_RANGE")
    value = f"{manufacturer:08X}{serial:06X}"
    if not _MEID.fullmatch(value):
        return _Outcome(code="MEID_FORMAT")
    repairs: tuple[str, ...] = ("MEID_FROM_DECIMAL",)
    if len(digits) == _MEID_DECIMAL_LENGTHS[1]:
        if not is_valid(digits):
            return _Outcome(code="MEID_CHECK_DIGIT", details=(("expected", check_digit(digits[:-1])),))
        repairs += ("MEID_CHECK_DIGIT_DROPPED",)
    return _Outcome(Identifier(IdKind.MEID, value), repairs)


def _serial(text: str) -> _Outcome:
    """A serial number; unlike the others it may not have anything between its characters."""
    upper = _upper(text)
    if not _SERIAL.fullmatch(upper):
        return _Outcome(code="SERIAL_FORMAT")
    return _Outcome(Identifier(IdKind.SERIAL, upper), () if _SERIAL_USUAL.fullmatch(upper) else ("SERIAL_UNUSUAL",))


def _upper(text: str) -> str:
    """Upper case of ASCII only: elsewhere it may turn one character into two, or into a plain letter."""
    return text.upper() if text.isascii() else text
