"""Steps in the life of a device: each gives the device as it is afterwards, with one more entry in its history.

`transitions` says which step may follow which; whoever may take one is asked elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollcall.devices import HistoryEntry
from rollcall.rule_notes import rule_note
from rollcall.transitions import Act, Status, TransitionError, follow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.decisions import Decision
    from rollcall.devices import Device
    from rollcall.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who takes a step, when, and under which id.

    Attributes:
        id: of the decision, exchange, refresh or delete; a step of the same id is not taken twice.
        by: as a history has it.
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        reference: the id under which the logs tell more.
        note: free text.
    """

    id: str
    by: str
    at: str
    reference: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One device before and after a step.

    Attributes:
        before: as it was read; the store changes it only if it is still so.
        after: None if it is gone.
        last: the entries of a device that is gone, which stay in the audit: its end, and what led to it.
    """

    before: Device
    after: Device | None
    last: tuple[HistoryEntry, ...] = ()

    @property
    def verified(self) -> int:
        """By how much the number of VERIFIED devices changes."""
        return _is(self.after, Status.VERIFIED) - _is(self.before, Status.VERIFIED)

    @property
    def settled(self) -> int:
        """By how much the number of devices that are not, or no longer, PENDING changes."""
        return _is(self.before, Status.PENDING) - _is(self.after, Status.PENDING)

    @property
    def unrecognised(self) -> int:
        """By how much the number of devices in MPTS_ERROR changes."""
        return _is(self.after, Status.MPTS_ERROR) - _is(self.before, Status.MPTS_ERROR)

    @property
    def reopens(self) -> bool:
        """Whether a device that did not wait for a decision waits for one afterwards."""
        return self.settled < 0


def decide(device: Device, decision: Decision, *, approval_id: str = "") -> Change:
    """Accepts or rejects a device.

    Args:
        device: as read.
        decision: accept or reject.
        approval_id: for this device alone, over that of the decision.

    Raises:
        TransitionError: it is not PENDING.
    """
    approval = approval_id or decision.approval_id
    occasion = Occasion(
        id=decision.id,
        by=decision.by,
        at=decision.at,
        reference=decision.reference or decision.id,
        note=decision.reason or rule_note(decision) or (f"approval ID {approval}" if approval else ""),
    )
    after = _step(device, decision.act, occasion)
    return Change(device, replace(after, decision=decision.id, decided_until=decision.until, approval_id=approval))


def undo(device: Device, decision: Decision) -> Change:
    """Takes a decision on a device back; whether it is that very decision, and in time, is judged elsewhere.

    Raises:
        TransitionError: nothing was decided.
    """
    occasion = Occasion(decision.id, decision.by, decision.at, decision.reference or decision.id, decision.reason)
    after = _step(device, Act.UNDONE, occasion)
    return Change(device, replace(after, decision="", decided_until="", approval_id=""))


def heal(device: Device, occasion: Occasion) -> Change:
    """The registry recognises a device that it did not.

    Raises:
        TransitionError: it is not in MPTS_ERROR.
    """
    return Change(device, _step(device, Act.HEALED, occasion))


def begin_exchange(device: Device, occasion: Occasion) -> Change:
    """Begins to exchange an IMEI.

    Raises:
        TransitionError: it is neither PENDING nor VERIFIED.
    """
    return Change(device, replace(_step(device, Act.EXCHANGE_BEGUN, occasion), before_exchange=device.status))


def end_exchange(
    device: Device, occasion: Occasion, *, slot: str = "", replacement: Identifier | None = None
) -> Change:
    """Ends an exchange; the device goes back to the state it had, whether or not it has another identifier now.

    Args:
        device: as read.
        occasion: the end; its note says how it ended.
        slot: of an exchange that succeeded: which identifier was replaced.
        replacement: by what.

    Raises:
        TransitionError: no exchange has begun.
    """
    after = replace(_step(device, Act.EXCHANGE_ENDED, occasion), before_exchange=None)
    if replacement is not None:
        ids = {**after.ids, slot: replacement}
        former = tuple(dict.fromkeys((*after.former, device.ids[slot].key)))
        first = replace(after, ids=ids, stored_under="")
        under = device.id if first.id != device.id else ""
        after = replace(
            first, stored_under=under, former=tuple(key for key in former if key not in (device.id, replacement.key))
        )
    return Change(device, after)


def delete(device: Device, act: Act, occasion: Occasion, *, release: Occasion | None = None) -> Change:
    """Deletes a device, by itself or with its whole upload.

    Args:
        device: as read.
        act: ``DELETED`` or ``UPLOAD_UNDONE``.
        occasion: who and when.
        release: of a device that its customer had accepted: who of the customer let it go, and when.

    Raises:
        TransitionError: it is EXCHANGING, or decided on already where its upload is undone.
    """
    if follow(device.status, act) is not None:
        raise TransitionError(device.status, act)
    end = _entry(device.status, act, occasion)
    if release is None or device.status is not Status.VERIFIED:
        return Change(device, None, (end,))
    return Change(device, None, (_entry(device.status, Act.RELEASED, release), end))


def apply(device: Device, decision: Decision, *, approval_id: str = "") -> Change:
    """What a decision of any kind makes of a device that it may be applied to."""
    if decision.act is Act.UNDONE:
        return undo(device, decision)
    return decide(device, decision, approval_id=approval_id)


def figures(changes: Iterable[Change]) -> tuple[int, int]:
    """By how much changes alter the figures of their upload: verified, settled."""
    verified = settled = 0
    for change in changes:
        verified += change.verified
        settled += change.settled
    return verified, settled


def _step(device: Device, act: Act, occasion: Occasion) -> Device:
    status = follow(device.status, act, before_exchange=device.before_exchange)
    if status is None:
        raise TransitionError(device.status, act)
    return replace(
        device,
        status=status,
        version=device.version + 1,
        history=(*device.history, _entry(status, act, occasion)),
    )


def _entry(status: Status, act: Act, occasion: Occasion) -> HistoryEntry:
    return HistoryEntry(
        at=occasion.at,
        act=act,
        by=occasion.by,
        status=status,
        reference=occasion.reference,
        note=occasion.note,
        decision=occasion.id,
    )


def _is(device: Device | None, status: Status) -> int:
    return int(device is not None and device.status is status)
