"""Changing an account: forms are opened, taken back, and buttons act. Rights are those of the moment of the act."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.account_errors import AccountsError
from rollcall.commands import Command, render
from rollcall.desk.admins import Admins
from rollcall.desk.people import fields_of
from rollcall.desk.sent_forms import FieldError, metadata_of
from rollcall.desk.setup import duration
from rollcall.desk.setup_hours import HoursForms
from rollcall.desk.setup_keys import KeyForms
from rollcall.desk.setup_language import LanguageForms
from rollcall.desk.setup_people import PeopleForms
from rollcall.desk.setup_saving import Acted, Saved, company_of, gone, person_of, update
from rollcall.desk.setup_settings import SettingsForms
from rollcall.permissions import roles_within
from rollcall.views import accounts as account_views
from rollcall.views import setup as pages
from rollcall.views import setup_forms as forms
from rollcall.views import setup_hours as hours
from rollcall.views import setup_keys
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta

    from rollcall.accounts import Person
    from rollcall.desk.people import Visitor
    from rollcall.desk.people_inviting import InviteDesk
    from rollcall.desk.visits import Visits
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

#: No account has this id: a form or button without one is nobody's, and not that of the person's only account.
_NONE = "-"
#: Button → the word of the page that it stands in, and what follows it.
_LISTS: Final = {
    pages.REVOKE: ("setup", "members"),
    pages.CODE_REMOVE: ("setup", "codes"),
    pages.KEY_REVOKE: ("keys",),
}


class SetupForms:
    """Takes what admins change.

    Args:
        accounts: where it is stored.
        visits: who asks.
        inviting: makes invitations.
        usual: how long decisions can be undone where a customer has set nothing.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        accounts: AccountsStore,
        visits: Visits,
        inviting: InviteDesk,
        *,
        usual: timedelta,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._admins = Admins(visits)
        self._usual = usual
        self._people = PeopleForms(accounts, inviting, now)
        self._settings = SettingsForms(accounts, usual, now)
        self._hours = HoursForms(accounts, now)
        self._by_all = {pages.HOURS: self._hours.zone, pages.LANGUAGE: LanguageForms(accounts, now).language}
        self._keys = KeyForms(accounts, now)

    def open(  # noqa: PLR0911 - a form each
        self, action_id: str, person: Person, value: Value, *, team: str
    ) -> View | Message:
        """The form that a button asks for, or what somebody is told who may not have it.

        Args:
            action_id: of the button.
            person: who clicked.
            value: what the button carries.
            team: the workspace it was clicked in.
        """
        reader = self._admins.enter(person, named=str(value.get("a") or _NONE))
        if isinstance(reader, Message):
            return reader
        metadata = json.dumps({name: str(value[name]) for name in ("a", "p", "r", "c") if name in value})
        roles = roles_within(reader.acting.member.role)
        match action_id:
            case pages.INVITE:
                return forms.invite_form(reader, roles, metadata)
            case pages.CHANNEL:
                return forms.channel_form(company_of(self._accounts, reader), reader, metadata, team=team)
            case pages.CODE if reader.is_reseller:
                return forms.code_form(reader, metadata)
            case pages.KEY:
                return setup_keys.key_form(reader, roles, metadata)
            case pages.RULES if not reader.is_reseller:
                customer = self._accounts.customer(reader.acting.account)
                usual = duration(int(self._usual.total_seconds()), reader.say)
                return forms.rules_form(customer, usual, reader, metadata) if customer else gone(reader)
            case pages.HOURS | pages.REMINDERS | pages.LANGUAGE:
                company = company_of(self._accounts, reader)
                return hours.form_of(action_id, company, reader, metadata) or gone(reader)
            case pages.MEMBER:
                member = self._accounts.member(reader.acting.account, person_of(value.get("p")))
                return forms.member_form(member, roles, reader, metadata) if member else gone(reader)
            case pages.REFERENCE if reader.is_reseller:
                link = self._accounts.link(reader.acting.account, str(value.get("c", "")))
                return forms.reference_form(link, reader, metadata) if link else gone(reader)
            case _:
                return gone(reader)

    def submit(self, callback_id: str, visitor: Visitor, view: Mapping[str, Any]) -> Saved:
        """Takes a form back.

        Args:
            callback_id: which form.
            visitor: who sent it.
            view: as Slack hands it back.
        """
        value = metadata_of(view)
        reader = self._admins.enter(visitor.person, named=str(value.get("a") or _NONE))
        if isinstance(reader, Message):
            return Saved(update(reader))
        try:
            return self._take(callback_id, reader, fields_of(view), value, visitor)
        except FieldError as error:
            return Saved(error.answer(reader.say))
        except AccountsError as error:
            return Saved(update(account_views.said(account_views.problem(error, reader.say), reader)))

    def _take(
        self, callback_id: str, reader: Reader, fields: Mapping[str, str], value: Value, visitor: Visitor
    ) -> Saved:
        sells = reader.is_reseller
        match callback_id:
            case pages.INVITE:
                return self._people.invited(reader, fields, visitor)
            case pages.CHANNEL:
                return self._settings.channel(reader, fields, visitor)
            case pages.KEY:
                return self._keys.made(reader, fields)
            case pages.MEMBER:
                acted = self._people.member(reader, fields, value)
                homes = (acted.person,) if acted.person else ()
                return Saved(update(acted.answer), acted.others, homes=homes)
            case pages.CODE if sells:
                answer = self._settings.code(reader, fields)
            case pages.REFERENCE if sells:
                answer = self._settings.reference(reader, fields, value)
            case pages.RULES if not sells:
                answer = self._settings.rules(reader, fields)
            case pages.HOURS | pages.LANGUAGE:
                answer = self._by_all[callback_id](reader, fields)
            case pages.REMINDERS if not sells:
                answer = self._hours.reminders(reader, fields)
            case _:
                answer = gone(reader)
        return Saved(update(answer))

    def act(self, action_id: str, person: Person, value: Value) -> Acted:
        """Does what a button says, after Slack asked whether it is meant.

        Args:
            action_id: of the button.
            person: who clicked.
            value: what the button carries.
        """
        reader = self._admins.enter(person, named=str(value.get("a") or _NONE))
        if isinstance(reader, Message):
            return Acted(reader)
        acts = {
            pages.REMOVE: self._people.removed,
            pages.REVOKE: self._people.revoked,
            pages.KEY_REVOKE: self._keys.revoked,
        }
        if reader.is_reseller:
            acts[pages.CODE_REMOVE] = self._settings.code_removed
        try:
            return acts[action_id](reader, value) if action_id in acts else Acted(gone(reader))
        except AccountsError as error:
            return Acted(account_views.said(account_views.problem(error, reader.say), reader))

    @staticmethod
    def list_of(action_id: str, value: Value) -> str:
        """The question whose answer is the list that a button stands in; empty where it stands in none."""
        page = _LISTS.get(action_id)
        account = str(value.get("a") or "")
        if page is None or not account:
            return ""
        return render(Command("", page[0], texts=page[1:], as_account=account))
