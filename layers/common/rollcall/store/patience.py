"""Waiting before something is tried again: with full jitter, so that those who met once do not meet again."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds: the upper bound of the first pause, and of any.
_FIRST: Final = 0.05
_LONGEST: Final = 2.0


class OutOfTimeError(Exception):
    """The worker must stop; what is stored stays, and the next try goes on from there."""


class Patience:
    """Waits as long as the worker's time allows.

    Args:
        seconds_left: how long the worker may still run.
        pause: sleeps for so many seconds.
        margin: seconds kept back for the worker's last steps.
    """

    def __init__(
        self, seconds_left: Callable[[], float], *, pause: Callable[[float], None] = time.sleep, margin: float = 3.0
    ) -> None:
        self._seconds_left = seconds_left
        self._pause = pause
        self._margin = margin

    def is_over(self) -> bool:
        """Whether the worker must come to its end."""
        return self._seconds_left() < self._margin

    def check(self) -> None:
        """Goes on, unless the worker must come to its end.

        Raises:
            OutOfTimeError: it must.
        """
        if self.is_over():
            raise OutOfTimeError

    def pauses(self) -> Iterator[None]:
        """Waits each time that it is asked for the next, up to twice as long as before.

        Raises:
            OutOfTimeError: there is not the time for it.
        """
        bound = _FIRST
        while True:
            if self._seconds_left() - bound < self._margin:
                raise OutOfTimeError
            _sleep(bound, self._pause)
            yield
            bound = min(bound * 2, _LONGEST)


def tries(most: int, *, first: float, pause: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Counts tries from 1, and waits before each but the first, up to twice as long as before.

    Args:
        most: how many.
        first: seconds, the upper bound of the first pause.
        pause: sleeps for so many seconds.
    """
    for number in range(1, most + 1):
        if number > 1:
            _sleep(first * 2 ** (number - 2), pause)
        yield number


def _sleep(bound: float, pause: Callable[[float], None]) -> None:
    pause(random.uniform(0, bound))  # noqa: S311 - jitter, not a secret
