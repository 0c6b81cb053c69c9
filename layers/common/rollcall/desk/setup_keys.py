"""Making and revoking keys of the HTTP API."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import What
from rollcall.account_errors import THE_KEY, ChangedMeanwhileError, TakenError
from rollcall.accounts import ApiKey, key_digest, role_of
from rollcall.desk.admins import change_of
from rollcall.desk.sent_forms import FieldError
from rollcall.desk.setup_saving import Acted, Saved
from rollcall.permissions import roles_within
from rollcall.uploads import utc
from rollcall.views import setup as pages
from rollcall.views import setup_keys as views
from rollcall.views.text import bold, code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rollcall.store.accounts import AccountsStore
    from rollcall.views.reader import Reader

    Value = Mapping[str, object]

#: What a key begins with, so that whoever finds one in a file knows what it opens.
PREFIX: Final = "rollcall_"
#: Random bytes of a key.
BYTES: Final = 32
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: Most keys of an account.
_MOST: Final = 50


class KeyForms:
    """Makes and revokes keys. The reader of each method is an admin of this moment.

    Both raise `AccountsError` with a text for the admin where the store says no.

    Args:
        accounts: where keys are stored, as digests.
        now: the time, with a time zone.
    """

    def __init__(self, accounts: AccountsStore, now: Callable[[], datetime]) -> None:
        self._accounts = accounts
        self._now = now

    def made(self, reader: Reader, fields: Mapping[str, str]) -> Saved:
        """Makes a key; it is in the answer, and nowhere else."""
        name, picked = fields.get(views.NAME, "").strip(), fields.get(views.ROLE, "")
        if not _NAME.fullmatch(name):
            raise FieldError(views.NAME, "A name has 1 to 64 letters, digits, dots, dashes and underscores.")
        if picked not in {role.value for role in roles_within(reader.acting.member.role)}:
            raise FieldError(views.ROLE, "Pick a role.")
        account = reader.acting.account
        if len(self._accounts.keys_of(account)) >= _MOST:
            raise FieldError(views.NAME, "There are {most} keys already. Revoke one first.", most=_MOST)
        secret = PREFIX + secrets.token_urlsafe(BYTES)
        key = ApiKey(account, name, key_digest(secret), role_of(account, picked))
        change = change_of(reader, What.KEY_MADE, at=utc(self._now()), about=name, after=picked)
        try:
            self._accounts.add_key(key, change)
        except TakenError:
            raise FieldError(views.NAME, "There is a key of this name. Revoke it first, or take another.") from None
        return Saved({"response_action": "update", "view": views.made(key, secret, reader)})

    def revoked(self, reader: Reader, value: Value) -> Acted:
        """Makes a key void."""
        name, mark = str(value.get("n", "")), str(value.get("d", ""))
        found = next((key for key in self._accounts.keys_of(reader.acting.account) if key.name == name), None)
        if found is None or views.mark(found) != mark:
            raise ChangedMeanwhileError(name, THE_KEY)
        change = change_of(reader, What.KEY_REVOKED, at=utc(self._now()), about=name, before=found.role.value)
        self._accounts.revoke_key(reader.acting.account, name, seen=found.sha256, change=change)
        told = reader.say("The key {name} is void: whatever uses it is refused now.", name=bold(code(name)))
        return Acted(pages.done(told, reader))
