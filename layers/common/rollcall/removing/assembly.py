"""Puts together what removes devices, on a stack's tables and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.removing.guards import Releases
from rollcall.removing.removals import Removals
from rollcall.removing.runner import RemovalRunner
from rollcall.removing.steps import ListSteps, UploadSteps
from rollcall.store.accounts import AccountsStore
from rollcall.store.decisions import DecisionsStore
from rollcall.store.deletions import DeletionsStore
from rollcall.store.device_changes import DeviceChanges
from rollcall.store.devices import DevicesStore
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.queues import Queue
from rollcall.store.removals import RemovalsStore
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sqs.client import SQSClient

    from rollcall.settings import Settings
    from rollcall.store.sessions import LazyClient


def _now() -> datetime:
    return datetime.now(UTC)


def runner(
    settings: Settings,
    *,
    dynamodb: DynamoDBClient | LazyClient,
    sqs: SQSClient | LazyClient,
    seconds_left: Callable[[], float],
    margin: float = 3.0,
    now: Callable[[], datetime] = _now,
) -> RemovalRunner:
    """What works on removals.

    Args:
        settings: names of the tables and queues.
        dynamodb: client.
        sqs: client.
        seconds_left: how long the request or job may still run.
        margin: seconds kept back for the last steps.
        now: the time, with a time zone.
    """
    table = settings.uploads_table
    transactions = Transactions(dynamodb, seconds_left=seconds_left, margin=margin)
    decisions = DecisionsStore(
        dynamodb, devices=settings.devices_table, uploads=table, seconds_left=seconds_left, margin=margin
    )
    deletions = DeletionsStore(transactions, decisions.changes, devices=settings.devices_table, uploads=table)
    lists, uploads = JobsStore(dynamodb, transactions, table), UploadsStore(table)
    return RemovalRunner(
        removals=RemovalsStore(dynamodb, table),
        lists=lists,
        list_steps=ListSteps(lists, deletions, Releases(AccountsStore(settings.accounts_table))),
        upload_steps=UploadSteps(uploads, DevicesStore(settings.devices_table), deletions),
        uploads=uploads,
        herald=Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
        tidings=Tidings.on(settings, decisions, dynamodb=dynamodb, sqs=sqs, clock=lambda: now().timestamp()),
        arrivals=decisions.arrivals,
        queue=Queue(sqs, settings.jobs_queue_url),
        seconds_left=seconds_left,
        now=now,
        margin=margin,
    )


def removals(
    settings: Settings,
    *,
    dynamodb: DynamoDBClient | LazyClient,
    sqs: SQSClient | LazyClient,
    seconds_left: Callable[[], float],
    margin: float = 0.5,
    now: Callable[[], datetime] = _now,
) -> Removals:
    """What begins removals, and takes customers' answers; the arguments are those of `runner`."""
    table = settings.uploads_table
    transactions = Transactions(dynamodb, seconds_left=seconds_left, margin=margin)
    changes = DeviceChanges(transactions, devices=settings.devices_table, uploads=table)
    return Removals(
        removals=RemovalsStore(dynamodb, table),
        lists=JobsStore(dynamodb, transactions, table),
        deletions=DeletionsStore(transactions, changes, devices=settings.devices_table, uploads=table),
        changes=changes,
        releases=Releases(AccountsStore(settings.accounts_table)),
        runner=runner(settings, dynamodb=dynamodb, sqs=sqs, seconds_left=seconds_left, margin=margin, now=now),
        herald=Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
        queue=Queue(sqs, settings.jobs_queue_url),
        now=now,
    )
