"""Metrics of a function, set up alike everywhere."""

from __future__ import annotations

import warnings

from aws_lambda_powertools import Metrics


def metrics_of(service: str) -> Metrics:
    """Counts things in the namespace of the stack.

    A request that has nothing to count is no fault here, and the library's warning about it would stand in the log of
    each one.

    Args:
        service: the function's name, the only dimension: a metric is one series per name and dimension.
    """
    warnings.filterwarnings("ignore", message="No application metrics to publish")
    return Metrics(service=service)
