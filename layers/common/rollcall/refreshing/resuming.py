"""Sends refreshes on of which nothing has been heard: their worker died, or their message is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.refreshes import KIND
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.refreshes import Refresh
    from rollcall.store.queues import Queue
    from rollcall.store.refreshes import RefreshesStore

#: Longer than the longest pause before a registry is asked again.
_PATIENCE: Final = timedelta(minutes=20)
#: After that its messages lie in the dead letters, and somebody has to look.
_GIVEN_UP: Final = timedelta(days=1)


class RefreshResumer:
    """Looks after refreshes.

    Args:
        refreshes: where they are kept.
        queue: of jobs.
        clock: epoch seconds.
    """

    def __init__(self, refreshes: RefreshesStore, queue: Queue, clock: Callable[[], float]) -> None:
        self._refreshes = refreshes
        self._queue = queue
        self._clock = clock

    def sweep(self) -> list[Refresh]:
        """Sends on what is stuck; a few at a time, the next look finds the rest."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        sent = []
        for refresh in self._refreshes.stuck(before=utc(now - _PATIENCE)):
            begun = refresh.occasion.at >= utc(now - _GIVEN_UP)
            if begun and self._refreshes.touch(refresh, at=utc(now)):
                self._queue.send([{"kind": KIND, "id": refresh.id}])
                sent.append(refresh)
        return sent
