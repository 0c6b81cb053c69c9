"""One piece of longer work as its queue brings it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.errands.tools import Tools

    #: Does one kind of work. It may be run twice, and end anywhere: the same message comes again then.
    Kind: TypeAlias = Callable[["Tools", "Errand"], "Done"]


@dataclass(frozen=True, slots=True)
class Errand:
    """One message of the queue.

    Attributes:
        message: as it was sent: ``kind``, ``id`` and what the kind needs.
        reference: the id under which the logs tell more.
        last: the queue brings it no more after this try.
        seconds_left: until the worker is ended.
    """

    message: Mapping[str, Any]
    reference: str
    last: bool
    seconds_left: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, for logs and metrics.

    Attributes:
        said: a line of the log; empty for none.
        details: what is logged with it; nothing of it is secret.
        counts: name of a metric → how many.
        warning: the line is a warning.
        finished: nothing of it is left; else it has sent itself on its way again.
    """

    said: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    warning: bool = False
    finished: bool = True
