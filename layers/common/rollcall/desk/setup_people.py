"""What admins change about the people of their account."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import What
from rollcall.account_errors import THE_INVITATION, THIS_MEMBER, ChangedMeanwhileError
from rollcall.accounts import role_of
from rollcall.desk.admins import change_of
from rollcall.desk.sent_forms import FieldError
from rollcall.desk.setup_saving import Acted, Saved, person_of, update
from rollcall.permissions import is_attended, roles_within
from rollcall.uploads import utc
from rollcall.views import accounts as account_views
from rollcall.views import setup as pages
from rollcall.views import setup_forms as forms
from rollcall.views.text import bold, clean, command_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rollcall.account_changes import Change
    from rollcall.accounts import Member
    from rollcall.desk.people import Visitor
    from rollcall.desk.people_inviting import InviteDesk
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.reader import Reader

    Value = Mapping[str, object]

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


class PeopleForms:
    """Invites, changes and removes people. The reader of each method is an admin of this moment.

    All of them raise `AccountsError` with a text for the admin where the store says no.

    Args:
        accounts: where members are stored.
        inviting: makes invitations.
        now: the time, with a time zone.
    """

    def __init__(self, accounts: AccountsStore, inviting: InviteDesk, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._inviting = inviting
        self._now = now

    def invited(self, reader: Reader, fields: Mapping[str, str], visitor: Visitor) -> Saved:
        """Invites somebody: the code is in the answer, and who was picked gets a button."""
        told = self._inviting.invite_person(
            reader,
            self._role(reader, fields),
            team=visitor.team,
            user=fields.get(forms.PERSON, ""),
            note=fields.get(forms.NOTE, ""),
        )
        return Saved(update(told.answer, "Invitation"), told.others)

    def member(self, reader: Reader, fields: Mapping[str, str], value: Value) -> Acted:
        """Gives a member another role, name or email."""
        role = self._role(reader, fields)
        name, email = clean(fields.get(forms.NAME, "")), clean(fields.get(forms.EMAIL, ""))
        if not name:
            raise FieldError(forms.NAME, "A name is needed: it is how others are told who did something.")
        if email and not _EMAIL.fullmatch(email):
            raise FieldError(forms.EMAIL, "This is no email address.")
        account = reader.acting.account
        current = self._seen(reader, value)
        others = [one for one in self._accounts.members_of(account) if one.person != current.person]
        if email and any(one.email.casefold() == email.casefold() for one in others):
            raise FieldError(forms.EMAIL, "Another member has this address; uploads in S3 are told apart by it.")
        new = replace(current, role=role_of(account, role), name=name, email=email)
        change = self._change(
            reader, What.MEMBER_CHANGED, about=current.name, before=_described(current), after=_described(new)
        )
        self._accounts.change_member(new, seen=current, change=change)
        mine, say, shown = reader.acting.member, reader.say, bold(plain(new.name))
        if new.role == current.role:
            return Acted(pages.done(say("{name} is changed.", name=shown), reader, to="members"), new.person)
        if new.person == mine.person:
            told = say("You are {role} of {company} now.", role=say(new.role), company=reader.acting.company)
            return Acted(account_views.said(told, reader, say=say), new.person)
        answer = pages.done(
            say("{name} is {role} now.", name=shown, role=say(new.role)),
            reader,
            *self._unattended(reader),
            to="members",
        )
        news = account_views.said(
            say(
                "{name} made you {role} of {company} in Rollcall.",
                name=mine.name,
                role=say(new.role),
                company=reader.acting.company,
            ),
            say=say,
        )
        return Acted(answer, new.person, news)

    def _seen(self, reader: Reader, value: Value) -> Member:
        """The member as the admin saw them; their other values are those of now."""
        current = self._accounts.member(reader.acting.account, person_of(value.get("p")))
        if current is None:
            raise ChangedMeanwhileError(what=THIS_MEMBER)
        try:
            return replace(current, role=role_of(reader.acting.account, str(value.get("r", ""))))
        except ValueError:
            raise ChangedMeanwhileError(current.name) from None

    def _role(self, reader: Reader, fields: Mapping[str, str]) -> str:
        """The role that was picked; nobody gives one above their own."""
        picked = fields.get(forms.ROLE, "")
        if picked not in {role.value for role in roles_within(reader.acting.member.role)}:
            raise FieldError(forms.ROLE, "Pick a role.")
        return picked

    def removed(self, reader: Reader, value: Value) -> Acted:
        """Takes a member out."""
        seen = self._seen(reader, value)
        change = self._change(reader, What.MEMBER_REMOVED, about=seen.name, before=seen.role.value)
        self._accounts.expel(seen, change)
        say, company = reader.say, reader.acting.company
        if seen.person == reader.acting.member.person:
            return Acted(account_views.said(say("You have left {company}.", company=company), say=say), seen.person)
        lines = [*self._unattended(reader)]
        if self._accounts.keys_of(reader.acting.account):
            keys = command_line(reader.command, "keys")
            lines.append(say("API keys stay good, also those that they know: {command} revokes them.", command=keys))
        removed = say(
            "{name} is no member any more. Codes that they gave out let nobody in.", name=bold(plain(seen.name))
        )
        news = account_views.said(
            say("{name} took you out of {company} in Rollcall.", name=reader.acting.member.name, company=company),
            say=say,
        )
        return Acted(pages.done(removed, reader, *lines, to="members"), seen.person, news)

    def _unattended(self, reader: Reader) -> tuple[str, ...]:
        if is_attended(member.role for member in self._accounts.members_of(reader.acting.account)):
            return ()
        told = ":warning: Nobody of your company may accept devices now."
        if reader.is_reseller:
            told = ":warning: Nobody of your company may upload now."
        return (reader.say(told),)

    def revoked(self, reader: Reader, value: Value) -> Acted:
        """Takes an invitation back."""
        invitation = self._accounts.invitation(str(value.get("id", "")))
        if invitation is None or invitation.by_account != reader.acting.account:
            raise ChangedMeanwhileError(what=THE_INVITATION)
        about = invitation.company or invitation.note
        change = self._change(reader, What.INVITATION_REVOKED, about=about)
        self._accounts.revoke(invitation, by=reader.acting.member.person, change=change)
        told = reader.say("The invitation is taken back: its code lets nobody in.")
        return Acted(pages.done(told, reader, to="members"))

    def _change(self, reader: Reader, what: What, **more: str) -> Change:
        return change_of(reader, what, at=utc(self._now()), **more)


def _described(member: Member) -> str:
    return ", ".join(filter(None, (member.name, member.role.value, member.email)))
