"""Refreshes: the manufacturer's registry is asked again about devices that it did not recognise (row P7)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rollcall.jobs import Place
from rollcall.life import Occasion
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Mapping

#: ``kind`` of its messages in the jobs queue.
KIND: Final = "refresh_devices"
#: ``kind`` of the message that has the registry asked about an upload of which it never spoke.
AGAIN: Final = "ask_registry_again"
#: How often a registry that does not answer is asked, and seconds before the second time, doubled each time.
TRIES: Final = 8
FIRST_PAUSE: Final = 30
_LONGEST_PAUSE: Final = 900
_ID_CHARACTERS: Final = 16
#: Customers that a refresh itself names; each of the others is told, too, and counted with them together.
CUSTOMERS: Final = 20


class RefreshState(StrEnum):
    """How far a refresh is."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    #: the registry never answered about the rest
    GIVEN_UP = "GIVEN_UP"


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh as it is stored.

    Attributes:
        id: ``J-…``, as that of any job.
        account: the reseller whose devices these are.
        occasion: who, when; its id names the refresh in the histories of the devices.
        person: who asked, as `Person.key`; empty where Rollcall began it by itself.
        upload: whose devices are asked about; empty for a list.
        pages: how many its list has.
        state: how far it is.
        total: devices that it is about.
        done: of these: how many the registry was asked about.
        healed: customer → devices that are recognised now, of some.
        others: likewise, of all other customers.
        told: how many of those have been told, by id.
        place: where it goes on.
        tries: how often the registry did not answer at this place.
        revision: grows with each time it is stored.
        finished_at: UTC; empty while it runs.
    """

    id: str
    account: str
    occasion: Occasion
    person: str = ""
    upload: str = ""
    pages: int = 0
    state: RefreshState = RefreshState.RUNNING
    total: int = 0
    done: int = 0
    healed: Mapping[str, int] = field(default_factory=dict)
    others: int = 0
    told: int = 0
    place: Place = field(default_factory=Place)
    tries: int = 0
    revision: int = 0
    finished_at: str = ""

    @property
    def is_over(self) -> bool:
        """Nothing is left to do."""
        return self.state is not RefreshState.RUNNING

    @property
    def recognised(self) -> int:
        """Devices that are recognised now."""
        return sum(self.healed.values()) + self.others

    @property
    def pause(self) -> int:
        """Seconds until a registry that did not answer is asked again."""
        return int(min(FIRST_PAUSE * 2 ** max(self.tries - 1, 0), _LONGEST_PAUSE))

    def advance(self, asked: int, healed: Mapping[str, int], place: Place) -> Refresh:
        """The refresh after one more step."""
        known, others = dict(self.healed), self.others
        for customer, devices in healed.items():
            if customer in known or len(known) < CUSTOMERS:
                known[customer] = known.get(customer, 0) + devices
            else:
                others += devices
        return replace(self, done=self.done + asked, healed=known, others=others, place=place, tries=0)

    def count(self, healed: Mapping[str, int]) -> Refresh:
        """The refresh with what healed counted anew, customer by customer; whoever it names it goes on naming."""
        order = sorted(healed, key=lambda customer: (customer not in self.healed, customer))
        return replace(
            self,
            healed={customer: healed[customer] for customer in order[:CUSTOMERS]},
            others=sum(healed[customer] for customer in order[CUSTOMERS:]),
        )


def refresh_id(*parts: str) -> str:
    """The id of the refresh that an occasion is: the same parts give the same id."""
    return "J-" + crockford(hashlib.sha256("\0".join(("refresh", *parts)).encode()).digest(), _ID_CHARACTERS)


def refresh_to_json(refresh: Refresh) -> dict[str, Any]:
    """A refresh as it is stored, without its revision and without what is empty."""
    raw = asdict(refresh)
    del raw["revision"]
    return {name: value for name, value in raw.items() if value}


def refresh_from_json(raw: Mapping[str, Any], revision: int) -> Refresh:
    """The way back."""
    return Refresh(
        **{
            **raw,
            "state": RefreshState(raw["state"]),
            "occasion": Occasion(**raw["occasion"]),
            "place": Place(**raw.get("place", {})),
            "revision": revision,
        }
    )
