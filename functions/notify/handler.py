"""Sends to Slack what the other functions have to say. Its queue waits where Slack limits the rate."""

from __future__ import annotations

import json
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from rollcall.accounts import Person
from rollcall.desk import Desk
from rollcall.settings import Settings
from rollcall.slack.sender import RetryLaterError, Sender, UndeliverableError
from rollcall.store import clients
from rollcall.store.copies import CopiesStore
from rollcall.store.installations import InstallationsStore
from rollcall.views.message import Message

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="notify")
metrics = Metrics(service="notify")
processor = BatchProcessor(event_type=EventType.SQS)


@cache
def tools() -> tuple[Sender, CopiesStore, Desk]:
    """What this execution environment sends with, made at the first notice."""
    settings = Settings.from_env(os.environ)
    return (
        Sender(InstallationsStore(settings.accounts_table).find, settings.slack_api_url),
        CopiesStore(settings.uploads_table),
        Desk.from_settings(settings),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Sends each notice that the messages hold."""
    return process_partial_response(event, _record, processor, context)


def _record(record: SQSRecord) -> None:
    notice = json.loads(record.body)
    logger.append_keys(kind=notice["kind"], team=notice["team"])
    try:
        _send(notice)
    except RetryLaterError as later:
        clients.sqs().change_message_visibility(
            QueueUrl=os.environ["NOTICES_QUEUE_URL"],
            ReceiptHandle=record.receipt_handle,
            VisibilityTimeout=min(later.seconds + 1, 43_200),
        )
        raise
    except UndeliverableError as error:
        logger.warning("Notice cannot be delivered", code=error.code)
        metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
    else:
        metrics.add_metric("NoticesSent", MetricUnit.Count, 1)


def _send(notice: dict[str, Any]) -> None:
    sender, copies, desk = tools()
    team, user = notice["team"], notice["user"]
    if notice["kind"] == "home":
        sender.publish_home(team, user, desk.home(Person(notice["home_team"], user)))
        return
    if copies.get(notice["id"]) is None:
        copy = sender.to_person(team, user, Message(notice["text"], notice["blocks"]))
        copies.put(notice["id"], copy, now=time.time())
