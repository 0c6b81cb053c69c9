"""What a function is working on at this moment: the id that stands in its log lines, and what it counts (row B23).

The id is made at the click or at the file and goes with every message from there on, so that one search finds all that
came of it, in whichever function. Deep code refers to it and counts without knowing of logs and metrics.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(slots=True)
class Occasion:
    """One message, request or tick that is being worked on.

    Attributes:
        reference: ``R-…``; empty where none is known yet.
        counts: metric → the values that were counted.
        referred: is told of the id when it becomes known or another.
    """

    reference: str = ""
    counts: dict[str, list[float]] = field(default_factory=dict)
    referred: Callable[[str], None] = lambda _reference: None


_CURRENT: ContextVar[Occasion | None] = ContextVar("occasion", default=None)


@contextmanager
def occasion(reference: str = "", *, referred: Callable[[str], None] = lambda _reference: None) -> Iterator[Occasion]:
    """Begins an occasion that lasts for a ``with`` block.

    Args:
        reference: its id, where it came with the message.
        referred: is told of the id, now and when it becomes another.
    """
    made = Occasion(referred=referred)
    token = _CURRENT.set(made)
    try:
        refer_to(reference)
        yield made
    finally:
        _CURRENT.reset(token)


def refer_to(reference: str) -> None:
    """Says which id this is about, once that is known: an upload has its own from when it was asked for."""
    current = _CURRENT.get()
    if current and reference and reference != current.reference:
        current.reference = reference
        current.referred(reference)


def current_reference() -> str:
    """The id of what is being worked on; empty where nothing is, or none is known."""
    current = _CURRENT.get()
    return current.reference if current else ""


def count(metric: str, value: float = 1) -> None:
    """Counts something for the function that is at work.

    Args:
        metric: its name.
        value: how many, or how long; the metric's name says in what.
    """
    current = _CURRENT.get()
    if current and value:
        current.counts.setdefault(metric, []).append(value)
