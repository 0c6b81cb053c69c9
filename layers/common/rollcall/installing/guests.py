"""Somebody who comes to the install by the link of an invitation, and is let in when it is done (row B25)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rollcall.desk.people import Visitor
from rollcall.desk.people_joining import JoinDesk
from rollcall.invitations import Entry, Refusal, code_digest, read_code
from rollcall.references import reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Person
    from rollcall.invitations import Invitation
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.queues import Queue
    from rollcall.views.message import Message


class Guests:
    """Knows invitations by their codes, and redeems them.

    Nothing is used up by looking: a robot that fetches a link to preview it changes nothing.

    Args:
        accounts: companies, people and invitations.
        notices: queue of messages to Slack.
        clock: epoch seconds.
    """

    def __init__(self, accounts: AccountsStore, notices: Queue, clock: Callable[[], float] = time.time) -> None:
        self._accounts = accounts
        self._notices = notices
        self._clock = clock

    def look(self, typed: str) -> tuple[Invitation, str] | Refusal:
        """The invitation of a code and the code as people type it, or why it lets nobody in.

        Args:
            typed: the code, as it stood in the link.
        """
        code = read_code(typed)
        invitation = self._accounts.invitation(code_digest(code)) if code else None
        if invitation is None:
            return Refusal.UNKNOWN
        return invitation.refusal(self._clock()) or (invitation, code)

    def let_in(self, invitation: str, person: Person, name: str) -> Entry:
        """Redeems an invitation for the person who has installed Rollcall; what came of it is written to them.

        May be done twice: somebody who is in is told so.

        Args:
            invitation: its id.
            person: who.
            name: what Slack calls them; empty if it does not say.
        """
        told = JoinDesk(self._accounts).join_by_id(Visitor(person, name, person.team), invitation)
        self._tell([(person, told.answer), *told.others], once=invitation)
        if told.joined:
            home = {"kind": "home", "team": person.team, "home_team": person.team, "user": person.user}
            self._notices.send([home])
        return Entry.JOINED if told.joined else Entry.TOLD

    def _tell(self, messages: list[tuple[Person, Message]], *, once: str) -> None:
        for person, message in messages:
            told = {"kind": "dm", "id": reference(once, person.key, message.text), "team": person.team}
            self._notices.send([{**told, "user": person.user, "text": message.text, "blocks": message.blocks}])
