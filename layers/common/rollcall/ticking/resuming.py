"""Sends work on of which nothing has been heard: its worker died, or its message is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from rollcall.refreshes import KIND
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.jobs import Job
    from rollcall.refreshes import Refresh
    from rollcall.removals import Removal
    from rollcall.store.jobs import JobsStore
    from rollcall.store.progress_records import ProgressRecords, Recorded
    from rollcall.store.queues import Queue
    from rollcall.store.refreshes import RefreshesStore
    from rollcall.store.removals import RemovalsStore

RecordT = TypeVar("RecordT", bound="Recorded")

#: A job or a removal that is worked on is heard of every few seconds; twice is harmless.
_PATIENCE: Final = timedelta(minutes=5)
#: Longer than the longest pause before a registry is asked again.
_PATIENCE_OF_REFRESHES: Final = timedelta(minutes=20)
#: After that its messages lie in the dead letters, and somebody has to look.
GIVEN_UP: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Resumed(Generic[RecordT]):
    """What a sweep did.

    Attributes:
        sent: records that were sent on.
        given_up: records that the clock looks after no more.
    """

    sent: tuple[RecordT, ...] = ()
    given_up: tuple[RecordT, ...] = ()


class WorkResumer(Generic[RecordT]):
    """Looks after one kind of work.

    Args:
        records: where it is kept.
        queue: of jobs.
        clock: epoch seconds.
        begun: when somebody asked for it, or said yes, UTC.
        kind: of its message.
        patience: for how long nothing is heard of it.
    """

    def __init__(
        self,
        records: ProgressRecords[RecordT],
        queue: Queue,
        clock: Callable[[], float],
        *,
        begun: Callable[[RecordT], str],
        kind: Callable[[RecordT], str],
        patience: timedelta = _PATIENCE,
    ) -> None:
        self._records = records
        self._queue = queue
        self._clock = clock
        self._begun = begun
        self._kind = kind
        self._patience = patience

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> Resumed[RecordT]:
        """Sends on what is stuck, and gives up what has been for a day; safe to repeat at any point.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = datetime.fromtimestamp(self._clock(), UTC)
        sent, given_up = [], []
        for record in self._records.stuck(before=utc(now - self._patience)):
            if enough():
                break
            if self._begun(record) < utc(now - GIVEN_UP):
                if self._records.give_up(record):
                    given_up.append(record)
            elif self._records.touch(record, at=utc(now)):
                self._queue.send([{"kind": self._kind(record), "id": record.id}])
                sent.append(record)
        return Resumed(tuple(sent), tuple(given_up))


def job_resumer(jobs: JobsStore, queue: Queue, clock: Callable[[], float]) -> WorkResumer[Job]:
    """Looks after jobs; the arguments are those of `WorkResumer`."""
    return WorkResumer(jobs, queue, clock, begun=lambda job: job.created_at, kind=lambda job: job.kind.value)


def removal_resumer(removals: RemovalsStore, queue: Queue, clock: Callable[[], float]) -> WorkResumer[Removal]:
    """Looks after removals, from when their customer has agreed; the arguments are likewise."""
    return WorkResumer(
        removals,
        queue,
        clock,
        begun=lambda removal: max(removal.created_at, removal.answered_at),
        kind=lambda removal: removal.kind.value,
    )


def refresh_resumer(refreshes: RefreshesStore, queue: Queue, clock: Callable[[], float]) -> WorkResumer[Refresh]:
    """Looks after questions to the manufacturer's registry, likewise."""
    return WorkResumer(
        refreshes,
        queue,
        clock,
        begun=lambda refresh: refresh.occasion.at,
        kind=lambda _: KIND,
        patience=_PATIENCE_OF_REFRESHES,
    )
