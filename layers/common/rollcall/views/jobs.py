"""What somebody is told of a long decision that they began: how far it is, what it came to, and why not all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.errors import CATALOGUE, Fault, sentence
from rollcall.jobs import JobKind, JobState
from rollcall.layout import reports_prefix
from rollcall.views.approvals import undo_button, until_line, who_decided
from rollcall.views.blocks import actions, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date

if TYPE_CHECKING:
    from rollcall.decided import Record
    from rollcall.jobs import Job
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

_DOING: Final = {DecisionKind.ACCEPT: "Accepting", DecisionKind.REJECT: "Rejecting", DecisionKind.UNDO: "Taking back"}
PAST: Final = {DecisionKind.ACCEPT: "accepted", DecisionKind.REJECT: "rejected", DecisionKind.UNDO: "taken back"}
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
    if job.state is JobState.REFUSED:
        lines = _refused(job)
    elif job.is_over:
        lines = _done(job, record, reader, now=now)
    else:
        lines = _running(job, as_of=as_of)
    is_open = bool(
        job.state is JobState.DONE
        and job.decided
        and job.decision.kind is not DecisionKind.UNDO
        and record
        and not record.undone
        and record.decision.until > now
    )
    undo = [undo_button(job.decision.id, f"{count(job.decided)} {PAST[job.decision.kind]} devices")] if is_open else []
    foot = [*actions(undo), *([context(_report(job))] if _has_report(job) else []), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot)


def errors_comment(job: Job) -> Message:
    """What is said with the file of the lines that were refused."""
    lines = count(job.total - job.decided, "line")
    text = f"{lines} of {_source(job)} not accepted: each with its cause and what to do. Mend them and send them again."
    return compose(text, [section(text)])


def _running(job: Job, *, as_of: str) -> list[str]:
    head = bold(f"{_DOING[job.decision.kind]} {count(job.total, _noun(job))} {_of(job)}".rstrip())
    if job.state is JobState.WAITING or not job.total:
        return [head, "This begins in a moment."]
    full = min(_BAR * job.done // job.total, _BAR)
    lines = [head, f"{count(job.done)} of {count(job.total)} done", f"{'▰' * full}{'▱' * (_BAR - full)}"]
    return [*lines, f"as of {date(as_of)}"] if as_of else lines


def _done(job: Job, record: Record | None, reader: Reader, *, now: str) -> list[str]:
    what = PAST[job.decision.kind]
    lines = [bold(f"{count(job.decided, 'device')} {what} {_of(job)}".rstrip())]
    if job.decision.kind is DecisionKind.UNDO:
        lines[0] = bold(f"{count(job.decided, 'device')} taken back and waiting again")
    left = sum(job.by_code.values())
    if left:
        lines.append(f"{count(job.total - job.decided if job.kind is JobKind.BULK_ACCEPT else left)} not {what}:")
        by_number = sorted(job.by_code.items(), key=lambda pair: (-pair[1], pair[0]))
        lines += [f"• {count(number)}: {_title(name)}" for name, number in by_number[:_CAUSES]]
        if len(by_number) > _CAUSES:
            lines.append(f"• and {count(len(by_number) - _CAUSES, 'more cause')}")
        lines += [f"{code(one.value or '-')} {one.message}" for one in job.refused[:_NAMED]]
        if left > _NAMED:
            lines.append("The whole list is in the file below." if _has_report(job) else "and others like these")
    if job.decision.reason:
        lines.append(f"Reason: {code(job.decision.reason, 300)}; the reseller sees it.")
    if record and record.undone and job.decision.kind is not DecisionKind.UNDO:
        lines.append(f"Taken back by {who_decided(record.undone.by, job.account, reader)} · {date(record.undone.at)}")
    elif record and job.decided and job.decision.kind is not DecisionKind.UNDO:
        lines.append(until_line(record.decision.until, now=now))
    return lines


def _refused(job: Job) -> list[str]:
    why = sentence(Fault(job.fault)) if job.fault in CATALOGUE else code(job.fault)
    done = {DecisionKind.ACCEPT: "accepted", DecisionKind.REJECT: "rejected", DecisionKind.UNDO: "taken back"}
    head = f"Nothing more was {PAST[job.decision.kind]}" if job.decided else f"Nothing was {done[job.decision.kind]}"
    return [bold(f"{head} {_of(job)}".rstrip()), why]


def _title(name: str) -> str:
    return CATALOGUE[name].title if name in CATALOGUE else code(name)


def _noun(job: Job) -> str:
    return "line" if job.kind is JobKind.BULK_ACCEPT else "device"


def _of(job: Job) -> str:
    if job.upload:
        return f"of {job.upload}"
    return f"by {_source(job)}" if job.kind is JobKind.BULK_ACCEPT else ""


def _source(job: Job) -> str:
    return "the list" if not job.source else f"the list {job.source.rpartition('/')[2]}"


def _has_report(job: Job) -> bool:
    return job.is_over and job.kind is JobKind.BULK_ACCEPT


def _report(job: Job) -> str:
    return f"Report: {code(reports_prefix(job.account, job.id))}"
