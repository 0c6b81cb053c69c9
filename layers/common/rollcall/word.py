"""One word of a command: what it is called, what it takes, an example and one line of help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: Most identifiers one command takes; longer lists are sent as a CSV.
MOST_IDS: Final = 500

#: Filters of a device list, in the order in which they are written.
FILTERS: Final = ("customer", "status", "order", "model", "tag", "upload", "sort")


class Takes(StrEnum):
    """What stands behind a word besides its ``key:value`` pairs."""

    NOTHING = "nothing"
    DEVICES = "identifiers of devices"
    UPLOAD = "one upload id"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an area.

    Attributes:
        area: "" for the words that belong to none.
        name: lower case.
        usage: what stands behind the area, as the help shows it.
        help: one line, without a full stop.
        example: text behind the slash command; the grammar reads it.
        takes: what stands behind the word.
        least: how many of them must be there.
        most: how many may be.
        filters: keys that narrow a device list; they go into the command's query.
        options: keys of its own; they go into the command's options.
        signed: among the identifiers may stand texts with a sign, such as ``+stock`` and ``-old``.
        bare: it may be left out before what it takes: ``devices 356…`` is ``devices find 356…``.
    """

    area: str
    name: str
    usage: str
    help: str
    example: str
    takes: Takes = Takes.NOTHING
    least: int = 0
    most: int = 0
    filters: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    signed: bool = False
    bare: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys it takes, in the order in which they are written."""
        return (*self.filters, *self.options)
