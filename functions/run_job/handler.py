"""Runs what takes longer than a click may, and tells its outcome. Triggered through a queue."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

from rollcall.accounts import Person
from rollcall.approvals.assembly import Workshop
from rollcall.chain.fetching import Fetch, Fetcher
from rollcall.desk import Desk
from rollcall.desk.export_jobs import LARGEST_MESSAGE, LINK_SECONDS, ExportJobs
from rollcall.desk.exporter import Exporter
from rollcall.desk.upload_reports import UploadReports
from rollcall.jobs import JobKind
from rollcall.notifications import NewObject
from rollcall.observing import metrics_of
from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.slack.files import FetchBrokenError, SlackFiles
from rollcall.slack.sender import RetryLaterError, Sender, SlackDownError, UndeliverableError
from rollcall.store import clients
from rollcall.store.copies import CopiesStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.objects import Objects
from rollcall.store.queues import Queue
from rollcall.store.report_files import report_key
from rollcall.store.uploads import UploadsStore
from rollcall.uploads import utc
from rollcall.views import exports as views
from rollcall.views.text import count
from rollcall.views.upload_messages import report_comment

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sqs.client import SQSClient

logger = Logger(service="run_job")
metrics = metrics_of("run_job")
# A job that comes back later is no failure of the function; what is one is logged and counted below.
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

#: Jobs that are kept in a table, and lists in the bucket that become one.
_DECISIONS = frozenset({*JobKind, "accept_file"})
#: Tries that the queue gives a job, by the template.
MOST_TRIES = 5
#: Seconds until a file is asked for again, doubled each time.
_FIRST_PAUSE = 10


@cache
def tools() -> tuple[Sender, CopiesStore, Desk]:
    """What this execution environment works with, made at the first job."""
    settings = Settings.from_env(os.environ)
    return (
        Sender(InstallationsStore(settings.accounts_table).find, settings.slack_api_url),
        CopiesStore(settings.uploads_table),
        Desk.from_settings(settings),
    )


@cache
def signer() -> Objects:
    """The bucket, with a client whose signatures others use."""
    return Objects(clients.s3_signer(), Settings.from_env(os.environ).bucket)


@cache
def export_jobs() -> ExportJobs:
    """What writes lists, made at the first of them."""
    settings = Settings.from_env(os.environ)
    sender, copies, desk = tools()
    return ExportJobs(
        exporter=Exporter.from_settings(settings),
        desk=desk,
        objects=signer(),
        sender=sender,
        copies=copies,
        jobs=Queue(clients.sqs(), settings.jobs_queue_url),
        clock=time.time,
    )


@cache
def report_tools() -> UploadReports:
    """What finds reports, made at the first of them."""
    return UploadReports.from_settings(Settings.from_env(os.environ), clients.s3())


@cache
def fetcher() -> Fetcher:
    """What brings files to the bucket, made at the first of them."""
    settings = Settings.from_env(os.environ)
    return Fetcher(
        uploads=UploadsStore(settings.uploads_table),
        objects=Objects(clients.s3(), settings.bucket),
        files=SlackFiles(InstallationsStore(settings.accounts_table).find, settings.slack_api_url),
        finishes=Queue(clients.sqs(), settings.finishes_queue_url),
        most_bytes=settings.max_file_bytes,
    )


@cache
def deciding_tools() -> tuple[Settings, DynamoDBClient, S3Client, SQSClient]:
    """What decides, made at the first decision."""
    return Settings.from_env(os.environ), clients.dynamodb(), clients.s3(), clients.sqs()


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Runs each job that the messages hold."""

    def run(record: SQSRecord) -> None:
        job = json.loads(record.body)
        logger.append_keys(kind=job["kind"], job=job["id"], team=job.get("team", ""))
        tries = int(record.attributes.approximate_receive_count or 1)
        try:
            if job["kind"] in _DECISIONS:
                _decide(job, context, reference_id=reference(context.aws_request_id, record.message_id))
                return
            _run(
                job,
                last=tries >= MOST_TRIES,
                reference_id=reference(context.aws_request_id, record.message_id),
                seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
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
        else:
            metrics.add_metric("JobsDone", MetricUnit.Count, 1)

    return process_partial_response(event, run, processor, context)


def _decide(job: dict[str, Any], context: LambdaContext, *, reference_id: str) -> None:
    """Works on a decision until it is done or the time is up."""
    settings, dynamodb, s3, sqs = deciding_tools()
    workshop = Workshop(
        settings, dynamodb=dynamodb, sqs=sqs, seconds_left=lambda: context.get_remaining_time_in_millis() / 1000
    )
    if job["kind"] == "accept_file":
        new = NewObject(job["bucket"], job["key"], job["version"])
        done = workshop.list_files(s3).begin(new, reference=reference_id)
    else:
        done = workshop.runner(s3).run(job["id"])
    if done is None:
        logger.warning("Nothing to decide on")
        return
    logger.info("Decision worked on", state=done.state, done=done.done, total=done.total, by_code=dict(done.by_code))
    if done.is_over:
        metrics.add_metric("JobsDone", MetricUnit.Count, 1)
        metrics.add_metric("DevicesDecided", MetricUnit.Count, done.decided)


def _run(job: dict[str, Any], *, last: bool, reference_id: str, seconds_left: Callable[[], float]) -> None:
    match job["kind"]:
        case "fetch_file":
            _fetched(
                fetcher().from_slack(job["upload"], job["team"], job["file"], last=last, reference=reference_id), job
            )
        case "import_check":
            _fetched(fetcher().from_check(job["upload"], job["check"], reference=reference_id), job)
        case "device_sheet":
            _send_sheet(job)
        case "export":
            export_jobs().run(job, seconds_left=seconds_left)
        case "report":
            _send_report(job)
        case _:
            logger.error("Job that this version does not know")


def _fetched(result: Fetch, job: dict[str, Any]) -> None:
    logger.info("File fetched", result=result.value, upload=job["upload"])
    if result in (Fetch.GIVEN_UP, Fetch.LAPSED):
        metrics.add_metric("FilesNotFetched", MetricUnit.Count, 1)


def _send_sheet(job: dict[str, Any]) -> None:
    """Sends the status of many devices as a CSV into the asker's DM, once."""
    sender, copies, desk = tools()
    if copies.get(job["id"]) is not None:
        return
    person = Person(job["home_team"], job["user"])
    sheet = desk.sheet(person, job["question"])
    if sheet is None:
        # The asker lost their place, or has several now and did not say which: they are told as they would be anywhere.
        copy = sender.to_person(job["team"], job["user"], desk.answer(person, job["question"]))
    else:
        copy = sender.file_to_person(
            job["team"], job["user"], name=sheet.name, content=sheet.content, comment=sheet.comment
        )
    copies.put(job["id"], copy, now=time.time())


def _send_report(job: dict[str, Any]) -> None:
    """Sends a report of an upload into the asker's DM, once; a large one as a link."""
    sender, copies, desk = tools()
    if copies.get(job["id"]) is not None:
        return
    person = Person(job["home_team"], job["user"])
    report = report_tools().find(person, job["upload"], job["name"])
    if report is None:
        # Silence would leave them waiting; the answer to the question says what they may know.
        copy = sender.to_person(job["team"], job["user"], desk.answer(person, f"uploads {job['upload']}"))
    elif report.size <= LARGEST_MESSAGE:
        copy = sender.file_to_person(
            job["team"],
            job["user"],
            name=report.name,
            content=report_tools().read(report),
            comment=report_comment(report.upload, report.name),
        )
    else:
        until = utc(datetime.fromtimestamp(time.time() + LINK_SECONDS, UTC))
        url = signer().link(report_key(report.upload, report.name), seconds=LINK_SECONDS, file_name=report.name)
        counted = count(report.size // 1024, "kB", "kB")
        copy = sender.to_person(
            job["team"],
            job["user"],
            views.large(url, name=report.name, counted=counted, until=until, reader=report.reader),
        )
    copies.put(job["id"], copy, now=time.time())


def _come_back(record: SQSRecord, seconds: int) -> None:
    """Makes the message visible when it makes sense, and not only after the queue's long visibility timeout."""
    metrics.add_metric("JobsPutOff", MetricUnit.Count, 1)
    clients.sqs().change_message_visibility(
        QueueUrl=os.environ["JOBS_QUEUE_URL"],
        ReceiptHandle=record.receipt_handle,
        VisibilityTimeout=min(seconds, 43_200),
    )
