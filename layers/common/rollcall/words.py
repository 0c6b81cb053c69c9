"""The table of commands, of all areas.

The grammar parses by this table, the help is printed from it, and every example in it is itself a command that the
grammar reads. A new word is one more row, in the module of its area.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.approval_words import APPROVAL_WORDS
from rollcall.common_words import COMMON_WORDS
from rollcall.device_words import DEVICE_WORDS
from rollcall.upload_words import UPLOAD_WORDS

if TYPE_CHECKING:
    from rollcall.word import Word

WORDS: Final[tuple[Word, ...]] = (*DEVICE_WORDS, *UPLOAD_WORDS, *APPROVAL_WORDS, *COMMON_WORDS)

#: Other spellings of an area.
SPELLINGS: Final = {"device": "devices", "upload": "uploads", "approval": "approvals"}

#: What an area does when nothing stands behind it; without an entry it gives its help.
WITHOUT_A_WORD: Final = {"uploads": "list", "approvals": "list", "operator": "overview"}


def areas(words: tuple[Word, ...] = WORDS) -> tuple[str, ...]:
    """The areas that have words, in the order of the table; without the words that belong to none."""
    return tuple(dict.fromkeys(word.area for word in words if word.area))


def words_of(area: str, words: tuple[Word, ...] = WORDS) -> tuple[Word, ...]:
    """The words of an area, in the order of the table."""
    return tuple(word for word in words if word.area == area)


def find_word(area: str, name: str, words: tuple[Word, ...] = WORDS) -> Word | None:
    """A word by its name, in any case; None where the area has no such word."""
    wanted = name.casefold()
    return next((word for word in words if word.area == area and word.name == wanted), None)
