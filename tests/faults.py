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
        error: makes the error to die with; a process that only fails goes on to its own handlers.
        calls: the operations that were begun.
    """

    at: int | None = None
    effect: bool = False
    error: type | None = None
    calls: list[str] = field(default_factory=list)
    struck: bool = False

    @contextmanager
    def stalking(self):
        """Watches one step."""
        with watching(before=self._before, after=self._after):
            yield

    def _before(self, operation, _params):
        if self.struck and self.error is None:
            raise Killed  # the dead make no calls
        self.calls.append(operation)
        if self.at == len(self.calls) - 1 and not self.effect:
            self._strike()

    def _after(self, _operation, _params):
        if self.at == len(self.calls) - 1 and self.effect and not self.struck:
            self._strike()

    def _strike(self):
        self.struck = True
        raise (self.error or Killed)
