"""Questions about oneself and one's customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import render
from rollcall.queries import Page
from rollcall.views import accounts as account_views

if TYPE_CHECKING:
    from rollcall.commands import Command
    from rollcall.desk.turns import Turn
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

PAGE: Final = 10


class CompanyDesk:
    """Answers questions about accounts.

    Args:
        accounts: companies, links and people.
    """

    def __init__(self, accounts: AccountsStore) -> None:
        self._accounts = accounts

    def me(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """Who asks, and what they may do."""
        person = reader.acting.member.person
        return account_views.me(reader, self._accounts.memberships(person), operator=self._accounts.operator(person))

    def customers(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A reseller's customers by name (row P1). The links are few enough to be read whole."""
        if not reader.is_reseller:
            return account_views.only_resellers(reader)
        links = {link.customer: link for link in self._accounts.links_of(reader.acting.account).values()}
        ordered = sorted(links.values(), key=lambda link: (reader.names.get(link.customer, ""), link.customer))
        at = int(turn.cursor) if turn.cursor and turn.cursor.isascii() and turn.cursor.isdigit() else 0
        start = max(at - PAGE, 0) if turn.backwards else min(at, len(ordered))
        shown = tuple(ordered[start : start + PAGE])
        page = Page(
            shown,
            first=start + 1 if shown else 0,
            total=len(ordered),
            before=str(start) if start else None,
            after=str(start + PAGE) if start + PAGE < len(ordered) else None,
        )
        return account_views.customers(page, render(command), reader, cursor=page.before or "")
