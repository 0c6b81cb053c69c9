"""What a rule would have done with the uploads of the last days, before it is switched on (row B16)."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.checklists import Checklist
from rollcall.rehearsals import Rehearsed
from rollcall.rules import Candidate, RuleStanding, plan
from rollcall.store.transactions import OutOfTimeError
from rollcall.transitions import Status
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.devices import ListedDevice
    from rollcall.orders import Order
    from rollcall.rules import Hindrance, Rule
    from rollcall.ruling.walking import Walker
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.known_resellers import KnownResellers
    from rollcall.store.parts import Part

#: Days that are looked back on, and devices at the most.
DAYS: Final = 30
MOST: Final = 50_000
#: Devices that are named for each reason.
NAMED: Final = 3


class Rehearsal:
    """Plays a rule on what came.

    Args:
        decisions: uploads as decisions see them, and orders.
        walker: their devices.
        known: which resellers the customer knows.
        accounts: who is registered.
        uploads: name of the uploads table.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        walker: Walker,
        known: KnownResellers,
        accounts: AccountsStore,
        uploads: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._decisions = decisions
        self._walker = walker
        self._known = known
        self._accounts = accounts
        self._uploads = uploads
        self._now = now

    def play(self, rule: Rule) -> Rehearsed:
        """What the rule would have done, with the orders that are announced now; nothing is changed.

        Caps and orders are filled upload by upload, the oldest first. Devices that the manufacturer's registry does not
        recognise do not count: nobody can decide on them.
        """
        seen = taken = rejected = 0
        left: Counter[Hindrance] = Counter()
        samples: dict[Hindrance, tuple[str, ...]] = {}
        days: Counter[str] = Counter()
        filled: Counter[str] = Counter()
        orders = {
            reseller: [o for o in self._decisions.orders.of_customer(rule.customer, reseller=reseller) if not o.closed]
            for reseller in rule.resellers
        }
        cut = False
        for part in self._parts(rule):
            try:
                devices = [device for _, page in self._walker.pages(part) for device in page]
            except OutOfTimeError:
                cut = True
                break
            candidates, brought = _candidates(devices, orders[part.reseller], filled)
            filled += brought
            day = part.started_at[:10]
            planned = plan([RuleStanding(rule, rule.per_upload, rule.per_day - days[day])], candidates)
            took = planned.takes[rule.id]
            days[day] += len(took)
            seen, taken = seen + len(candidates), taken + len(took)
            rejected += sum(one.device.status is Status.REJECTED for one in took)
            for one, hindered in planned.left:
                left[hindered] += 1
                samples[hindered] = (*samples.get(hindered, ()), _shown(one.device))[:NAMED]
            if seen >= MOST:
                cut = True
                break
        return Rehearsed(rule, seen, taken, rejected, dict(left), samples, self._strangers(rule), cut)

    def _parts(self, rule: Rule) -> Iterator[Part]:
        """Parts of the last days, the oldest first."""
        since = utc(self._now() - timedelta(days=DAYS))
        found = []
        for reseller in rule.resellers:
            for upload in self._decisions.parts.uploads_of(rule.customer, reseller):
                part = self._decisions.parts.get(upload, rule.customer)
                if part is None or part.started_at < since:
                    break  # the newest come first
                if not part.in_progress:
                    found.append(part)
        yield from sorted(found, key=lambda part: (part.started_at, part.upload))

    def _strangers(self, rule: Rule) -> tuple[str, ...]:
        now = utc(self._now())
        return tuple(
            reseller
            for reseller in rule.resellers
            if not ((link := self._accounts.link(reseller, rule.customer)) and link.is_registered)
            or not self._known.knows(rule.customer, reseller, now=now)
        )


def _candidates(
    devices: list[ListedDevice], orders: list[Order], filled: Counter[str]
) -> tuple[list[Candidate], Counter[str]]:
    """The devices of an upload as the rule would have met them, and what they fill of each order."""
    room = {order.id: max(order.quantity - filled[order.id], 0) for order in orders}
    checklist = Checklist(orders, room)
    candidates = [Candidate(device, checklist.check(device)) for device in devices]
    brought = Counter({id_: count for id_, (_, count, _) in checklist.tally.found.items()})
    return [one for one in candidates if one.device.status is not Status.MPTS_ERROR], brought


def _shown(device: ListedDevice) -> str:
    return device.id.partition("#")[2]
