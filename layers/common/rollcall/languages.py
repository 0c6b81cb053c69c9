"""The languages that an account can be told things in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language, by its ISO 639-1 code."""

    ENGLISH = "en"
    GERMAN = "de"


#: How each calls itself, as those who look for it read it.
NAMES: Final = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}


def language_of(code: object) -> Language:
    """The language of a stored code; English for none, and for one that this version does not know."""
    known = {language.value: language for language in Language}
    return known.get(str(code or ""), Language.ENGLISH)
