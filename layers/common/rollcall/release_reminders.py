"""When a customer is reminded of devices that it was asked to release: after a day and after three, once each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from rollcall.removals import Removal

FIRST: Final = timedelta(hours=24)
SECOND: Final = timedelta(hours=72)
#: Later than any look: what was said twice is not said again.
NEVER: Final = "9999-12-31T23:59:59Z"


def number_due(removal: Removal, now: datetime) -> int:
    """Which reminder a removal that waits has come to: 0, 1 or 2.

    Args:
        removal: since when it waits is when it was created.
        now: with a time zone, in UTC.
    """
    age = now - datetime.fromisoformat(removal.created_at)
    return int(age >= FIRST) + int(age >= SECOND)


def next_look(removal: Removal, number: int) -> str:
    """The moment from which on the clock finds a removal again after a reminder, UTC; it looks `FIRST` behind."""
    return NEVER if number > 1 else utc(datetime.fromisoformat(removal.created_at) + SECOND - FIRST)
