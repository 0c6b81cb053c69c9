"""Who asks, for which account, and what everything they read about is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.acting import Acting, Stranger, Undecided, choose
from rollcall.scopes import Scope, Side
from rollcall.views import accounts as account_views
from rollcall.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import Member, Operator, Person
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.installations import ChoicesStore
    from rollcall.views.message import Message


class Visits:
    """Turns a person into a reader, from what is stored at this moment.

    Args:
        accounts: memberships and names.
        choices: for which account a person acted last.
    """

    def __init__(self, accounts: AccountsStore, choices: ChoicesStore) -> None:
        self._accounts = accounts
        self._choices = choices

    def who(self, person: Person, *, named: str = "", command: str) -> Reader | Stranger | Undecided:
        """The reader that a person is now.

        Args:
            person: who asks.
            named: the account they named; empty if none.
            command: the real name of the slash command.
        """
        memberships = self._accounts.memberships(person)
        remembered = self._choices.get(person) if len(memberships) > 1 and not named else ""
        chosen = choose(person, memberships, named=named, remembered=remembered)
        return chosen if isinstance(chosen, Stranger | Undecided) else self._reader(chosen, command)

    def operator(self, person: Person) -> Operator | None:
        """The operator that a person is; None for everybody else."""
        return self._accounts.operator(person)

    def turned_away(self, who: Stranger | Undecided, *, question: str, command: str) -> Message:
        """What somebody is told who cannot be answered yet: how to join, or to say for whom they ask."""
        names = self._names(member.account for member in who.memberships)
        if isinstance(who, Undecided):
            return account_views.choose(who, question, names, command=command)
        operator = None if who.memberships else self.operator(who.person)
        if operator and not who.named:
            return account_views.operator_me(operator, command)
        return account_views.stranger(who, names, command=command)

    def remember(self, person: Person, account: str) -> None:
        """Remembers the account that a person chose; whether they are a member of it is asked each time."""
        self._choices.put(person, account)

    def _reader(self, member: Member, command: str) -> Reader:
        """A member with the names of the own company and of those it is linked with."""
        account = member.account
        side = scope_side(member)
        links = self._accounts.links_of(account) if side is Side.RESELLER else self._accounts.links_to(account)
        linked = {link.customer if side is Side.RESELLER else link.reseller for link in links.values()}
        names = self._names({account, *linked})
        return Reader(Acting(member, names.get(account, account)), names, command)

    def _names(self, accounts: Iterable[str]) -> dict[str, str]:
        """Account id → display name."""
        ids = set(accounts)
        if not ids:
            return {}
        resellers, customers = self._accounts.resellers(ids), self._accounts.customers(ids)
        return {
            **{account: reseller.name for account, reseller in resellers.items()},
            **{account: customer.name for account, customer in customers.items()},
        }


def scope_side(member: Member) -> Side:
    """Which side a member is on."""
    return Side.RESELLER if Acting(member, "").is_reseller else Side.CUSTOMER


def scope_of(reader: Reader) -> Scope:
    """The account whose things may be read."""
    return Scope(reader.acting.account, scope_side(reader.acting.member))
