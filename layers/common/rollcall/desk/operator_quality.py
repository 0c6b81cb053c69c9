"""How good the uploads of all resellers are, for operators: rates and causes, some resellers at a time (row B22)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.accounts import RESELLER_ID
from rollcall.commands import render
from rollcall.quality import Period, weeks_back
from rollcall.queries import Page
from rollcall.store.quality import whole
from rollcall.uploads import utc
from rollcall.views import quality as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.commands import Command
    from rollcall.desk.turns import Turn
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.companies import CompaniesStore
    from rollcall.store.quality import QualityStore
    from rollcall.views.message import Message

#: Resellers on a page; each costs a read of its weeks.
PAGE: Final = 8


class OperatorQuality:
    """Lists resellers; who asks was looked at before.

    Args:
        accounts: their names.
        companies: all of them.
        store: the figures.
        clock: epoch seconds.
    """

    def __init__(
        self, accounts: AccountsStore, companies: CompaniesStore, store: QualityStore, clock: Callable[[], float]
    ) -> None:
        self._accounts = accounts
        self._companies = companies
        self._store = store
        self._clock = clock

    def show(self, command: Command, turn: Turn) -> Message:
        """A page of resellers by id, with the figures of each; of a month where no period is named."""
        asked = command.texts[0].casefold() if command.texts else Period.MONTH.value
        period = next((one for one in Period if one.value == asked), None)
        if period is None:
            return views.no_operator_period(asked)
        ids = [one.account for one in self._companies.all() if RESELLER_ID.fullmatch(one.account)]
        at = int(turn.cursor) if turn.cursor and turn.cursor.isascii() and turn.cursor.isdigit() else 0
        start = max(at - PAGE, 0) if turn.backwards else min(at, len(ids))
        shown = ids[start : start + PAGE]
        first, last = weeks_back(utc(datetime.fromtimestamp(self._clock(), UTC)), period.weeks)
        names = {account: found.name for account, found in self._accounts.resellers(shown).items()}
        found = tuple(
            (account, names.get(account, account), whole(self._store.of_reseller(account, first, last)))
            for account in shown
        )
        page = Page(
            found,
            first=start + 1 if shown else 0,
            total=len(ids),
            before=str(start) if start else None,
            after=str(start + PAGE) if start + PAGE < len(ids) else None,
        )
        return views.of_resellers(page, period, first, render(command))
