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
from rollcall.exchanging import assembly as exchanging
from rollcall.installing.rotation import Rotation
from rollcall.letters import read_queues
from rollcall.observing import metrics_of, observed
from rollcall.references import reference
from rollcall.refreshing.resuming import RefreshResumer
from rollcall.removing.resuming import RemovalResumer
from rollcall.settings import Settings
from rollcall.store import clients
from rollcall.store.accounts import AccountsStore
from rollcall.store.companies import CompaniesStore
from rollcall.store.dead_letters import DeadLetters
from rollcall.store.decisions import DecisionsStore
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.jobs import JobsStore
from rollcall.store.letters import LettersStore
from rollcall.store.notices import NoticesStore
from rollcall.store.nudges import NudgesStore
from rollcall.store.orders import OrdersStore
from rollcall.store.pending_uploads import PendingUploads
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.reminders import RemindersStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.running import RunningUploads
from rollcall.store.sealing import Seal
from rollcall.store.secrets import Secrets
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.attendances import AttendanceSweep
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald
from rollcall.telling.letter_counts import LetterCounts
from rollcall.telling.orders import OrderSweep
from rollcall.telling.quality import DigestSweep
from rollcall.telling.releases import ReleaseSweep
from rollcall.telling.reminders import ReminderSweep
from rollcall.telling.sweeping import NoticeSweeper

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.exchanging.runner import ExchangeClock

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


@cache
def changes() -> tuple[RemovalResumer, ExchangeClock]:
    """What looks after deletes and exchanges, made at the first tick."""
    settings, dynamodb, sqs = Settings.from_env(os.environ), clients.dynamodb(), clients.sqs()
    removals = RemovalsStore(dynamodb, settings.uploads_table)
    return (
        RemovalResumer(removals, Queue(sqs, settings.jobs_queue_url), time.time),
        exchanging.clock(settings, dynamodb=dynamodb, sqs=sqs),
    )


@cache
def orders() -> OrderSweep:
    """What looks after expected orders whose day is over, made at the first tick."""
    settings, sqs, dynamodb = Settings.from_env(os.environ), clients.sqs(), clients.dynamodb()
    table = settings.uploads_table
    return OrderSweep(
        OrdersStore(dynamodb, Transactions(dynamodb, seconds_left=lambda: 60.0), table),
        Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
        time.time,
    )


@cache
def refreshes() -> RefreshResumer:
    """What looks after questions to the manufacturer's registry, made at the first tick."""
    settings, sqs = Settings.from_env(os.environ), clients.sqs()
    store = RefreshesStore(clients.dynamodb(), settings.uploads_table)
    return RefreshResumer(store, Queue(sqs, settings.jobs_queue_url), time.time)


@cache
def caretakers() -> tuple[LetterCounts, AttendanceSweep]:
    """What counts dead letters and looks at companies, made at the first tick."""
    settings, sqs = Settings.from_env(os.environ), clients.sqs()
    dead = DeadLetters(sqs, read_queues(os.environ.get("DEAD_LETTERS", "")))
    return (
        LetterCounts(dead, LettersStore(settings.uploads_table), time.time),
        AttendanceSweep(
            companies=CompaniesStore(settings.accounts_table),
            accounts=AccountsStore(settings.accounts_table),
            presences=PresencesStore(settings.accounts_table),
            notices=Queue(sqs, settings.notices_queue_url),
            clock=time.time,
        ),
    )


@cache
def reminding() -> ReminderSweep:
    """What looks after what waits for customers, made at the first tick."""
    settings, dynamodb, table = Settings.from_env(os.environ), clients.dynamodb(), os.environ["UPLOADS_TABLE"]
    transactions = Transactions(dynamodb, seconds_left=lambda: 60.0)
    return ReminderSweep(
        companies=CompaniesStore(settings.accounts_table),
        pending=PendingUploads(dynamodb, devices=settings.devices_table, uploads=table),
        books=RemindersStore(dynamodb, transactions, table),
        nudges=NudgesStore(transactions, table),
        accounts=AccountsStore(settings.accounts_table),
        uploads=UploadsStore(table),
        herald=Herald(NoticesStore(table), Queue(clients.sqs(), settings.notices_queue_url)),
        clock=time.time,
    )


@cache
def digests() -> DigestSweep:
    """What has the week before told, made at the first tick."""
    settings = Settings.from_env(os.environ)
    herald = Herald(NoticesStore(settings.uploads_table), Queue(clients.sqs(), settings.notices_queue_url))
    companies, accounts = CompaniesStore(settings.accounts_table), AccountsStore(settings.accounts_table)
    return DigestSweep(companies, accounts, herald, time.time)


@cache
def releases() -> ReleaseSweep:
    """What reminds customers of devices that they were asked to release, made at the first tick."""
    settings, sqs = Settings.from_env(os.environ), clients.sqs()
    herald = Herald(NoticesStore(settings.uploads_table), Queue(sqs, settings.notices_queue_url))
    removals = RemovalsStore(clients.dynamodb(), settings.uploads_table)
    return ReleaseSweep(removals, AccountsStore(settings.accounts_table), herald, time.time)


