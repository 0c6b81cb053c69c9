"""Runs what takes longer than a click may, and tells its outcome. Triggered through a queue."""

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

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="run_job")
metrics = Metrics(service="run_job")
processor = BatchProcessor(event_type=EventType.SQS)


@cache
def tools() -> tuple[Sender, CopiesStore, Desk]:
    """What this execution environment works with, made at the first job."""
    settings = Settings.from_env(os.environ)
    return (
        Sender(InstallationsStore(settings.accounts_table).find, settings.slack_api_url),
        CopiesStore(settings.uploads_table),
        Desk.from_settings(settings),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Runs each job that the messages hold."""
    return process_partial_response(event, _record, processor, context)


def _record(record: SQSRecord) -> None:
    job = json.loads(record.body)
    logger.append_keys(kind=job["kind"], job=job["id"], team=job["team"])
    try:
        _run(job)
    except RetryLaterError as later:
        clients.sqs().change_message_visibility(
            QueueUrl=os.environ["JOBS_QUEUE_URL"],
            ReceiptHandle=record.receipt_handle,
            VisibilityTimeout=min(later.seconds + 1, 43_200),
        )
        raise
    except UndeliverableError as error:
        logger.warning("Outcome cannot be delivered", code=error.code)
        metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
    else:
        metrics.add_metric("JobsDone", MetricUnit.Count, 1)


def _run(job: dict[str, Any]) -> None:
    """Sends the status of many devices as a CSV into the asker's DM, once."""
    sender, copies, desk = tools()
    if copies.get(job["id"]) is not None:
        return
    sheet = desk.sheet(Person(job["home_team"], job["user"]), job["question"])
    if sheet is None:
        logger.warning("Asker lost the right to ask")
        return
    copy = sender.file_to_person(
        job["team"], job["user"], name=sheet.name, content=sheet.content, comment=sheet.comment
    )
    copies.put(job["id"], copy, now=time.time())
