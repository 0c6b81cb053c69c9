"""Joining by a code: a person their company, a company Rollcall, a customer one more reseller (row B25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.account_errors import AccountsError, AlreadyThereError, InvitationError
from rollcall.acting import Stranger
from rollcall.desk.people import Told, fields_of
from rollcall.desk.visits import spoken_by
from rollcall.invitations import Invited, Refusal, code_digest, read_code
from rollcall.store.account_joining import Joining
from rollcall.uploads import utc
from rollcall.views import accounts as account_views
from rollcall.views import invitation_forms
from rollcall.views import invitations as views
from rollcall.views.modals import modal
from rollcall.views.reader import COMMAND
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Customer, Member, Person, Reseller
    from rollcall.desk.people import Visitor
    from rollcall.invitations import Invitation
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

    Answer = dict[str, Any]

#: Where somebody says that a customer's invitation is for a company that is not there yet: ``join <code> as:NEW``.
NEW: Final = "NEW"


class JoinDesk:
    """Redeems invitations.

    Args:
        accounts: companies, people and invitations.
        email_of: the address that Slack has for somebody; empty where it does not say.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        accounts: AccountsStore,
        *,
        email_of: Callable[[Person], str] = lambda _person: "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._email_of = email_of
        self._now = now

    def join(self, visitor: Visitor, typed: str, *, named: str = "", command: str = COMMAND) -> Told:
        """Joins by a code.

        Args:
            visitor: who.
            typed: the code as it was typed.
            named: of a customer's invitation: the account that is to get the reseller, or ``NEW``; empty if not said.
            command: the real name of the slash command.
        """
        code = read_code(typed)
        invitation = self._accounts.invitation(code_digest(code)) if code else None
        if invitation is None:
            return self._turned_away(Refusal.UNKNOWN, visitor, command)
        return self._join(invitation, visitor, named, command)

    def accept(self, visitor: Visitor, value: Mapping[str, object], *, command: str = COMMAND) -> Told:
        """Joins by a button that only the one whom it was made for can use."""
        invitation = self._accounts.invitation(str(value.get("id", "")))
        holder = invitation.holder if invitation else None
        if invitation is None or holder is None or holder.user != visitor.person.user:
            return Told(views.not_yours(command, self._say(visitor.person)))
        # Picked in a workspace; their home may be another one, or an organisation.
        if holder.team not in (visitor.person.team, visitor.team):
            return Told(views.not_yours(command, self._say(visitor.person)))
        chosen = value.get("a")
        named = "" if chosen is None else str(chosen) or NEW
        return self._join(invitation, visitor, named, command)

    def join_by_id(self, visitor: Visitor, invitation_id: str, *, command: str = COMMAND) -> Told:
        """Joins by a code that was shown earlier, of which only the id was kept.

        Args:
            visitor: who.
            invitation_id: digest of the code.
            command: the real name of the slash command.
        """
        invitation = self._accounts.invitation(invitation_id)
        if invitation is None:
            return self._turned_away(Refusal.UNKNOWN, visitor, command)
        return self._join(invitation, visitor, "", command)

    def submit_join(self, visitor: Visitor, view: Mapping[str, Any]) -> tuple[Answer, Told]:
        """Joins by the form for codes; a code that is not taken stays in its field, to be looked at once more."""
        told = self.join(visitor, fields_of(view).get(invitation_forms.CODE, ""))
        if told.problem:
            return {"response_action": "errors", "errors": {invitation_forms.CODE: told.problem}}, told
        return {"response_action": "update", "view": modal(told.answer, told.answer.say("Join"))}, told

    def _join(self, invitation: Invitation, visitor: Visitor, named: str, command: str) -> Told:
        refusal = invitation.refusal(self._now().timestamp())
        if refusal and invitation.used_by == visitor.person:
            return Told(views.used_by_you(command, self._say(visitor.person)))
        if refusal:
            return self._turned_away(refusal, visitor, command)
        own = [
            one
            for one in self._accounts.memberships(visitor.person)
            if one.account.startswith("CUST-") and one.role == "admin"
        ]
        if not (invitation.kind is Invited.CUSTOMER and invitation.reseller and own):
            return self._redeem(invitation, visitor, "", command)
        if not named:
            return Told(self._ask(invitation, visitor, own))
        account = "" if named.upper() == NEW else named.upper()
        if account and account not in {one.account for one in own}:
            say = self._say(visitor.person)
            told = say("You are no admin of {account}, so the code was not used.", account=account)
            return Told(account_views.said(told, say=say))
        return self._redeem(invitation, visitor, account, command)

    def _redeem(self, invitation: Invitation, visitor: Visitor, account: str, command: str) -> Told:
        now = self._now()
        name = visitor.name or visitor.person.user
        try:
            member = self._accounts.redeem(
                invitation, Joining(visitor.person, name, utc(now), now.timestamp(), account)
            )
        except InvitationError as error:
            return self._turned_away(error.refusal, visitor, command)
        except AlreadyThereError as there:
            mine = self._accounts.member(there.account, visitor.person)
            say = self._say(visitor.person)
            return Told(views.already(mine, self._name(there.account), linked=bool(account), say=say))
        except AccountsError as error:
            say = self._say(visitor.person)
            return Told(account_views.said(account_views.problem(error, say), say=say))
        if not member.email and (email := self._email_of(member.person)):
            self._accounts.learn_email(member.person, email)
        return self._welcomed(invitation, member, linked=bool(account), command=command)

    def _welcomed(self, invitation: Invitation, member: Member, *, linked: bool, command: str) -> Told:
        company = self._name(member.account)
        reseller = self._name(invitation.reseller) if linked else ""
        several = len(self._accounts.memberships(member.person)) > 1
        answer = views.joined(
            member,
            company,
            several=several,
            linked=reseller,
            command=command,
            say=spoken_by(self._accounts, [member.account]),
        )
        new = invitation.kind is not Invited.PERSON
        news = views.told(
            member.name,
            company,
            member.account,
            member.role.value,
            new=new,
            say=spoken_by(self._accounts, [invitation.by_account]),
        )
        return Told(answer, ((invitation.by, news),), member.person)

    def _ask(self, invitation: Invitation, visitor: Visitor, own: list[Member]) -> Message:
        try:
            self._accounts.hold(invitation, visitor.person)
        except InvitationError as error:
            return self._refused(error.refusal, visitor, COMMAND)
        held = replace(invitation, holder=visitor.person)
        names = {one.account: self._name(one.account) for one in own}
        return views.which_company(held, self._name(invitation.reseller), own, names, self._say(visitor.person))

    def _turned_away(self, refusal: Refusal, visitor: Visitor, command: str) -> Told:
        return Told(self._refused(refusal, visitor, command), problem=views.problem(refusal, self._say(visitor.person)))

    def _refused(self, refusal: Refusal, visitor: Visitor, command: str) -> Message:
        if self._accounts.memberships(visitor.person) or self._accounts.operator(visitor.person):
            return views.refused(refusal, command=command, say=self._say(visitor.person))
        identity = account_views.stranger_lines(Stranger(visitor.person), command=command, say=ENGLISH)
        return views.refused(refusal, identity, command=command, say=ENGLISH)

    def _say(self, person: Person) -> Wording:
        return spoken_by(self._accounts, (one.account for one in self._accounts.memberships(person)))

    def _name(self, account: str) -> str:
        found: Reseller | Customer | None = self._accounts.reseller(account) or self._accounts.customer(account)
        return found.name if found else account
