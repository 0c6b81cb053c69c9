"""Somebody who may upload, with all that has to be known to take a file from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.acting import Stranger, Undecided
from rollcall.desk.visits import spoken_by
from rollcall.permissions import Act, allows
from rollcall.views import hints
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.accounts import Link, Person, Reseller
    from rollcall.desk.visits import Visits
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.upload_choices import UploadChoicesStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
    from rollcall.wishes import Wish


@dataclass(frozen=True, slots=True)
class Uploader:
    """A person of a reseller whose role lets them upload, as stored at this moment.

    Attributes:
        reader: who they are.
        reseller: their company.
        links: its customers, by account and MSP id.
        last: what they picked the last time.
    """

    reader: Reader
    reseller: Reseller
    links: Mapping[str, Link]
    last: Wish

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.reader.acting.member.person

    @property
    def suggested(self) -> str:
        """The customer that is probably meant: the last one, else the only one; empty if nobody knows."""
        link = self.links.get(self.last.customer)
        if link and link.is_blocked:
            return ""
        if link or self.last.customer:
            return self.last.customer
        customers = {one.customer for one in self.links.values() if not one.is_blocked}
        return next(iter(customers)) if len(customers) == 1 else ""


class Uploaders:
    """Lets people in who may upload, and turns all others away.

    Args:
        visits: who asks.
        accounts: their company and its customers.
        choices: what they picked the last time.
    """

    def __init__(self, visits: Visits, accounts: AccountsStore, choices: UploadChoicesStore) -> None:
        self._visits = visits
        self._accounts = accounts
        self._choices = choices

    def say(self, account: str) -> Wording:
        """The language of a company; English where there is none of this id."""
        return spoken_by(self._accounts, [account])

    def enter(self, person: Person, *, named: str = "", question: str, command: str = COMMAND) -> Uploader | Message:
        """The person as an uploader, or what they are told instead.

        Args:
            person: who asks.
            named: the account they act for; empty for their only or their chosen one.
            question: what they want, as a command; somebody in several companies is asked which one it is about.
            command: the real name of the slash command.
        """
        who = self._visits.who(person, named=named, command=command)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=question, command=command)
        return self.admit(who)

    def admit(self, reader: Reader) -> Uploader | Message:
        """Likewise for somebody who is known already."""
        account = reader.acting.account
        if not allows(reader.acting.member.role, Act.UPLOAD):
            return hints.not_allowed(Act.UPLOAD, reader)
        reseller = self._accounts.reseller(account)
        if reseller is None:
            return hints.not_there("company", account, reader)
        person = reader.acting.member.person
        return Uploader(reader, reseller, self._accounts.links_of(account), self._choices.get(person, account))

    def belongs(self, person: Person, account: str) -> bool:
        """Whether somebody is a member of an account now."""
        return any(member.account == account for member in self._accounts.memberships(person))

    def remember(self, uploader: Uploader, wish: Wish) -> None:
        """Remembers what was picked, for the next time."""
        if (wish.customer, wish.stc) != (uploader.last.customer, uploader.last.stc):
            self._choices.put(uploader.person, uploader.reader.acting.account, wish)
