"""What happens to calls to AWS and to Slack, whichever library makes them: they are watched, held up, or fail."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError
from slack_sdk.web.base_client import BaseClient as SlackClient


class Killed(BaseException):
    """The process is gone: nothing behind this point runs, no handler and no clean-up."""


class Unreachable(BotoCoreError, OSError):  # noqa: N818 - as `Killed`
    """The other side cannot be reached, or its answer got lost: as botocore and urllib say it."""

    fmt = "out of reach"


@contextmanager
def watching_slack(*, before=None, after=None):
    """Calls ``before(method, url)`` and ``after(method, url)`` around each call that a client of Slack makes."""
    originals = {name: getattr(SlackClient, name) for name in ("_perform_urllib_http_request_internal", "_upload_file")}

    def watched(original):
        def call(client, *args, **kwargs):
            url = kwargs.get("url") or args[0]
            method = url.rpartition("/")[2]
            if before:
                before(method, url)
            answer = original(client, *args, **kwargs)
            if after:
                after(method, url)
            return answer

        return call

    for name, original in originals.items():
        setattr(SlackClient, name, watched(original))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(SlackClient, name, original)


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
        with (
            watching(before=self._before, after=self._after),
            watching_slack(before=self._before, after=self._after),
        ):
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
        # A call that AWS refuses has no effect to come after: then it is the next one's turn.
        if self.at is None or len(self.calls) - 1 < self.at:
            return
        self.struck += 1
        self.at = len(self.calls) if self.onward else None
        self._dead = self.error is Killed
        raise self.error
