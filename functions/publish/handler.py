"""Tells other systems of changes of state. Triggered by the streams of the tables of devices and of uploads."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

from rollcall.store import clients
from rollcall.store.bus import Bus
from rollcall.store.stream_records import event_of
from rollcall.worker.observing import metrics_of

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger(service="publish")
metrics = metrics_of("publish")


@cache
def bus() -> Bus:
    """The bus of this execution environment, made at the first event."""
    return Bus(clients.events(), os.environ["EVENT_BUS"])


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - every handler is called alike
    """Publishes what a batch of records says.

    A batch fails as a whole and comes again, halved where that does not help, so an event may be published more than
    once; its id is the same then. Reporting single failures would save some of those, but a record that cannot be read
    would still have to be parted from the others.
    """
    events = []
    for record in event["Records"]:
        try:
            found = event_of(record)
        except Exception:
            logger.exception("Record cannot be read", record=record["dynamodb"].get("SequenceNumber"))
            raise
        if found:
            events.append(found)
    bus().send(events)
    if events:
        logger.info("Events published", events=len(events))
    metrics.add_metric("EventsPublished", MetricUnit.Count, len(events))
