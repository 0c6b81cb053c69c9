"""A catalogue of type allocation codes as an operator sends it: a CSV of codes and the models that carry them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from rollcall.dialect import FileFault, detect_delimiter, detect_encoding, open_text
from rollcall.errors import sentence
from rollcall.records import records
from rollcall.registry import TAC_LENGTH
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rollcall.errors import Fault

#: Characters of a model, and models of one code: both several times what public lists have (25, 12).
LONGEST_MODEL: Final = 100
MOST_MODELS: Final = 100
#: Lines that are named among those that could not be read.
_NAMED: Final = 20
_ID_CHARACTERS: Final = 12
#: Characters that the delimiter is judged by.
_SAMPLE: Final = 65_536

_TAC: Final = re.compile(rf"[0-9]{{{TAC_LENGTH}}}")
#: ``model``, ``model2``, ``model_3``: lists that are wide instead of long have several.
_MODEL_HEADING: Final = re.compile(r"(?:model|name|marketing.?name)[ _-]?\d*")
_TAC_HEADINGS: Final = frozenset({"tac", "tac code", "type allocation code"})


class CatalogueError(Exception):
    """A file that is no catalogue; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that says nothing about a code.

    Attributes:
        line: of the file, from 1.
        value: what stands where the code should.
        problem: what is wrong with it, one sentence.
    """

    line: int
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue that was read.

    Attributes:
        models: TAC → the models that carry it, in the order in which they were named, each once.
        pairs: how many different pairs of a code and a model there are.
        bad: how many lines could not be used.
        named: the first of those.
    """

    models: Mapping[str, tuple[str, ...]]
    pairs: int
    bad: int
    named: tuple[BadLine, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A catalogue that is, or was, the one that counts.

    Attributes:
        id: ``C-…``, from what is in it: the same file is the same edition.
        codes: how many codes it has; ``pairs`` and ``bad`` as of the `Catalogue`.
        at: when it was loaded, UTC.
        by: who loaded it, as a history has it, or ``ops``.
        source: name of its file.
    """

    id: str
    codes: int
    pairs: int
    bad: int
    at: str
    by: str
    source: str


def edition_of(catalogue: Catalogue, *, at: str, by: str, source: str) -> Edition:
    """The edition that a catalogue is."""
    digest = hashlib.sha256()
    for tac in sorted(catalogue.models):
        digest.update("\0".join((tac, *catalogue.models[tac], "\n")).encode())
    return Edition(
        id="C-" + crockford(digest.digest(), _ID_CHARACTERS),
        codes=len(catalogue.models),
        pairs=catalogue.pairs,
        bad=catalogue.bad,
        at=at,
        by=by,
        source=source,
    )


def read_catalogue(text: Iterable[str], delimiter: str) -> Catalogue:
    """Reads a catalogue, one code and model a line or one code and all its models a line.

    Lines whose code is not eight digits are left out and counted: a code that lost its leading zero cannot be told
    from one that lost another digit. A code without a model is known all the same.

    Args:
        text: the decoded text, without byte order mark, in pieces of any size.
        delimiter: one of ``, ; tab |``.

    Raises:
        CatalogueError: there is no column of codes, or not a single code.
    """
    models: dict[str, dict[str, None]] = {}
    bad: list[BadLine] = []
    wrong = 0
    columns: tuple[int, tuple[int, ...] | None] | None = None
    for record in records(text, delimiter):
        if columns is None:
            columns = _columns(record.cells)
            if not _TAC.fullmatch(record.cells[columns[0]].strip()):
                continue
        problem = _problem(record.cells, record.faults, columns[0])
        if problem:
            wrong += 1
            if len(bad) < _NAMED:
                value = record.cells[columns[0]] if columns[0] < len(record.cells) else ""
                bad.append(BadLine(record.line, value[:LONGEST_MODEL], problem))
            continue
        known = models.setdefault(record.cells[columns[0]].strip(), {})
        for place in columns[1] if columns[1] is not None else range(1, len(record.cells)):
            model = record.cells[place].strip() if place < len(record.cells) else ""
            if model and len(model) <= LONGEST_MODEL and len(known) < MOST_MODELS:
                known[model] = None
    if columns is None or not models:
        raise CatalogueError("The file holds no type allocation code: eight digits in a column called tac.")
    return Catalogue(
        models={tac: tuple(some) for tac, some in models.items()},
        pairs=sum(map(len, models.values())),
        bad=wrong,
        named=tuple(bad),
    )


def read_file(path: Path) -> Catalogue:
    """Reads a catalogue from disk, in any encoding and with any delimiter that uploads may have.

    Raises:
        CatalogueError: it is none, or cannot be read as text.
    """
    try:
        pieces = open_text(path, detect_encoding(path))
        first = next(pieces, "")
        return read_catalogue(chain((first,), pieces), detect_delimiter(first[:_SAMPLE]))
    except FileFault as unreadable:
        raise CatalogueError(sentence(unreadable.fault)) from unreadable


def _columns(first: tuple[str, ...]) -> tuple[int, tuple[int, ...] | None]:
    """Place of the codes, and those of the models; None for "all that follow", as in a file without a header."""
    if _TAC.fullmatch(first[0].strip()):
        return 0, None
    headings = [cell.strip().casefold() for cell in first]
    tac = next((place for place, heading in enumerate(headings) if heading in _TAC_HEADINGS), None)
    if tac is None:
        raise CatalogueError("The first row names no column tac, and does not begin with a code of eight digits.")
    found = tuple(place for place, heading in enumerate(headings) if _MODEL_HEADING.fullmatch(heading))
    return tac, found


def _problem(cells: tuple[str, ...], faults: tuple[Fault, ...], tac: int) -> str:
    if faults:
        return faults[0].message
    text = cells[tac].strip() if tac < len(cells) else ""
    if not _TAC.fullmatch(text):
        return f"A type allocation code has {TAC_LENGTH} digits."
    return ""
