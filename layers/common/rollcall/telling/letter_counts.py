"""How many dead letters each queue has, counted by the clock so that operators need not wait for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.store.dead_letters import DeadLetters
    from rollcall.store.letters import LettersStore


class LetterCounts:
    """Counts dead letters.

    Args:
        dead: the queues.
        letters: where the figures are kept.
        clock: epoch seconds.
    """

    def __init__(self, dead: DeadLetters, letters: LettersStore, clock: Callable[[], float]) -> None:
        self._dead = dead
        self._letters = letters
        self._clock = clock

    def take(self) -> dict[str, int]:
        """Queue → how many there are now; only a figure that changed is written."""
        known = self._letters.looks()
        counts = {queue: self._dead.count(queue) for queue in self._dead.names}
        at = utc(datetime.fromtimestamp(self._clock(), UTC))
        for queue, number in counts.items():
            if queue not in known or known[queue].count != number:
                self._letters.counted(queue, number, at=at)
        return counts
