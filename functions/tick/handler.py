"""Looks every minute after what has been forgotten: notices that are due, uploads and jobs that are stuck."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit

from rollcall.references import reference
from rollcall.settings import Settings
from rollcall.ticking.clockwork import Clockwork
from rollcall.ticking.rounds import Round
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.ticking.parts import Line

logger = Logger(service="tick")
metrics = metrics_of("tick")


@cache
def clockwork() -> Clockwork:
    """What this execution environment looks after, made at the first tick."""
    return Clockwork(Settings.from_env(os.environ), os.environ, time.time)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - what the clock says is only that it is time
    """Looks once. A tick that fails is made up for by the next."""
    with observed(logger, metrics, reference(context.aws_request_id)):
        tick = Round(clockwork(), lambda: context.get_remaining_time_in_millis() / 1000, say=_say, broke=_broke)
        try:
            tick.run()
        finally:
            for name, number in tick.counts.items():
                metrics.add_metric(name, MetricUnit.Count, number)


def _say(line: Line) -> None:
    getattr(logger, line.level)(line.said, **line.details)


def _broke(part: str, error: Exception) -> None:
    logger.error("Part of a tick failed", part=part, exc_info=error)
