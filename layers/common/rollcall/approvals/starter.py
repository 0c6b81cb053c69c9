"""Begins jobs: the job, the record of its decision and the hold on its upload are stored together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall.approvals.answers import Denied, Queued, Stale, Taken
from rollcall.decided import Record
from rollcall.errors import Fault
from rollcall.jobs import ANY_VERSION, Job, JobKind, JobState, job_id
from rollcall.lists import PAGE, of_targets
from rollcall.store.decision_items import mark_undone, put_record
from rollcall.store.parts import whole_of
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rollcall.approvals.answers import Answer
    from rollcall.approvals.wishes import Wish
    from rollcall.decisions import Decision
    from rollcall.lists import ListLine
    from rollcall.store.change_actions import Action
    from rollcall.store.jobs import JobsStore
    from rollcall.store.parts import Part, PartsStore
    from rollcall.store.queues import Queue
    from rollcall.waiting import Selection


class Starter:
    """Begins jobs.

    Args:
        jobs: where they are kept.
        parts: uploads as decisions see them.
        queue: of jobs.
        uploads: name of the uploads table.
        now: the time, with a time zone.
    """

    def __init__(
        self, *, jobs: JobsStore, parts: PartsStore, queue: Queue, uploads: str, now: Callable[[], datetime]
    ) -> None:
        self._jobs = jobs
        self._parts = parts
        self._queue = queue
        self._uploads = uploads
        self._now = now

    def begun(self, decision: Decision) -> Queued | None:
        """The job that the very same occasion has begun before."""
        job = self._jobs.get(job_id(decision.id))
        if job and not job.is_over:
            self.send(job)  # it may have been stored, and its message never sent
        return Queued(job) if job else None

    def upload(
        self, part: Part, decision: Decision, version: int, selection: Selection, wish: Wish, *, total: int
    ) -> Answer:
        """A decision on all that waits in an upload; keeps others off it.

        What happened just before others were kept off is seen by looking once more behind that.
        """
        job = replace(
            _job(job_id(decision.id), JobKind.DECIDE_UPLOAD, decision, wish, total=total),
            upload=part.upload,
            selection=selection,
            version=version,
        )
        further = [self._take(part, decision), self._record(job, [part.reseller])]
        refused = self._jobs.begin(job, further, now=self._now().timestamp())
        if refused and refused[0].place != 0:
            return Taken(whole_of(refused[0].item))
        checked = self.check(self._jobs.get(job.id) or job)
        if checked.state is JobState.REFUSED:
            return Stale(self._parts.pending(part))
        self.send(checked)
        return Queued(checked)

    def check(self, job: Job) -> Job:
        """Lets a job that waits run, or refuses it if its upload was no longer what was shown when it was taken."""
        if job.state is not JobState.WAITING:
            return job
        checked = replace(job, state=JobState.RUNNING)
        if job.kind is JobKind.DECIDE_UPLOAD:
            figures = self._parts.figures(job.upload, job.account)
            part = self._parts.get(job.upload, job.account)
            if job.version not in (ANY_VERSION, figures.version) or part is None:
                checked = job.refuse("UPLOAD_CHANGED", at=job.created_at)
            elif not job.selection:
                checked = replace(checked, total=part.stored - figures.settled)
        now = self._now()
        saved = self._jobs.save(checked, at=utc(now), now=now.timestamp())
        if saved is None:
            return self._jobs.get(job.id) or job
        if saved.is_over:
            self._parts.release(job.upload, job.account, job.decision.id)
        return saved

    def listed(self, lines: Sequence[ListLine], decision: Decision, wish: Wish, kind: JobKind) -> Answer:
        """A decision on the devices of a list."""
        id_ = job_id(decision.id)
        pages = self._put(id_, lines)
        return self.begin(replace(_job(id_, kind, decision, wish, total=len(lines)), pages_of=id_, pages=pages))

    def begin(self, job: Job) -> Answer:
        """A job whose list is kept already."""
        return self._begin(job, [self._record(job)])

    def send(self, job: Job) -> None:
        """Has a job worked on; once too often is harmless."""
        self._queue.send([{"kind": job.kind.value, "id": job.id}])

    def undo(self, record: Record, undo: Decision, wish: Wish) -> Answer:
        """The way back of a decision on many devices."""
        job = replace(
            _job(job_id(undo.id), JobKind.UNDO_DECISION, undo, wish, total=record.devices),
            upload=record.upload,
            selection=record.selection,
        )
        mark = mark_undone(undo, self._uploads)
        if record.upload:
            part = self._parts.get(record.upload, undo.customer)
            if part is None:
                return Denied((Fault("NOT_FOUND", value=undo.undoes),))
            return self._begin(job, [self._take(part, undo), mark])
        if record.job:
            of = self._jobs.get(record.job)
            return self._begin(replace(job, pages_of=record.job, pages=of.pages if of else 0), [mark])
        return self._begin(replace(job, pages_of=job.id, pages=self._put(job.id, of_targets(record.targets))), [mark])

    def _put(self, id_: str, lines: Sequence[ListLine]) -> int:
        starts = range(0, len(lines), PAGE)
        for number, start in enumerate(starts):
            self._jobs.put_page(id_, number, lines[start : start + PAGE], now=self._now().timestamp())
        return len(starts)

    def _begin(self, job: Job, further: Sequence[Action]) -> Answer:
        refused = self._jobs.begin(job, further, now=self._now().timestamp())
        if refused and refused[0].place != 0:
            return Taken(whole_of(refused[0].item) if job.upload else None)
        self.send(job)
        return Queued(self._jobs.get(job.id) or job)

    def _take(self, part: Part, decision: Decision) -> Action:
        return self._parts.take_action(part, decision, now=self._now().timestamp(), lock=True)

    def _record(self, job: Job, resellers: Sequence[str] = ()) -> Action:
        record = Record(
            decision=job.decision,
            resellers=tuple(resellers),
            devices=job.total,
            upload=job.upload,
            selection=job.selection,
            job=job.id,
            only_this_time=job.only_this_time,
        )
        return put_record(record, self._uploads, now=self._now().timestamp())


def _job(id_: str, kind: JobKind, decision: Decision, wish: Wish, *, total: int) -> Job:
    return Job(
        id=id_,
        kind=kind,
        account=decision.customer,
        decision=decision,
        created_at=decision.at,
        only_this_time=wish.only_this_time,
        reply=wish.reply or {},
        total=total,
        reference=wish.reference,
    )
