"""A book of reminders as it is stored: one JSON text."""

from __future__ import annotations

import json

from rollcall.reminders import Book, Entry, Reminding, RulesError, Stage


def book_to_json(book: Book) -> str:
    """A book without its version."""
    entries = [
        [entry.subject, entry.other, entry.since, int(entry.stage), list(entry.asked), entry.escalated]
        for entry in book.entries
    ]
    return json.dumps({"told_at": book.told_at, "more": book.more, "entries": entries}, separators=(",", ":"))


def book_from_json(text: str, *, version: int) -> Book:
    """A book out of its text.

    Args:
        text: as `book_to_json` made it.
        version: stored beside it.
    """
    raw = json.loads(text)
    entries = tuple(
        Entry(subject, other, since, Stage(stage), tuple(asked), escalated)
        for subject, other, since, stage, asked, escalated in raw["entries"]
    )
    return Book(entries, raw["told_at"], bool(raw["more"]), version)


def rules_to_json(rules: Reminding) -> list[int]:
    """Rules as an account keeps them."""
    return [rules.first, rules.second, rules.escalation]


def rules_from_json(stored: object) -> Reminding:
    """Rules out of what an account keeps; what holds where nothing is set, also for what cannot be read."""
    try:
        first, second, escalation = map(int, stored)  # type: ignore[call-overload]  # anything else is a TypeError
        return Reminding(first, second, escalation).check()
    except (TypeError, ValueError, RulesError):
        return Reminding()
