"""How good a reseller's uploads are, as figures that add up (row B22).

Everything is counted by reseller, customer and week, and any two sums can be added: the order does not matter, and
nothing has to be read again. What is shown is worked out of the sums.

Definitions, in the words that people read:

- *error rate*: refused rows of all rows that arrived. A row counts under each of its causes.
- *first-time-right rate*: rows stored of all rows in files that were sent for the first time. A file of rows that were
  refused and mended (``resend.csv``) is no first time, so its rows count in neither.
- *median time to approval*: hours between the upload of a device and its acceptance. They are counted in steps, so
  the median is known as a step ("between 4 and 8 hours") and never as a number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KeyT = TypeVar("KeyT", str, int)

#: Hours that the steps of the time to approval end at; the last step has no end.
STEPS: Final = (1, 2, 4, 8, 12, 24, 48, 72, 120, 168, 336, 720)


class Period(StrEnum):
    """How far back figures go. A week is one from Monday to Sunday, UTC; the running one counts."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return {Period.WEEK: 1, Period.MONTH: 4, Period.QUARTER: 13}[self]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of hours in which something lies.

    Attributes:
        above: hours; 0 for the first step.
        most: hours; None for the last step, which has no end.
    """

    above: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Quality:
    """Sums of one or more weeks, of one or more customers.

    Attributes:
        files: that arrived; of a customer's part: that brought it something.
        failed: files of these that could not be read at all; no row of them is known.
        rows: that arrived in them.
        stored: of these.
        first_rows: rows of files that were sent for the first time; ``first_stored`` likewise.
        by_code: fault code → refused rows that have it.
        hours: number of the step (`STEPS`) → devices that were accepted in that time.
    """

    files: int = 0
    failed: int = 0
    rows: int = 0
    stored: int = 0
    first_rows: int = 0
    first_stored: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Quality) -> Quality:
        return Quality(
            self.files + other.files,
            self.failed + other.failed,
            self.rows + other.rows,
            self.stored + other.stored,
            self.first_rows + other.first_rows,
            self.first_stored + other.first_stored,
            _sum(self.by_code, other.by_code),
            _sum(self.hours, other.hours),
        )

    @property
    def refused(self) -> int:
        """Rows that were not stored."""
        return self.rows - self.stored

    @property
    def error_rate(self) -> float | None:
        """Refused rows of all, from 0 to 1; None where no row arrived."""
        return self.refused / self.rows if self.rows else None

    @property
    def first_time_right(self) -> float | None:
        """Rows stored of all that were sent for the first time, from 0 to 1; None where none was."""
        return self.first_stored / self.first_rows if self.first_rows else None

    @property
    def accepted(self) -> int:
        """Devices that were accepted, less those whose acceptance was taken back."""
        return sum(self.hours.values())

    @property
    def median(self) -> Step | None:
        """The step in which the median of the times to approval lies; of an even number the lower one.

        None where nothing was accepted.
        """
        place, passed = (self.accepted + 1) // 2, 0
        for number in sorted(self.hours):
            passed += self.hours[number]
            if place and passed >= place:
                return Step(STEPS[number - 1] if number else 0, STEPS[number] if number < len(STEPS) else None)
        return None

    def causes(self) -> list[tuple[str, int]]:
        """Fault codes with their rows, the most frequent first."""
        return sorted(self.by_code.items(), key=lambda pair: (-pair[1], pair[0]))

    def __bool__(self) -> bool:
        return bool(self.files or self.rows or self.hours)


def total(parts: Iterable[Quality]) -> Quality:
    """The sum of some."""
    whole = Quality()
    for part in parts:
        whole += part
    return whole


def step_of(uploaded_at: str, accepted_at: str) -> int:
    """The number of the step of a device.

    Args:
        uploaded_at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        accepted_at: likewise.
    """
    hours = (datetime.fromisoformat(accepted_at) - datetime.fromisoformat(uploaded_at)).total_seconds() / 3_600
    return bisect_left(STEPS, max(hours, 0.0))


def week_of(at: str) -> str:
    """The week of a moment: the date of its Monday, ``YYYY-MM-DD``, in UTC.

    Args:
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """
    return _monday(datetime.fromisoformat(at).astimezone(UTC).date()).isoformat()


def weeks_back(now: str, weeks: int) -> tuple[str, str]:
    """The first and the last of so many weeks that end with the one of a moment."""
    last = date.fromisoformat(week_of(now))
    return (last - timedelta(weeks=weeks - 1)).isoformat(), last.isoformat()


def week_before(week: str) -> str:
    """The week before another."""
    return (date.fromisoformat(week) - timedelta(weeks=1)).isoformat()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sum(one: Mapping[KeyT, int], other: Mapping[KeyT, int]) -> dict[KeyT, int]:
    added = Counter(one)
    added.update(other)
    return {key: number for key, number in added.items() if number}
