"""Who asks, for which account, and what everything they read about is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.acting import Acting, Stranger, Undecided, choose
from rollcall.languages import Language
from rollcall.scopes import Scope, Side
from rollcall.views.reader import Reader
from rollcall.views.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import Customer, Member, Operator, Person, Reseller
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.installations import ChoicesStore
    from rollcall.views.message import Message

#: People whose languages are kept in mind.
_KNOWN: Final = 1_000


class Visits:
    """Turns a person into a reader, from what is stored at this moment.

    Args:
        accounts: memberships and names.
        choices: for which account a person acted last.
    """

    def __init__(self, accounts: AccountsStore, choices: ChoicesStore) -> None:
        self._accounts = accounts
        self._choices = choices
        self._known: dict[Person, Wording] = {}

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
        if isinstance(chosen, Stranger | Undecided):
            return chosen
        reader = self._reader(chosen, command)
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[person] = reader.say
        return reader

    def say(self, person: Person, *, named: str = "") -> Wording:
        """The language of a person for whom nothing is read: of the account that they act for.

        Of several, where they have not said which, the one that all of these have; English where they have none.

        Args:
            person: who asks.
            named: the account they named; empty if none.
        """
        who = self.who(person, named=named, command="")
        if isinstance(who, Reader):
            return who.say
        return self.say_to(who)

    def known(self, person: Person) -> Wording:
        """The language of a person as it was last found here, for an apology when nothing can be read; else English."""
        return self._known.get(person, ENGLISH)

    def say_to(self, who: Stranger | Undecided) -> Wording:
        """The language that all companies of somebody have who cannot be answered yet; English where they differ."""
        return spoken_by(self._accounts, (member.account for member in who.memberships))

    def operator(self, person: Person) -> Operator | None:
        """The operator that a person is; None for everybody else."""
        return self._accounts.operator(person)

    def turned_away(self, who: Stranger | Undecided, *, question: str, command: str) -> Message:
        """What somebody is told who cannot be answered yet: how to join, or to say for whom they ask."""
        from rollcall.views import accounts as account_views  # noqa: PLC0415 - few are; a first answer need not wait

        names = self.names(who.memberships)
        if isinstance(who, Undecided):
            return account_views.choose(who, question, names, command=command, say=self.say_to(who))
        operator = None if who.memberships else self.operator(who.person)
        if operator and not who.named:
            return account_views.operator_me(operator, command)
        return account_views.stranger(who, names, command=command, say=self.say_to(who))

    def remember(self, person: Person, account: str) -> None:
        """Remembers the account that a person chose; whether they are a member of it is asked each time."""
        self._choices.put(person, account)

    def _reader(self, member: Member, command: str) -> Reader:
        """A member with the names of the own company and of those it is linked with."""
        account = member.account
        side = scope_side(member)
        links = self._accounts.links_of(account) if side is Side.RESELLER else self._accounts.links_to(account)
        linked = {link.customer if side is Side.RESELLER else link.reseller for link in links.values()}
        companies = self._companies({account, *linked})
        names = {known: company.name for known, company in companies.items()}
        own = companies.get(account)
        language = own.language if own else Language.ENGLISH
        return Reader(Acting(member, names.get(account, account)), names, command, language)

    def names(self, members: Iterable[Member]) -> dict[str, str]:
        """The names of the companies that somebody belongs to, by account id."""
        return self._names(member.account for member in members)

    def _names(self, accounts: Iterable[str]) -> dict[str, str]:
        """Account id → display name."""
        return {account: company.name for account, company in self._companies(accounts).items()}

    def _companies(self, accounts: Iterable[str]) -> dict[str, Reseller | Customer]:
        return _companies(self._accounts, accounts)


def _companies(store: AccountsStore, accounts: Iterable[str]) -> dict[str, Reseller | Customer]:
    """Those of some accounts that exist, by id."""
    ids = set(accounts)
    return {**store.resellers(ids), **store.customers(ids)} if ids else {}


def spoken_by(store: AccountsStore, accounts: Iterable[str]) -> Wording:
    """The language that some accounts have in common; English where they differ, or where there are none."""
    languages = {company.language for company in _companies(store, accounts).values()}
    return Wording(languages.pop()) if len(languages) == 1 else ENGLISH


def scope_side(member: Member) -> Side:
    """Which side a member is on."""
    return Side.RESELLER if Acting(member, "").is_reseller else Side.CUSTOMER


def scope_of(reader: Reader) -> Scope:
    """The account whose things may be read."""
    return Scope(reader.acting.account, scope_side(reader.acting.member))
