"""What is told of an exchange, to whoever began it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.notices import person_of
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import reseller_reader
from rollcall.views import exchanges as views

if TYPE_CHECKING:
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.exchange_records import ExchangeRecords


class ExchangeNews:
    """Knows what to tell of an exchange.

    Args:
        records: how far it is.
        accounts: who is to be told.
    """

    def __init__(self, records: ExchangeRecords, accounts: AccountsStore) -> None:
        self._records = records
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """An outcome is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell."""
        exchange = self._records.get(kept.notice.subject)
        if exchange is None:
            return None
        reseller = self._accounts.reseller(exchange.account)
        reader = reseller_reader(self._accounts, exchange.account, ())
        members = self._accounts.members_of(exchange.account)
        return News(
            stops=route(person_of(kept.notice.person), reseller.notify if reseller else None, members),
            draw=lambda _place, _as_of: views.outcome(exchange, reader),
            state=exchange.state.value,
        )
