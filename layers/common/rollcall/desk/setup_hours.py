"""What admins set of their hours: the time zone, and when they are reminded (row B15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.account_changes import What
from rollcall.accounts import Customer
from rollcall.desk.admins import change_of
from rollcall.desk.sent_forms import FieldError
from rollcall.desk.setup_saving import company_of
from rollcall.hours import exact_zone, nearest_zone
from rollcall.reminders import Reminding, RulesError
from rollcall.uploads import utc
from rollcall.views import setup as pages
from rollcall.views import setup_hours as forms
from rollcall.views.text import clean, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class HoursForms:
    """Sets hours. The reader of each method is an admin of this moment.

    Args:
        accounts: where they are stored.
        now: the time, with a time zone.
    """

    def __init__(self, accounts: AccountsStore, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._now = now

    def zone(self, reader: Reader, fields: Mapping[str, str]) -> Message:
        """Sets the time zone, and whether the weekly digest is told."""
        typed = clean(fields.get(forms.ZONE, ""))
        name = exact_zone(typed) if typed else ""
        if typed and not name:
            near = nearest_zone(typed)
            if near:
                raise FieldError(forms.ZONE, "No such time zone. {zone}?", zone=near)
            raise FieldError(forms.ZONE, "No such time zone. Such as Europe/Berlin.")
        company, wanted, at = company_of(self._accounts, reader), fields.get(forms.DIGEST) == "yes", utc(self._now())
        say = reader.say
        lines = []
        if name != company.time_zone:
            change = change_of(reader, What.TIME_ZONE_SET, at=at, before=company.time_zone, after=name)
            self._accounts.set_time_zone(name, change)
            told = "Your time zone is {zone} now." if name else "No time zone is set now."
            lines.append(say(told, zone=code(name)))
        if wanted != company.digest:
            said = {True: "on Mondays", False: "none"}
            change = change_of(reader, What.DIGEST_SET, at=at, before=said[company.digest], after=said[wanted])
            self._accounts.set_digest(change, wanted=wanted)
            lines.append(say("Your weekly digest: {weekly}.", weekly=say(said[wanted])))
        return pages.done(lines[0] if lines else say("Nothing was changed."), reader, *lines[1:], to="hours")

    def reminders(self, reader: Reader, fields: Mapping[str, str]) -> Message:
        """Sets when a customer is reminded."""
        picked = [fields.get(name, "") for name in (forms.ONCE, forms.AGAIN, forms.ESCALATE)]
        if not all(text.isascii() and text.isdigit() for text in picked):
            raise FieldError(forms.ONCE, "Pick when.")
        first, second, escalation = map(int, picked)
        try:
            rules = Reminding(first, second, escalation).check()
        except RulesError as error:
            raise FieldError(forms.ESCALATE, str(error)) from None
        company = company_of(self._accounts, reader)
        before = company.reminding if isinstance(company, Customer) else Reminding()
        if rules == before:
            return pages.done(reader.say("Nothing was changed."), reader)
        what, at = What.REMINDERS_SET, utc(self._now())
        change = change_of(
            reader, what, at=at, before=pages.said(before, say=ENGLISH), after=pages.said(rules, say=ENGLISH)
        )
        self._accounts.set_reminding(rules, change)
        say = reader.say
        told = say("You are reminded of devices that wait: {rules}.", rules=pages.said(rules, say=say))
        return pages.done(told, reader, to="reminders")
