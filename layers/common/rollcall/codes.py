"""What a code of the catalogue is, and what it does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a code does to the file or row it is about."""

    FILE = "file"  # nothing of the file is stored
    ROW = "row"  # the row is refused, the others go on
    WARNING = "warning"  # the row is stored, someone should look at it
    REPAIR = "repair"  # the row is stored, a value of it was mended
    DECISION = "decision"  # an accept, reject, delete or look-up is refused
    REQUEST = "request"  # a request to the HTTP API is refused


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the catalogue.

    Attributes:
        name: stable, upper-case, known to other programs.
        kind: what it does.
        title: the cause in a few words, to follow a count ("37 rows: check digit wrong").
        cause: what is wrong, one sentence.
        remedy: what to do next.
    """

    name: str
    kind: Kind
    title: str
    cause: str
    remedy: str
