"""Logs, metrics and traces of a function, set up alike everywhere."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

from rollcall.occasions import occasion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aws_lambda_powertools import Logger

    from rollcall.occasions import Occasion


def metrics_of(service: str) -> Metrics:
    """Counts things in the namespace of the stack.

    A request that has nothing to count is no fault here, and the library's warning about it would stand in the log of
    each one.

    Args:
        service: the function's name, the only dimension: a metric is one series per name and dimension.
    """
    warnings.filterwarnings("ignore", message="No application metrics to publish")
    return Metrics(service=service, namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "Rollcall"))


@contextmanager
def observed(logger: Logger, metrics: Metrics, reference: object = "") -> Iterator[Occasion]:
    """Works on one message or request for the length of a ``with`` block.

    Its id stands in each line that is logged, goes with each message that is sent, and what was counted is published,
    also of work that fails.

    Args:
        logger: the function's.
        metrics: likewise.
        reference: ``R-…`` that came with the message; anything else stands for none.
    """
    with occasion(
        reference if isinstance(reference, str) else "", referred=lambda name: logger.append_keys(reference=name)
    ) as now:
        try:
            yield now
        finally:
            for name, values in now.counts.items():
                for value in values:
                    metrics.add_metric(name, MetricUnit.Count, value)
