"""Exchanges of an IMEI: which for which, until when it must be confirmed, and how it ended (row B21)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from rollcall.conflicts import Generation
from rollcall.life import Occasion
from rollcall.upload_ids import crockford
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: An exchange that nobody has confirmed by then is over.
LONGEST: Final = timedelta(hours=24)
#: Minutes until the exchange system is asked again, try by try; from then on the last.
_WAITS: Final = (1, 5, 15, 60)
_ID_CHARACTERS: Final = 12
_LONGEST_REASON: Final = 200


class ExchangeState(StrEnum):
    """How far an exchange is."""

    BEGUN = "BEGUN"
    DONE = "DONE"
    FAILED = "FAILED"
    NOT_CONFIRMED = "NOT_CONFIRMED"


class Verdict(StrEnum):
    """What the exchange system says."""

    DONE = "done"
    FAILED = "failed"
    LATER = "later"  # it has not decided yet, or says nothing that can be understood


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the exchange system.

    Attributes:
        verdict: what it says.
        reason: of a failure: why, in its words; one line.
    """

    verdict: Verdict
    reason: str = ""


class ExchangeSystem(Protocol):
    """Whoever exchanges IMEIs: asked as often as it takes, always with the same id."""

    def exchange(self, exchange: Exchange) -> Answer:
        """Exchanges, or says how far it is. A system that does not answer is one that says ``LATER``."""


class NoExchangeSystem:
    """None is connected: whatever is begun ends as not confirmed."""

    def exchange(self, exchange: Exchange) -> Answer:  # noqa: ARG002 - as the others
        """Says nothing."""
        return Answer(Verdict.LATER)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange as it is stored.

    Attributes:
        id: ``X-…``; the same click gives the same id.
        device: the typed key it lies under.
        generation: its arrival.
        slot: ``imei`` or ``imei2``.
        old: the IMEI it had; ``new`` the one it gets.
        occasion: who and when; its id is that of the exchange.
        person: who asked, as `Person.key`.
        deadline: until when it must be confirmed, UTC.
        next_at: when the exchange system is asked again, or the deadline is looked at, UTC.
        tries: how often it was asked.
        outcome: how it ends, as soon as that is known; the device follows, then the state.
        state: how far it is.
        reason: of a failure.
        ended_at: UTC; empty while it runs.
        revision: grows with each time it is stored.
    """

    id: str
    device: str
    generation: Generation
    slot: str
    old: str
    new: str
    occasion: Occasion
    person: str
    deadline: str
    next_at: str
    tries: int = 0
    outcome: ExchangeState = ExchangeState.BEGUN
    state: ExchangeState = ExchangeState.BEGUN
    reason: str = ""
    ended_at: str = ""
    revision: int = 0

    @property
    def account(self) -> str:
        """The reseller."""
        return self.generation.reseller

    @property
    def is_over(self) -> bool:
        """The device is back in the state it had."""
        return self.state is not ExchangeState.BEGUN

    @property
    def end(self) -> Occasion:
        """The end as the device's history has it."""
        return replace(self.occasion, at=self.ended_at, note=self.note)

    @property
    def note(self) -> str:
        """How it ended, in a few words."""
        match self.outcome:
            case ExchangeState.DONE:
                return f"{self.old} is {self.new} now"
            case ExchangeState.FAILED:
                return f"failed: {self.reason}" if self.reason else "failed"
            case ExchangeState.NOT_CONFIRMED:
                return "not confirmed within 24 hours"
            case _:
                return ""

    def ends(self, outcome: ExchangeState, *, at: str, reason: str = "") -> Exchange:
        """The exchange of which is known how it ends."""
        return replace(self, outcome=outcome, reason=one_line(reason), ended_at=at, next_at=at)

    def asked(self, now: datetime) -> Exchange:
        """The exchange after one more question that was not answered."""
        wait = timedelta(minutes=_WAITS[min(self.tries, len(_WAITS) - 1)])
        return replace(self, tries=self.tries + 1, next_at=min(utc(now + wait), self.deadline))


def begin(  # noqa: PLR0913 - all by name
    *,
    once: str,
    device: str,
    generation: Generation,
    slot: str,
    old: str,
    new: str,
    by: str,
    person: str,
    at: datetime,
    reference: str,
) -> Exchange:
    """A new exchange.

    Args:
        once: names the occasion, such as a click.
        device: the typed key it lies under.
        generation: its arrival.
        slot: which IMEI.
        old: its value.
        new: the one it gets.
        by: who, as a history has it.
        person: likewise, as `Person.key`.
        at: now, with a time zone.
        reference: the id under which the logs tell more.
    """
    parts = f"{once}\0{generation.reseller}\0{by}\0{device}\0{old}\0{new}"
    id_ = "X-" + crockford(hashlib.sha256(parts.encode()).digest(), _ID_CHARACTERS)
    return Exchange(
        id=id_,
        device=device,
        generation=generation,
        slot=slot,
        old=old,
        new=new,
        occasion=Occasion(id_, by, utc(at), reference or id_, f"{old} for {new}"),
        person=person,
        deadline=utc(at + LONGEST),
        next_at=utc(at + timedelta(minutes=_WAITS[0])),
    )


def one_line(reason: str) -> str:
    """A reason in somebody else's words as it may stand in a history."""
    return " ".join(reason.split())[:_LONGEST_REASON]


def exchange_to_json(exchange: Exchange) -> dict[str, Any]:
    """An exchange as it is stored, without its revision and without what is empty."""
    raw = asdict(exchange)
    del raw["revision"]
    return {name: value for name, value in raw.items() if value}


def exchange_from_json(raw: Mapping[str, Any], revision: int) -> Exchange:
    """The way back."""
    return Exchange(
        **{
            **raw,
            "generation": Generation(**raw["generation"]),
            "occasion": Occasion(**raw["occasion"]),
            "outcome": ExchangeState(raw["outcome"]),
            "state": ExchangeState(raw["state"]),
            "revision": revision,
        }
    )
