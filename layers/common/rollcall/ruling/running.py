"""Lets a customer's rules accept what they may of an upload that has arrived (row B16)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.checklists import Checklist
from rollcall.decisions import Windows
from rollcall.orders import fill
from rollcall.rules import Candidate, Hindrance, Ruling, plan
from rollcall.ruling.progress import HaltedError, Progress
from rollcall.ruling.standings import Standings
from rollcall.ruling.taking import Taking
from rollcall.store.device_changes import ExtraError
from rollcall.store.transactions import OutOfTimeError
from rollcall.transitions import Status
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.devices import ListedDevice
    from rollcall.rules import Made
    from rollcall.ruling.standings import Bench
    from rollcall.ruling.walking import Walker
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.arrivals import ArrivalsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.known_resellers import KnownResellers
    from rollcall.store.orders import OrdersStore
    from rollcall.store.parts import Part
    from rollcall.store.rules import RulesStore

#: Devices of one transaction; few enough for three further actions: the record, the rule's count, and its maker.
PAGE: Final = 90
#: How often a page is planned anew since a rule, its maker or its decision changed meanwhile.
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class _About:
    """What the rules are asked about: a part, whether its reseller is known, and the id for the logs."""

    part: Part
    knows: bool
    reference: str


class Ruler:
    """Applies rules. Safe to repeat at any point, and by two workers at once.

    A rule makes one decision on an upload, whatever happens on the way. If the rule is changed while it works, that
    decision stays what it is by then, and the rest waits for a person.

    Args:
        decisions: the devices.
        walker: likewise, in the order of the file.
        rules: as stored at the act.
        orders: what was announced.
        arrivals: what became of uploads.
        known: which resellers the customer knows.
        accounts: who is registered, and who may set rules.
        accounts_table: name of their table.
        uploads_table: name of the uploads table.
        windows: how long a decision can be undone.
        now: the time, with a time zone.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        decisions: DecisionsStore,
        walker: Walker,
        rules: RulesStore,
        orders: OrdersStore,
        arrivals: ArrivalsStore,
        known: KnownResellers,
        accounts: AccountsStore,
        accounts_table: str,
        uploads_table: str,
        windows: Windows = Windows(),  # noqa: B008 - a frozen value
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._decisions = decisions
        self._walker = walker
        self._orders = orders
        self._arrivals = arrivals
        self._known = known
        self._now = now
        self._standings = Standings(decisions=decisions, rules=rules, accounts=accounts, now=now)
        self._taking = Taking(
            decisions=decisions,
            rules=rules,
            accounts=accounts,
            accounts_table=accounts_table,
            uploads_table=uploads_table,
            windows=windows,
            now=now,
        )

    def rule(
        self,
        part: Part,
        *,
        reference: str,
        begun: Progress = Progress(counted=True),  # noqa: B008 - a frozen value
    ) -> Ruling | None:
        """Lets the rules accept what they may of a part.

        Args:
            part: a customer's part of an upload that has arrived.
            reference: the id under which the logs tell more.
            begun: how far earlier rounds have come.

        Returns:
            What came of it; None where the customer has no rule about the reseller.

        Raises:
            HaltedError: the worker's time is up in the middle; what is decided stays, and the next round goes on from
                the place that it says.
            OutOfTimeError: it is up before or after.
        """
        before = self._arrivals.of(part.upload, part.customer).ruling
        if before and before.done:
            return before
        made = dict.fromkeys([*(before.made if before else ()), *self._standings.made(part)])
        if not made:
            return None
        # Kept before anything is decided, so that no decision is ever without its place in the message.
        self._arrivals.put_ruling(part.upload, part.customer, Ruling(done=False, made=tuple(made), left={}))
        left = self._walk(_About(part, self._knows(part), reference), begun)
        ruling = Ruling(
            done=True,
            made=tuple(one for one in self._all_made(part, made) if self._decisions.get(one.decision)),
            left={hindrance.value: number for hindrance, number in sorted(left.items())},
        )
        self._arrivals.put_ruling(part.upload, part.customer, ruling)
        return ruling

    def _all_made(self, part: Part, made: dict[Made, None]) -> list[Made]:
        """The decisions there may be, those of rules included that were switched on while this ran."""
        return list(dict.fromkeys([*made, *self._standings.made(part)]))

    def _knows(self, part: Part) -> bool:
        now = utc(self._now())
        knows = self._known.knows(part.customer, part.reseller, now=now)
        if knows:
            self._known.remember(part.customer, part.reseller, now=now)
        return knows

    def _walk(self, about: _About, begun: Progress) -> Counter[Hindrance]:
        """Has the rules take what they may of all devices; how many each hindrance left, those of all rounds."""
        progress, checklist = begun, self._checklist(about.part, begun)
        left = Counter({Hindrance(name): number for name, number in begun.left.items()})
        bench: Bench | None = None
        try:
            for place, listed in self._walker.pages(about.part, begun.place):
                for start in range(0, len(listed), PAGE):
                    candidates = [Candidate(one, checklist.check(one)) for one in listed[start : start + PAGE]]
                    if waiting := self._waiting(candidates):
                        hindered, bench = self._page(about, waiting, bench)
                        left += hindered
                progress = replace(
                    progress, place=place, tally=checklist.tally, left={one.value: n for one, n in left.items()}
                )
        except OutOfTimeError as late:
            raise HaltedError(progress) from late
        return left

    def _checklist(self, part: Part, begun: Progress) -> Checklist:
        orders = self._orders.of_customer(part.customer, reseller=part.reseller)
        tally = self._arrivals.of(part.upload, part.customer).tally
        room = {}
        for order in orders:
            if tally and order.id in tally.found:
                shares = self._orders.shares(part.customer, order.id)
                room[order.id] = fill(order.quantity, shares).get(part.upload, 0)
        return Checklist(orders, room, begun.tally)

    def _waiting(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those that wait now, which the index may not know yet."""
        found = self._decisions.changes.read(one.device.id for one in candidates)
        return [one for one in candidates if _waits(found.get(one.device.id), one.device)]

    def _page(
        self, about: _About, waiting: Sequence[Candidate], bench: Bench | None
    ) -> tuple[Counter[Hindrance], Bench]:
        """Has the rules take what they may of a page.

        Args:
            about: of what.
            waiting: devices.
            bench: the rules as they stood at the page before.

        Returns:
            What hinders them from taking the rest, and how they stood.
        """
        for _ in range(_TRIES):
            if bench is None or not bench.is_spent:
                bench = self._standings.of(about.part, knows=about.knows)
            planned = plan(bench.rules, waiting)
            try:
                for one in bench.rules:
                    if taken := planned.takes[one.rule.id]:
                        record = bench.records[one.rule.id]
                        self._taking.take(one.rule, taken, record, about.part, reference=about.reference)
            except ExtraError:
                waiting = self._waiting(waiting)
                continue
            if not bench.rules:
                return Counter({Hindrance.CHANGED: len(waiting)}), bench
            return Counter(hindered for _, hindered in planned.left), bench
        raise RuntimeError(f"the rules about {about.part.upload} change faster than they can be applied")


def _waits(found: object, listed: ListedDevice) -> bool:
    generation, status = getattr(found, "generation", None), getattr(found, "status", None)
    return generation == listed.generation and status is Status.PENDING
