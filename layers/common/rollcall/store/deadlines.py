"""How long a worker may still run, where it learns that anew with every request."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Deadline:
    """The end of the request that is being answered.

    Args:
        clock: seconds, from any beginning.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock()

    def start(self, seconds: float) -> None:
        """A new request begins, which may take so long."""
        self._end = self._clock() + seconds

    def left(self) -> float:
        """Seconds that are left."""
        return self._end - self._clock()
