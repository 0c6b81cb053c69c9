"""Somebody who may change their account, as stored at this moment, and what a change of theirs is written down as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.account_changes import Change
from rollcall.acting import Stranger, Undecided
from rollcall.permissions import Act, allows
from rollcall.views import hints
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from rollcall.account_changes import What
    from rollcall.accounts import Person
    from rollcall.desk.visits import Visits
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class Admins:
    """Lets people in who manage their account, and turns all others away.

    Args:
        visits: who asks.
    """

    def __init__(self, visits: Visits) -> None:
        self._visits = visits

    def enter(self, person: Person, *, named: str, question: str = "setup", command: str = COMMAND) -> Reader | Message:
        """The person as an admin, or what they are told instead.

        Args:
            person: who asks.
            named: the account they act for; empty for their only or their chosen one.
            question: what they want, as a command; somebody in several companies is asked which one it is about.
            command: the real name of the slash command.
        """
        who = self._visits.who(person, named=named, command=command)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=question, command=command)
        return admit(who) or who


def admit(reader: Reader) -> Message | None:
    """What somebody is told who may not change their account; None if they may."""
    if allows(reader.acting.member.role, Act.MANAGE_ACCOUNT):
        return None
    return hints.not_allowed(Act.MANAGE_ACCOUNT, reader)


def change_of(reader: Reader, what: What, *, at: str, about: str = "", before: str = "", after: str = "") -> Change:
    """A change of an admin's, as the audit keeps it.

    Args:
        reader: who.
        what: the kind.
        at: now, UTC.
        about: whom or what, as `Change` says.
        before: the value there was.
        after: the value there is now.
    """
    member = reader.acting.member
    return Change(member.account, member.person, at, what, about, before, after, by_name=member.name)
