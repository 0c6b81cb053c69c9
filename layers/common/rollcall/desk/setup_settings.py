"""What admins set for their account: channel, sold-to codes, references, rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import What
from rollcall.account_errors import THE_CODE, THIS_CUSTOMER, ChangedMeanwhileError
from rollcall.accounts import NotifyTarget, SoldToCode
from rollcall.desk.admins import change_of
from rollcall.desk.sent_forms import FieldError
from rollcall.desk.setup import duration
from rollcall.desk.setup_saving import Acted, Saved, company_of, update
from rollcall.uploads import utc
from rollcall.views import setup as pages
from rollcall.views import setup_forms as forms
from rollcall.views.text import bold, clean, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from rollcall.account_changes import Change
    from rollcall.desk.people import Visitor
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    Value = Mapping[str, object]

_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{1,30}")
#: Most sold-to codes of a reseller: as many as a menu of an upload form shows.
_MOST_CODES: Final = 100


class SettingsForms:
    """Sets things. The reader of each method is an admin of this moment.

    All of them raise `AccountsError` with a text for the admin where the store says no.

    Args:
        accounts: where they are stored.
        usual: how long decisions can be undone where a customer has set nothing.
        now: the time, with a time zone.
    """

    def __init__(self, accounts: AccountsStore, usual: timedelta, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._usual = usual
        self._now = now

    def channel(self, reader: Reader, fields: Mapping[str, str], visitor: Visitor) -> Saved:
        """Names the channel, and has it tried."""
        picked = fields.get(forms.PLACE, "")
        if picked and not _CHANNEL.fullmatch(picked):
            raise FieldError(forms.PLACE, "Pick a channel, not a direct message.")
        before = company_of(self._accounts, reader).notify
        target = NotifyTarget(visitor.team, picked) if picked else None
        what = What.CHANNEL_SET if target else What.CHANNEL_REMOVED
        if target or before:
            change = self._change(reader, what, before=_place(before), after=_place(target))
            self._accounts.set_notify(target, change)
        left = before if before != target else None
        if target is None:
            text = "There is no channel now: your admins are told in person."
            return Saved(update(pages.done(reader.say(text), reader)), left=left, reader=reader)
        tried = (
            "A test message is on its way there. If Slack does not take it, you hear why, and what to do, in your "
            "messages with me."
        )
        text = reader.say(
            "{channel} is the channel of {company} now.",
            channel=f"<#{target.channel}>",
            company=bold(plain(reader.acting.company)),
        )
        return Saved(update(pages.done(text, reader, reader.say(tried))), channel=target, left=left, reader=reader)

    def code(self, reader: Reader, fields: Mapping[str, str]) -> Message:
        """Adds a sold-to code."""
        alias, number = clean(fields.get(forms.ALIAS, "")), clean(fields.get(forms.NUMBER, ""))
        if not alias:
            raise FieldError(forms.ALIAS, "An alias is needed: it is what people pick.")
        if not number:
            raise FieldError(forms.NUMBER, "The code is needed.")
        seen = self._codes(reader)
        if any(one.alias.casefold() == alias.casefold() for one in seen):
            raise FieldError(forms.ALIAS, "There is a code of this alias. Remove it first, or take another alias.")
        if len(seen) >= _MOST_CODES:
            raise FieldError(forms.ALIAS, "There are {most} codes, which is as many as a menu shows.", most=_MOST_CODES)
        change = self._change(reader, What.CODE_ADDED, about=alias, after=number)
        self._accounts.set_codes([*seen, SoldToCode(alias, number)], seen=seen, change=change)
        return pages.done(
            reader.say("The code {code} is called {alias} now.", code=code(number), alias=bold(plain(alias))),
            reader,
            to="codes",
        )

    def code_removed(self, reader: Reader, value: Value) -> Acted:
        """Removes a sold-to code."""
        seen, alias = self._codes(reader), str(value.get("alias", ""))
        gone = next((one for one in seen if one.alias == alias), None)
        if gone is None:
            raise ChangedMeanwhileError(alias, THE_CODE)
        change = self._change(reader, What.CODE_REMOVED, about=alias, before=gone.code)
        self._accounts.set_codes([one for one in seen if one != gone], seen=seen, change=change)
        return Acted(
            pages.done(reader.say("The code {alias} is removed.", alias=bold(plain(alias))), reader, to="codes")
        )

    def reference(self, reader: Reader, fields: Mapping[str, str], value: Value) -> Message:
        """Says what a reseller calls a customer."""
        link = self._accounts.link(reader.acting.account, str(value.get("c", "")))
        if link is None:
            raise ChangedMeanwhileError(what=THIS_CUSTOMER)
        text = clean(fields.get(forms.TEXT, ""))
        name = reader.names.get(link.customer) or link.customer
        change = self._change(reader, What.REFERENCE_SET, about=name, before=link.internal_reference, after=text)
        self._accounts.set_reference(link, text, change)
        told = (
            "Your reference of {customer} is {reference} now." if text else "Your reference of {customer} is empty now."
        )
        said = reader.say(told, customer=bold(plain(name)), reference=code(text))
        return pages.done(said, reader, to="references")

    def rules(self, reader: Reader, fields: Mapping[str, str]) -> Message:
        """Sets how long decisions can be undone, and whether accepted devices must be released."""
        customer = self._accounts.customer(reader.acting.account)
        picked = fields.get(forms.UNDO, "")
        if customer is None or picked not in {"0", *map(str, forms.WINDOWS)}:
            raise FieldError(forms.UNDO, "Pick how long.")
        seconds, needed = int(picked) or None, fields.get(forms.RELEASE) == "yes"
        say = reader.say
        lines = []
        if seconds != customer.undo_seconds:
            before, after = self._window(customer.undo_seconds), self._window(seconds)
            self._accounts.set_undo_seconds(
                seconds, self._change(reader, What.UNDO_WINDOW_SET, before=before, after=after)
            )
            shown = self._window(seconds, say)
            lines.append(say("A decision can be taken back for {window} from now on.", window=shown))
        if needed != customer.release_verified:
            said = {True: "needed", False: "not needed"}
            change = self._change(reader, What.RELEASE_SET, before=said[customer.release_verified], after=said[needed])
            self._accounts.set_release_verified(change, needed=needed)
            told = "Your release of accepted devices before a reseller deletes them is not needed now."
            if needed:
                told = "Your release of accepted devices before a reseller deletes them is needed now."
            lines.append(say(told))
        return pages.done(lines[0] if lines else say("Nothing was changed."), reader, *lines[1:])

    def _window(self, seconds: int | None, say: Wording = ENGLISH) -> str:
        return duration(seconds or int(self._usual.total_seconds()), say)

    def _change(self, reader: Reader, what: What, **more: str) -> Change:
        return change_of(reader, what, at=utc(self._now()), **more)

    def _codes(self, reader: Reader) -> tuple[SoldToCode, ...]:
        reseller = self._accounts.reseller(reader.acting.account)
        return reseller.sold_to_codes if reseller else ()


def _place(target: NotifyTarget | None) -> str:
    return f"{target.channel} of {target.team}" if target else ""
