"""The two pages by which Rollcall gets into a workspace: where an install begins, and where Slack sends it back to."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from slack_bolt import BoltRequest

from rollcall.installing.flow import REDIRECT_PATH, Installer
from rollcall.installing.guests import Guests
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.accounts import AccountsStore
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.oauth_states import OAuthStates
from rollcall.store.queues import Queue
from rollcall.store.sealing import Seal
from rollcall.store.secrets import Secrets
from rollcall.webpage.install_pages import policy
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.installing.flow import Outcome

logger = Logger(service="install")
metrics = metrics_of("install")

_HEADERS: Final = {
    # The address of the second page holds the code and the state: it is kept from caches and other sites.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
#: Seconds until word of a new workspace is heard: by then its installation is stored, or there is none.
_SETTLED: Final = 10


@cache
def installer() -> Installer:
    """The installer of this execution environment."""
    settings = Settings.from_env(os.environ)
    notices = Queue(clients.sqs(), settings.notices_queue_url)

    def arrived(place: str) -> None:
        notices.send([{"kind": "arrival", "id": place, "team": place}], delay=_SETTLED)

    return Installer(
        secrets=Secrets(settings.slack_secrets),
        states=OAuthStates(settings.accounts_table),
        installations=DynamoInstallationStore(settings.accounts_table, seal=Seal(settings.tokens_key)),
        guests=Guests(AccountsStore(settings.accounts_table), notices),
        public_url=settings.public_url,
        api_url=settings.slack_api_url,
        arrived=arrived,
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answers one request of a browser's."""
    name = reference(context.aws_request_id)
    with observed(logger, metrics, name):
        return _answer(event, name)


def _answer(event: dict[str, Any], name: str) -> dict[str, Any]:
    pages = installer()
    finishes = str(event.get("routeKey") or "").endswith(REDIRECT_PATH)
    try:
        request = _request(event)
        outcome = pages.finish(request, reference=name) if finishes else pages.begin(request, reference=name)
    except Exception:
        logger.exception("Install failed")
        outcome = pages.broken(reference=name)
    _count(outcome, finishes=finishes)
    return {
        "statusCode": int(outcome.status),
        "headers": {**_HEADERS, "Content-Security-Policy": policy(), **outcome.headers},
        "cookies": list(outcome.cookies),
        "body": outcome.body,
        "isBase64Encoded": False,
    }


def _request(event: dict[str, Any]) -> BoltRequest:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    if event.get("cookies"):
        # Payload format 2.0 brings cookies beside the headers.
        headers["cookie"] = "; ".join(event["cookies"])
    return BoltRequest(body="", query=str(event.get("rawQueryString") or ""), headers=headers)


def _count(outcome: Outcome, *, finishes: bool) -> None:
    if outcome.refusal:
        # A rise of these is somebody who tries codes. The code itself is in no log.
        logger.info("An invitation's link lets nobody in", why=outcome.refusal.value)
        metrics.add_metric("InvitationsRefused", MetricUnit.Count, 1)
    elif outcome.failure:
        # A rise of these is somebody who tries states, or secrets that are wrong.
        logger.info("Install came to nothing", why=outcome.failure.value, code=outcome.code)
        metrics.add_metric("InstallsRefused", MetricUnit.Count, 1)
    elif finishes:
        if outcome.trouble:
            logger.error("An invitation was not redeemed", exc_info=outcome.trouble)
        logger.info("Installed", team=outcome.place, invitation=outcome.entry.value if outcome.entry else None)
        metrics.add_metric("Installs", MetricUnit.Count, 1)
    else:
        metrics.add_metric("InstallsBegun", MetricUnit.Count, 1)
