"""Puts together what exchanges IMEIs, on a stack's tables and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.exchanging.exchanges import Exchanges
from rollcall.exchanging.runner import ExchangeClock, ExchangeRunner
from rollcall.store.claims import Claims
from rollcall.store.decisions import DecisionsStore
from rollcall.store.exchange_records import ExchangeRecords
from rollcall.store.exchanges import ExchangesStore
from rollcall.store.notices import NoticesStore
from rollcall.store.queues import Queue
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rollcall.exchanges import ExchangeSystem
    from rollcall.settings import Settings


def _now() -> datetime:
    return datetime.now(UTC)


def exchanges(
    settings: Settings,
    *,
    dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
    sqs: Any,  # noqa: ANN401 - likewise
    seconds_left: Callable[[], float],
    margin: float = 0.5,
) -> Exchanges:
    """What begins exchanges.

    Args:
        settings: names of the tables and queues.
        dynamodb: client.
        sqs: client.
        seconds_left: how long the request may still run.
        margin: seconds kept back for the last steps.
    """
    table = settings.uploads_table
    decisions = DecisionsStore(
        dynamodb, devices=settings.devices_table, uploads=table, seconds_left=seconds_left, margin=margin
    )
    return Exchanges(
        records=ExchangeRecords(dynamodb, table),
        store=ExchangesStore(decisions.changes),
        changes=decisions.changes,
        claims=Claims(dynamodb, settings.devices_table, seconds_left=seconds_left, margin=margin),
        tidings=Tidings.on(settings, decisions, dynamodb=dynamodb, sqs=sqs),
        queue=Queue(sqs, settings.jobs_queue_url),
        now=_now,
    )


def runner(
    settings: Settings,
    *,
    dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
    sqs: Any,  # noqa: ANN401 - likewise
    seconds_left: Callable[[], float],
    system: ExchangeSystem,
    now: Callable[[], datetime] = _now,
) -> ExchangeRunner:
    """What works on exchanges, with an exchange system; the other arguments are those of `exchanges`."""
    table = settings.uploads_table
    decisions = DecisionsStore(
        dynamodb, devices=settings.devices_table, uploads=table, seconds_left=seconds_left, margin=3.0
    )
    return ExchangeRunner(
        records=ExchangeRecords(dynamodb, table),
        store=ExchangesStore(decisions.changes),
        system=system,
        tidings=Tidings.on(settings, decisions, dynamodb=dynamodb, sqs=sqs, clock=lambda: now().timestamp()),
        herald=Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
        now=now,
    )


def clock(
    settings: Settings,
    *,
    dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
    sqs: Any,  # noqa: ANN401 - likewise
    now: Callable[[], datetime] = _now,
) -> ExchangeClock:
    """What looks every minute after exchanges; the arguments are those of `exchanges`."""
    records = ExchangeRecords(dynamodb, settings.uploads_table)
    return ExchangeClock(records, Queue(sqs, settings.jobs_queue_url), now)
