"""Looks every minute after what has been forgotten: notices that are due, uploads and jobs that are stuck."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

from rollcall.approvals.resuming import JobResumer
from rollcall.chain.resuming import Resumer
from rollcall.chain.sending import Sending
from rollcall.observing import metrics_of
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.decisions import DecisionsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.queues import Queue
from rollcall.store.running import RunningUploads
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald
from rollcall.telling.sweeping import NoticeSweeper

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="tick")
metrics = metrics_of("tick")


@cache
def tools() -> tuple[NoticeSweeper, Resumer, Tidings, JobResumer]:
    """What this execution environment looks with, made at the first tick."""
    settings = Settings.from_env(os.environ)
    sqs = clients.sqs()
    notices, uploads = NoticesStore(settings.uploads_table), UploadsStore(settings.uploads_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    chunks, finishes = Queue(sqs, settings.chunks_queue_url), Queue(sqs, settings.finishes_queue_url)
    return (
        NoticeSweeper(notices, herald, time.time),
        Resumer(
            uploads=uploads,
            running=RunningUploads(settings.uploads_table),
            sending=Sending(uploads, chunks, finishes),
            files=Queue(sqs, os.environ["UPLOADS_QUEUE_URL"]),
            patience=60 * float(os.environ["STUCK_MINUTES"]),
            clock=time.time,
        ),
        Tidings.on(
            settings,
            DecisionsStore(
                clients.dynamodb(),
                devices=settings.devices_table,
                uploads=settings.uploads_table,
                seconds_left=lambda: 60.0,
            ),
            dynamodb=clients.dynamodb(),
            sqs=sqs,
        ),
        JobResumer(
            JobsStore(
                clients.dynamodb(),
                Transactions(clients.dynamodb(), seconds_left=lambda: 60.0),
                settings.uploads_table,
            ),
            Queue(sqs, settings.jobs_queue_url),
            time.time,
        ),
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - what the clock says is only that it is time
    """Looks once. A tick that fails is made up for by the next."""
    sweeper, resumer, tidings, jobs = tools()
    told = tidings.sweep()
    if told:
        logger.info("Decisions are told", decisions=told)
    swept = sweeper.sweep()
    if swept.sent or swept.given_up:
        logger.warning("Notices were due", sent=swept.sent, given_up=swept.given_up)
    resumed = resumer.sweep()
    for upload in resumed.stuck:
        logger.warning("Upload was stuck and is sent on", upload=upload)
    stuck = jobs.sweep()
    for job in stuck:
        logger.warning("Job was stuck and is sent on", job=job.id, job_kind=job.kind.value)
    metrics.add_metric("JobsStuck", MetricUnit.Count, len(stuck))
    metrics.add_metric("NoticesSentAgain", MetricUnit.Count, len(swept.sent))
    metrics.add_metric("NoticesUndelivered", MetricUnit.Count, swept.undelivered)
    metrics.add_metric("UploadsStuck", MetricUnit.Count, len(resumed.stuck))
