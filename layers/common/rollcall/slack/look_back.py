"""Finds messages of ours again, by what went with them unseen; where the app may not look, it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.posted import Copy
from rollcall.slack.calls import Calls
from rollcall.slack.refusals import MessageGoneError, UndeliverableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_sdk.web import SlackResponse

#: What a message of ours is marked as: the type of the metadata that goes with it.
EVENT_TYPE: Final = "rollcall_notice"
#: Messages looked through for one that was posted and not remembered; it is among the last.
_LOOK_BACK: Final = 100
#: Seconds by which our clock and Slack's may differ.
_SKEW: Final = 120


class LookBack(Calls):
    """Looks through the last messages of a channel or a thread."""

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
            if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload") == dict(mark):
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
