"""Reminders of what waits for somebody's decision: when, about what, and when somebody else is told (row B15).

Whoever has to decide is reminded of all that waits in one message, however much it is. What was said of each thing is
kept in a book; the same look at the same book decides the same, and says nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

#: Hours that an account can choose from; 0 for never. The second of each is what holds where nothing is set.
FIRST: Final = (0, 24, 12, 48)
SECOND: Final = (0, 72, 48, 96)
ESCALATION: Final = (0, 120, 96, 168, 336)
#: Between two reminders of one account, so that what comes due in between is told together. A little under a day, so
#: that it is not later each day.
PAUSE: Final = timedelta(hours=20)
#: A reseller's nudge that is younger counts as the reminder of its upload, and a reminder as a nudge.
SAME_HOURS: Final = timedelta(hours=12)
#: Nothing is escalated sooner after whoever has to decide was asked.
PATIENCE: Final = timedelta(hours=24)
#: Things that one look escalates; the next goes on.
ESCALATED_AT_ONCE: Final = 50
_ASKED: Final = 3


class Stage(IntEnum):
    """How far somebody has been urged."""

    NEW = 0
    FIRST = 1
    SECOND = 2
    ESCALATED = 3


class RulesError(ValueError):
    """Hours that do not follow each other, or that cannot be chosen."""


@dataclass(frozen=True, slots=True)
class Reminding:
    """After how many hours of waiting somebody is urged; 0 for never.

    Attributes:
        first: who decides is reminded.
        second: likewise, once more.
        escalation: the account's admins are told, and who uploaded.
    """

    first: int = FIRST[1]
    second: int = SECOND[1]
    escalation: int = ESCALATION[1]

    def check(self) -> Reminding:
        """The rules themselves.

        Raises:
            RulesError: they cannot be so.
        """
        if self.first not in FIRST or self.second not in SECOND or self.escalation not in ESCALATION:
            raise RulesError("Pick hours from the menu.")
        chosen = [hours for hours in (self.first, self.second, self.escalation) if hours]
        if chosen != sorted(set(chosen)):
            raise RulesError("Each step must come later than the one before it.")
        return self


@dataclass(frozen=True, slots=True)
class Found:
    """Something that waits now.

    Attributes:
        subject: its id, such as an upload's.
        other: account id of the other side.
        since: from when on it waits, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """

    subject: str
    other: str
    since: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that waits, and what was said of it.

    Attributes:
        subject: its id; ``other`` and ``since`` as in `Found`.
        stage: how far somebody has been urged.
        asked: when they were, the last three times, UTC; a nudge counts.
        escalated: when it was escalated, UTC; empty if it was not.
    """

    subject: str
    other: str
    since: str
    stage: Stage = Stage.NEW
    asked: tuple[str, ...] = ()
    escalated: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All that waits for one account.

    Attributes:
        entries: what waits longest first.
        told_at: when the account was reminded last, UTC; empty if never.
        more: so much waits that not all of it is in the book.
        version: grows with each change.
    """

    entries: tuple[Entry, ...] = ()
    told_at: str = ""
    more: bool = False
    version: int = 0

    @property
    def since(self) -> str:
        """From when on the oldest waits; empty if nothing does."""
        return min((entry.since for entry in self.entries), default="")


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a book decided.

    Attributes:
        book: as it is from now on.
        reminds: whoever decides is reminded now.
        escalated: what is escalated now.
    """

    book: Book
    reminds: bool = False
    escalated: tuple[Entry, ...] = ()


def refreshed(book: Book, found: Sequence[Found], *, more: bool) -> Book:
    """A book with what waits now: what was decided is gone from it, what is new is in it.

    Args:
        book: as it was.
        found: what waits now, in the order of their arrival, the oldest; each once.
        more: there is more than was found.
    """
    known = {entry.subject: entry for entry in book.entries}
    entries = [known.pop(one.subject, Entry(one.subject, one.other, one.since)) for one in found]
    if more and found:  # what stands behind the last that was found may still wait
        entries += [entry for entry in known.values() if entry.since > found[-1].since]
    return replace(book, entries=tuple(sorted(entries, key=lambda entry: (entry.since, entry.subject))), more=more)


