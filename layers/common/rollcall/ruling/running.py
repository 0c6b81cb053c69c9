"""Lets a customer's rules accept what they may of an upload that has arrived (row B16)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.approvals.windows import windows_of
from rollcall.decided import Record
from rollcall.decisions import Decision, DecisionKind, Target, Windows, decision_id
from rollcall.jobs import job_id
from rollcall.orders import Checklist, fill
from rollcall.permissions import Act, allows
from rollcall.rules import Candidate, Hindrance, Made, RuleStanding, Ruling, concerned, plan
from rollcall.store.decision_items import grow_record, put_record
from rollcall.store.device_changes import ExtraError
from rollcall.store.rules import maker_action
from rollcall.transitions import Status
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.devices import ListedDevice
    from rollcall.life import Change
    from rollcall.rules import Rule
    from rollcall.ruling.walking import Walker
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.arrivals import ArrivalsStore
    from rollcall.store.change_actions import Action
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.known_resellers import KnownResellers
    from rollcall.store.orders import OrdersStore
    from rollcall.store.parts import Part
    from rollcall.store.rules import RulesStore

#: Devices of one transaction; few enough for three further actions: the record, the rule's count, and its maker.
PAGE: Final = 90
#: Single devices that a decision's record names, so that it can be taken back at the click; of more a job does.
NAMED: Final = 90
#: How often a page is planned anew since a rule, its maker or its decision changed meanwhile.
_TRIES: Final = 20


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
        self._rules = rules
        self._orders = orders
        self._arrivals = arrivals
        self._known = known
        self._accounts = accounts
        self._accounts_table = accounts_table
        self._uploads_table = uploads_table
        self._windows = windows
        self._now = now

    def rule(self, part: Part, *, reference: str) -> Ruling | None:
        """Lets the rules accept what they may of a part.

        Args:
            part: a customer's part of an upload that has arrived.
            reference: the id under which the logs tell more.

        Returns:
            What came of it; None where the customer has no rule about the reseller.

        Raises:
            OutOfTimeError: the worker's time is up; what is decided stays, and the next try goes on.
        """
        before = self._arrivals.of(part.upload, part.customer).ruling
        if before and before.done:
            return before
        rules = concerned(self._rules.of_customer(part.customer), part.reseller)
        made = dict.fromkeys([*(before.made if before else ()), *(_made(rule, part) for rule in rules)])
        if not made:
            return None
        # Kept before anything is decided, so that no decision is ever without its place in the message.
        self._arrivals.put_ruling(part.upload, part.customer, Ruling(done=False, made=tuple(made), left={}))
        knows = self._knows(part)
        checklist, left = self._checklist(part), Counter[Hindrance]()
        for listed in self._walker.pages(part):
            for start in range(0, len(listed), PAGE):
                page = listed[start : start + PAGE]
                candidates = [Candidate(device, checklist.check(device)) for device in page]
                left += self._page(part, self._waiting(candidates), knows=knows, reference=reference)
        decided = {one: self._decisions.get(one.decision) for one in self._all_made(part, made)}
        ruling = Ruling(
            done=True,
            made=tuple(one for one, record in decided.items() if record),
            left={hindrance.value: number for hindrance, number in sorted(left.items())},
        )
        self._arrivals.put_ruling(part.upload, part.customer, ruling)
        return ruling

    def _all_made(self, part: Part, made: dict[Made, None]) -> list[Made]:
        """The decisions there may be, those of rules included that were switched on while this ran."""
        rules = concerned(self._rules.of_customer(part.customer), part.reseller)
        return list(dict.fromkeys([*made, *(_made(rule, part) for rule in rules)]))

    def _knows(self, part: Part) -> bool:
        now = utc(self._now())
        knows = self._known.knows(part.customer, part.reseller, now=now)
        if knows:
            self._known.remember(part.customer, part.reseller, now=now)
        return knows

    def _checklist(self, part: Part) -> Checklist:
        orders = self._orders.of_customer(part.customer, reseller=part.reseller)
        tally = self._arrivals.of(part.upload, part.customer).tally
        room = {}
        for order in orders:
            if tally and order.id in tally.found:
                shares = self._orders.shares(part.customer, order.id)
                room[order.id] = fill(order.quantity, shares).get(part.upload, 0)
        return Checklist(orders, room)

    def _waiting(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those that wait now, which the index may not know yet."""
        found = self._decisions.changes.read(one.device.id for one in candidates)
        return [one for one in candidates if _waits(found.get(one.device.id), one.device)]

    def _page(self, part: Part, waiting: Sequence[Candidate], *, knows: bool, reference: str) -> Counter[Hindrance]:
        """Has the rules take what they may of a page; what hinders them from taking the rest."""
        for _ in range(_TRIES):
            standings, records = self._standings(part, knows=knows)
            planned = plan(standings, waiting)
            try:
                for one in standings:
                    if taken := planned.takes[one.rule.id]:
                        decision = self._decision(one.rule, part, records[one.rule.id], reference)
                        self._take(one.rule, taken, decision, records[one.rule.id], part)
            except ExtraError:
                waiting = self._waiting(waiting)
                continue
            if not standings and any(True for _ in waiting):
                return Counter({Hindrance.CHANGED: len(waiting)})
            return Counter(hindered for _, hindered in planned.left)
        raise RuntimeError(f"the rules about {part.upload} change faster than they can be applied")

    def _standings(self, part: Part, *, knows: bool) -> tuple[list[RuleStanding], dict[str, Record | None]]:
        """The rules as they stand at this moment, and what each has decided on the part so far."""
        rules = concerned(self._rules.of_customer(part.customer), part.reseller)
        records = {rule.id: self._decisions.get(_made(rule, part).decision) for rule in rules}
        link = self._accounts.link(part.reseller, part.customer)
        registered, today = bool(link and link.is_registered), self._today()
        standings = []
        for rule in rules:
            record = records[rule.id]
            stopped = self._stopped(rule, record, registered=registered, knows=knows)
            taken = record.devices if record else 0
            standings.append(
                RuleStanding(rule, rule.per_upload - taken, rule.per_day - rule.taken_on(max(today, rule.day)), stopped)
            )
        return standings, records

    def _stopped(self, rule: Rule, record: Record | None, *, registered: bool, knows: bool) -> Hindrance | None:
        if record and record.undone:
            return Hindrance.TAKEN_BACK
        if record and record.decision.by != rule.actor:
            return Hindrance.CHANGED
        if not registered:
            return Hindrance.NOT_REGISTERED
        if not knows:
            return Hindrance.NEW_RESELLER
        maker = self._accounts.member(rule.customer, rule.maker)
        return None if maker and allows(maker.role, Act.SET_RULES) else Hindrance.MAKER_GONE

    def _decision(self, rule: Rule, part: Part, record: Record | None, reference: str) -> Decision:
        if record:
            return record.decision
        now = self._now()
        windows = windows_of(self._accounts, part.customer, self._windows)
        return Decision(
            id=_made(rule, part).decision,
            kind=DecisionKind.ACCEPT,
            customer=part.customer,
            by=rule.actor,
            at=utc(now),
            until=windows.until(now, min(part.stored, rule.per_upload)),
            rule=rule.name,
            rule_by=rule.by,
            rule_at=rule.at,
            reference=reference,
        )

    def _take(
        self, rule: Rule, taken: Sequence[Candidate], decision: Decision, record: Record | None, part: Part
    ) -> None:
        """Accepts devices by a rule, in one transaction with all that lets it.

        Raises:
            ExtraError: the rule, its maker's place or its decision is not what it was; nothing was decided.
            OutOfTimeError: the worker's time is up.
        """
        now = self._now().timestamp()

        def extra(changes: Sequence[Change]) -> list[Action]:
            targets = tuple(Target(one.before.id, one.before.generation) for one in changes)
            grown = _grown(record, decision, targets, part)
            return [
                grow_record(record, grown, self._uploads_table)
                if record
                else put_record(grown, self._uploads_table, now=now),
                self._rules.take_action(rule, len(changes), self._today()),
                maker_action(rule, self._accounts_table),
            ]

        wanted = [Target(one.device.id, one.device.generation) for one in taken]
        self._decisions.settle(decision, wanted, extra=extra)

    def _today(self) -> str:
        return utc(self._now())[:10]


def _made(rule: Rule, part: Part) -> Made:
    return Made(decision_id("rule", rule.id, part.upload, part.customer), rule.id)


def _waits(found: object, listed: ListedDevice) -> bool:
    generation, status = getattr(found, "generation", None), getattr(found, "status", None)
    return generation == listed.generation and status is Status.PENDING


def _grown(record: Record | None, decision: Decision, targets: tuple[Target, ...], part: Part) -> Record:
    """The record of a decision with more devices; of a few it names each, of many the upload and a job to come."""
    if record is None:
        record = Record(decision=decision, resellers=(part.reseller,))
    devices = record.devices + len(targets)
    if record.job or devices > NAMED:
        return replace(record, devices=devices, targets=(), upload=part.upload, job=job_id(decision.id))
    return replace(record, devices=devices, targets=(*record.targets, *targets))
