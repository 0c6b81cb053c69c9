"""Reads new files and cuts them into chunks. Triggered by the bucket's notifications through a queue."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall import layout
from rollcall.chain.planning import Planner, Result
from rollcall.chain.sending import Sending
from rollcall.notifications import read_notification
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.accounts import AccountsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.objects import Objects
from rollcall.store.queues import Queue
from rollcall.store.uploads import UploadsStore
from rollcall.telling.herald import Herald
from rollcall.worker.consuming import Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.chain.planning import Planned
    from rollcall.notifications import NewObject

logger = Logger(service="plan_upload")
metrics = metrics_of("plan_upload")
processor = Consumer(logger, queue="UPLOADS_QUEUE_URL")

#: Folder of a file that is no upload → the kind of work that it is.
_NO_UPLOADS = {layout.ACCEPT: "accept_file", layout.CATALOGUE: "import_catalogue"}
#: Nobody can be told of these, so they are counted for an alarm.
_UNREPORTED = {Result.OUTSIDE_LAYOUT: "FilesOutsideLayout", Result.RESELLER_UNKNOWN: "FilesOfUnknownResellers"}


@cache
def planner() -> Planner:
    """The planner of this execution environment, made at the first file."""
    settings = Settings.from_env(os.environ)
    sqs = clients.sqs()
    uploads = UploadsStore(settings.uploads_table)
    return Planner(
        settings=settings,
        accounts=AccountsStore(settings.accounts_table),
        uploads=uploads,
        objects=Objects(clients.s3(), settings.bucket),
        sending=Sending(uploads, Queue(sqs, settings.chunks_queue_url), Queue(sqs, settings.finishes_queue_url)),
        herald=Herald(NoticesStore(settings.uploads_table), Queue(sqs, settings.notices_queue_url)),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Plans each upload that the messages tell of."""

    def plan(record: SQSRecord) -> None:
        for number, new in enumerate(read_notification(record.body)):
            name = reference(context.aws_request_id, record.message_id, str(number))
            with observed(logger, metrics, name):
                kind = _NO_UPLOADS.get(new.key.partition("/")[0])
                if kind:
                    _send_on(kind, new)
                else:
                    _report(planner().plan(new, reference=name), new.key)

    return process_partial_response(event, plan, processor, context)


def _send_on(kind: str, new: NewObject) -> None:
    """Has a file worked on that is no upload."""
    queue = Queue(clients.sqs(), Settings.from_env(os.environ).jobs_queue_url)
    queue.send([{"kind": kind, "id": new.key, "bucket": new.bucket, "key": new.key, "version": new.version}])
    logger.info("File sent on", key=new.key, job_kind=kind)


def _report(planned: Planned, key: str) -> None:
    upload, plan = planned.upload, planned.plan
    if upload is None:
        logger.warning("Object is no upload", result=planned.result.value, key=key)
        if planned.result in _UNREPORTED:
            metrics.add_metric(_UNREPORTED[planned.result], MetricUnit.Count, 1)
        return
    logger.info(
        "Upload planned",
        result=planned.result.value,
        upload=upload.id,
        reference=upload.reference,
        chunks=plan.chunks if plan else upload.chunks,
        rows=plan.rows if plan else upload.planned_rows,
        fault=plan.fault.code if plan and plan.fault else upload.fault,
    )
