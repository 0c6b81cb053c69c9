"""Making the codes by which companies and people come in (row B25)."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.account_changes import What
from rollcall.account_errors import AccountsError
from rollcall.accounts import Person
from rollcall.commands import Command, render
from rollcall.desk.admins import change_of
from rollcall.desk.pages import page_of
from rollcall.desk.people import Told, fields_of
from rollcall.desk.turns import Turn
from rollcall.invitations import BYTES, LONGEST_NAME, SECONDS, Invitation, Invited, code_digest, display
from rollcall.operator_words import INVITATIONS, OPERATOR
from rollcall.permissions import Act, allows
from rollcall.uploads import utc
from rollcall.views import accounts as account_views
from rollcall.views import hints, invitation_forms
from rollcall.views import invitations as views
from rollcall.views import setup as setup_views
from rollcall.views.message import Message
from rollcall.views.modals import modal
from rollcall.views.reader import COMMAND, Reader
from rollcall.views.text import bold, clean, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.account_changes import Change
    from rollcall.desk.people import Visitor
    from rollcall.desk.visits import Visits
    from rollcall.store.accounts import AccountsStore

    Answer = dict[str, Any]
#: Invitations on a page.
PAGE: Final = 8


class InviteDesk:
    """Makes invitations.

    Args:
        accounts: companies, people and invitations.
        visits: who asks.
        install: where Rollcall is installed in a workspace; empty if that is not known.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        accounts: AccountsStore,
        visits: Visits,
        *,
        install: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._visits = visits
        self._install = install
        self._now = now

    def invite(self, visitor: Visitor, command: Command, *, name: str = COMMAND) -> Message:
        """Invites a company by a command: ``invite customer "Northwind Logistics"``.

        Args:
            visitor: who.
            command: what was typed.
            name: the real name of the slash command.
        """
        operator = self._accounts.operator(visitor.person)
        if operator and not command.texts and not command.as_account:
            return self.open_invitations()
        kind, company = (*(text for text in command.texts), "", "")[:2]
        kind = kind.casefold()
        if kind not in (Invited.RESELLER, Invited.CUSTOMER) or not clean(company):
            say = self._visits.say(visitor.person, named=command.as_account)
            problem = say("Say `reseller` or `customer`, then the company's name in quotation marks.")
            return views.bad_invite(problem, name, say)
        reference, reseller = command.options.get("reference", ""), command.options.get("reseller", "").upper()
        if operator and not command.as_account:
            return self._by_operator(visitor.person, Invited(kind), company, reseller, reference, name)
        who = self._visits.who(visitor.person, named=command.as_account, command=name)
        if not isinstance(who, Reader):
            return self._visits.turned_away(who, question=render(command), command=name)
        if kind == Invited.RESELLER or not who.is_reseller:
            return _with_account(views.who_invites(kind, name, who.say), who)
        return self.invite_customer(who, company, reference)

    def open_invitations(self, said: str = "") -> Message:
        """The operators' invitations by which somebody could still join; ``said`` is what a click came to, mrkdwn."""
        return self.list_invitations(Command(OPERATOR, INVITATIONS), Turn(), said=said)

    def list_invitations(self, command: Command, turn: Turn, *, said: str = "") -> Message:
        """A page of them, the newest first; who asks was looked at before."""
        now = self._now().timestamp()
        found = (one for one in self._accounts.invitations_of("") if one.refusal(now) is None)
        ordered = sorted(found, key=lambda one: (-one.until, one.id))
        page = page_of(ordered, turn.cursor or "", backwards=turn.backwards, size=PAGE)
        return views.operators_list(page, render(command), now=now, said=said)

    def revoke(self, person: Person, value: Mapping[str, object]) -> Message:
        """Takes an operator's invitation back, whichever operator made it, and lists those that are left."""
        invitation = self._accounts.invitation(str(value.get("id", "")))
        if self._accounts.operator(person) is None or invitation is None or invitation.by_account:
            return views.not_yours(say=self._visits.say(person))
        try:
            self._accounts.revoke(invitation, by=person, change=None)
        except AccountsError as error:
            return self.open_invitations(plain(str(error), 300))
        company = bold(plain(invitation.company))
        return self.open_invitations(f"The invitation for {company} is taken back: its code lets nobody in.")

    def invite_customer(self, reader: Reader, company: str, reference: str = "") -> Message:
        """Invites a customer for the reseller that somebody acts for."""
        if not allows(reader.acting.member.role, Act.INVITE_CUSTOMERS):
            return hints.not_allowed(Act.INVITE_CUSTOMERS, reader)
        account = reader.acting.account
        invitation, code = self._new(
            Invited.CUSTOMER,
            reader.acting.member.person,
            account,
            company=clean(company)[:LONGEST_NAME],
            reseller=account,
            reference=clean(reference)[: invitation_forms.LONGEST_REFERENCE],
        )
        change = change_of(reader, What.COMPANY_INVITED, at=utc(self._now()), about=invitation.company)
        return self._stored(invitation, code, change, inviter=reader.acting.company, reader=reader)

    def invite_person(self, reader: Reader, role: str, *, team: str, user: str = "", note: str = "") -> Told:
        """Invites somebody into the account that an admin acts for.

        Args:
            reader: the admin.
            role: which they shall have.
            team: the workspace that they were picked in.
            user: who was picked there; empty where only a code is wanted.
            note: for whom it is, in the admin's words.
        """
        member = reader.acting.member
        holder = Person(team, user) if user else None
        invitation, code = self._new(
            Invited.PERSON, member.person, member.account, role=role, holder=holder, note=clean(note)[:LONGEST_NAME]
        )
        about = invitation.note or (f"{user} of {team}" if user else "")
        change = change_of(reader, What.PERSON_INVITED, at=utc(self._now()), about=about, after=role)
        answer = self._stored(invitation, code, change, inviter=reader.acting.company, reader=reader)
        if holder is None:
            return Told(answer)
        return Told(answer, ((holder, views.personal(invitation, member.name, reader.acting.company, say=reader.say)),))

    def _by_operator(
        self, person: Person, kind: Invited, company: str, reseller: str, reference: str, name: str
    ) -> Message:
        if reseller and (kind is Invited.RESELLER or self._accounts.reseller(reseller) is None):
            return views.bad_invite(f"There is no reseller {reseller} to link a new {kind} with.", name)
        invitation, code = self._new(
            kind, person, "", company=clean(company)[:LONGEST_NAME], reseller=reseller, reference=reference
        )
        return self._stored(invitation, code, None, inviter="", command=name)

    def _new(self, kind: Invited, by: Person, by_account: str, **more: Any) -> tuple[Invitation, str]:  # noqa: ANN401 - fields of an invitation
        code = display(secrets.token_bytes(BYTES))
        until = int(self._now().timestamp()) + SECONDS
        return Invitation(id=code_digest(code), kind=kind, by=by, by_account=by_account, until=until, **more), code

    def _stored(
        self,
        invitation: Invitation,
        code: str,
        change: Change | None,
        *,
        inviter: str,
        reader: Reader | None = None,
        command: str = COMMAND,
    ) -> Message:
        say = reader.say if reader else ENGLISH
        if invitation.kind is not Invited.PERSON and not invitation.company:
            return views.bad_invite(say("Name the company."), command, say)
        try:
            self._accounts.invite(invitation, change)
        except AccountsError as error:
            return account_views.said(account_views.problem(error, say), say=say)
        return views.made(
            invitation,
            code,
            inviter=inviter,
            install=self._install,
            foot=[*setup_views.back(reader), reader.account_line()] if reader else [],
            command=reader.command if reader else command,
            say=say,
        )

    # -- forms for it ------------------------------------------------------------------------------------------------

    def company_form(self, person: Person, named: str) -> Answer | Message:
        """The form that invites a company, or what somebody is told who may not.

        Args:
            person: who asks.
            named: the reseller they act for; empty for an operator.
        """
        if not named:
            operator = self._accounts.operator(person)
            return (
                invitation_forms.company_form(None)
                if operator
                else views.who_invites("customer", say=self._visits.say(person))
            )
        who = self._visits.who(person, named=named, command=COMMAND)
        if not isinstance(who, Reader):
            return self._visits.turned_away(who, question="setup", command=COMMAND)
        if not allows(who.acting.member.role, Act.INVITE_CUSTOMERS):
            return hints.not_allowed(Act.INVITE_CUSTOMERS, who)
        return invitation_forms.company_form(who)

    def submit_company(self, visitor: Visitor, view: Mapping[str, Any]) -> Answer:
        """Takes that form; the code is shown in its place."""
        fields, named = fields_of(view), str(view.get("private_metadata") or "")
        company = fields.get(invitation_forms.COMPANY, "")
        say = self._visits.say(visitor.person, named=named) if named else ENGLISH
        if not clean(company):
            return {"response_action": "errors", "errors": {invitation_forms.COMPANY: say("Name the company.")}}
        again = self.company_form(visitor.person, named)
        if isinstance(again, Message):
            return {"response_action": "update", "view": modal(again)}
        reference = fields.get(invitation_forms.REFERENCE, "")
        who = self._visits.who(visitor.person, named=named, command=COMMAND) if named else None
        if isinstance(who, Reader):
            answer = self.invite_customer(who, company, reference)
        else:
            kind = fields.get(invitation_forms.KIND, "")
            if kind not in (Invited.RESELLER, Invited.CUSTOMER):
                return {"response_action": "errors", "errors": {invitation_forms.KIND: "Say which."}}
            answer = self._by_operator(visitor.person, Invited(kind), company, "", reference, COMMAND)
        return {"response_action": "update", "view": modal(answer, answer.say("Invitation"))}


def _with_account(message: Message, reader: Reader) -> Message:
    return replace(message, blocks=[*message.blocks, reader.account_line()])
