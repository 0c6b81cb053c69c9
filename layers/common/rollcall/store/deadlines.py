"""How long a worker may still run, where it learns that anew with every request."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds that are left to whoever said nothing of its time, such as a command of an operator's.
UNSAID: Final = 60.0

_LEFT: ContextVar[Callable[[], float] | None] = ContextVar("left", default=None)


@contextmanager
def lasting(left: Callable[[], float]) -> Iterator[None]:
    """Says for the length of a ``with`` block how long what is done in it may still run.

    For what lives as long as its execution environment, and is asked by one invocation after the other.

    Args:
        left: seconds.
    """
    token = _LEFT.set(left)
    try:
        yield
    finally:
        _LEFT.reset(token)


def seconds_left() -> float:
    """Seconds that are left of the innermost `lasting`."""
    left = _LEFT.get()
    return UNSAID if left is None else left()


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
