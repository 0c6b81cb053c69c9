"""What somebody is told of a long decision that they began: how far it is, what it came to, and why not all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.errors import CATALOGUE, Fault
from rollcall.jobs import JobKind, JobState
from rollcall.layout import reports_prefix
from rollcall.views.approvals import taken_back_line, undo_button, until_line
from rollcall.views.blocks import actions, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.decided import Record
    from rollcall.jobs import Job
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

_DOING: Final = {
    DecisionKind.ACCEPT: "Accepting {number} {source}",
    DecisionKind.REJECT: "Rejecting {number} {source}",
    DecisionKind.UNDO: "Taking back {number} {source}",
}
_DONE: Final = {
    DecisionKind.ACCEPT: "{number} accepted {source}",
    DecisionKind.REJECT: "{number} rejected {source}",
    DecisionKind.UNDO: "{number} taken back and waiting again {source}",
}
_NOT_DONE: Final = {
    DecisionKind.ACCEPT: "{number} not accepted:",
    DecisionKind.REJECT: "{number} not rejected:",
    DecisionKind.UNDO: "{number} not taken back:",
}
_NOTHING: Final = {
    DecisionKind.ACCEPT: "Nothing was accepted {source}",
    DecisionKind.REJECT: "Nothing was rejected {source}",
    DecisionKind.UNDO: "Nothing was taken back {source}",
}
_NO_MORE: Final = {
    DecisionKind.ACCEPT: "Nothing more was accepted {source}",
    DecisionKind.REJECT: "Nothing more was rejected {source}",
    DecisionKind.UNDO: "Nothing more was taken back {source}",
}
_BAR: Final = 20
_CAUSES: Final = 5
_NAMED: Final = 5


def job_message(job: Job, record: Record | None, reader: Reader, *, now: str, as_of: str = "") -> Message:
    """A job as it is now.

    Args:
        job: as stored.
        record: of its decision; of an undo, of what it takes back. None where none is kept.
        reader: somebody of the customer.
        now: UTC.
        as_of: when that was true, UTC, of a job that runs; empty to compare two messages by.
    """
    say = reader.say
    if job.state is JobState.REFUSED:
        lines = _refused(job, say)
    elif job.is_over:
        lines = _done(job, record, reader, now=now)
    else:
        lines = _running(job, as_of=as_of, say=say)
    is_open = bool(
        job.state is JobState.DONE
        and job.decided
        and job.decision.kind is not DecisionKind.UNDO
        and record
        and not record.undone
        and record.decision.until > now
    )
    label = say("Undo the decision on {number}", number=say.count(job.decided, "device"))
    undo = [undo_button(job.decision.id, label, say=say)] if is_open else []
    foot = [*actions(undo), *([context(_report(job, say))] if _has_report(job) else []), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot, say=say)


def errors_comment(job: Job, say: Wording = ENGLISH) -> Message:
    """What is said with the file of the lines that were refused."""
    text = say(
        "{lines} {source} not accepted: each with its cause and what to do. Mend them and send them again.",
        lines=say.count(job.total - job.decided, "line"),
        source=_source(job, say),
    )
    return compose(text, [section(text)], say=say)


def _running(job: Job, *, as_of: str, say: Wording) -> list[str]:
    number = say.count(job.total, _noun(job))
    head = bold(say(_DOING[job.decision.kind], number=number, source=_of(job, say)).rstrip())
    if job.state is JobState.WAITING or not job.total:
        return [head, say("This begins in a moment.")]
    full = min(_BAR * job.done // job.total, _BAR)
    done = say("{done} of {rows} done", done=say.count(job.done), rows=say.count(job.total))
    lines = [head, done, f"{'▰' * full}{'▱' * (_BAR - full)}"]
    return [*lines, say("as of {when}", when=say.date(as_of))] if as_of else lines


def _done(job: Job, record: Record | None, reader: Reader, *, now: str) -> list[str]:
    say, kind = reader.say, job.decision.kind
    source = "" if kind is DecisionKind.UNDO else _of(job, say)
    lines = [bold(say(_DONE[kind], number=say.count(job.decided, "device"), source=source).rstrip())]
    left = sum(job.by_code.values())
    if left:
        number = job.total - job.decided if job.kind is JobKind.BULK_ACCEPT else left
        lines.append(say(_NOT_DONE[kind], number=say.count(number)))
        by_number = sorted(job.by_code.items(), key=lambda pair: (-pair[1], pair[0]))
        lines += [f"• {say.count(devices)}: {_title(name, say)}" for name, devices in by_number[:_CAUSES]]
        if len(by_number) > _CAUSES:
            lines.append(f"• {say('and {more}', more=say.count(len(by_number) - _CAUSES, 'more cause'))}")
        lines += [f"{code(one.value or '-')} {say.stored(one.code, one.message)}" for one in job.refused[:_NAMED]]
        if left > _NAMED:
            rest = say("The whole list is in the file below.")
            lines.append(rest if _has_report(job) else say("and others like these"))
    if job.decision.reason:
        lines.append(say("Reason: {reason}; the reseller sees it.", reason=code(job.decision.reason, 300)))
    if record and record.undone and kind is not DecisionKind.UNDO:
        lines.append(taken_back_line(record.undone, job.account, reader))
    elif record and job.decided and kind is not DecisionKind.UNDO:
        lines.append(until_line(record.decision.until, now=now, say=say))
    return lines


def _refused(job: Job, say: Wording) -> list[str]:
    why = say.sentence(Fault(job.fault)) if job.fault in CATALOGUE else code(job.fault)
    head = _NO_MORE[job.decision.kind] if job.decided else _NOTHING[job.decision.kind]
    return [bold(say(head, source=_of(job, say)).rstrip()), why]


def _title(name: str, say: Wording) -> str:
    return say.title(name) if name in CATALOGUE else code(name)


def _noun(job: Job) -> str:
    return "line" if job.kind is JobKind.BULK_ACCEPT else "device"


def _of(job: Job, say: Wording) -> str:
    if job.upload:
        return say("of {upload}", upload=job.upload)
    return _source(job, say) if job.kind is JobKind.BULK_ACCEPT else ""


def _source(job: Job, say: Wording) -> str:
    name = job.source.rpartition("/")[2]
    return say("by the list {name}", name=name) if name else say("by the list")


def _has_report(job: Job) -> bool:
    return job.is_over and job.kind is JobKind.BULK_ACCEPT


def _report(job: Job, say: Wording) -> str:
    return say("Report: {folder}", folder=code(reports_prefix(job.account, job.id)))
