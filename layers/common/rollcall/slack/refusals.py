"""What Slack's refusals mean to whoever calls it: later, never, gone, not like this."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

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
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
    }
)
#: The message is not there, or not ours to change any more.
_GONE: Final = frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed", "thread_not_found"}
)
#: The workspace does not take these blocks; newer ones come to workspaces one after the other.
_BLOCKS: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
#: Slack itself has trouble.
_DOWN: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


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


def code_of(error: SlackApiError) -> str:
    """Slack's code of a refusal; empty where the answer was none of Slack's."""
    answer = error.response
    return "" if isinstance(answer, dict) else str(answer.get("error") or "")


def meaning(error: SlackApiError) -> Exception:
    """What a refusal means to whoever sends."""
    answer = error.response
    status = answer["status"] if isinstance(answer, dict) else answer.status_code
    headers = answer.get("headers", {}) if isinstance(answer, dict) else answer.headers
    code = code_of(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code == "ratelimited":
        return RetryLaterError(int(headers.get("Retry-After") or 1))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in _DOWN or not code:
        return SlackDownError(code or f"HTTP {status}")
    for codes, meaning in ((_PERMANENT, UndeliverableError(code)), (_GONE, MessageGoneError(code))):
        if code in codes:
            return meaning
    return BlocksRefusedError(code) if code in _BLOCKS else error
