"""Decisions on single devices, stored: the first click wins, every other one is told the truth (rows P22, B6, B7)."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall import life
from rollcall.decided import Record
from rollcall.decisions import Target, Verdict, judge
from rollcall.errors import Fault
from rollcall.store.arrivals import ArrivalsStore
from rollcall.store.decision_items import mark_undone, put_record
from rollcall.store.decision_records import DecisionRecords
from rollcall.store.device_changes import DeviceChanges, ExtraError
from rollcall.store.orders import OrdersStore
from rollcall.store.parts import PartsStore
from rollcall.store.rules import RulesStore
from rollcall.store.settling import settle
from rollcall.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decided import Outcome
    from rollcall.decisions import Decision, Judgement
    from rollcall.devices import Device
    from rollcall.life import Change
    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient

    #: Why a device that could be decided on must not be; None if it may.
    Guard = Callable[[Device], Fault | None]


class DeviceDecisions(DecisionRecords):
    """Decides on devices one by one.

    Attributes:
        changes: reads devices and takes them further.
        rules: by which devices are accepted without a person.
        orders: that customers expect devices of.
        arrivals: what became of uploads by itself.

    Args:
        client: DynamoDB.
        devices: name of the devices table.
        uploads: name of the uploads table.
        seconds_left: how long the caller may still run; asked before each call.
        pause: sleeps for so many seconds.
        clock: epoch seconds.
        margin: seconds kept back for the caller's last steps.
    """

    def __init__(
        self,
        client: DynamoDBClient | LazyClient,
        *,
        devices: str,
        uploads: str,
        seconds_left: Callable[[], float],
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        margin: float = 3.0,
    ) -> None:
        super().__init__(client, uploads, PartsStore(client, devices=devices, uploads=uploads))
        self._clock = clock
        transactions = Transactions(client, seconds_left=seconds_left, pause=pause, margin=margin)
        self.changes = DeviceChanges(transactions, devices=devices, uploads=uploads, clock=clock)
        self.rules = RulesStore(client, transactions, uploads)
        self.orders = OrdersStore(client, transactions, uploads)
        self.arrivals = ArrivalsStore(client, uploads)

    def decide(
        self,
        decision: Decision,
        targets: Sequence[Target],
        *,
        guard: Guard | None = None,
        only_this_time: bool = False,
    ) -> Outcome:
        """Accepts or rejects a few devices, all that can be in one transaction, together with the decision's record.

        The same decision tried again changes nothing and gives the same outcome.

        Raises:
            TooManyError: more than one transaction holds; a job decides on so many.
            OutOfTimeError: the caller's time is up.
        """

        def record(changes: Sequence[Change]) -> list[Action]:
            whole = Record(
                decision=decision,
                resellers=resellers_of(changes),
                devices=len(changes),
                targets=tuple(Target(change.before.id, change.before.generation) for change in changes),
                only_this_time=only_this_time,
            )
            return [put_record(whole, self._uploads, now=self._clock())]

        try:
            return self.settle(decision, targets, guard=guard, extra=record)
        except ExtraError:
            # It was decided before, in part; what has become free since is for another decision.
            return self.settle(decision, targets, guard=_never)

    def undo(self, undo: Decision, record: Record) -> Outcome:
        """Takes a decision on a few devices back, as far as it still stands and its window is open.

        Raises:
            TooManyError: it was on more than one transaction holds.
            LockedError: somebody is deciding on the whole upload of one of them.
            OutOfTimeError: the caller's time is up.
        """
        return self.settle(
            undo, record.targets, extra=lambda changes: [mark_undone(undo, self._uploads, devices=len(changes))]
        )

    def settle(
        self,
        decision: Decision,
        targets: Sequence[Target],
        *,
        guard: Guard | None = None,
        extra: Callable[[Sequence[Change]], Sequence[Action]] | None = None,
        owner: str = "",
    ) -> Outcome:
        """Does to devices what a decision of any kind does, and says of each what came of it.

        Args:
            decision: what is decided.
            targets: the devices. One that is meant twice counts as decided both times.
            guard: refuses some that could be decided on.
            extra: further actions; see `DeviceChanges.apply`.
            owner: id of the decision on a whole upload that this is a share of.

        Raises:
            LockedError: an undo, while somebody is deciding on the whole upload.
            ExtraError: a further action was refused; nothing was written.
            OutOfTimeError: the caller's time is up; some may be decided.
        """

        def judged(device: Device | None, target: Target) -> Judgement:
            judgement = judge(device, decision, target.generation)
            fault = guard(device) if guard and device and judgement.verdict is Verdict.APPLY else None
            return replace(judgement, verdict=Verdict.REFUSED, fault=fault) if fault else judgement

        def change(device: Device, target: Target) -> Change:
            return life.apply(device, decision, approval_id=target.approval_id)

        return settle(self.changes, targets, judged, change, act_id=decision.id, extra=extra, owner=owner)

    def _repeated(self, decision: Decision) -> Outcome:
        """What came of a decision that was made before."""
        record = self.get(decision.id)
        return self.settle(decision, record.targets if record else (), guard=_never)


def _never(device: Device) -> Fault | None:
    """What the decision did not take when it was made, it does not take later."""
    return Fault("DECISION_GONE", details={"status": device.status.value})


def resellers_of(changes: Sequence[Change]) -> tuple[str, ...]:
    """Whose devices were changed."""
    return tuple(sorted({change.before.generation.reseller for change in changes}))
