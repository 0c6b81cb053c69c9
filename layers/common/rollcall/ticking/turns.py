"""A part's share of a tick: what one part takes too long for is not taken from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Turn:
    """The time of one part.

    Attributes:
        was_cut: somebody asked when it was over, and so left something undone.

    Args:
        left: seconds that are left of the whole tick.
        share: seconds of them for this part, from now on.
    """

    def __init__(self, left: Callable[[], float], share: float) -> None:
        self._left = left
        self._end = left() - share
        self.was_cut = False

    def seconds_left(self) -> float:
        """Seconds that are left of it; negative where it is over."""
        return self._left() - self._end

    def is_over(self) -> bool:
        """Whether it is; who asks has still something to do."""
        self.was_cut = self.was_cut or self.seconds_left() <= 0
        return self.was_cut
