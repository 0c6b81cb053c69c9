"""What people, spreadsheets and input methods leave around an identifier, and taking it off again (row B12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# What str.isspace() and the regular expression \s know, and what has no width: soft hyphen, joiners, direction marks.
_SPACES: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufe0f\ufeff"
)
_DASHES: Final = (
    "\u002d\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe31\ufe32\ufe58\ufe63\uff0d"
)
_SEPARATORS: Final = re.compile(f"[{re.escape(_SPACES + _DASHES)}]+")

#: A cell is unwrapped at most this often; each export of an export adds one layer at the most.
_LAYERS: Final = 5

_FORMULA: Final = re.compile(r'=\s*"(.*)"', re.DOTALL)
_QUOTES: Final = '"“”„‟«»″＂'  # noqa: RUF001 - the look-alikes are what is meant
_APOSTROPHES: Final = "'‘’‚‛′`´＇"  # noqa: RUF001 - likewise

#: Full-width digits, letters, "+", "." and "=" to plain ones; other full-width characters stay and are refused.
_FULLWIDTH: Final = {
    code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), 0x2B, 0x2E, 0x3D)
}
_HAS_FULLWIDTH: Final = re.compile(f"[{''.join(map(chr, _FULLWIDTH))}]")

_SCIENTIFIC: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?E[+-]?[0-9]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A cell without what stood around its value.

    Attributes:
        text: the value; spaces and dashes inside it are still there.
        repairs: codes of what was done, each once.
    """

    text: str
    repairs: tuple[str, ...]


def unwrap(cell: str) -> Unwrapped:
    """Removes outer spaces and quotation marks, a leading apostrophe, ``="…"``, and full-width forms."""
    repairs: dict[str, None] = {}
    text = cell
    if _HAS_FULLWIDTH.search(text):
        text = text.translate(_FULLWIDTH)
        repairs["ID_FULLWIDTH"] = None
    for _ in range(_LAYERS):  # wrappers come in any order: '="354…" after a second export
        before = text
        text = text.strip(_SPACES)
        if text != before:
            repairs["ID_SEPARATORS"] = None
        if formula := _FORMULA.fullmatch(text):
            text = formula[1]
            repairs["ID_FORMULA"] = None
        elif text and text[0] in "=" + _APOSTROPHES:
            text = text.lstrip(text[0])
            repairs["ID_FORMULA"] = None
        elif text and (text[0] in _QUOTES or text[-1] in _QUOTES + _APOSTROPHES):
            text = text.strip(_QUOTES + _APOSTROPHES)
            repairs["ID_SEPARATORS"] = None
        elif text == before:
            break
    return Unwrapped(text, tuple(repairs))


def without_separators(text: str) -> str:
    """The text without any space, invisible character, hyphen or dash."""
    return _SEPARATORS.sub("", text)


def is_scientific(text: str, *, marked: bool = False) -> bool:
    """Whether a spreadsheet has turned a long number into ``3.5E+14``, in any locale.

    Args:
        text: an unwrapped cell.
        marked: only with a decimal mark or sign, so that a serial number such as 1234567E12 is not taken for one.
    """
    bare = "".join(text.split())
    return _SCIENTIFIC.fullmatch(bare) is not None and (not marked or any(mark in bare for mark in ".,+"))
