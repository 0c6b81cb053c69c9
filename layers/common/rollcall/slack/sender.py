"""Sends to any workspace, each time with that workspace's own token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_sdk.web import SlackResponse

    from rollcall.installations import Installation
    from rollcall.views.message import Message

#: Seconds for one call. Nobody waits at the other end; the queue tries again.
_TIMEOUT: Final = 10
#: Answers that another try will not change.
_PERMANENT: Final = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "not_enabled",
        "restricted_action",
        "team_access_not_granted",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)


class RetryLaterError(Exception):
    """Slack asks to wait.

    Attributes:
        seconds: for how long.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Slack asks to wait {seconds} s")


class UndeliverableError(Exception):
    """Slack will not take it, now or later.

    Attributes:
        code: Slack's error code, or ``not_installed``.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"Slack refuses for good: {code}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A posted message: what it takes to change it later."""

    team: str
    channel: str
    ts: str


class Sender:
    """Posts and publishes.

    Args:
        find: the installation of a workspace, None if there is none.
        api_url: Slack's Web API, ending in ``/api/``.
    """

    def __init__(self, find: Callable[[str], Installation | None], api_url: str) -> None:
        self._find = find
        self._api_url = api_url

    def to_person(self, team: str, user: str, message: Message) -> Copy:
        """Posts into the bot's DM with somebody.

        Raises:
            RetryLaterError: Slack limits the rate.
            UndeliverableError: it cannot be delivered.
        """
        client = self._client(team)
        channel = self._call(client.conversations_open, users=user)["channel"]["id"]
        answer = self._call(client.chat_postMessage, channel=channel, text=message.text, blocks=message.blocks)
        return Copy(team=team, channel=channel, ts=answer["ts"])

    def publish_home(self, team: str, user: str, view: Mapping[str, Any]) -> None:
        """Draws somebody's App Home.

        Raises:
            RetryLaterError: Slack limits the rate.
            UndeliverableError: it cannot be delivered.
        """
        self._call(self._client(team).views_publish, user_id=user, view=dict(view))

    def file_to_person(self, team: str, user: str, *, name: str, content: bytes, comment: str) -> Copy:
        """Sends a file into the bot's DM with somebody. Slack posts it when it is ready, so there is no ``ts`` yet.

        Raises:
            RetryLaterError: Slack limits the rate.
            UndeliverableError: it cannot be delivered.
        """
        client = self._client(team)
        channel = self._call(client.conversations_open, users=user)["channel"]["id"]
        self._call(
            client.files_upload_v2,
            channel=channel,
            filename=name,
            title=name,
            content=content,
            initial_comment=comment,
        )
        return Copy(team=team, channel=channel, ts="-")

    def _client(self, team: str) -> WebClient:
        installation = self._find(team)
        if installation is None:
            raise UndeliverableError("not_installed")
        return WebClient(token=installation.bot_token, base_url=self._api_url, timeout=_TIMEOUT)

    @staticmethod
    def _call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:  # noqa: ANN401 - arguments of any of Slack's methods
        try:
            return method(**arguments)
        except SlackApiError as error:
            if error.response.status_code == 429:  # noqa: PLR2004 - HTTP: too many requests
                raise RetryLaterError(int(error.response.headers.get("Retry-After", 1))) from error
            code = str(error.response.get("error", ""))
            if code in _PERMANENT:
                raise UndeliverableError(code) from error
            raise
