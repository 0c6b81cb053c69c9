"""What can be wrong with a file or a row, and what can be said about one: stable codes with cause and remedy.

The texts are written for the people who upload and decide. `catalogue.py` holds them; `docs/errors.md` is generated
from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rollcall.catalogue import CATALOGUE
from rollcall.codes import Code, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CATALOGUE", "Code", "Fault", "Kind", "sentence"]

#: Longer values are cut in a message; the whole value is in the column of its own in errors.csv.
_SHOWN_CHARACTERS: Final = 60

_OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a row or file, or one note (repair or warning) about it.

    Attributes:
        code: a name in the catalogue.
        column: the column it is about, "" for the whole row or file.
        value: the cell as it stood in the file.
        details: what the texts of the code have placeholders for, such as ``{"expected": "4"}``.

    Raises:
        ValueError: if the code is not in the catalogue.
    """

    code: str
    column: str = ""
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise ValueError(f"no such code in the catalogue: {self.code!r}")

    @property
    def kind(self) -> Kind:
        """Whether it blocks the file, blocks the row, or blocks nothing."""
        return CATALOGUE[self.code].kind

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.filled(CATALOGUE[self.code].cause)

    @property
    def remedy(self) -> str:
        """What to do next."""
        return self.filled(CATALOGUE[self.code].remedy)

    def filled(self, text: str) -> str:
        """A text of the code, in whichever language, with what is known of this fault in it."""
        known = {"column": self.column, "value": self.value, **self.details}

        def part(match: re.Match[str]) -> str:
            names = _PLACEHOLDER.findall(match[1])
            if not all(known.get(name) for name in names):
                return ""
            return _PLACEHOLDER.sub(lambda name: _shown(known[name[1]]), match[1])

        return _OPTIONAL.sub(part, text)


def sentence(fault: Fault) -> str:
    """Cause and remedy in one line, for a place that has room for one."""
    return f"{fault.message} {fault.remedy}"


def _shown(value: str) -> str:
    """A value as it can stand inside a sentence: one line, not endless."""
    line = _UNPRINTABLE.sub(" ", value).strip()
    return line if len(line) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"
