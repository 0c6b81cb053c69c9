"""Reads what waits for a customer, of the uploads that its book of reminders names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.backlogs import Pile

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.reminders import Entry
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.parts import PartsStore
    from rollcall.store.reminders import RemindersStore


class Backlogs:
    """Counts what waits now, whatever the book says.

    Args:
        books: which uploads to look at.
        parts: what waits of them.
        accounts: which resellers are blocked.
    """

    def __init__(self, books: RemindersStore, parts: PartsStore, accounts: AccountsStore) -> None:
        self._books = books
        self._parts = parts
        self._accounts = accounts

    def of(self, customer: str, wanted: Callable[[Entry], bool]) -> tuple[tuple[Pile, ...], bool]:
        """What waits, the oldest first, and whether there is more than a book holds.

        What was decided meanwhile is left out, and what blocked resellers sent. Two reads for each upload.

        Args:
            customer: account id.
            wanted: which entries of the book count.
        """
        book = self._books.get(customer)
        entries = [entry for entry in book.entries if wanted(entry)]
        links = self._accounts.links_to(customer) if entries else {}
        blocked = {link.reseller for link in links.values() if link.is_blocked}
        piles = [self._pile(entry, customer) for entry in entries if entry.other not in blocked]
        return tuple(pile for pile in piles if pile.devices > 0), book.more

    def _pile(self, entry: Entry, customer: str) -> Pile:
        part = self._parts.get(entry.subject, customer)
        waiting = 0
        if part and not part.in_progress:
            waiting = part.stored - self._parts.figures(entry.subject, customer).settled
        return Pile(entry.subject, entry.other, waiting, entry.since, entry.asked)
