"""The Slack app, put together: who signed, which workspace, which listener."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import IgnoringSelfEvents
from slack_sdk import WebClient

from gate import Gate
from listeners import register
from listeners.claims import ALL
from listeners.payloads import RECOGNISED, actor_of, person_of, team_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt import BoltContext

    from rollcall.desk import ApprovalDesk, Counter, Desk, Outbox
    from rollcall.desk.compatriots import Compatriots
    from rollcall.desk.leavers import Leavers
    from rollcall.settings import Settings
    from rollcall.store.installations import InstallationsStore
    from rollcall.store.secrets import Secrets

#: Seconds for a call to Slack made while somebody waits for the answer of a click.
_CALL_TIMEOUT = 2

_NOT_INSTALLED = (
    "Rollcall is not installed in this workspace any more, so it cannot answer here. "
    "Ask whoever looks after the apps of your workspace to install it again{where}."
)


class _IgnoringOwnEvents(IgnoringSelfEvents):
    """As Bolt does it, but we want to be told of our own messages: it is how a forgotten one is found."""

    events_that_should_be_kept = [*IgnoringSelfEvents.events_that_should_be_kept, "message_metadata_posted"]  # noqa: RUF012 - as the base class has it


def build_app(  # noqa: PLR0913 - everything that the app is put together of
    *,
    desk: Desk,
    outbox: Outbox,
    counter: Counter,
    approvals: ApprovalDesk,
    installations: InstallationsStore,
    secrets: Secrets,
    leavers: Leavers,
    compatriots: Compatriots,
    settings: Settings,
    rooms: Sequence[str] = ALL,
) -> App:
    """The app with the listeners of some rooms.

    Args:
        desk: answers questions.
        outbox: sends what is answered later or elsewhere.
        counter: takes files.
        approvals: takes decisions.
        installations: by workspace; a request of a workspace without one is told so.
        secrets: where the app's signing secret is kept.
        leavers: whether who acts is still in Slack.
        compatriots: who somebody is that acts in another workspace of their organisation.
        settings: where Slack's Web API is, and our own pages.
        rooms: which, out of `listeners.claims.ALL`.
    """
    spoken_for: set[tuple[str, str]] = set()

    def authorize(
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        **_: Any,  # noqa: ANN401 - what else Bolt hands over
    ) -> AuthorizeResult | None:
        found = installations.find(team_id or "", enterprise_id or "")
        if found is None:
            return None
        context["speaks_for_all"] = found.team == enterprise_id
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
        # The gate checks signatures: it knows of secrets that change.
        request_verification_enabled=False,
        before_authorize=Gate(secrets, installations, outbox),
        authorize=authorize,  # type: ignore[arg-type] # Bolt takes None for "not installed", its stub does not
        client=WebClient(base_url=settings.slack_api_url, timeout=_CALL_TIMEOUT),
        # Lambda stops when the answer is out, so the work comes first.
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=_NOT_INSTALLED.format(
            where=f": {settings.public_url}/slack/install" if settings.public_url else ""
        ),
        logger=_bolt_logger(),
        ignoring_self_events_enabled=False,
    )
    app.use(_IgnoringOwnEvents())

    @app.use
    def remembered(body: dict[str, Any], context: BoltContext, next_: Callable[[], Any]) -> Any:  # noqa: ANN401 - Bolt's own answer
        """Has it known which organisation speaks for a workspace: what goes there unasked names the workspace alone."""
        # In a channel that companies share an event may name the other one's workspace.
        if context.get("speaks_for_all") and not body.get("is_ext_shared_channel"):
            pair = team_of(body), str(context.enterprise_id)
            if pair not in spoken_for and installations.point(*pair):
                spoken_for.add(pair)
        return next_()

    @app.use
    def recognised(body: dict[str, Any], context: BoltContext, next_: Callable[[], Any]) -> Any:  # noqa: ANN401 - likewise
        """Has whoever listens know the person by the workspace in which they joined."""
        body[RECOGNISED] = compatriots.recognise(actor_of(body), str(context.enterprise_id or ""))
        return next_()

    @app.use
    def still_there(body: dict[str, Any], next_: Callable[[], Any]) -> Any:  # noqa: ANN401 - likewise
        """Has it known whether the person is still in Slack before their rights are read."""
        leavers.look(person_of(body))
        return next_()

    register(app, desk, outbox, counter, approvals, rooms=rooms)
    return app


def _bolt_logger() -> logging.Logger:
    """Bolt's own log from warnings up: below that it writes whole requests, with tokens and response URLs."""
    logger = logging.getLogger("bolt")
    logger.setLevel(logging.WARNING)
    return logger
