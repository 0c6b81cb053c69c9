"""A reseller asks a customer to decide: once a day for each upload and customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rollcall.reminders import SAME_HOURS
from rollcall.uploads import utc

#: After that it may be asked again.
PAUSE: Final = timedelta(hours=24)
#: Who asked, where it was a reminder.
ROLLCALL: Final = "rollcall"
#: Customers of one upload that one click asks.
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Nudged:
    """What came of asking one customer.

    Attributes:
        customer: account id.
        waiting: devices that wait for its decision.
        asked: it is asked by this very click; otherwise it was before.
        at: when it was asked, UTC.
        by: by whom, as a history has it.
    """

    customer: str
    waiting: int
    asked: bool
    at: str
    by: str

    @property
    def again(self) -> str:
        """When it can be asked again, UTC."""
        pause = SAME_HOURS if self.by == ROLLCALL else PAUSE
        return utc(datetime.strptime(self.at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) + pause)


def earliest(now: str) -> str:
    """Whoever was asked before this moment, UTC, can be asked again now."""
    return utc(datetime.strptime(now, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - PAUSE)
