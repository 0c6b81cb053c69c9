"""What admins do about the people of their account, each time as admins of that very moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rollcall.account_errors import BusyError, ChangedMeanwhileError, NotAdminError
from rollcall.store.account_audit import ADMIN, Audit
from rollcall.store.account_members import Members
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError

if TYPE_CHECKING:
    from pynamodb.transactions import TransactWrite

    from rollcall.account_changes import Change
    from rollcall.accounts import Member


class People(Members, Audit):
    """Changes members."""

    def change_member(self, new: Member, *, seen: Member, change: Change) -> None:
        """Gives a member another role, name or email.

        Args:
            new: the member as they shall be.
            seen: as they were when the admin decided; another role since then is not overwritten.
            change: who does it.

        Raises:
            ChangedMeanwhileError: they are not in the account any more, or have another role than was seen.
            NotAdminError: who does it is no admin.
            LastAdminError: the account would be left without an admin.
            BusyError: others kept changing the account.
        """
        self._replace(new, seen, change)

    def expel(self, seen: Member, change: Change) -> None:
        """Takes a member out of the account.

        Args:
            seen: the member as they were when the admin decided.
            change: who does it.

        Raises:
            ChangedMeanwhileError: they are not in the account any more, or have another role than was seen.
            NotAdminError: who does it is no admin.
            LastAdminError: the account would be left without an admin.
            BusyError: others kept changing the account.
        """
        self._replace(None, seen, change)

    def _replace(self, new: Member | None, seen: Member, change: Change) -> None:
        account, person = seen.account, seen.person
        for _ in range(ATTEMPTS):
            old = self.member(account, person)
            if change.by == person and (old is None or old.role != ADMIN):
                raise NotAdminError(account, person)
            if old is None or old.role != seen.role:
                self._must_be_admin(change)
                raise ChangedMeanwhileError(seen.name)
            try:
                self._table.transact(partial(self._fill_replace, new=new, old=old, change=change))
            except ConditionFailedError:
                self._must_be_admin(change)
                self._explain(account, person, leaves_admin=new is None or new.role != ADMIN)
            else:
                return
        raise BusyError(account)

    def _fill_replace(self, transaction: TransactWrite, new: Member | None, old: Member, change: Change) -> None:
        if new is None:
            self._fill_remove_member(transaction, old)
        else:
            self._fill_put_member(transaction, new, old)
        self._fill_change(transaction, change, guarded=change.by != old.person)
