"""Puts together what works on refreshes, on a stack's tables and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.refreshing.runner import RefreshRunner
from rollcall.store.decisions import DecisionsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.exchanges import ExchangesStore
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.queues import Queue
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sqs.client import SQSClient

    from rollcall.registry import Registry
    from rollcall.settings import Settings
    from rollcall.store.sessions import LazyClient


def _now() -> datetime:
    return datetime.now(UTC)


def runner(
    settings: Settings,
    registry: Registry,
    *,
    dynamodb: DynamoDBClient | LazyClient,
    sqs: SQSClient | LazyClient,
    seconds_left: Callable[[], float],
    now: Callable[[], datetime] = _now,
) -> RefreshRunner:
    """What works on refreshes.

    Args:
        settings: names of the tables and queues, and what becomes of unknown devices.
        registry: who is asked.
        dynamodb: client.
        sqs: client.
        seconds_left: how long the worker may still run.
        now: the time, with a time zone.
    """
    table = settings.uploads_table
    decisions = DecisionsStore(dynamodb, devices=settings.devices_table, uploads=table, seconds_left=seconds_left)
    return RefreshRunner(
        refreshes=RefreshesStore(dynamodb, table),
        lists=JobsStore(dynamodb, Transactions(dynamodb, seconds_left=seconds_left), table),
        uploads=UploadsStore(table),
        devices=DevicesStore(settings.devices_table),
        changes=decisions.changes,
        healing=ExchangesStore(decisions.changes),
        registry=registry,
        strictness=settings.unrecognised,
        herald=Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
        tidings=Tidings.on(settings, decisions, dynamodb=dynamodb, sqs=sqs, clock=lambda: now().timestamp()),
        queue=Queue(sqs, settings.jobs_queue_url),
        seconds_left=seconds_left,
        now=now,
    )
