"""Through whose eyes a notice is drawn: an account's own, whoever of it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.accounts import Member, ResellerRole
from rollcall.acting import Acting
from rollcall.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.store.accounts import AccountsStore


def reseller_reader(accounts: AccountsStore, reseller: str, customers: Iterable[str]) -> Reader:
    """A reader of a reseller, with the names of some customers.

    Args:
        accounts: names.
        reseller: account id.
        customers: those that are spoken of.
    """
    own = accounts.reseller(reseller)
    company = own.name if own else reseller
    found = accounts.customers(set(customers))
    nobody = Member(account=reseller, team="", user="", name="", role=ResellerRole.VIEWER)
    return Reader(
        Acting(nobody, company), {reseller: company, **{account: customer.name for account, customer in found.items()}}
    )
