"""Runs what takes longer than a click may, and tells its outcome. Triggered through a queue."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall.errands.errand import Errand
from rollcall.errands.kinds import KINDS
from rollcall.errands.tools import Tools
from rollcall.references import reference
from rollcall.slack.files import FetchBrokenError
from rollcall.slack.sender import RetryLaterError, SlackDownError, UndeliverableError
from rollcall.store.deadlines import lasting
from rollcall.worker.consuming import Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="run_job")
metrics = metrics_of("run_job")
# A job that comes back later is no failure of the function; what is one is logged and counted below.
processor = Consumer(logger, queue="JOBS_QUEUE_URL", calm=True)

#: Tries that the queue gives a job, by the template.
MOST_TRIES = 7
#: Seconds until a file is asked for again, doubled each time.
_FIRST_PAUSE = 10


@cache
def tools() -> Tools:
    """What this execution environment works with, made at the first job."""
    return Tools.from_env()


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Runs each job that the messages hold."""

    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def run(record: SQSRecord) -> None:
        job = json.loads(record.body)
        logger.append_keys(kind=job["kind"], job=job["id"], team=job.get("team", ""))
        name = str(job.get("reference") or reference(context.aws_request_id, record.message_id))
        with observed(logger, metrics, name), lasting(seconds_left):
            try_once(record, job, name)

    def try_once(record: SQSRecord, job: dict[str, Any], name: str) -> None:
        tries = int(record.attributes.approximate_receive_count or 1)
        try:
            _run(
                Errand(
                    message=job,
                    reference=name,
                    last=tries >= MOST_TRIES,
                    seconds_left=seconds_left,
                )
            )
        except RetryLaterError as later:
            _come_back(record, later.seconds + 1)
            raise
        except (FetchBrokenError, SlackDownError) as broken:
            logger.warning("Slack did not give or take a file", why=str(broken), tries=tries)
            _come_back(record, _FIRST_PAUSE * 2 ** (tries - 1))
            raise
        except UndeliverableError as error:
            logger.warning("Outcome cannot be delivered", code=error.code)
            metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
        except Exception:
            logger.exception("Job failed", tries=tries)
            metrics.add_metric("JobsFailed", MetricUnit.Count, 1)
            raise

    return process_partial_response(event, run, processor, context)


def _run(errand: Errand) -> None:
    kind = KINDS.get(errand.message["kind"])
    if kind is None:
        logger.error("Job that this version does not know")
        return
    done = kind(tools(), errand)
    say = logger.warning if done.warning else logger.info
    say(done.said or "Job done with", **done.details)
    for name, number in {**done.counts, "JobsDone": int(done.finished)}.items():
        metrics.add_metric(name, MetricUnit.Count, number)


def _come_back(record: SQSRecord, seconds: int) -> None:
    """Makes the message visible when it makes sense, and not only after the queue's long visibility timeout."""
    metrics.add_metric("JobsPutOff", MetricUnit.Count, 1)
    processor.come_back(record, seconds)