@cache
def rotation() -> Rotation:
    """What exchanges tokens, made at the first tick."""
    settings = Settings.from_env(os.environ)
    return Rotation(
        workspaces=WorkspacesStore(settings.accounts_table),
        installations=DynamoInstallationStore(settings.accounts_table, seal=Seal(settings.tokens_key)),
        secrets=Secrets(settings.slack_secrets),
        notices=Queue(clients.sqs(), settings.notices_queue_url),
        api_url=settings.slack_api_url,
        clock=time.time,
    )


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - what the clock says is only that it is time
    """Looks once, at each thing whatever became of the others. A tick that fails is made up for by the next."""
    with observed(logger, metrics, reference(context.aws_request_id)):
        look()


def look() -> None:
    """Looks at everything.

    Raises:
        Exception: the first that came up; everything was looked at all the same.
    """
    failed = []
    for part in (
        _tell_decisions,
        _tell_orders,
        _sweep_notices,
        _resume_uploads,
        _resume_work,
        _exchange_tokens,
        _take_care,
        _remind,
        _remind_of_releases,
        _digest,
    ):
        try:
            part()
        except Exception as error:  # what is broken for one company must not keep the clock from all others
            logger.exception("Part of a tick failed", part=part.__name__)
            failed.append(error)
    if failed:
        raise failed[0]


def _take_care() -> None:
    letters, attendances = caretakers()
    for queue, number in letters.take().items():
        if number:
            logger.warning("Dead letters wait", queue=queue, letters=number)
    for account in attendances.sweep():
        logger.warning("Company lacks people", account=account)


def _remind_of_releases() -> None:
    reminded = releases().sweep()
    if reminded:
        logger.info("Customers are reminded of releases", accounts=reminded)
    metrics.add_metric("ReleasesReminded", MetricUnit.Count, len(reminded))


def _remind() -> None:
    swept = reminding().sweep()
    if swept.reminded or swept.escalated:
        logger.info("Customers are reminded", accounts=swept.reminded, uploads_escalated=swept.escalated)
    metrics.add_metric("CustomersReminded", MetricUnit.Count, len(swept.reminded))
    metrics.add_metric("UploadsEscalated", MetricUnit.Count, swept.escalated)
    metrics.add_metric("OldestPendingHours", MetricUnit.Count, swept.oldest)


def _digest() -> None:
    told = digests().sweep()
    if told:
        logger.info("Digests are told", accounts=told)
    metrics.add_metric("DigestsTold", MetricUnit.Count, len(told))


def _exchange_tokens() -> None:
    rotated = rotation().sweep()
    if rotated.exchanged:
        logger.info("Tokens are exchanged", workspaces=rotated.exchanged)
    for workspace, code in rotated.put_off:
        logger.warning("Token could not be exchanged yet", team=workspace, code=code)
    for workspace, code in rotated.refused:
        logger.error("Workspace is lost: Slack gives it no new token", team=workspace, code=code)
    metrics.add_metric("TokensExchanged", MetricUnit.Count, len(rotated.exchanged))
    metrics.add_metric("WorkspacesLost", MetricUnit.Count, len(rotated.refused))


def _tell_decisions() -> None:
    *_, tidings, _ = tools()
    told = tidings.sweep()
    if told:
        logger.info("Decisions are told", decisions=told)


def _tell_orders() -> None:
    for order in orders().sweep():
        logger.info("Devices of an order are missing", order=order)


def _sweep_notices() -> None:
    sweeper, *_ = tools()
    swept = sweeper.sweep()
    if swept.sent or swept.given_up:
        logger.warning("Notices were due", sent=swept.sent, given_up=swept.given_up)
    metrics.add_metric("NoticesSentAgain", MetricUnit.Count, len(swept.sent))
    metrics.add_metric("NoticesUndelivered", MetricUnit.Count, swept.undelivered)


def _resume_uploads() -> None:
    _, resumer, *_ = tools()
    resumed = resumer.sweep()
    for upload in resumed.stuck:
        logger.warning("Upload was stuck and is sent on", upload=upload)
    metrics.add_metric("UploadsStuck", MetricUnit.Count, len(resumed.stuck))


def _resume_work() -> None:
    *_, jobs = tools()
    stuck = jobs.sweep()
    for job in stuck:
        logger.warning("Job was stuck and is sent on", job=job.id, job_kind=job.kind.value)
    unanswered = refreshes().sweep()
    for refresh in unanswered:
        logger.warning("Refresh was stuck and is sent on", job=refresh.id)
    removals, exchanges = changes()
    unremoved = removals.sweep()
    for removal in unremoved:
        logger.warning("Removal was stuck and is sent on", job=removal.id, job_kind=removal.kind.value)
    for exchange in exchanges.sweep():
        logger.info("Exchange is looked at again", exchange=exchange.id, tries=exchange.tries)
    metrics.add_metric("JobsStuck", MetricUnit.Count, len(stuck) + len(unanswered) + len(unremoved))
