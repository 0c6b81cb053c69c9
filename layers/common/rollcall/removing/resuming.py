"""Sends removals on of which nothing has been heard: their worker died, or their message is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.removals import Removal
    from rollcall.store.queues import Queue
    from rollcall.store.removals import RemovalsStore

#: A removal that is worked on is heard of every few seconds; twice is harmless.
_PATIENCE: Final = timedelta(minutes=5)
#: After that its messages lie in the dead letters, and somebody has to look.
_GIVEN_UP: Final = timedelta(days=1)


class RemovalResumer:
    """Looks after removals.

    Args:
        removals: where they are kept.
        queue: of jobs.
        clock: epoch seconds.
    """

    def __init__(self, removals: RemovalsStore, queue: Queue, clock: Callable[[], float]) -> None:
        self._removals = removals
        self._queue = queue
        self._clock = clock

    def sweep(self) -> list[Removal]:
        """Sends on what is stuck; a few at a time, the next look finds the rest."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        sent = []
        for removal in self._removals.stuck(before=utc(now - _PATIENCE)):
            begun = max(removal.created_at, removal.answered_at)
            if begun >= utc(now - _GIVEN_UP) and self._removals.touch(removal, at=utc(now)):
                self._queue.send([{"kind": removal.kind.value, "id": removal.id}])
                sent.append(removal)
        return sent
