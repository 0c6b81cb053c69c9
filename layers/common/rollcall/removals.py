"""Removals: devices that a reseller deletes, or whose upload it takes back (rows P15, B8).

A removal is a job of its own kind. It works through a list, or through an upload; what its customers have accepted
waits for their word in a removal of its own, one for each customer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rollcall.jobs import NAMED, NamedRefusal, Place
from rollcall.life import Occasion
from rollcall.transitions import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Identifiers that one removal takes.
MOST: Final = 10_000
#: The most devices that are removed while somebody waits for the answer of a click.
AT_ONCE: Final = 20
#: Customers that a removal itself names; each of the others is told, too, and counted with them together.
CUSTOMERS: Final = 20


class RemovalKind(StrEnum):
    """What a removal works through."""

    DELETE = "delete_devices"
    UNDO_UPLOAD = "undo_upload"


class RemovalState(StrEnum):
    """How far a removal is."""

    DRAFT = "DRAFT"  # shown, and not confirmed yet
    WAITING = "WAITING"  # for the customer's release
    RUNNING = "RUNNING"
    DONE = "DONE"
    REFUSED = "REFUSED"  # as a whole: nothing was removed


@dataclass(frozen=True, slots=True)
class Removed:
    """Devices of one customer that are gone.

    Attributes:
        devices: how many.
        verified: how many of them it had accepted.
    """

    devices: int = 0
    verified: int = 0

    def __add__(self, other: Removed) -> Removed:
        return Removed(self.devices + other.devices, self.verified + other.verified)


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal as it is stored.

    Attributes:
        id: ``J-…``, as that of any job.
        kind: what it works through.
        account: the reseller.
        occasion: who, when and why; its id names it in the histories of the devices.
        person: who asked, as `Person.key`; empty for a key of the API.
        upload: whose devices go; empty for a list.
        pages: how many its list has.
        customer: whose release it waits for, or waited for; empty for one that needs none.
        parent: of one that waits: the removal of which it is the rest.
        answered_by: who of the customer released the devices, or kept them; ``answered_at`` when, UTC.
        state: how far it is.
        total: devices that it is about.
        done: of these: how many it has worked on.
        removed: customer → what is gone, of some.
        others: what is gone of all other customers.
        told: how many of those have been told, by id.
        by_code: fault code → devices that stay.
        stays: state → devices of an undone upload that stay.
        refused: the first of those that stay, of a list.
        place: where it goes on.
        passes: how often it went through an upload, since the index of devices may lag behind.
        revision: grows with each time it is stored.
        created_at: UTC; ``finished_at`` likewise, empty while it runs.
        fault: code of the reason for which it was refused as a whole.
    """

    id: str
    kind: RemovalKind
    account: str
    occasion: Occasion
    created_at: str
    person: str = ""
    upload: str = ""
    pages: int = 0
    customer: str = ""
    parent: str = ""
    answered_by: str = ""
    answered_at: str = ""
    state: RemovalState = RemovalState.RUNNING
    total: int = 0
    done: int = 0
    removed: Mapping[str, Removed] = field(default_factory=dict)
    others: Removed = field(default_factory=Removed)
    told: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[NamedRefusal, ...] = ()
    place: Place = field(default_factory=Place)
    passes: int = 0
    revision: int = 0
    finished_at: str = ""
    fault: str = ""

    @property
    def is_over(self) -> bool:
        """Nothing is left to do."""
        return self.state in (RemovalState.DONE, RemovalState.REFUSED)

    @property
    def act(self) -> Act:
        """What it does to a device."""
        return Act.UPLOAD_UNDONE if self.kind is RemovalKind.UNDO_UPLOAD else Act.DELETED

    @property
    def is_small(self) -> bool:
        """Whether somebody who clicks can wait for it."""
        return self.total <= AT_ONCE

    @property
    def gone(self) -> int:
        """Devices that are gone."""
        return sum(one.devices for one in self.removed.values()) + self.others.devices

    @property
    def decided(self) -> int:
        """The same, by the name that every job has for what it came to."""
        return self.gone

    @property
    def reference(self) -> str:
        """The id under which the logs tell more."""
        return self.occasion.reference

    @property
    def release(self) -> Occasion | None:
        """The customer's release; None if none was needed or given."""
        if not self.answered_by or self.state is RemovalState.REFUSED:
            return None
        return Occasion(self.id, self.answered_by, self.answered_at, self.reference)

    def advance(self, step: Step, place: Place) -> Removal:
        """The removal after one more step."""
        removed, others = dict(self.removed), self.others
        for customer, more in step.removed.items():
            if customer in removed or len(removed) < CUSTOMERS:
                removed[customer] = removed.get(customer, Removed()) + more
            else:
                others += more
        return replace(
            self,
            place=place,
            done=self.done + step.done,
            removed=removed,
            others=others,
            by_code=_sum(self.by_code, step.by_code),
            stays=_sum(self.stays, step.stays),
            refused=(*self.refused, *step.refused)[:NAMED],
        )

    def count(self, gone: Mapping[str, Removed]) -> Removal:
        """The removal with what is gone counted anew, customer by customer; whoever it names it goes on naming."""
        order = sorted(gone, key=lambda customer: (customer not in self.removed, customer))
        return replace(
            self,
            removed={customer: gone[customer] for customer in order[:CUSTOMERS]},
            others=sum((gone[customer] for customer in order[CUSTOMERS:]), Removed()),
        )

    def go_through_again(self) -> Removal:
        """An undone upload from its beginning: what stays is counted anew, what is gone stays counted."""
        return replace(self, place=Place(), passes=self.passes + 1, done=self.gone, by_code={}, stays={}, refused=())


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of a removal came to.

    Attributes:
        done: devices it worked on.
        removed: customer → what is gone.
        by_code: fault code → devices that stay.
        stays: state → devices that stay.
        refused: those that stay, or some of them.
    """

    done: int = 0
    removed: Mapping[str, Removed] = field(default_factory=dict)
    by_code: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[NamedRefusal, ...] = ()


def removal_to_json(removal: Removal) -> dict[str, Any]:
    """A removal as it is stored, without its revision and without what is empty."""
    raw = asdict(removal)
    del raw["revision"]
    raw["removed"] = {customer: [one.devices, one.verified] for customer, one in removal.removed.items()}
    raw["others"] = [removal.others.devices, removal.others.verified] if removal.others.devices else []
    return {name: value for name, value in raw.items() if value}


def removal_from_json(raw: Mapping[str, Any], revision: int) -> Removal:
    """The way back."""
    return Removal(
        **{
            **raw,
            "kind": RemovalKind(raw["kind"]),
            "state": RemovalState(raw["state"]),
            "occasion": Occasion(**raw["occasion"]),
            "removed": {customer: Removed(*pair) for customer, pair in raw.get("removed", {}).items()},
            "others": Removed(*raw.get("others", ())),
            "refused": tuple(NamedRefusal(**one) for one in raw.get("refused", ())),
            "place": Place(**raw.get("place", {})),
            "revision": revision,
        }
    )


def _sum(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) + more.get(name, 0) for name in {**counts, **more}}
