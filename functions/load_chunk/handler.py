"""Validates and stores one chunk of an upload. Triggered by the planner through a queue."""

from __future__ import annotations

import json
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall.chain.loading import Loader
from rollcall.chain.recognising import Recogniser, RegistryUnavailableError
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.claims import Claims
from rollcall.store.notices import NoticesStore
from rollcall.store.objects import Objects
from rollcall.store.queues import Queue
from rollcall.store.registries import Registries
from rollcall.store.transactions import OutOfTimeError
from rollcall.store.upload_chunks import LeaseHeldError
from rollcall.store.uploads import UploadsStore
from rollcall.telling.herald import Herald
from rollcall.worker.consuming import Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sqs.client import SQSClient

logger = Logger(service="load_chunk")
metrics = metrics_of("load_chunk")
processor = Consumer(logger, queue="CHUNKS_QUEUE_URL")

#: Tries at a chunk in which the registry is waited for; in those that are left its rows are stored without an answer.
_PATIENT_TRIES = 5
#: Seconds until a registry that did not answer is asked again, doubled each time.
_FIRST_PAUSE = 15


@cache
def tools() -> tuple[Settings, UploadsStore, Objects, DynamoDBClient, SQSClient, Registries]:
    """The clients of this execution environment, made at the first chunk."""
    settings = Settings.from_env(os.environ)
    dynamodb = clients.dynamodb()
    return (
        settings,
        UploadsStore(settings.uploads_table),
        Objects(clients.s3(), settings.bucket),
        dynamodb,
        clients.sqs(),
        Registries(settings, dynamodb),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Loads each chunk that the messages name."""

    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def load(record: SQSRecord) -> None:
        body = json.loads(record.body)
        with observed(logger, metrics, body.get("reference")):
            load_one(record, body)

    def load_one(record: SQSRecord, body: dict[str, Any]) -> None:
        settings, uploads, objects, dynamodb, sqs, registries = tools()
        upload_id, number = str(body["upload_id"]), int(body["chunk"])
        logger.append_keys(upload=upload_id, chunk=number)
        tries = int(record.attributes.approximate_receive_count or 1)
        loader = Loader(
            uploads=uploads,
            objects=objects,
            claims=Claims(dynamodb, settings.devices_table, seconds_left=seconds_left),
            recogniser=Recogniser(
                registries.registry(seconds_left),
                objects,
                strictness=settings.unrecognised,
                last=tries >= _PATIENT_TRIES,
            ),
            finishes=Queue(sqs, settings.finishes_queue_url),
            herald=Herald(NoticesStore(settings.uploads_table), Queue(sqs, settings.notices_queue_url)),
            clock=time.time,
        )
        worker = f"{context.aws_request_id}-{tries}"
        try:
            loaded = loader.load(upload_id, number, worker=worker, seconds=seconds_left())
        except LeaseHeldError as held:
            processor.come_back(record, held.seconds + 1)
            raise
        except RegistryUnavailableError:
            logger.warning("The manufacturer's registry does not answer", tries=tries)
            metrics.add_metric("RegistryUnavailable", MetricUnit.Count, 1)
            processor.come_back(record, _FIRST_PAUSE * 2 ** (tries - 1))
            raise
        except OutOfTimeError:
            processor.come_back(record, 1)
            raise
        if loaded.figures:
            logger.info(
                "Chunk loaded",
                stored=loaded.figures.rows.stored,
                refused=loaded.figures.rows.refused,
                by_code=loaded.figures.by_code,
                requests=loaded.figures.cost.requests,
                write_units=loaded.figures.cost.write_units,
            )
            metrics.add_metric("RowsLoaded", MetricUnit.Count, loaded.figures.rows.total)

    return process_partial_response(event, load, processor, context)
