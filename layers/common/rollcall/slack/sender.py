"""Sends to any workspace, each time with that workspace's own token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.posted import Copy
from rollcall.slack.look_back import EVENT_TYPE, LookBack
from rollcall.slack.refusals import (
    BlocksRefusedError,
    MessageGoneError,
    RetryLaterError,
    SlackDownError,
    UndeliverableError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.views.message import Message

__all__ = [
    "BlocksRefusedError",
    "MessageGoneError",
    "RetryLaterError",
    "Sender",
    "SlackDownError",
    "UndeliverableError",
]


class Sender(LookBack):
    """Posts and publishes."""

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

    def to_channel(self, team: str, channel: str, message: Message) -> Copy:
        """Posts into a channel what nobody will look for again.

        Raises:
            RetryLaterError: Slack limits the rate.
            UndeliverableError: it cannot be delivered.
        """
        post = self._client(team).chat_postMessage
        answer = self._call(post, channel=channel, text=message.text, blocks=message.blocks)
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
            metadata={"event_type": EVENT_TYPE, "event_payload": dict(mark)},
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

    def delete(self, copy: Copy) -> None:
        """Takes a message of ours away; one that is gone already is as good.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
            UndeliverableError: nothing can be changed there.
        """
        try:
            self._call(self._client(copy.team).chat_delete, channel=copy.channel, ts=copy.ts)
        except MessageGoneError:
            return

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
