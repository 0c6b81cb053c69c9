"""An account's own hours: its time zone, and when its people are left alone."""

from __future__ import annotations

from datetime import UTC, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

#: Hours of a working day in which people are asked for something: from the first, before the second.
FROM, UNTIL = 8, 18
#: Days of a week on which they are: Monday to Friday.
_WORKDAYS: Final = 5


def zone_of(name: str) -> tzinfo | None:
    """The time zone of an IANA name such as ``Europe/Berlin``; None for an empty name, and for one that is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path, or a folder of the database
        return None


def nearest_zone(text: str) -> str:
    """The name that somebody may have meant, in its own spelling; empty if none is near."""
    names = {name.casefold(): name for name in available_timezones() if not name.startswith(("Etc/", "SystemV/"))}
    typed = "_".join(text.split()).casefold()
    found = [name for name in sorted(names) if name.rpartition("/")[2] == typed] or get_close_matches(typed, names, n=1)
    return names[found[0]] if found else ""


def exact_zone(text: str) -> str:
    """The name that was typed, in its own spelling whatever its case; empty if there is no such zone."""
    typed = "_".join(text.split())
    if typed.casefold() == "utc":
        return "UTC"
    return next((name for name in available_timezones() if name.casefold() == typed.casefold()), "")


def is_quiet(now: datetime, zone: tzinfo | None) -> bool:
    """Whether people are left alone at a moment: at night, and on Saturdays and Sundays.

    Args:
        now: with a time zone.
        zone: the account's. Without one nobody knows its nights, so no moment is quiet.
    """
    if zone is None:
        return False
    local = now.astimezone(zone)
    return local.weekday() >= _WORKDAYS or not FROM <= local.hour < UNTIL


def monday(now: datetime, zone: tzinfo | None) -> datetime:
    """The beginning of the working week that a moment is in: the last Monday at eight, in the account's time zone.

    Args:
        now: with a time zone.
        zone: the account's; None for UTC.
    """
    local = now.astimezone(zone or UTC)
    start = (local - timedelta(days=local.weekday())).replace(hour=FROM, minute=0, second=0, microsecond=0)
    return start if start <= local else (start - timedelta(days=7)).replace(hour=FROM)
