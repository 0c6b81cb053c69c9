"""What the manufacturer's registry says of devices, and what follows from it (row P7).

The registry is the source that says whether a device is a genuine one sold by an authorised reseller. It is asked
through `Registry`; whether it is a catalogue of the system's own or a server of somebody else's is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from rollcall.errors import Fault
from rollcall.identifiers import IdKind
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.identifiers import Identifier

#: Digits of a type allocation code, the first of an IMEI (3GPP TS 23.003, 6.2.1).
TAC_LENGTH: Final = 8
#: Models named in a warning.
_NAMED: Final = 3
#: A model code such as ``SM-A556B`` or ``SCG08``. Only codes can be compared: catalogues hold no names such as
#: "Galaxy A55".
_MODEL_CODE: Final = re.compile(r"\b(?:[A-Z]{2,4}-[A-Z]{0,2}\d{2,}[A-Z0-9]*|[A-Z]{3}\d{2})\b")


class Opinion(StrEnum):
    """Whether the registry recognises a device."""

    RECOGNISED = "recognised"
    UNKNOWN = "unknown"
    #: it did not answer; whoever asked may ask again
    UNAVAILABLE = "unavailable"
    #: nothing can be said: no catalogue is loaded, or a catalogue of TACs is asked about a device without an IMEI
    NONE = "none"


class Strictness(StrEnum):
    """What becomes of a device that the registry does not recognise."""

    WARNING = "warning"
    MPTS_ERROR = "MPTS_ERROR"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A device that the registry is asked about.

    Attributes:
        reseller: account id of the reseller that sells it.
        ids: its identifiers by slot.
        stc: the sold-to code of the sale; empty if there is none.
    """

    reseller: str
    ids: Mapping[str, Identifier]
    stc: str = ""

    @property
    def tacs(self) -> tuple[str, ...]:
        """The type allocation codes of its IMEIs, that of the first IMEI first; each once."""
        return tuple(dict.fromkeys(one.value[:TAC_LENGTH] for one in self.ids.values() if one.kind is IdKind.IMEI))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the registry says of a device.

    Attributes:
        opinion: whether it is recognised.
        models: the models it may be, none if that is not known.
    """

    opinion: Opinion
    models: tuple[str, ...] = ()

    @property
    def model(self) -> str:
        """The model that it is beyond doubt; empty otherwise."""
        return self.models[0] if len(self.models) == 1 else ""


class Registry(Protocol):
    """Somebody who knows devices."""

    def ask(self, inquiries: Sequence[Inquiry]) -> list[Verdict]:
        """What is known of some devices, in their order.

        Never raises because the registry is slow or gone: its opinion is then ``UNAVAILABLE``.
        """


def from_models(inquiry: Inquiry, models: Mapping[str, tuple[str, ...]]) -> Verdict:
    """The verdict of a loaded catalogue of type allocation codes.

    A device with two IMEIs may have two codes; one known code is enough, and its models are those of all known ones.

    Args:
        inquiry: the device.
        models: TAC → models, of those of its codes that are in the catalogue.
    """
    if not inquiry.tacs:
        return Verdict(Opinion.NONE)
    known = [models[tac] for tac in inquiry.tacs if tac in models]
    if not known:
        return Verdict(Opinion.UNKNOWN)
    common = [model for model in known[0] if all(model in others for others in known[1:])]
    return Verdict(Opinion.RECOGNISED, tuple(common or dict.fromkeys(model for some in known for model in some)))


def status_of(verdict: Verdict, strictness: Strictness) -> Status:
    """The state that a device arrives in.

    A registry that never answered counts as one that does not recognise it: where that matters, nobody shall accept a
    device before somebody has said that it is genuine.
    """
    doubted = verdict.opinion in (Opinion.UNKNOWN, Opinion.UNAVAILABLE)
    return Status.MPTS_ERROR if doubted and strictness is Strictness.MPTS_ERROR else Status.PENDING


def notes_of(
    verdict: Verdict, strictness: Strictness, *, model: str, heading: str, source: tuple[str, str]
) -> list[Fault]:
    """What is reported of a row; never a reason to refuse it.

    Args:
        verdict: what the registry says.
        strictness: what becomes of an unknown device.
        model: as it stood in the file; empty if it did not.
        heading: the file's own name for the column of the model.
        source: where the device's first identifier was read: the file's heading, and the cell as it stood.
    """
    column, value = source
    if verdict.opinion is Opinion.UNAVAILABLE:
        return [Fault("REGISTRY_UNAVAILABLE", column, value)]
    if verdict.opinion is Opinion.UNKNOWN:
        return [Fault("NOT_RECOGNISED" if strictness is Strictness.MPTS_ERROR else "TAC_UNKNOWN", column, value)]
    if not model.strip():
        return [Fault("MODEL_ADDED", heading, "", {"model": verdict.model})] if verdict.model else []
    if disagrees(model, verdict.models):
        return [Fault("MODEL_MISMATCH", heading, model, {"models": _listed(verdict.models)})]
    return []


def disagrees(model: str, models: Sequence[str]) -> bool:
    """Whether a model that somebody named is none of those that the registry knows.

    Public lists contradict each other, so this is a hint and no more. Names that are not written as codes are not
    compared, and ``SM-A556B/DS`` or ``Galaxy A55 SM-A556B`` agree with ``SM-A556B``.
    """
    said = unicodedata.normalize("NFKC", model).upper()
    codes = _MODEL_CODE.findall(said)
    if not codes or not models:
        return False
    plain = _plain(said)
    known = [_plain(unicodedata.normalize("NFKC", one).upper()) for one in models]
    return not any(
        one in plain or any(one.startswith(_plain(said_code)) for said_code in codes) for one in known if one
    )


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _listed(models: Sequence[str]) -> str:
    more = len(models) - _NAMED
    return ", ".join(models[:_NAMED]) + (f" and {more} more" if more > 0 else "")
