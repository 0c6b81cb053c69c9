"""Calls of Slack's Web API, each with the token of the workspace it is for."""

from __future__ import annotations

from functools import partial
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, Self

from slack_sdk.errors import SlackApiError, SlackRequestError

from rollcall.slack.endings import WatchedClient
from rollcall.slack.refusals import SlackDownError, UndeliverableError, meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

    from rollcall.installations import Installation

#: Seconds for one call. Nobody waits at the other end; the queue tries again.
_TIMEOUT: Final = 10


class Calls:
    """Calls any workspace.

    Args:
        find: the installation of a workspace, None if there is none.
        api_url: Slack's Web API, ending in ``/api/``.
        patience: seconds for one call; None for as long as where nobody waits.
        ended: is told of the place whose token Slack does not know any more, and Slack's code.
    """

    def __init__(
        self,
        find: Callable[[str], Installation | None],
        api_url: str,
        *,
        patience: float | None = None,
        ended: Callable[[str, str], None] = lambda _place, _code: None,
    ) -> None:
        self._find = find
        self._api_url = api_url
        self._patience = patience
        self._ended = ended

    @classmethod
    def beside(cls, other: Calls) -> Self:
        """One that calls the same workspaces in the same way as another."""
        return cls(other._find, other._api_url, ended=other._ended)

    def nearest(self, *teams: str) -> str:
        """The first of some workspaces that Rollcall is in; the first of all where it is in none of them."""
        return next((team for team in teams if team and self._find(team)), teams[0])

    def _client(self, team: str) -> WebClient:
        installation = self._find(team)
        if installation is None:
            raise UndeliverableError("not_installed")
        # No retries below us: a message that was posted, but whose answer was lost, would be posted twice.
        return WatchedClient(
            ended=partial(self._ended, installation.team),
            token=installation.bot_token,
            base_url=self._api_url,
            timeout=self._patience or _TIMEOUT,  # urllib takes a part of a second, too
            retry_handlers=[],
        )

    @staticmethod
    def _call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:  # noqa: ANN401 - arguments of any of Slack's methods
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise meaning(error) from error
        except (SlackRequestError, OSError, HTTPException) as error:
            raise SlackDownError(str(error)) from error