def due(book: Book, rules: Reminding, now: datetime) -> tuple[str, ...]:
    """The subjects of which whoever decides is to be reminded at a moment."""
    return tuple(entry.subject for entry in book.entries if _reached(entry, rules, now) > entry.stage)


def advance(
    book: Book, rules: Reminding, now: datetime, *, nudged: Mapping[str, str], quiet: bool, silent: Collection[str] = ()
) -> Look:
    """Decides what is said now.

    Args:
        book: with what waits now.
        rules: of the account.
        now: with a time zone, in UTC.
        nudged: subject → when the other side asked last, UTC.
        quiet: people are left alone now.
        silent: accounts of other sides of whose things nothing is said, since they are blocked.

    Returns:
        The book as it is from now on, and who is told what. In quiet hours nobody is; it is made up for later.
    """
    entries = {entry.subject: _nudge(entry, rules, now, nudged.get(entry.subject, "")) for entry in book.entries}
    heard = [entry for entry in entries.values() if entry.other not in silent]
    wanting = [entry for entry in heard if _reached(entry, rules, now) > entry.stage]
    reminds = bool(wanting) and not quiet and (not book.told_at or _age(book.told_at, now) >= PAUSE)
    if reminds:
        for entry in wanting:
            entries[entry.subject] = _asked(entry, _reached(entry, rules, now), utc(now))
    late = [one for one in heard if _is_late(entries[one.subject], rules, now)] if not quiet else []
    for entry in late[:ESCALATED_AT_ONCE]:
        entries[entry.subject] = replace(entries[entry.subject], stage=Stage.ESCALATED, escalated=utc(now))
    after = replace(book, entries=tuple(entries.values()), told_at=utc(now) if reminds else book.told_at)
    return Look(after, reminds, tuple(entries[entry.subject] for entry in late[:ESCALATED_AT_ONCE]))


def asked_lately(book: Book, subject: str, now: datetime) -> str:
    """When whoever decides was reminded of something in these very hours, UTC; empty if they were not."""
    told = any(entry.subject == subject and book.told_at in entry.asked for entry in book.entries)
    return book.told_at if told and _age(book.told_at, now) < SAME_HOURS else ""


def oldest(books: Iterable[str], now: datetime) -> float:
    """Hours for which the oldest thing waits.

    Args:
        books: from when on the oldest of each account waits, UTC; empty texts for nothing.
        now: with a time zone.
    """
    since = min((text for text in books if text), default="")
    return max(_age(since, now).total_seconds() / 3_600, 0.0) if since else 0.0


def _reached(entry: Entry, rules: Reminding, now: datetime) -> Stage:
    """The stage that something has come to by waiting; an escalation is looked at elsewhere."""
    age = _age(entry.since, now)
    if rules.second and age >= timedelta(hours=rules.second):
        return Stage.SECOND
    return Stage.FIRST if rules.first and age >= timedelta(hours=rules.first) else Stage.NEW


def _nudge(entry: Entry, rules: Reminding, now: datetime, at: str) -> Entry:
    """A nudge of these hours stands for the reminder that would be due."""
    reached = _reached(entry, rules, now)
    if reached > entry.stage and at and _age(at, now) < SAME_HOURS:
        return _asked(entry, reached, at)
    return entry


def _asked(entry: Entry, stage: Stage, at: str) -> Entry:
    return replace(entry, stage=stage, asked=(*entry.asked, at)[-_ASKED:])


def _is_late(entry: Entry, rules: Reminding, now: datetime) -> bool:
    if not rules.escalation or entry.stage is Stage.ESCALATED:
        return False
    if _age(entry.since, now) < timedelta(hours=rules.escalation):
        return False
    if not (rules.first or rules.second):
        return True  # nobody is reminded before
    return bool(entry.asked) and _age(entry.asked[-1], now) >= PATIENCE


def _age(at: str, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(at)
