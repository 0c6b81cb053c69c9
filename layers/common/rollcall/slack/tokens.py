"""Asks Slack whether a workspace's token is good."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from rollcall.slack.calls import Calls
from rollcall.slack.endings import ENDED
from rollcall.slack.refusals import UndeliverableError


class Tokens(Calls):
    """Looks at tokens, each with a call that concerns nothing else: no channel, and no person."""

    def ended(self, place: str) -> str:
        """Why a workspace's token is no good any more, as Slack's code; empty where it is good, or nobody knows.

        Args:
            place: id of the workspace, or of the organisation whose installation speaks for it.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        try:
            self._call(self._client(place).auth_test)
        except UndeliverableError as error:
            return error.code if error.code in ENDED else ""
        except SlackApiError:
            return ""
        return ""
