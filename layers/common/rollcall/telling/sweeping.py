"""Notices whose message was lost: what is due for too long is sent for again (row B26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.notices import Kept
    from rollcall.store.notices import NoticesStore
    from rollcall.telling.herald import Herald

#: Seconds after which a due notice is sent for again, doubled each time up to an hour.
PATIENCE: Final = 60
_LONGEST_PAUSE: Final = 3_600
#: Sweeps after which an operator has to look: more than a day.
MOST_SWEEPS: Final = 30
_SWEEP: Final = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found.

    Attributes:
        sent: ids of the notices that were sent for again.
        given_up: ids of those that are on the operators' list now.
        undelivered: how many are on it; from a thousand on nobody counts.
    """

    sent: tuple[str, ...]
    given_up: tuple[str, ...]
    undelivered: int


class NoticeSweeper:
    """Sends for due notices again.

    Args:
        notices: what is due.
        herald: has a notice told.
        clock: epoch seconds.
    """

    def __init__(self, notices: NoticesStore, herald: Herald, clock: Callable[[], float]) -> None:
        self._notices = notices
        self._herald = herald
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> Swept:
        """Looks at what is due for longer than a minute; safe to repeat at any point.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        sent, given_up = [], []
        for kept in list(islice(self._notices.due(before=self._at(-PATIENCE)), _SWEEP)):
            if enough():
                break
            if kept.sweeps >= MOST_SWEEPS:
                if self._give_up(kept):
                    given_up.append(kept.notice.id)
                continue
            self._herald.call(kept.notice.id)
            pause = min(PATIENCE * 2**kept.sweeps, _LONGEST_PAUSE)
            self._notices.swept(kept.notice.id, kept.version, look_again=self._at(pause - PATIENCE))
            sent.append(kept.notice.id)
        return Swept(tuple(sent), tuple(given_up), self._notices.count_undelivered())

    def _give_up(self, kept: Kept) -> bool:
        trouble = [*kept.trouble, ("", "no_answer")]
        return self._notices.undelivered(kept.notice.id, kept.version, trouble, at=self._at(0))

    def _at(self, seconds: float) -> str:
        """The moment so many seconds from now, UTC."""
        return utc(datetime.fromtimestamp(self._clock() + seconds, UTC))
