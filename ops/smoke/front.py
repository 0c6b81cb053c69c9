"""What stands before the bot, and what it starts from."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ops.smoke.refusals import WrongError
from ops.smoke.web import post

if TYPE_CHECKING:
    from ops.smoke.account import Account

_MB: Final = 1024 * 1024
_ACK_SECONDS: Final = 3.0


def unsigned(account: Account) -> str:
    """An unsigned request is refused, within Slack's three seconds even if it is the first of the day."""
    began = time.monotonic()
    status = post(account.bot_url, b"command=%2Frollcall&text=help")
    seconds = time.monotonic() - began
    if status != HTTPStatus.UNAUTHORIZED:
        raise WrongError(f"answered with {status}")
    if seconds > _ACK_SECONDS:
        raise WrongError(f"refused after {seconds:.1f} s: see SlowAnswersAlarm in docs/runbook.md")
    return f"401 after {seconds:.2f} s"


def large_requests(account: Account) -> str:
    """A request of more than 10 MB does not get as far as our code."""
    status = post(account.bot_url, b"x" * (10 * _MB + 1))
    if status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise WrongError(f"answered with {status}")
    return "413"


def snapshot(account: Account) -> str:
    """The bot's live version has its snapshot."""
    functions = account.client("lambda")
    found = functions.get_function_configuration(FunctionName=account.outputs["BotName"], Qualifier="live")
    snap = found.get("SnapStart", {})
    if snap.get("ApplyOn") == "None" or not snap:
        return "none is asked for"
    if snap.get("OptimizationStatus") != "On" or found.get("State") != "Active":
        raise WrongError(f"{found.get('State')}, {snap}")
    return f"version {found['Version']} has one"
