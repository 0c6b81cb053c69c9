"""Writes an upload's reports and makes it final. Triggered by the last chunk through a queue."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall.chain.finishing import Finish, Finisher
from rollcall.settings import Settings
from rollcall.store import clients, deadlines
from rollcall.store.notices import NoticesStore
from rollcall.store.objects import Objects
from rollcall.store.quality import QualityStore
from rollcall.store.queues import Queue
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.herald import Herald
from rollcall.worker.consuming import Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="finish_upload")
metrics = metrics_of("finish_upload")
processor = Consumer(logger, queue="FINISHES_QUEUE_URL")


@cache
def finisher() -> Finisher:
    """The finisher of this execution environment, made at the first upload."""
    settings = Settings.from_env(os.environ)
    transactions = Transactions(clients.dynamodb(), seconds_left=deadlines.seconds_left)
    return Finisher(
        uploads=UploadsStore(settings.uploads_table),
        objects=Objects(clients.s3(), settings.bucket),
        quality=QualityStore(clients.dynamodb(), transactions, settings.uploads_table),
        finishes=Queue(clients.sqs(), settings.finishes_queue_url),
        jobs=Queue(clients.sqs(), settings.jobs_queue_url),
        herald=Herald(NoticesStore(settings.uploads_table), Queue(clients.sqs(), settings.notices_queue_url)),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Finishes each upload that the messages name."""

    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def finish(record: SQSRecord) -> None:
        message = json.loads(record.body)
        with observed(logger, metrics, message.get("reference")), deadlines.lasting(seconds_left):
            _finish(str(message["upload_id"]), seconds_left)

    return process_partial_response(event, finish, processor, context)


def _finish(upload_id: str, seconds_left: Callable[[], float]) -> None:
    result, upload = finisher().finish(upload_id, seconds_left=seconds_left)
    logger.info(
        "Upload finished",
        result=result.value,
        upload=upload.id if upload else None,
        reference=upload.reference if upload else None,
        status=upload.status.value if upload else None,
    )
    if upload and result is Finish.FINISHED:
        metrics.add_metric("UploadsFinished", MetricUnit.Count, 1)
        if not (upload.check_only or (upload.read_as and upload.read_as.resent)):
            metrics.add_metric("RowsSentFirst", MetricUnit.Count, upload.figures.rows.total)
            metrics.add_metric("RowsRightFirstTime", MetricUnit.Count, upload.figures.rows.stored)
        metrics.add_metric("RowsStored", MetricUnit.Count, upload.figures.rows.stored)
        metrics.add_metric("RowsRefused", MetricUnit.Count, upload.figures.rows.refused)
