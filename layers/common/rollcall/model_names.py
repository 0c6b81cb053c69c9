"""Models as a customer names them: as they are stored, or by the TAC with which their IMEIs begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.identifiers import Identifier

#: Models that one rule or order names at the most, and characters of one.
MOST: Final = 20
LONGEST: Final = 100
_TAC: Final = re.compile(r"[0-9]{8}")
_IMEIS: Final = ("imei", "imei2")
_TAC_LENGTH: Final = 8


def read_models(text: str) -> tuple[str, ...]:
    """The models of a form's field: one a line, or with commas between them; each once, in the order of the text."""
    named = {" ".join(part.split()).casefold(): " ".join(part.split()) for part in re.split(r"[\n,;]", text)}
    return tuple(model for model in named.values() if model)


def models_problem(models: Iterable[str]) -> tuple[str, Mapping[str, int]]:
    """What is wrong with the models that somebody named, in one sentence, and its parts; empty if nothing is."""
    named = tuple(models)
    if len(named) > MOST:
        told = "These are {number} models; at most {most} can be named. Leave the field empty for all models."
        return told, {"number": len(named), "most": MOST}
    longest = max(map(len, named), default=0)
    if longest > LONGEST:
        told = "A model has at most {most} characters; one of these has {number}."
        return told, {"most": LONGEST, "number": longest}
    return "", {}


def is_named(models: Iterable[str], model: str, ids: Mapping[str, Identifier]) -> bool:
    """Whether a device is of one of the models; where none is named, every device is.

    Args:
        models: whole names, in any case, or TACs: the first eight digits of an IMEI (TS 23.003 6.2.1).
        model: of the device, as stored.
        ids: its identifiers by slot.
    """
    named = tuple(models)
    if not named:
        return True
    wanted = " ".join(model.split()).casefold()
    if wanted and any(one.casefold() == wanted for one in named):
        return True
    tacs = {one for one in named if _TAC.fullmatch(one)}
    return any(ids[slot].value[:_TAC_LENGTH] in tacs for slot in _IMEIS if slot in ids)
