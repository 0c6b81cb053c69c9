"""Works on jobs: in bounded steps, each remembered, so that one that dies goes on where it was."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.approvals import reports
from rollcall.approvals.list_steps import ListSteps
from rollcall.approvals.upload_steps import UploadSteps
from rollcall.jobs import JobKind, JobState
from rollcall.store.device_changes import LockedError
from rollcall.store.transactions import OutOfTimeError
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.approvals.starter import Starter
    from rollcall.jobs import Job, Place, Progress
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.devices import DevicesStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue

#: Steps between two times that a job is stored.
_STEPS: Final = 10
#: How often a job begins anew to find devices that the index did not show yet, and seconds before each time.
_PASSES: Final = 3
_PAUSE: Final = 5


class JobRunner:
    """Works on jobs. Safe to repeat at any point, and by two workers at once.

    Args:
        jobs: where they are kept.
        decisions: the devices.
        devices: the devices of an upload, in its order.
        accounts: who is registered.
        objects: the bucket, for reports.
        starter: has checked what a job is about.
        queue: of jobs.
        seconds_left: how long the worker may still run.
        margin: seconds kept back for the last steps.
        now: the time, with a time zone.
        clock: epoch seconds.
        follow: has it told how far a job is; asked once more for the same is harmless.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        jobs: JobsStore,
        decisions: DecisionsStore,
        devices: DevicesStore,
        accounts: AccountsStore,
        objects: Objects,
        starter: Starter,
        queue: Queue,
        seconds_left: Callable[[], float],
        margin: float = 10.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.time,
        follow: Callable[[Job], None] = lambda _: None,
    ) -> None:
        self._jobs = jobs
        self._decisions = decisions
        self._objects = objects
        self._starter = starter
        self._queue = queue
        self._seconds_left = seconds_left
        self._margin = margin
        self._now = now
        self._clock = clock
        self._follow = follow
        self._upload_steps = UploadSteps(decisions, devices)
        self._list_steps = ListSteps(decisions, jobs, accounts)

    def run(self, id_: str) -> Job | None:
        """Works on a job until it is done or the time is up; then it is sent on its way again.

        Returns:
            The job as it is then; None if there is none.
        """
        job = self._jobs.get(id_)
        if job is None:
            return None
        if job.is_over:
            return self._settle(job)
        if job.upload and not self._decisions.parts.renew(job.upload, job.account, job.decision.id, now=self._clock()):
            # Its hold on the upload ran out, and others may have decided since: what it has done stays, and no more.
            return self._end(job.refuse("UPLOAD_CHANGED", at=utc(self._now())))
        job = self._starter.check(job)
        return self._settle(job) if job.is_over else self._work(job)

    def _work(self, job: Job) -> Job:
        steps: Iterator[tuple[Progress, Place]] = (
            self._upload_steps.steps(job) if job.upload else self._list_steps.steps(job)
        )
        unsaved = 0
        try:
            for progress, place in steps:
                job = job.advance(progress, place)
                unsaved += 1
                if unsaved == _STEPS:
                    saved = self._save(job)
                    if saved is None:
                        return job  # another worker is further
                    job, unsaved = saved, 0
                    self._tell_of(job)
                if self._seconds_left() < self._margin:
                    return self._later(job)
        except OutOfTimeError:
            return self._later(job)
        except LockedError:
            return self._later(job, delay=_PAUSE)
        if self._has_missed_some(job):
            return self._later(job.begin_again(), delay=_PAUSE)
        if _is_exact(job):
            job = _balanced(job)
        return self._end(replace(job, state=JobState.DONE, finished_at=utc(self._now()))) or job

    def _has_missed_some(self, job: Job) -> bool:
        """Whether the index of devices has not shown all of the upload yet."""
        return _is_exact(job) and job.decided + sum(job.by_code.values()) < job.total and job.passes < _PASSES

    def _later(self, job: Job, *, delay: int = 0) -> Job:
        saved = self._save(job)
        if saved is not None:
            self._queue.send([{"kind": job.kind.value, "id": job.id}], delay=delay)
            self._tell_of(saved)
        return saved or job

    def _end(self, job: Job) -> Job | None:
        saved = self._save(job)
        return self._settle(saved) if saved else None

    def _settle(self, job: Job) -> Job:
        """What follows the end; a repeat does the same again."""
        if job.upload:
            self._decisions.parts.release(job.upload, job.account, job.decision.id)
        if job.kind is JobKind.BULK_ACCEPT:
            reports.write(self._objects, job, self._jobs.refused(job.id))
        self._decisions.finish(job.decision, devices=job.decided)
        self._follow(job)
        return job

    def _tell_of(self, job: Job) -> None:
        """Has progress told. The end is told in any case, so that nothing is done twice for a message about half."""
        with suppress(Exception):
            self._follow(job)

    def _save(self, job: Job) -> Job | None:
        return self._jobs.save(job, at=utc(self._now()), now=self._clock())


def _is_exact(job: Job) -> bool:
    """Whether the job's total is the number of devices that waited when it began."""
    return job.kind is JobKind.DECIDE_UPLOAD and not job.selection


def _balanced(job: Job) -> Job:
    """The job with as many refused devices as waited when it began and are not decided.

    Those that were deleted since are missing in what it has seen; those that were settled within the very second in
    which it was decided, but before, are too many in it.
    """
    by_code = dict(job.by_code)
    missing = job.total - job.decided - sum(by_code.values())
    code = "NOT_FOUND" if missing > 0 else "NOT_PENDING"
    by_code[code] = by_code.get(code, 0) + missing
    return replace(
        job,
        done=job.total,
        by_code={code: count for code, count in by_code.items() if count},
        refused=job.refused[: job.total - job.decided],
    )
