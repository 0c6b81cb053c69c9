"""Slack's one endpoint: commands, buttons, modals and events. Answers within three seconds."""

from __future__ import annotations

import os
import time
from functools import cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

from adapter import UnreadableError, to_bolt, to_gateway
from app import build_app
from front import Front
from listeners.claims import ALL
from listeners.failures import FAILED
from rollcall.desk import Desk, Outbox, Rooms
from rollcall.desk.compatriots import Compatriots
from rollcall.desk.leavers import Leavers
from rollcall.first_use import on_first_use
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.slack.people import People
from rollcall.store.homes import HomesStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.presences import PresencesStore
from rollcall.store.secrets import Secrets
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="bot")
metrics = metrics_of("bot")

#: How an environment was started that nobody waits for.
_AHEAD: Final = frozenset({"snap-start", "provisioned-concurrency"})
#: Seconds for asking Slack about a person, once an hour each: the answer to their click must be out in three.
_PATIENCE: Final = 0.8


@cache
def app() -> Front:
    """The app of this execution environment."""
    settings = Settings.from_env(os.environ)
    rooms = Rooms(settings, email_of=lambda person: people.email(person))  # noqa: PLW0108 - who asks Slack comes last
    desk = Desk(rooms)
    installations = InstallationsStore.from_settings(settings)
    outbox = Outbox.from_settings(desk, settings)
    people = People(installations.find, settings.slack_api_url, patience=_PATIENCE, ended=outbox.endings.met)
    make = partial(
        build_app,
        desk=desk,
        outbox=outbox,
        counter=on_first_use(lambda: rooms.counter),
        approvals=on_first_use(lambda: rooms.approvals),
        installations=installations,
        secrets=Secrets(settings.slack_secrets),
        leavers=Leavers(
            PresencesStore(settings.accounts_table), on_first_use(lambda: rooms.accounts), people, time.time
        ),
        compatriots=Compatriots(
            on_first_use(lambda: rooms.accounts), HomesStore(settings.accounts_table), people, time.time
        ),
        settings=settings,
    )
    return Front(lambda rooms: make(rooms=rooms))


# What every click needs is there once the environment has started. A snapshot holds everything, as do environments that
# are kept ready; one that starts because somebody clicked brings what that click needs, and no more.
if os.environ.get("AWS_LAMBDA_FUNCTION_NAME"):
    app().app_for(ALL if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in _AHEAD else ())


@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of Slack's."""
    name = reference(context.aws_request_id)
    logger.append_keys(reference=name)
    try:
        request = to_bolt(event, reference=name)
    except UnreadableError as error:
        logger.info("Request that nobody at Slack sent", reason=str(error))
        return {"statusCode": HTTPStatus.BAD_REQUEST, "headers": {}, "body": ""}
    try:
        with observed(logger, metrics, name) as now:
            answer = to_gateway(app().dispatch(request))
        if FAILED in now.counts:
            _blame_version()
    except Exception:
        # Not of a listener, whose faults are told to the person: of what stands before them.
        logger.exception("Request failed")
        metrics.add_metric(FAILED, MetricUnit.Count, 1)
        _blame_version()
        return {"statusCode": HTTPStatus.INTERNAL_SERVER_ERROR, "headers": {}, "body": ""}
    return answer


def _blame_version() -> None:
    """Counts a failed request for the version that failed, so that a new one is taken back for its own faults alone."""
    dimensions = {"service": "bot", "version": os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")}
    with single_metric(
        name=FAILED, unit=MetricUnit.Count, value=1, namespace=metrics.namespace, default_dimensions=dimensions
    ):
        pass
