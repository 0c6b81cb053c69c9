"""What somebody is told who clicked on a decision: every click is answered, and only one of two wins (row B6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.errors import Fault
from rollcall.transitions import Act
from rollcall.views.approvals import undo_button, until_line, who_decided
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.faults import fault_line
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.decided import Outcome, Settled
    from rollcall.decisions import Decision
    from rollcall.jobs import Job
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.waiting import PendingPart

REGISTER: Final = "approvals.register_reseller"
_PAST: Final = {
    DecisionKind.ACCEPT: "accepted",
    DecisionKind.REJECT: "rejected",
    DecisionKind.UNDO: "taken back",
}
_ACTS: Final = {
    Act.ACCEPTED: "Already accepted",
    Act.AUTO_ACCEPTED: "Already accepted by a rule,",
    Act.REJECTED: "Already rejected",
    Act.UNDONE: "Already taken back",
    Act.DELETED: "Deleted",
}
_NAMED: Final = 10


def decided(decision: Decision, outcome: Outcome, reader: Reader, *, now: str) -> Message:
    """What a decision came to, device by device where not all went well.

    Args:
        decision: as stored.
        outcome: what it did.
        reader: who decided.
        now: UTC.
    """
    what = _PAST[decision.kind]
    lines = []
    if outcome.done:
        waits = " and waiting again" if decision.kind is DecisionKind.UNDO else ""
        lines.append(bold(f"{count(outcome.done, 'device')} {what}{waits}."))
        if decision.reason:
            lines.append(f"Reason: {code(decision.reason, 300)}; the reseller sees it.")
        if decision.kind is not DecisionKind.UNDO:
            lines.append(f"{until_line(decision.until, now=now)}, by anybody of your company who may decide.")
    refused = outcome.refused
    if refused:
        head = f"{count(len(refused), 'device')} not {what}:" if outcome.done or len(refused) > 1 else ""
        lines += [head] if head else []
        alike = {refusal(one, reader, named=False) for one in refused}
        if len(alike) == 1 and not outcome.done:
            lines += alike
        else:
            lines += [refusal(one, reader, named=True) for one in refused[:_NAMED]]
        if len(refused) > _NAMED and (len(alike) > 1 or outcome.done):
            lines.append(f"and {count(len(refused) - _NAMED)} more")
    if not lines:
        lines.append(f"Nothing was {what}: there is nothing left of it.")
    undo = bool(outcome.done) and decision.kind is not DecisionKind.UNDO
    buttons = [undo_button(decision.id, f"{count(outcome.done)} {what} devices")] if undo else []
    return compose("\n".join(lines), [section("\n".join(lines))], [*actions(buttons), reader.account_line()])


def refusal(one: Settled, reader: Reader, *, named: bool) -> str:
    """Why a device was not decided on: who was faster, or what it is instead."""
    value = one.target.key.partition("#")[2]
    what = f"{code(value)}: " if named else ""
    if one.entry and one.entry.act in _ACTS:
        who = who_decided(one.entry.by, reader.acting.account, reader)
        return f"{what}{_ACTS[one.entry.act]} by {who} · {date(one.entry.at)}"
    if one.fault is None:
        return f"{what}Nothing to do."
    if one.fault.code == "NOT_FOUND":
        return (
            f"{what or code(value) + ': '}Not there any more as it was shown, or not your company's. "
            f"{reader.usage('approvals list')} shows what waits now."
        )
    return f"{what}{fault_line(one.fault)}"


def queued(job: Job, reader: Reader) -> Message:
    """A job takes it on."""
    doing = {DecisionKind.ACCEPT: "Accepting", DecisionKind.REJECT: "Rejecting", DecisionKind.UNDO: "Taking back"}
    meanwhile = "Nobody else decides on them meanwhile. " if job.upload else ""
    text = (
        f"{doing[job.decision.kind]} {count(job.total, 'device')}: this takes a moment. {meanwhile}"
        "How far it is, and what came of it, comes by itself into your messages with me."
    )
    return compose(text, [section(text)], [reader.account_line()])


def stale(pending: PendingPart, by: Decision | None, reader: Reader) -> Message:
    """Nothing was decided, since what waits is not what was shown (row P22)."""
    lines = []
    if by and not pending.total:
        who = who_decided(by.by, by.customer, reader)
        lines.append(f"Already {_PAST[by.kind]} by {who} · {date(by.at)}")
    if pending.total:
        lines.append(
            f"Nothing was decided by your click: what waits has changed since the message was drawn. "
            f"Now {bold(count(pending.total, 'device'))} of {code(pending.upload)} "
            f"{'waits' if pending.total == 1 else 'wait'}. The message is brought up to date."
        )
    else:
        lines.append(f"Nothing of {code(pending.upload)} waits any more, so your click changed nothing.")
    again = [button("Show what waits", "approvals.review", {"u": pending.upload, "v": pending.version})]
    foot = [*actions(again if pending.total else []), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot)


def taken(by: Decision | None, reader: Reader) -> Message:
    """Nothing was decided, since a colleague was faster."""
    if by is None:
        text = "Somebody of your company is deciding on this upload at this moment. Your click changed nothing."
    else:
        who = who_decided(by.by, by.customer, reader)
        text = f"Already {_PAST[by.kind]} by {who} · {date(by.at)}. Your click changed nothing."
    return compose(text, [section(text)], [reader.account_line()])


def denied(faults: Sequence[Fault], reader: Reader) -> Message:
    """Nothing was decided, and why."""
    lines = [fault_line(_shown(fault)) for fault in faults]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def unregistered(reseller: str, reader: Reader) -> Message:
    """Nothing was decided: the reseller has to be registered first."""
    text = (
        f"{reader.company(reseller)} is not among your registered resellers, so nothing was accepted. "
        "Register it, then ask again."
    )
    ask = button("Register…", REGISTER, {"r": reseller}, label=f"Register {reseller}")
    return compose(text, [section(text)], [*actions([ask]), reader.account_line()])


def needs_reason(problem: str, example: str, reader: Reader) -> Message:
    """A rejection that was typed without a reason."""
    text = f"{problem} {reader.usage(example)}"
    return compose(text, [section(text)], [reader.account_line()])


def out_of_time(reader: Reader) -> Message:
    """A decision that took longer than a click may."""
    text = (
        "This took longer than Slack waits, so it was given up. Do it again: what was decided already stays as it is, "
        f"and nothing is decided twice. {reader.usage('approvals list')} shows what waits."
    )
    return compose(text, [section(text)], [reader.account_line()])


def only_approvers() -> Message:
    """What somebody is told who is not of the customer; whether the thing exists is not said."""
    text = (
        "You cannot decide on this. Approvers and admins of the customer that the devices are for can; "
        "nothing was changed."
    )
    return compose(text, [section(text)], [context("Rollcall")])


def registered(reseller: str, state: str, reader: Reader) -> Message:
    """What was stored about a reseller (row P24)."""
    name = reader.company(reseller)
    text = {
        "registered": f"{name} is registered: you accept its devices without being asked.",
        "blocked": (
            f"{name} is blocked: what it uploads for you from now on is refused. "
            "What came before stays for you to decide on, and you can register it again."
        ),
    }.get(state, f"{name} is not registered.")
    return compose(text, [section(text)], [reader.account_line()])


def _shown(fault: Fault) -> Fault:
    """A moment in a fault in words that people read."""
    until = fault.details.get("until", "")
    if not until:
        return fault
    return Fault(fault.code, fault.column, fault.value, {**fault.details, "until": f"{until[:10]} {until[11:16]} UTC"})
