"""Decisions, stored: the first click wins, every other one is told the truth (rows P22, P23, B6, B7, B9)."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall import life
from rollcall.decided import Outcome, Record, Settled
from rollcall.decisions import Target, Verdict, judge
from rollcall.errors import Fault
from rollcall.store.arrivals import ArrivalsStore
from rollcall.store.decision_items import mark_undone, put_record
from rollcall.store.decision_records import DecisionRecords
from rollcall.store.device_changes import ChangedError, DeviceChanges, ExtraError, TooManyError
from rollcall.store.orders import OrdersStore
from rollcall.store.parts import PartsStore, whole_of
from rollcall.store.rules import RulesStore
from rollcall.store.settling import settle
from rollcall.store.transactions import Transactions
from rollcall.transitions import Status
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decisions import Decision, Judgement
    from rollcall.devices import Device
    from rollcall.life import Change
    from rollcall.store.change_actions import Action
    from rollcall.store.parts import Part
    from rollcall.store.sessions import LazyClient
    from rollcall.waiting import PendingPart

    #: Why a device that could be decided on must not be; None if it may.
    Guard = Callable[[Device], Fault | None]

#: Devices of one upload that "all" decides on at once, in one transaction; more are a job.
ALL_AT_ONCE: Final = 95


class StaleError(Exception):
    """What waits is not what was shown; nothing was decided.

    Attributes:
        pending: what waits now.
    """

    def __init__(self, pending: PendingPart) -> None:
        self.pending = pending
        super().__init__(f"{pending.upload} has moved on to version {pending.version}")


class PartTakenError(Exception):
    """Somebody else is deciding on the whole upload, or has just done so; nothing was decided.

    Attributes:
        by: their decision; None if it is not known any more.
    """

    def __init__(self, by: Decision | None) -> None:
        self.by = by
        super().__init__("somebody else decides on the whole upload")


class DecisionsStore(DecisionRecords):
    """Decides on devices.

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
                resellers=_resellers(changes),
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

    def decide_part(
        self,
        decision: Decision,
        part: Part,
        version: int,
        *,
        selection: Selection = Selection(),  # noqa: B008 - a frozen value
        only_this_time: bool = False,
    ) -> Outcome:
        """Decides on all that waits in a part, or on a selection of it, in one transaction: all of it or nothing.

        Args:
            decision: accept or reject.
            part: as read.
            version: as it was shown.
            selection: which of the devices.
            only_this_time: accepted from a reseller that is not registered.

        Raises:
            StaleError: it has changed since.
            PartTakenError: somebody else is deciding on all of it.
            TooManyError: more than `ALL_AT_ONCE` wait, or the index of what waits lags behind: this is for a job.
            OutOfTimeError: the caller's time is up.
        """
        if self.get(decision.id):
            return self._repeated(decision)
        devices = self._all_waiting(part, version)
        chosen = [device for device in devices if selection.takes(device.order_number, device.model)]

        def record(changes: Sequence[Change]) -> list[Action]:
            whole = Record(
                decision=decision,
                resellers=_resellers(changes),
                devices=len(changes),
                upload=part.upload,
                selection=selection,
                targets=tuple(Target(change.before.id, change.before.generation) for change in changes),
                only_this_time=only_this_time,
            )
            now = self._clock()
            return [
                put_record(whole, self._uploads, now=now),
                self.parts.take_action(part, decision, now=now, lock=False),
            ]

        try:
            changes = self.changes.apply(
                chosen, _pending_only(decision), act_id=decision.id, extra=record, owner=decision.id, whole=True
            )
        except ChangedError:
            raise StaleError(self.parts.pending(part)) from None
        except ExtraError as error:
            if error.place == 0:  # this very decision, made by an earlier try
                return self._repeated(decision)
            raise PartTakenError(whole_of(error.item)) from None
        return Outcome(tuple(_settled_by(change) for change in changes))

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

    def _all_waiting(self, part: Part, version: int) -> list[Device]:
        """All devices of a part that wait, provided that it is still in the version that was shown."""
        figures = self.parts.figures(part.upload, part.customer)
        if figures.version != version:
            raise StaleError(self.parts.pending(part))
        total = part.stored - figures.settled
        if total > ALL_AT_ONCE:
            raise TooManyError
        ids = [waiter.id for waiter in self.parts.waiting(part, limit=4 * ALL_AT_ONCE)]
        found = self.changes.read(ids).values()
        devices = [
            device
            for device in found
            if device.generation.upload == part.upload and device.generation.customer == part.customer
        ]
        waiting = [device for device in devices if device.status is Status.PENDING]
        if len(waiting) != total:
            raise TooManyError  # the index has not caught up; a job reads every device by itself
        return sorted(waiting, key=lambda device: device.generation.line)

    def _repeated(self, decision: Decision) -> Outcome:
        record = self.get(decision.id)
        return self.settle(decision, record.targets if record else (), guard=_never)


def _pending_only(decision: Decision) -> Callable[[int, Device | None], Change | None]:
    def step(_: int, device: Device | None) -> Change | None:
        if device is None or judge(device, decision).verdict is not Verdict.APPLY:
            return None
        return life.apply(device, decision)

    return step


def _never(device: Device) -> Fault | None:
    """What the decision did not take when it was made, it does not take later."""
    return Fault("DECISION_GONE", details={"status": device.status.value})


def _resellers(changes: Sequence[Change]) -> tuple[str, ...]:
    return tuple(sorted({change.before.generation.reseller for change in changes}))


def _settled_by(change: Change) -> Settled:
    return Settled(Target(change.before.id, change.before.generation), done=True, device=change.after)
