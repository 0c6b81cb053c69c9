"""Puts together what begins refreshes, on a stack's tables and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.refreshing.refreshes import Refreshes
from rollcall.store.deadlines import seconds_left
from rollcall.store.jobs import JobsStore
from rollcall.store.queues import Queue
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sqs.client import SQSClient

    from rollcall.settings import Settings
    from rollcall.store.sessions import LazyClient


def _now() -> datetime:
    return datetime.now(UTC)


def refreshes(
    settings: Settings,
    *,
    dynamodb: DynamoDBClient | LazyClient,
    sqs: SQSClient | LazyClient,
    seconds_left: Callable[[], float] = seconds_left,
    now: Callable[[], datetime] = _now,
) -> Refreshes:
    """What begins refreshes.

    Args:
        settings: names of the tables and queues.
        dynamodb: client.
        sqs: client.
        seconds_left: how long the request may still run.
        now: the time, with a time zone.
    """
    table = settings.uploads_table
    return Refreshes(
        refreshes=RefreshesStore(dynamodb, table),
        lists=JobsStore(dynamodb, Transactions(dynamodb, seconds_left=seconds_left), table),
        queue=Queue(sqs, settings.jobs_queue_url),
        now=now,
    )
