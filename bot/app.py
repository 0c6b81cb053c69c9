"""The Slack app, put together: who signed, which workspace, which listener."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from listeners import register

if TYPE_CHECKING:
    from rollcall.desk import ApprovalDesk, Counter, Desk, Outbox
    from rollcall.store.installations import InstallationsStore

#: Seconds for a call to Slack made while somebody waits for the answer of a click.
_CALL_TIMEOUT = 2

_NOT_INSTALLED = (
    "Rollcall is not installed in this workspace any more, so it cannot answer here. "
    "Ask whoever looks after the apps of your workspace to install it again."
)


def build_app(
    *,
    desk: Desk,
    outbox: Outbox,
    counter: Counter,
    approvals: ApprovalDesk,
    installations: InstallationsStore,
    signing_secret: str,
    api_url: str,
) -> App:
    """The app with all its listeners.

    Args:
        desk: answers questions.
        outbox: sends what is answered later or elsewhere.
        counter: takes files.
        approvals: takes decisions.
        installations: by workspace; a request of a workspace without one is told so.
        signing_secret: of the Slack app.
        api_url: Slack's Web API, ending in ``/api/``.
    """

    def authorize(enterprise_id: str | None, team_id: str | None, **_: Any) -> AuthorizeResult | None:  # noqa: ANN401 - what else Bolt hands over
        found = installations.find(team_id or "", enterprise_id or "")
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=found.bot_token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user,
        )

    app = App(
        # Named, or Bolt looks through all source files for the one that called it: 0.1 s.
        name="rollcall",
        signing_secret=signing_secret,
        authorize=authorize,  # type: ignore[arg-type] # Bolt takes None for "not installed", its stub does not
        client=WebClient(base_url=api_url, timeout=_CALL_TIMEOUT),
        # Lambda stops when the answer is out, so the work comes first.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=_NOT_INSTALLED,
        logger=_bolt_logger(),
    )
    register(app, desk, outbox, counter, approvals)
    return app


def _bolt_logger() -> logging.Logger:
    """Bolt's own log from warnings up: below that it writes whole requests, with tokens and response URLs."""
    logger = logging.getLogger("bolt")
    logger.setLevel(logging.WARNING)
    return logger
