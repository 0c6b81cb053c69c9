"""Sends to Slack what the other functions have to say. Its queue waits where Slack limits the rate."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall.errands.mailroom import Mailroom
from rollcall.errands.notices import NOTICES, Attempt
from rollcall.slack.sender import RetryLaterError, SlackDownError, UndeliverableError
from rollcall.store.deadlines import lasting
from rollcall.store.notices import HeldError
from rollcall.worker.consuming import PAUSES_OF_NOTICES, Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.errands.errand import Done

logger = Logger(service="notify")
metrics = metrics_of("notify")
# A message that comes back later is no failure of the function; what is one is logged and counted below.
processor = Consumer(logger, queue="NOTICES_QUEUE_URL", pauses=PAUSES_OF_NOTICES, calm=True)

#: Seconds until a message comes back after Slack had trouble, doubled each time up to the queue's visibility.
_FIRST_PAUSE = 5
_LONGEST_PAUSE = 180


@cache
def mailroom() -> Mailroom:
    """What this execution environment sends with, made at the first notice."""
    return Mailroom.from_env()


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Sends each notice that the messages hold."""

    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def send(record: SQSRecord) -> None:
        message = json.loads(record.body)
        logger.append_keys(kind=message["kind"], notice=message.get("id"), team=message.get("team"))
        with observed(logger, metrics, message.get("reference")), lasting(seconds_left):
            try_once(record, message)

    def try_once(record: SQSRecord, message: dict[str, Any]) -> None:
        tries = int(record.attributes.approximate_receive_count or 1)
        attempt = Attempt(f"{context.aws_request_id}-{tries}", seconds_left())
        try:
            done = NOTICES[message["kind"]](mailroom(), message, attempt)
        except RetryLaterError as later:
            _come_back(record, later.seconds + 1)
            raise
        except (SlackDownError, HeldError):
            _come_back(record, min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE))
            raise
        except UndeliverableError as error:
            logger.warning("Notice cannot be delivered", code=error.code)
            metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
        except Exception:
            logger.exception("Notice failed")
            metrics.add_metric("NoticesFailed", MetricUnit.Count, 1)
            raise
        else:
            _done(done)

    return process_partial_response(event, send, processor, context)


def _done(done: Done) -> None:
    if done.said:
        say = logger.warning if done.warning else logger.info
        say(done.said, **done.details)
    for name, number in done.counts.items():
        metrics.add_metric(name, MetricUnit.Count, number)
    logger.info("Message done with")


def _come_back(record: SQSRecord, seconds: int) -> None:
    """Makes the message visible when it makes sense, which Slack or the number of tries says."""
    metrics.add_metric("NoticesPutOff", MetricUnit.Count, 1)
    processor.come_back(record, seconds)
