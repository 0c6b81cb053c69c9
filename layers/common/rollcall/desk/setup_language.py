"""What admins set of their language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall.account_changes import What
from rollcall.desk.admins import change_of
from rollcall.desk.sent_forms import FieldError
from rollcall.desk.setup_saving import company_of
from rollcall.languages import NAMES, Language
from rollcall.uploads import utc
from rollcall.views import setup as pages
from rollcall.views import setup_language as forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class LanguageForms:
    """Sets the language. The reader is an admin of this moment.

    Args:
        accounts: where it is stored.
        now: the time, with a time zone.
    """

    def __init__(self, accounts: AccountsStore, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._now = now

    def language(self, reader: Reader, fields: Mapping[str, str]) -> Message:
        """Sets the language."""
        picked = fields.get(forms.WHICH, "")
        if picked not in {language.value for language in Language}:
            raise FieldError(forms.WHICH, "Pick a language.")
        before, after = company_of(self._accounts, reader).language, Language(picked)
        if before is after:
            return pages.done(reader.say("Nothing was changed."), reader)
        change = change_of(reader, What.LANGUAGE_SET, at=utc(self._now()), before=NAMES[before], after=NAMES[after])
        self._accounts.set_language(after, change)
        new = replace(reader, language=after)
        told = new.say("The language of your company is {language} now.", language=NAMES[after])
        return pages.done(told, new, to="language")
