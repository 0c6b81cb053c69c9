"""Slack's word, met in any call, that a token is no good any more: it may mean the workspace, or one person's DM."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from rollcall.slack.refusals import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web import SlackResponse

    from rollcall.store.queues import Queue

#: What Slack answers where a token was taken back or its workspace is gone. ``token_expired`` is none of these: the
#: clock exchanges such a token.
ENDED: Final = frozenset({"account_inactive", "invalid_auth", "token_revoked"})
#: Seconds within which the same place is announced once by an execution environment.
_QUIET: Final = 60.0


class Endings:
    """Has it looked into whether a workspace's token has ended.

    Args:
        notices: queue; what reads it asks Slack once more and acts.
        clock: seconds that only go on.
    """

    def __init__(self, notices: Queue, clock: Callable[[], float] = time.monotonic) -> None:
        self._notices = notices
        self._clock = clock
        self._announced: dict[str, float] = {}

    def met(self, place: str, code: str) -> None:
        """A call was refused.

        Args:
            place: id of the workspace, or of the organisation whose installation speaks for it.
            code: Slack's; whatever says nothing of the token is left alone.
        """
        if code not in ENDED:
            return
        now = self._clock()
        if self._announced.get(place, now - _QUIET) > now - _QUIET:
            return
        # The refusal itself matters more to whoever called; the next one is announced again.
        with suppress(Exception):
            self._notices.send([{"kind": "ended", "id": place, "team": place}])
            self._announced[place] = now


class WatchedClient(WebClient):
    """Calls Slack as any client does, and says so where the token is no good any more.

    Args:
        ended: is told Slack's code.
        options: as of any client.
    """

    def __init__(self, *, ended: Callable[[str], None], **options: Any) -> None:  # noqa: ANN401 - the client's own
        super().__init__(**options)
        self._ended = ended

    def api_call(self, api_method: str, *options: Any, **more: Any) -> SlackResponse:  # noqa: ANN401 - likewise
        """Makes one call.

        Raises:
            SlackApiError: Slack refuses.
        """
        try:
            return super().api_call(api_method, *options, **more)
        except SlackApiError as error:
            code = code_of(error)
            if code in ENDED:
                self._ended(code)
            raise
