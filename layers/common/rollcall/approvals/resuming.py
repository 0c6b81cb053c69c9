"""Sends jobs on of which nothing has been heard: whoever began them died before telling, or their message is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.jobs import Job
    from rollcall.store.jobs import JobsStore
    from rollcall.store.queues import Queue

#: A job that is worked on is heard of every few seconds; twice is harmless.
_PATIENCE: Final = timedelta(minutes=5)
#: After that its messages lie in the dead letters, and somebody has to look.
_GIVEN_UP: Final = timedelta(days=1)


class JobResumer:
    """Looks after jobs.

    Args:
        jobs: where they are kept.
        queue: of jobs.
        clock: epoch seconds.
    """

    def __init__(self, jobs: JobsStore, queue: Queue, clock: Callable[[], float]) -> None:
        self._jobs = jobs
        self._queue = queue
        self._clock = clock

    def sweep(self) -> list[Job]:
        """Sends on what is stuck; a few at a time, the next look finds the rest."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        sent = []
        for job in self._jobs.stuck(before=utc(now - _PATIENCE)):
            if job.created_at < utc(now - _GIVEN_UP):
                continue
            if self._jobs.touch(job, at=utc(now)):
                self._queue.send([{"kind": job.kind.value, "id": job.id}])
                sent.append(job)
        return sent
