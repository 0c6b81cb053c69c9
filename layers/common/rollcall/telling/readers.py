"""Through whose eyes a notice is drawn: an account's own, whoever of it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.accounts import CustomerRole, Member, ResellerRole
from rollcall.acting import Acting
from rollcall.languages import Language
from rollcall.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.store.accounts import AccountsStore


def reseller_reader(
    accounts: AccountsStore, reseller: str, customers: Iterable[str], *, people_of: Iterable[str] = ()
) -> Reader:
    """A reader of a reseller, with the names of some customers.

    Args:
        accounts: names.
        reseller: account id.
        customers: those that are spoken of.
        people_of: accounts whose people are spoken of, too.
    """
    own = accounts.reseller(reseller)
    company = own.name if own else reseller
    found = accounts.customers(set(customers))
    nobody = Member(account=reseller, team="", user="", name="", role=ResellerRole.VIEWER)
    names = {reseller: company, **{account: customer.name for account, customer in found.items()}}
    language = own.language if own else Language.ENGLISH
    return Reader(Acting(nobody, company), names | people(accounts, people_of), language=language)


def customer_reader(
    accounts: AccountsStore, customer: str, resellers: Iterable[str], *, people_of: Iterable[str] = ()
) -> Reader:
    """A reader of a customer, with the names of its own people and of some resellers.

    Args:
        accounts: names.
        customer: account id.
        resellers: those that are spoken of.
        people_of: accounts whose people are spoken of, too.
    """
    own = accounts.customer(customer)
    company = own.name if own else customer
    found = accounts.resellers(set(resellers))
    nobody = Member(account=customer, team="", user="", name="", role=CustomerRole.VIEWER)
    names = {customer: company, **{account: reseller.name for account, reseller in found.items()}}
    language = own.language if own else Language.ENGLISH
    return Reader(Acting(nobody, company), names | people(accounts, [customer, *people_of]), language=language)


def people(accounts: AccountsStore, of: Iterable[str]) -> dict[str, str]:
    """The names of some accounts' people, each under what a history has for them."""
    return {
        f"person:{member.team}:{member.user}": member.name
        for account in set(of)
        for member in accounts.members_of(account)
    }
