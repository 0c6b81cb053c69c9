"""The customer that somebody names in a filter: by account id, MSP id, or company name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.reader import Reader


class CustomerNames:
    """Finds customers by what people call them.

    Args:
        accounts: links of resellers.
    """

    def __init__(self, accounts: AccountsStore) -> None:
        self._accounts = accounts

    def find(self, reader: Reader, text: str) -> str:
        """The customer id; the text itself where it names no customer of the reader's, which then has nothing."""
        if not text:
            return ""
        if reader.is_reseller:
            link = self._accounts.link(reader.acting.account, text.upper())
            if link:
                return link.customer
        wanted = text.casefold()
        return next((account for account, name in reader.names.items() if name.casefold() == wanted), text)

    def blocks(self, customer: str, reseller: str) -> bool:
        """Whether a customer takes nothing of a reseller."""
        link = self._accounts.link(reseller, customer)
        return link is None or link.is_blocked
