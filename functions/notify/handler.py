"""Sends to Slack what the other functions have to say. Its queue waits where Slack limits the rate."""

from __future__ import annotations

import json
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from rollcall.accounts import Person
from rollcall.desk import Desk
from rollcall.observing import metrics_of
from rollcall.settings import Settings
from rollcall.slack.sender import RetryLaterError, Sender, SlackDownError, UndeliverableError
from rollcall.store import clients
from rollcall.store.copies import CopiesStore
from rollcall.store.installations import InstallationsStore
from rollcall.telling.assembly import teller
from rollcall.telling.teller import Told
from rollcall.views.message import Message

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.telling.teller import Teller

logger = Logger(service="notify")
metrics = metrics_of("notify")
# A message that comes back later is no failure of the function; what is one is logged and counted below.
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

#: Seconds until a message comes back after Slack had trouble, doubled each time up to the queue's visibility.
_FIRST_PAUSE = 5
_LONGEST_PAUSE = 180


@cache
def tools() -> tuple[Sender, CopiesStore, Desk, Teller]:
    """What this execution environment sends with, made at the first notice."""
    settings = Settings.from_env(os.environ)
    sender = Sender(InstallationsStore(settings.accounts_table).find, settings.slack_api_url)
    return (
        sender,
        CopiesStore(settings.uploads_table),
        Desk.from_settings(settings),
        teller(settings, sender, s3=clients.s3(), sqs=clients.sqs(), clock=time.time),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Sends each notice that the messages hold."""

    def send(record: SQSRecord) -> None:
        message = json.loads(record.body)
        logger.append_keys(kind=message["kind"], notice=message.get("id"), team=message.get("team"))
        tries = int(record.attributes.approximate_receive_count or 1)
        try:
            if message["kind"] == "notice":
                _tell(message["id"], f"{context.aws_request_id}-{tries}", context.get_remaining_time_in_millis() / 1000)
            else:
                _send(message)
        except RetryLaterError as later:
            _come_back(record, later.seconds + 1)
            raise
        except SlackDownError:
            _come_back(record, min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE))
            raise
        except Exception:
            logger.exception("Notice failed")
            metrics.add_metric("NoticesFailed", MetricUnit.Count, 1)
            raise

    return process_partial_response(event, send, processor, context)


def _tell(notice: str, worker: str, seconds: float) -> None:
    """Tells a notice of which only the id is known: what it says is read when it is told."""
    *_, tells = tools()
    told = tells.tell(notice, worker=worker, seconds=seconds)
    logger.info("Notice told", result=told.value)
    if told is Told.TOLD:
        metrics.add_metric("NoticesSent", MetricUnit.Count, 1)
    elif told is Told.UNDELIVERED:
        logger.warning("Nobody takes the notice")
        metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)


def _send(message: dict[str, Any]) -> None:
    """Sends what somebody asked for: an answer into their DM, or their App Home."""
    sender, copies, desk, _ = tools()
    team, user = message["team"], message["user"]
    try:
        if message["kind"] == "home":
            sender.publish_home(team, user, desk.home(Person(message["home_team"], user)))
        elif copies.get(message["id"]) is None:
            copy = sender.to_person(team, user, Message(message["text"], message["blocks"]))
            copies.put(message["id"], copy, now=time.time())
    except UndeliverableError as error:
        logger.warning("Notice cannot be delivered", code=error.code)
        metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
    else:
        metrics.add_metric("NoticesSent", MetricUnit.Count, 1)


def _come_back(record: SQSRecord, seconds: int) -> None:
    """Makes the message visible when it makes sense, which Slack or the number of tries says."""
    metrics.add_metric("NoticesPutOff", MetricUnit.Count, 1)
    clients.sqs().change_message_visibility(
        QueueUrl=os.environ["NOTICES_QUEUE_URL"],
        ReceiptHandle=record.receipt_handle,
        VisibilityTimeout=min(seconds, 43_200),
    )
