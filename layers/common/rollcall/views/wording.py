"""Texts in the language of whoever reads them.

A text of ours is written in English where it is used, whole sentences with ``{names}`` for what is filled in, and
looked up as it stands there: ``say("{number} from {reseller}: all decided", number=…, reseller=…)``. A catalogue of
another language is a module, imported when somebody first reads it; English has none. What a catalogue lacks is said
in English, and a test finds it.

Only views know languages. Codes, names of columns and files, commands, states and what is stored have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.languages import Language
from rollcall.views import text as english
from rollcall.views.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    #: One and several, as a number or "all" stands before them.
    Nouns = Mapping[str, tuple[str, str]]
    #: Title, cause and remedy, as in `rollcall.catalogue`.
    Texts = tuple[str, str, str]

#: Characters of a fault's sentence.
_LONGEST_FAULT: Final = 500


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language.

    Attributes:
        texts: English text → the same in this language.
        nouns: English noun → one and several.
        codes: code of the catalogue of faults → its texts.
        words: words of commands → what they do, for the help.
        thousands: what stands between groups of three digits.
    """

    texts: Mapping[str, str]
    nouns: Nouns
    codes: Mapping[str, Texts]
    words: Mapping[str, str]
    thousands: str = ","


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things in one language.

    Attributes:
        language: which.
    """

    language: Language = Language.ENGLISH

    def __call__(self, text: str, /, **parts: object) -> str:
        """A text of ours.

        Args:
            text: in English; each ``{name}`` in it is one of the parts.
            parts: what stands there; as mrkdwn where the text is.
        """
        found = catalogue(self.language)
        return (found.texts.get(text, text) if found else text).format_map(parts)

    def count(self, number: int, noun: str = "", nouns: str = "") -> str:
        """A number in groups of three, with its noun: ``1,234 rows``, ``1.234 Zeilen``.

        Args:
            number: how many.
            noun: for a single one, in English.
            nouns: for others; with an s where none is given.
        """
        found = catalogue(self.language)
        if found is None:
            return english.count(number, noun, nouns)
        shown = f"{number:,}".replace(",", found.thousands)
        one, several = found.nouns.get(noun, (noun, nouns or f"{noun}s"))
        return f"{shown} {one if number == 1 else several}" if noun else shown

    def date(self, moment: str) -> str:
        """A time of ours in the reader's own zone; the names of days and months are Slack's, in their own language."""
        return english.date(moment, self("{{date_short_pretty}} at {{time}}"))

    def title(self, code: str) -> str:
        """A code's cause in a few words; the code itself where the catalogue does not have it. Plain text."""
        return self._codes(code)[0] if code in CATALOGUE else code

    def message(self, fault: Fault) -> str:
        """What is wrong; plain text."""
        return fault.filled(self._codes(fault.code)[1])

    def stored(self, code: str, message: str) -> str:
        """What is wrong, where the English sentence was stored: other languages know the code alone. Plain text.

        Args:
            code: of the catalogue, or of an older one.
            message: as it was stored.
        """
        known = catalogue(self.language) and code in CATALOGUE
        return self.message(Fault(code)) if known else message

    def explained(self, code: str, sentence: str) -> str:
        """Likewise with what to do; ``sentence`` as it was stored."""
        known = catalogue(self.language) and code in CATALOGUE
        return self.sentence(Fault(code)) if known else sentence

    def remedy(self, code: str) -> str:
        """What to do next, of a code in the catalogue, where nothing more is known of it; plain text."""
        return Fault(code).filled(self._codes(code)[2])

    def sentence(self, fault: Fault) -> str:
        """Cause and remedy in one line; plain text."""
        return f"{self.message(fault)} {fault.filled(self._codes(fault.code)[2])}"

    def fault_line(self, fault: Fault) -> str:
        """Cause and remedy as mrkdwn; what somebody typed may stand in them."""
        return plain(self.sentence(fault), _LONGEST_FAULT)

    def word(self, usage: str, help_text: str) -> str:
        """What a word of a command does.

        Args:
            usage: its area and name, such as ``devices find``.
            help_text: in English.
        """
        found = catalogue(self.language)
        return found.words.get(usage.strip(), help_text) if found else help_text

    def _codes(self, code: str) -> Texts:
        known, found = CATALOGUE[code], catalogue(self.language)
        texts = (known.title, known.cause, known.remedy)
        return found.codes.get(code, texts) if found else texts


@cache
def catalogue(language: Language) -> Catalogue | None:
    """The texts of a language; None for English, in which they are written."""
    if language is Language.GERMAN:
        from rollcall.german import GERMAN  # noqa: PLC0415 - most readers need no other language than English

        return GERMAN
    return None


ENGLISH: Final = Wording()
