"""Somebody who may decide for the customer whose thing it is, as stored at this moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollcall.accounts import CustomerRole
from rollcall.acting import Stranger, Undecided
from rollcall.approvals import Approver
from rollcall.permissions import Act, allows
from rollcall.telling.readers import people
from rollcall.views import decision_answers, hints
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Person
    from rollcall.desk.visits import Visits
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording


@dataclass(frozen=True, slots=True)
class Seat:
    """A person who may decide.

    Attributes:
        reader: who they are; knows the names of their colleagues.
        approver: likewise, as decisions have them.
    """

    reader: Reader
    approver: Approver


class Approvers:
    """Lets people in who may decide, and turns all others away.

    Args:
        visits: who asks.
        accounts: their companies and colleagues.
    """

    def __init__(self, visits: Visits, accounts: AccountsStore) -> None:
        self._visits = visits
        self._accounts = accounts

    def enter(
        self, person: Person, concerns: Callable[[str], bool], *, what: str, asked: str, act: Act = Act.DECIDE
    ) -> Seat | Message:
        """The person as an approver of the customer that something concerns, or what they are told instead.

        What is another company's is as unknown as what is not there.

        Args:
            person: who clicks.
            concerns: whether a customer, by account id, has the thing.
            what: "upload" and so on.
            asked: its id.
            act: what they are about to do.
        """
        members = [one for one in self._accounts.memberships(person) if isinstance(one.role, CustomerRole)]
        if not members:
            return decision_answers.only_approvers(self.say(person))
        meant = next((one for one in members if concerns(one.account)), None)
        who = self._visits.who(person, named=(meant or members[0]).account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return decision_answers.only_approvers(self.say(person))
        return self.admit(who, act) if meant else hints.not_there(what, asked, who)

    def say(self, person: Person) -> Wording:
        """The language of somebody, whatever they are."""
        return self._visits.say(person)

    def read(self, person: Person, *, named: str, question: str, command: str) -> Reader | Message:
        """The person as a reader, whatever they may; or what they are told who is none.

        Args:
            person: who types.
            named: the account they named; empty if none.
            question: what they typed.
            command: the real name of the slash command.
        """
        who = self._visits.who(person, named=named, command=command)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=question, command=command)
        return who

    def admit(self, reader: Reader, act: Act = Act.DECIDE) -> Seat | Message:
        """Likewise for somebody who is known already."""
        member = reader.acting.member
        if not allows(member.role, act):
            return hints.not_allowed(act, reader)
        by = f"person:{member.team}:{member.user}"
        return Seat(self.among_colleagues(reader), Approver(member.account, member.role, by))

    def among_colleagues(self, reader: Reader) -> Reader:
        """A reader who knows the names of their colleagues."""
        return replace(reader, names={**reader.names, **people(self._accounts, [reader.acting.account])})
