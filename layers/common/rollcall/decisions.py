"""Decisions of a customer: accept, reject, undo; whom they concern, how long they can be undone, why one is refused.

A decision is one act of one person, whatever the number of devices. Every device it moves carries its id in its
history, so that the same decision tried again is recognised as its own, and undo touches what that very decision did
and nothing else (rows P22 to P26, B6, B7, B9).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.transitions import Act, Status
from rollcall.upload_ids import crockford
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from rollcall.conflicts import Generation
    from rollcall.devices import Device, HistoryEntry

#: Characters of a reason and of an approval ID; longer ones are refused, never cut.
LONGEST_REASON: Final = 500
LONGEST_APPROVAL_ID: Final = 100
_ID_CHARACTERS: Final = 12


class DecisionKind(StrEnum):
    """What a customer may decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One act of one approver.

    Attributes:
        id: ``D-…``; the same click gives the same id.
        kind: what was decided.
        customer: account id of those whose devices these are.
        by: who decided, as a device's history has it: ``person:<team>:<user>``, ``api:<key name>`` or
            ``rule:<rule id>:<version>``.
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        until: until when it can be undone, UTC; empty for an undo.
        reason: of a rejection; reaches the reseller.
        approval_id: of the billing system, for a single device only.
        undoes: of an undo: the id of the decision that it takes back.
        rule: of an automatic acceptance: name of the rule; empty where a person decided.
        rule_by: likewise: who answers for the rule, as a history has them; ``rule_at`` is since when, UTC.
        reference: the id under which the logs tell more.
    """

    id: str
    kind: DecisionKind
    customer: str
    by: str
    at: str
    until: str = ""
    reason: str = ""
    approval_id: str = ""
    undoes: str = ""
    rule: str = ""
    rule_by: str = ""
    rule_at: str = ""
    reference: str = ""

    @property
    def act(self) -> Act:
        """What it does to a device."""
        if self.kind is DecisionKind.ACCEPT:
            return Act.AUTO_ACCEPTED if self.rule else Act.ACCEPTED
        return Act.REJECTED if self.kind is DecisionKind.REJECT else Act.UNDONE


@dataclass(frozen=True, slots=True)
class Windows:
    """How long a decision can be undone (row B7).

    Attributes:
        few: for up to ``many_from`` devices.
        many: for more.
        many_from: the most devices that count as few.
    """

    few: timedelta = timedelta(minutes=10)
    many: timedelta = timedelta(hours=24)
    many_from: int = 50

    def until(self, at: datetime, devices: int) -> str:
        """The end of the window of a decision on so many devices, UTC."""
        return utc(at + (self.many if devices > self.many_from else self.few))

    def of_customer(self, seconds: int | None) -> Windows:
        """The windows of a customer that has set its own.

        Args:
            seconds: for a few devices; for many it is never shorter. None: nothing was set.
        """
        if not seconds:
            return self
        few = timedelta(seconds=seconds)
        return Windows(few, max(few, self.many), self.many_from)


@dataclass(frozen=True, slots=True)
class Target:
    """A device that somebody means.

    Attributes:
        key: any of its typed identifiers, such as ``imei#…``.
        generation: its arrival as it was shown; None where somebody named the identifier without having seen more.
        approval_id: from a list, for this device alone.
    """

    key: str
    generation: Generation | None = None
    approval_id: str = ""


class Verdict(StrEnum):
    """What a decision does to a device."""

    APPLY = "apply"
    DONE = "done"  # by this very decision, in an earlier try
    REFUSED = "refused"
    NOT_CONCERNED = "not_concerned"  # an undo finds a device that the decision never moved


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a decision does to a device, and why.

    Attributes:
        verdict: what.
        fault: of a refusal: why.
        entry: of a refusal: what happened to the device last, by whom and when; None where it is not the asker's.
    """

    verdict: Verdict
    fault: Fault | None = None
    entry: HistoryEntry | None = None


def decision_id(*parts: str) -> str:
    """The id of the decision that an occasion is, such as a click: the same parts give the same id."""
    return "D-" + crockford(hashlib.sha256("\0".join(parts).encode()).digest(), _ID_CHARACTERS)


def judge(device: Device | None, decision: Decision, shown: Generation | None = None) -> Judgement:
    """What a decision does to a device as it is now.

    A device of another customer, and one that was deleted and uploaded again since it was shown, are not there.

    Args:
        device: as stored; None if there is none.
        decision: what is decided.
        shown: the arrival that the person saw; None where only an identifier was named.
    """
    if device is None or device.generation.customer != decision.customer or shown not in (None, device.generation):
        return Judgement(Verdict.REFUSED, Fault("NOT_FOUND"))
    if any(entry.decision == decision.id for entry in device.history):
        return Judgement(Verdict.DONE)
    if decision.kind is DecisionKind.UNDO:
        return _judge_undo(device, decision)
    if device.status is Status.PENDING:
        return Judgement(Verdict.APPLY)
    if device.status is Status.EXCHANGING:
        return _refused(device, "DEVICE_EXCHANGING")
    return _refused(device, "NOT_PENDING", status=device.status.value)


def _judge_undo(device: Device, decision: Decision) -> Judgement:
    if all(entry.decision != decision.undoes for entry in device.history):
        return Judgement(Verdict.NOT_CONCERNED)
    if device.decision != decision.undoes:
        return _refused(device, "DECISION_GONE", status=device.status.value)
    if device.status is Status.EXCHANGING:
        return _refused(device, "DEVICE_EXCHANGING")
    if device.decided_until <= decision.at:
        return _refused(device, "UNDO_TOO_LATE", until=device.decided_until)
    return Judgement(Verdict.APPLY)


def _refused(device: Device, code: str, **details: str) -> Judgement:
    return Judgement(Verdict.REFUSED, Fault(code, details=details), device.history[-1] if device.history else None)


def request_faults(decision: Decision, devices: Iterable[Device]) -> tuple[Fault, ...]:
    """What is wrong with deciding on these devices at once, before any of them is looked at alone.

    An approval ID is for a single device (row P23), several devices at once are from one reseller (row P22), and
    texts are not endless. A list sent for bulk accept is not held to one reseller.

    Args:
        decision: what is decided.
        devices: those that it is about.
    """
    about = tuple(devices)
    faults = list(text_faults(decision))
    if decision.approval_id and len(about) > 1:
        faults.append(Fault("APPROVAL_ID_SINGLE", "approval_id", decision.approval_id))
    if decision.kind is not DecisionKind.UNDO and len({device.generation.reseller for device in about}) > 1:
        faults.append(Fault("SEVERAL_RESELLERS"))
    return tuple(faults)


def text_faults(decision: Decision) -> tuple[Fault, ...]:
    """The texts of a decision that are too long."""
    texts: Mapping[str, tuple[str, int]] = {
        "reason": (decision.reason, LONGEST_REASON),
        "approval_id": (decision.approval_id, LONGEST_APPROVAL_ID),
    }
    return tuple(
        Fault("VALUE_TOO_LONG", name, text, {"limit": str(limit)})
        for name, (text, limit) in texts.items()
        if len(text) > limit
    )
