"""Decisions as a whole, stored: on single devices, and on all that waits in an upload (rows P22, P23, B6, B7, B9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall import life
from rollcall.decided import Outcome, Record, Settled
from rollcall.decisions import Target, Verdict, judge
from rollcall.store.decision_items import put_record
from rollcall.store.device_changes import ChangedError, ExtraError, TooManyError
from rollcall.store.device_decisions import DeviceDecisions, resellers_of
from rollcall.store.parts import whole_of
from rollcall.transitions import Status
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.decisions import Decision
    from rollcall.devices import Device
    from rollcall.life import Change
    from rollcall.store.change_actions import Action
    from rollcall.store.parts import Part
    from rollcall.waiting import PendingPart

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


class DecisionsStore(DeviceDecisions):
    """Decides on devices, and on uploads; the arguments are those of `DeviceDecisions`."""

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
                resellers=resellers_of(changes),
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


def _pending_only(decision: Decision) -> Callable[[int, Device | None], Change | None]:
    def step(_: int, device: Device | None) -> Change | None:
        if device is None or judge(device, decision).verdict is not Verdict.APPLY:
            return None
        return life.apply(device, decision)

    return step


def _settled_by(change: Change) -> Settled:
    return Settled(Target(change.before.id, change.before.generation), done=True, device=change.after)
