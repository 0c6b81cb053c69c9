"""Why an install came to nothing, and what is said of it."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Final


class Failure(StrEnum):
    """Why an install came to nothing."""

    DENIED = "denied"
    FORGED = "forged"
    OTHER_BROWSER = "other_browser"
    EXPIRED = "expired"
    USED = "used"
    NO_CODE = "no_code"
    REFUSED = "refused"
    NO_BOT = "no_bot"
    SILENT = "silent"
    NOT_READY = "not_ready"
    BROKEN = "broken"


#: Status, title, and what to do, of each; HTML in which ``{rollcall}`` stands for the command.
FAILURES: Final = {
    Failure.DENIED: (
        HTTPStatus.OK,
        "Rollcall was not installed",
        (
            "Slack says that you, or the rules of your workspace, did not allow it. Nothing has changed. Some "
            "workspaces let only their admins install apps: ask one of them to open this page."
        ),
    ),
    Failure.FORGED: (
        HTTPStatus.BAD_REQUEST,
        "This is no install that was begun here",
        "Nothing has changed. Begin on this page and not with a link from elsewhere.",
    ),
    Failure.OTHER_BROWSER: (
        HTTPStatus.BAD_REQUEST,
        "This install was begun elsewhere",
        (
            "It was begun in another browser, or begun anew in another tab, or this browser keeps no cookies. Nothing "
            "has changed. An install is finished where it was begun."
        ),
    ),
    Failure.EXPIRED: (
        HTTPStatus.GONE,
        "This install took too long",
        "It has to be finished within ten minutes. Nothing has changed.",
    ),
    Failure.USED: (
        HTTPStatus.GONE,
        "This install was finished before",
        (
            "Its page works once. If Rollcall is in your workspace, there is nothing left to do here; type "
            "<code>{rollcall} help</code> in Slack."
        ),
    ),
    Failure.NO_CODE: (
        HTTPStatus.BAD_REQUEST,
        "Slack's answer was not whole",
        "Nothing has changed. Begin once more.",
    ),
    Failure.REFUSED: (
        HTTPStatus.BAD_GATEWAY,
        "Slack did not confirm the install",
        "Nothing has changed. Begin once more; if it happens again, tell whoever invited you what is said below.",
    ),
    Failure.NO_BOT: (
        HTTPStatus.BAD_GATEWAY,
        "Slack gave Rollcall no right to speak",
        "The app was allowed without its bot. Begin once more and allow all that is asked for.",
    ),
    Failure.SILENT: (
        HTTPStatus.BAD_GATEWAY,
        "Slack does not answer",
        "Whether the app is in your workspace is not known; installing it once more does no harm.",
    ),
    Failure.NOT_READY: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Rollcall cannot be installed yet",
        "Whoever runs it has not stored the app's client id and secret.",
    ),
    Failure.BROKEN: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here",
        "Begin once more; installing Rollcall twice does no harm.",
    ),
}
#: Where beginning once more makes sense.
AGAIN: Final = frozenset(Failure) - {Failure.USED, Failure.NOT_READY}


def status(failure: Failure) -> HTTPStatus:
    """The HTTP status of a failure's page."""
    return FAILURES[failure][0]
