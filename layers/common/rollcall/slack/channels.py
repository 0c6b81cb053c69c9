"""Asks Slack about channels: whether people of another company are in them."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from rollcall.slack.calls import Calls
from rollcall.slack.refusals import UndeliverableError


class Channels(Calls):
    """Looks channels up, each with its workspace's own token."""

    def is_shared(self, team: str, channel: str) -> bool | None:
        """Whether a channel is shared with another company, or an invitation to that is out; None if nobody knows.

        What stands in a channel before it is shared is seen by the others from then on, so an invitation counts. A
        channel that only workspaces of one organisation share is none of these.

        Args:
            team: workspace.
            channel: its id.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        try:
            answer = self._call(self._client(team).conversations_info, channel=channel)
        except (UndeliverableError, SlackApiError):
            return None
        found = answer.get("channel") or {}
        return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))
