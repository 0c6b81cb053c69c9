"""What happens to calls to AWS, whichever library makes them: they are watched, held up, or the process dies at one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

from botocore.client import BaseClient


class Killed(BaseException):
    """The process is gone: nothing behind this point runs, no handler and no clean-up."""


@contextmanager
def watching(*, before=None, after=None):
    """Calls ``before(operation, params)`` and ``after(operation, params)`` around each call, boto3's and pynamodb's."""
    original = BaseClient._make_api_call

    def call(client, operation, params):
        if before:
            before(operation, params)
        answer = original(client, operation, params)
        if after:
            after(operation, params)
        return answer

    BaseClient._make_api_call = call
    try:
        yield
    finally:
        BaseClient._make_api_call = original


@dataclass
class Killer:
    """Kills a step at one of its calls.

    Attributes:
        at: number of the call, from 0; None only counts.
        effect: whether the call still takes effect.
        error: what to die of; of anything but `Killed` the process lives on, with its own handlers.
        onward: at the next try one call later, until a try comes through; else once only.
        calls: the operations that were begun.
        struck: how often it killed.
    """

    at: int | None = None
    effect: bool = False
    error: type[BaseException] = Killed
    onward: bool = False
    calls: list[str] = field(default_factory=list)
    struck: int = 0
    _dead: bool = False

    @contextmanager
    def stalking(self):
        """Watches one try of the step; without ``onward`` the calls of all tries are counted together."""
        self._dead = False
        if self.onward:
            self.calls.clear()
        with watching(before=self._before, after=self._after):
            yield

    def _before(self, operation, _params):
        if self._dead:
            raise Killed  # the dead make no calls
        self.calls.append(operation)
        if not self.effect:
            self._strike()

    def _after(self, _operation, _params):
        if self.effect:
            self._strike()

    def _strike(self):
        if self.at != len(self.calls) - 1:
            return
        self.struck += 1
        self.at = self.at + 1 if self.onward else None
        self._dead = self.error is Killed
        raise self.error
