"""What somebody is told who clicked on a decision: every click is answered, and only one of two wins (row B6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.errors import Fault
from rollcall.rule_notes import readable
from rollcall.transitions import Act
from rollcall.views.approvals import undo_button, until_line, who_decided
from rollcall.views.blocks import actions, button, context, fits, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.decided import Outcome, Settled
    from rollcall.decisions import Decision
    from rollcall.jobs import Job
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
    from rollcall.waiting import PendingPart

REGISTER: Final = "approvals.register_reseller"
_DONE: Final = {
    DecisionKind.ACCEPT: "{number} accepted.",
    DecisionKind.REJECT: "{number} rejected.",
    DecisionKind.UNDO: "{number} taken back and waiting again.",
}
_NOT_DONE: Final = {
    DecisionKind.ACCEPT: "{number} not accepted:",
    DecisionKind.REJECT: "{number} not rejected:",
    DecisionKind.UNDO: "{number} not taken back:",
}
_NOTHING: Final = {
    DecisionKind.ACCEPT: "Nothing was accepted: there is nothing left of it.",
    DecisionKind.REJECT: "Nothing was rejected: there is nothing left of it.",
    DecisionKind.UNDO: "Nothing was taken back: there is nothing left of it.",
}
_DOING: Final = {
    DecisionKind.ACCEPT: "Accepting {number}: this takes a moment.",
    DecisionKind.REJECT: "Rejecting {number}: this takes a moment.",
    DecisionKind.UNDO: "Taking back {number}: this takes a moment.",
}
_ALREADY: Final = {
    DecisionKind.ACCEPT: "Already accepted by {who}",
    DecisionKind.REJECT: "Already rejected by {who}",
    DecisionKind.UNDO: "Already taken back by {who}",
}
_ACTS: Final = {
    Act.ACCEPTED: "Already accepted by {who}",
    Act.REJECTED: "Already rejected by {who}",
    Act.UNDONE: "Already taken back by {who}",
    Act.DELETED: "Deleted by {who}",
}
_NAMED: Final = 10


def decided(
    decision: Decision, outcome: Outcome, reader: Reader, *, now: str, back: Mapping[str, object] | None = None
) -> Message:
    """What a decision came to, device by device where not all went well.

    Args:
        decision: as stored.
        outcome: what it did.
        reader: who decided.
        now: UTC.
        back: the list or the device that they clicked in, which is drawn anew when they take it back.
    """
    say, kind = reader.say, decision.kind
    lines = []
    if outcome.done:
        lines.append(bold(say(_DONE[kind], number=say.count(outcome.done, "device"))))
        if decision.reason:
            lines.append(say("Reason: {reason}; the reseller sees it.", reason=code(decision.reason, 300)))
        if kind is not DecisionKind.UNDO:
            until = until_line(decision.until, now=now, say=say)
            lines.append(say("{until}, by anybody of your company who may decide.", until=until))
    refused = outcome.refused
    if refused:
        several = outcome.done or len(refused) > 1
        head = say(_NOT_DONE[kind], number=say.count(len(refused), "device")) if several else ""
        lines += [head] if head else []
        alike = {refusal(one, reader, named=False) for one in refused}
        if len(alike) == 1 and not outcome.done:
            lines += alike
        else:
            lines += [refusal(one, reader, named=True) for one in refused[:_NAMED]]
        if len(refused) > _NAMED and (len(alike) > 1 or outcome.done):
            lines.append(say("and {number} more", number=say.count(len(refused) - _NAMED)))
    if not lines:
        lines.append(say(_NOTHING[kind]))
    undo = bool(outcome.done) and kind is not DecisionKind.UNDO
    label = say("Undo the decision on {number}", number=say.count(outcome.done, "device"))
    buttons = [undo_button(decision.id, label, say=say, back=back)] if undo else []
    return compose("\n".join(lines), [section("\n".join(lines))], [*actions(buttons), reader.account_line()], say=say)


def refusal(one: Settled, reader: Reader, *, named: bool) -> str:
    """Why a device was not decided on: who was faster, or what it is instead."""
    value, say = one.target.key.partition("#")[2], reader.say
    what = f"{code(value)}: " if named else ""
    if one.entry and one.entry.act is Act.AUTO_ACCEPTED:
        rule = code(readable(one.entry.note, reader.names), 200)
        return f"{what}{say('Already accepted by {who}', who=rule)} · {say.date(one.entry.at)}"
    if one.entry and one.entry.act in _ACTS:
        who = who_decided(one.entry.by, reader.acting.account, reader)
        return f"{what}{say(_ACTS[one.entry.act], who=who)} · {say.date(one.entry.at)}"
    if one.fault is None:
        return f"{what}{say('Nothing to do.')}"
    if one.fault.code == "NOT_FOUND":
        gone = "Not there any more as it was shown, or not your company's. {command} shows what waits now."
        return f"{what or code(value) + ': '}{say(gone, command=reader.usage('approvals list'))}"
    return f"{what}{say.fault_line(one.fault)}"


def queued(job: Job, reader: Reader) -> Message:
    """A job takes it on."""
    say = reader.say
    parts = [
        say(_DOING[job.decision.kind], number=say.count(job.total, "device")),
        *([say("Nobody else decides on them meanwhile.")] if job.upload else []),
        say("How far it is, and what came of it, comes by itself into your messages with me."),
    ]
    text = " ".join(parts)
    return compose(text, [section(text)], [reader.account_line()], say=say)


def stale(pending: PendingPart, by: Decision | None, reader: Reader) -> Message:
    """Nothing was decided, since what waits is not what was shown (row P22)."""
    lines, say = [], reader.say
    if by and not pending.total:
        lines.append(_already(by, reader))
    if pending.total:
        changed = say("Nothing was decided by your click: what waits has changed since the message was drawn.")
        now = "Now {number} of {upload} wait. The message is brought up to date."
        if pending.total == 1:
            now = "Now {number} of {upload} waits. The message is brought up to date."
        number = bold(say.count(pending.total, "device"))
        lines.append(f"{changed} {say(now, upload=code(pending.upload), number=number)}")
    else:
        nothing = "Nothing of {upload} waits any more, so your click changed nothing."
        lines.append(say(nothing, upload=code(pending.upload)))
    again = [button(say("Show what waits"), "approvals.review", {"u": pending.upload, "v": pending.version})]
    foot = [*actions(again if pending.total else []), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot, say=say)


def taken(by: Decision | None, reader: Reader) -> Message:
    """Nothing was decided, since a colleague was faster."""
    say = reader.say
    if by is None:
        text = say("Somebody of your company is deciding on this upload at this moment. Your click changed nothing.")
    else:
        text = f"{_already(by, reader)}. {say('Your click changed nothing.')}"
    return compose(text, [section(text)], [reader.account_line()], say=say)


def _already(by: Decision, reader: Reader) -> str:
    who = who_decided(by.by, by.customer, reader)
    return f"{reader.say(_ALREADY[by.kind], who=who)} · {reader.say.date(by.at)}"


def denied(faults: Sequence[Fault], reader: Reader) -> Message:
    """Nothing was decided, and why."""
    lines = [reader.say.fault_line(_shown(fault)) for fault in faults]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=reader.say)


def unregistered(reseller: str, reader: Reader, *, question: str = "") -> Message:
    """Nothing was decided: the reseller has to be registered first, or taken from only this time (row P24).

    Args:
        reseller: account id.
        reader: who decided.
        question: what was to be accepted, as it was typed; the form goes on with it, unless it is longer than a button
            can carry.
    """
    say = reader.say
    shown: dict[str, object] = {"r": reseller, "q": question}
    if question and fits(shown):
        unknown = (
            "{company} is not among your registered resellers, so nothing was accepted yet. Say what shall happen."
        )
    else:
        shown.pop("q")
        unknown = (
            "{company} is not among your registered resellers, so nothing was accepted. Register it, then ask again."
        )
    text = say(unknown, company=reader.company(reseller))
    ask = button(say("Register…"), REGISTER, shown, label=say("Register {company}", company=reseller))
    return compose(text, [section(text)], [*actions([ask]), reader.account_line()], say=say)


def needs_reason(problem: str, example: str, reader: Reader) -> Message:
    """A rejection that was typed without a reason."""
    text = f"{problem} {reader.usage(example)}"
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def out_of_time(reader: Reader) -> Message:
    """A decision that took longer than a click may."""
    text = late(reader)
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def late(reader: Reader) -> str:
    """Likewise, as mrkdwn."""
    given_up = (
        "This took longer than Slack waits, so it was given up. Do it again: what was decided already stays as it is, "
        "and nothing is decided twice. {command} shows what waits."
    )
    return reader.say(given_up, command=reader.usage("approvals list"))


def only_approvers(say: Wording = ENGLISH) -> Message:
    """What somebody is told who is not of the customer; whether the thing exists is not said."""
    text = say(
        "You cannot decide on this. Approvers and admins of the customer that the devices are for can; "
        "nothing was changed."
    )
    return compose(text, [section(text)], [context("Rollcall")], say=say)


def registered(reseller: str, state: str, reader: Reader) -> Message:
    """What was stored about a reseller (row P24)."""
    told = {
        "registered": "{company} is registered: you accept its devices without being asked.",
        "blocked": (
            "{company} is blocked: what it uploads for you from now on is refused. "
            "What came before stays for you to decide on, and you can register it again."
        ),
    }.get(state, "{company} is not registered.")
    text = reader.say(told, company=reader.company(reseller))
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def _shown(fault: Fault) -> Fault:
    """A moment in a fault in words that people read."""
    until = fault.details.get("until", "")
    if not until:
        return fault
    return Fault(fault.code, fault.column, fault.value, {**fault.details, "until": f"{until[:10]} {until[11:16]} UTC"})
