"""Rules by which a customer's devices are accepted without a person, within guard rails (row B16).

A rule accepts, never rejects. It takes devices of the resellers that it names, of the models that it names, and where
it says so only those of an order that was announced and has room; so many of an upload and so many a day (UTC) at the
most. What no rule takes waits for a person as ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rollcall.accounts import Person
from rollcall.model_names import is_named
from rollcall.orders import Expectation
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rollcall.devices import ListedDevice

#: Rules of one customer, resellers that one names, and characters of its name.
MOST_RULES: Final = 50
MOST_RESELLERS: Final = 20
LONGEST_NAME: Final = 60
#: Devices of an upload or a day that a rule may be allowed at the most.
LARGEST_CAP: Final = 100_000
_ID_CHARACTERS: Final = 12


class Hindrance(StrEnum):
    """Why a rule did not take a device; the later ones were nearer to it."""

    MODEL = "model"
    NO_ORDER = "no_order"
    ORDER_UNKNOWN = "order_unknown"
    ORDER_CLOSED = "order_closed"
    ORDER_MODEL = "order_model"
    ORDER_FULL = "order_full"
    NOT_REGISTERED = "not_registered"
    NEW_RESELLER = "new_reseller"
    MAKER_GONE = "maker_gone"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"
    UPLOAD_CAP = "upload_cap"
    DAY_CAP = "day_cap"


_NEARNESS: Final = {one: place for place, one in enumerate(Hindrance)}
_OF_ORDER: Final = {
    Expectation.NONE: Hindrance.NO_ORDER,
    Expectation.UNKNOWN: Hindrance.ORDER_UNKNOWN,
    Expectation.CLOSED: Hindrance.ORDER_CLOSED,
    Expectation.OTHER_MODEL: Hindrance.ORDER_MODEL,
    Expectation.OVER: Hindrance.ORDER_FULL,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is stored.

    Attributes:
        id: ``AR-…``.
        customer: account id.
        name: what people call it.
        resellers: account ids of those whose devices it takes; at least one.
        models: names or TACs, see `model_names`; empty for any.
        needs_order: it takes only devices of an announced order that has room.
        per_upload: devices of one upload that it takes at the most.
        per_day: devices of one day, UTC, likewise.
        on: it decides.
        version: grows with each change; 0 before it is stored.
        by: who changed it last and answers for it, ``person:<team>:<user>``; it decides only while they may.
        at: when, UTC.
        made_at: when it was made, UTC; rules are asked in this order.
        day: the last day on which it took something, ``YYYY-MM-DD``; ``day_count`` is how many then.
    """

    id: str
    customer: str
    name: str
    resellers: tuple[str, ...]
    models: tuple[str, ...] = ()
    needs_order: bool = True
    per_upload: int = 100
    per_day: int = 500
    on: bool = False
    version: int = 0
    by: str = ""
    at: str = ""
    made_at: str = ""
    day: str = ""
    day_count: int = 0

    @property
    def actor(self) -> str:
        """Who decided, as histories have it: the rule, in this version."""
        return f"rule:{self.id}:{self.version}"

    @property
    def maker(self) -> Person:
        """Who changed it last and answers for it."""
        _, _, rest = self.by.partition(":")
        team, _, user = rest.partition(":")
        return Person(team, user)

    def taken_on(self, day: str) -> int:
        """How many it took on a day.

        Args:
            day: ``YYYY-MM-DD``, UTC; not before the last on which it took something.
        """
        return self.day_count if self.day == day else 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that waits.

    Attributes:
        device: as listed.
        expectation: whether its order was announced and has room.
    """

    device: ListedDevice
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """A rule at the moment it is asked about an upload.

    Attributes:
        rule: it.
        upload_room: devices of this upload that it may still take; ``day_room`` likewise of this day.
        stopped: why it takes nothing at all now; None if it may.
    """

    rule: Rule
    upload_room: int
    day_room: int
    stopped: Hindrance | None = None

    @property
    def is_spent(self) -> bool:
        """Whether it takes nothing more."""
        return bool(self.stopped) or min(self.upload_room, self.day_room) <= 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rules make of devices.

    Attributes:
        takes: rule id → devices that it takes.
        left: devices that wait for a person, each with what hindered the rule that was nearest to taking it.
    """

    takes: Mapping[str, tuple[Candidate, ...]]
    left: tuple[tuple[Candidate, Hindrance], ...]


def rule_id(customer: str, once: str) -> str:
    """The id of the rule that an occasion makes, such as a form that is sent: the same parts give the same id."""
    return "AR-" + crockford(hashlib.sha256(f"{customer}\0{once}".encode()).digest(), _ID_CHARACTERS)


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Rules in the order in which they are asked: the oldest first."""
    return sorted(rules, key=lambda rule: (rule.made_at, rule.id))


def concerned(rules: Iterable[Rule], reseller: str) -> list[Rule]:
    """The rules that are asked about a reseller's devices, in that order."""
    return [rule for rule in in_order(rules) if rule.on and reseller in rule.resellers]


def hindrance(rule: Rule, candidate: Candidate) -> Hindrance | None:
    """Why a rule does not take a device, whatever its caps; None if it would."""
    if not is_named(rule.models, candidate.device.model, candidate.device.ids):
        return Hindrance.MODEL
    return _OF_ORDER.get(candidate.expectation) if rule.needs_order else None


def plan(standings: Sequence[RuleStanding], candidates: Iterable[Candidate]) -> Plan:
    """Which rule takes which device: the first that may.

    Args:
        standings: in the order in which they are asked.
        candidates: in the order of the file.
    """
    if not standings:
        return Plan({}, ())
    takes: dict[str, list[Candidate]] = {one.rule.id: [] for one in standings}
    left = []
    for candidate in candidates:
        why: list[Hindrance] = []
        for one in standings:
            took = len(takes[one.rule.id])
            hindered = hindrance(one.rule, candidate) or one.stopped or _full(one, took)
            if hindered is None:
                takes[one.rule.id].append(candidate)
                break
            why.append(hindered)
        else:
            left.append((candidate, max(why, key=_NEARNESS.__getitem__)))
    return Plan({id_: tuple(some) for id_, some in takes.items()}, tuple(left))


def _full(one: RuleStanding, took: int) -> Hindrance | None:
    if took >= one.upload_room:
        return Hindrance.UPLOAD_CAP
    return Hindrance.DAY_CAP if took >= one.day_room else None


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that a rule made on an upload: its id, and which rule."""

    decision: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules made of a customer's part of an upload.

    Attributes:
        done: nothing more is to come of them.
        made: their decisions.
        left: hindrance → devices that wait for a person.
    """

    done: bool
    made: tuple[Made, ...]
    left: Mapping[str, int]


def ruling_to_json(ruling: Ruling) -> dict[str, Any]:
    """A ruling as it is stored."""
    return {
        "done": ruling.done,
        "made": [[one.decision, one.rule] for one in ruling.made],
        "left": dict(ruling.left),
    }


def ruling_from_json(raw: Mapping[str, Any]) -> Ruling:
    """The way back."""
    return Ruling(raw["done"], tuple(Made(*one) for one in raw["made"]), raw["left"])
