"""Sends to any workspace, each time with that workspace's own token."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

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
        "messages_tab_disabled",
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
#: The message is not there, or not ours to change any more.
_GONE: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"})
#: The workspace does not take these blocks; newer ones come to workspaces one after the other.
_BLOCKS: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
#: Slack itself has trouble.
_DOWN: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_EVENT_TYPE: Final = "rollcall_notice"
#: Messages looked through for one that was posted and not remembered; it is among the last.
_LOOK_BACK: Final = 100
#: Seconds by which our clock and Slack's may differ.
_SKEW: Final = 120


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


class SlackDownError(Exception):
    """Slack did not answer, or not with sense: whether the call took effect is not known."""


class MessageGoneError(Exception):
    """The message that was to be changed is not there any more."""


class BlocksRefusedError(Exception):
    """The workspace does not take these blocks."""


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

    def open_dm(self, team: str, user: str) -> str:
        """The channel of the bot's DM with somebody.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
            UndeliverableError: there is no such DM.
        """
        return str(self._call(self._client(team).conversations_open, users=user)["channel"]["id"])

    def post(self, copy: Copy, message: Message, *, mark: Mapping[str, str], thread: str = "") -> Copy:
        """Posts a message.

        Args:
            copy: workspace and channel; its ``ts`` is not looked at.
            message: what to post; without blocks, the text alone.
            mark: goes with the message unseen, so that it can be found again.
            thread: ``ts`` of the message to post it under; empty for none.

        Raises:
            BlocksRefusedError: the workspace does not take these blocks; the message was not posted.
            RetryLaterError: Slack limits the rate; it was not posted.
            SlackDownError: it may have been posted.
            UndeliverableError: it cannot be delivered.
        """
        answer = self._call(
            self._client(copy.team).chat_postMessage,
            channel=copy.channel,
            text=message.text,
            blocks=message.blocks or None,
            thread_ts=thread or None,
            metadata={"event_type": _EVENT_TYPE, "event_payload": dict(mark)},
            unfurl_links=False,
            unfurl_media=False,
        )
        return Copy(team=copy.team, channel=copy.channel, ts=answer["ts"])

    def edit(self, copy: Copy, message: Message) -> None:
        """Changes a message of ours.

        Raises:
            BlocksRefusedError: the workspace does not take these blocks.
            MessageGoneError: it is not there any more.
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
            UndeliverableError: nothing can be changed there.
        """
        self._call(
            self._client(copy.team).chat_update,
            channel=copy.channel,
            ts=copy.ts,
            text=message.text,
            blocks=message.blocks or None,
        )

    def find(self, copy: Copy, *, mark: Mapping[str, str], since: float, thread: str = "") -> Copy | None:
        """A message of ours by what went with it unseen; None if it is not there, or the app may not look.

        Args:
            copy: workspace and channel; its ``ts`` is not looked at.
            mark: as it was posted with.
            since: when it was posted at the earliest, epoch seconds.
            thread: ``ts`` of the message it was posted under; empty for none.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        for message in self._look_back(copy, since, thread):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == _EVENT_TYPE and metadata.get("event_payload") == dict(mark):
                return Copy(team=copy.team, channel=copy.channel, ts=message["ts"])
        return None

    def find_file(self, copy: Copy, *, title: str, since: float, thread: str) -> Copy | None:
        """A file of ours in a thread by its title; None likewise.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        for message in self._look_back(copy, since, thread):
            if any(file.get("title") == title for file in message.get("files") or ()):
                return Copy(team=copy.team, channel=copy.channel, ts=message["ts"])
        return None

    def share(self, copy: Copy, *, name: str, title: str, content: bytes, comment: str) -> None:
        """Puts a file into the thread under a message.

        Args:
            copy: the message.
            name: of the file.
            title: what it is shown and found by.
            content: its bytes, not none.
            comment: what is said with it; mrkdwn.

        Raises:
            RetryLaterError: Slack limits the rate; it was not shared.
            SlackDownError: it may have been shared.
            UndeliverableError: it cannot be delivered.
        """
        self._call(
            self._client(copy.team).files_upload_v2,
            channel=copy.channel,
            thread_ts=copy.ts,
            filename=name,
            title=title,
            content=content,
            initial_comment=comment,
        )

    def _look_back(self, copy: Copy, since: float, thread: str) -> list[dict[str, Any]]:
        """The last messages of a channel or a thread; none where the app may not look."""
        client = self._client(copy.team)
        where: dict[str, Any] = {"channel": copy.channel, "oldest": f"{since - _SKEW:.6f}", "limit": _LOOK_BACK}
        method: Callable[..., SlackResponse] = client.conversations_history
        if thread:
            method, where = client.conversations_replies, {**where, "ts": thread}
        try:
            answer = self._call(method, include_all_metadata=True, **where)
        except (MessageGoneError, UndeliverableError):
            return []
        return list(answer.get("messages") or [])

    def _client(self, team: str) -> WebClient:
        installation = self._find(team)
        if installation is None:
            raise UndeliverableError("not_installed")
        # No retries below us: a message that was posted, but whose answer was lost, would be posted twice.
        return WebClient(token=installation.bot_token, base_url=self._api_url, timeout=_TIMEOUT, retry_handlers=[])

    @staticmethod
    def _call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:  # noqa: ANN401 - arguments of any of Slack's methods
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise _meaning(error) from error
        except (SlackRequestError, OSError, HTTPException) as error:
            raise SlackDownError(str(error)) from error


def _meaning(error: SlackApiError) -> Exception:
    """What a refusal means to whoever sends."""
    answer = error.response
    status = answer["status"] if isinstance(answer, dict) else answer.status_code
    headers = answer.get("headers", {}) if isinstance(answer, dict) else answer.headers
    code = "" if isinstance(answer, dict) else str(answer.get("error", ""))
    if status == HTTPStatus.TOO_MANY_REQUESTS or code == "ratelimited":
        return RetryLaterError(int(headers.get("Retry-After") or 1))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _DOWN or not code:
        return SlackDownError(code or f"HTTP {status}")
    for codes, meaning in ((_PERMANENT, UndeliverableError(code)), (_GONE, MessageGoneError(code))):
        if code in codes:
            return meaning
    return BlocksRefusedError(code) if code in _BLOCKS else error
