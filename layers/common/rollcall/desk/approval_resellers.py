"""A customer's resellers: shown, registered, blocked, let in again (row P24)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rollcall.account_errors import LinkUnknownError
from rollcall.accounts import Registration
from rollcall.commands import Command, render
from rollcall.queries import Page
from rollcall.views import approval_resellers as views
from rollcall.views import approvals, hints
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.accounts import Link
    from rollcall.approvals import Denied
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.turns import Turn
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.queues import Queue
    from rollcall.views.reader import Reader

PAGE: Final = 10
_QUESTION: Final = render(Command("approvals", "resellers"))


class ResellerDesk:
    """Answers what has to do with a customer's resellers.

    Args:
        deciding: who may.
        accounts: the links.
        jobs: queue of longer work.
    """

    def __init__(self, deciding: Deciding, accounts: AccountsStore, jobs: Queue) -> None:
        self._deciding = deciding
        self._accounts = accounts
        self._jobs = jobs

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of them."""
        if reader.is_reseller:
            return approvals.only_customers(reader)
        return self._page(reader, render(command), turn.cursor or "", backwards=turn.backwards)

    def change(self, click: Click, value: Mapping[str, object]) -> Message:
        """Registers a reseller, or lets it in again."""
        try:
            state = Registration(str(value.get("s", "")))
        except ValueError:
            return hints.not_known(say=self._deciding.approvers.say(click.person))
        return self._change(click, str(value.get("r", "")), state, str(value.get("c", "")))

    def block(self, click: Click, value: Mapping[str, object]) -> Message:
        """Blocks a reseller."""
        return self._change(click, str(value.get("r", "")), Registration.BLOCKED, "")

    def follow(self, reseller: str, customer: str, once: str) -> None:
        """Has the messages follow that say how a reseller stands."""
        with suppress(Exception):  # it is stored by now, and the messages say so when they are drawn next
            self._jobs.send(
                [{"kind": "reseller_changed", "id": f"{once}#{reseller}", "customer": customer, "reseller": reseller}]
            )

    def _change(self, click: Click, reseller: str, state: Registration, cursor: str) -> Message:
        seat = self._deciding.for_reseller(click, reseller)
        if isinstance(seat, Message):
            return seat
        try:
            denied: Denied | None = self._deciding.approvals.register(seat.approver, reseller, state)
        except LinkUnknownError:
            return hints.not_there("reseller", reseller, seat.reader)
        if denied:
            return self._deciding.said(denied, seat)
        self.follow(reseller, seat.approver.account, click.once)
        return self._page(seat.reader, _QUESTION, cursor, said=views.changed(reseller, state, seat.reader))

    def _page(self, reader: Reader, question: str, cursor: str, *, backwards: bool = False, said: str = "") -> Message:
        links = sorted(
            self._accounts.links_to(reader.acting.account).values(),
            key=lambda link: ((reader.names.get(link.reseller) or link.reseller).casefold(), link.reseller),
        )
        at = int(cursor) if cursor.isascii() and cursor.isdigit() else 0
        start = max(at - PAGE, 0) if backwards else min(at, max(len(links) - 1, 0))
        shown = tuple(links[start : start + PAGE])
        page: Page[Link] = Page(
            shown,
            first=start + 1 if shown else 0,
            total=len(links),
            before=str(start) if start else None,
            after=str(start + PAGE) if start + PAGE < len(links) else None,
        )
        return views.resellers(page, question, reader, cursor=str(start) if start else "", said=said)
