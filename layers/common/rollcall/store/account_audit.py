"""What people changed about accounts: written in the transaction of the change, by somebody who may at that moment."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import Change, What
from rollcall.account_errors import NotAdminError
from rollcall.accounts import Person
from rollcall.store.account_items import ChangeItem, Item, MemberItem
from rollcall.store.account_places import account_pk, member_sk
from rollcall.store.account_profiles import Profiles
from rollcall.store.accounts_table import get

if TYPE_CHECKING:
    from pynamodb.transactions import TransactWrite

ADMIN: Final = "admin"
#: Sort keys of the changes of an account begin with it.
PREFIX: Final = "change#"
#: Sorts behind every change.
_END: Final = "change$"


class Audit(Profiles):
    """Reads and writes what was changed about accounts."""

    def changes_of(
        self, account: str, *, cursor: str = "", backwards: bool = False, limit: int = 10
    ) -> tuple[tuple[Change, ...], str, str]:
        """A page of an account's changes, newest first.

        Args:
            account: account id.
            cursor: of the page before or, backwards, behind; empty for the newest.
            backwards: the page of newer ones.
            limit: changes on a page.

        Returns:
            The changes, the cursor to newer ones and the one to older ones; empty where there are none.
        """
        forward = backwards and bool(cursor)
        bounds = (cursor, _END) if forward else (PREFIX, cursor or _END)
        items = [
            item
            for item in self._table.changes.query(
                account_pk(account),
                ChangeItem.sk.between(*bounds),
                consistent_read=True,
                scan_index_forward=forward,
                limit=limit + 2,
            )
            if item.sk != cursor
        ]
        more, shown = len(items) > limit, items[:limit]
        if forward:
            shown = shown[::-1]
        if not shown:
            return (), "", ""
        newer = shown[0].sk if (more if forward else cursor) else ""
        older = shown[-1].sk if (forward or more) else ""
        return tuple(change_of(item) for item in shown), newer, older

    def _fill_change(self, transaction: TransactWrite, change: Change, *, guarded: bool = True) -> None:
        """Puts a change into the transaction that makes it.

        Args:
            transaction: of the change.
            change: what is changed.
            guarded: who changes it must be an admin of the account at this moment; not for those who join, and not
                where the transaction itself has a condition on their membership, since it may name an item only once.
        """
        if guarded:
            pk, sk = account_pk(change.account), member_sk(change.by)
            transaction.condition_check(self._table.members, pk, sk, MemberItem.role == ADMIN)
        item = self._change_item(change)
        transaction.save(item, Item.pk.does_not_exist())

    def _change_item(self, change: Change) -> ChangeItem:
        return self._table.changes(
            account_pk(change.account),
            # The digits keep the changes of one second in their order.
            f"{PREFIX}{change.at}#{time.time_ns():020}#{secrets.token_hex(4)}",
            account=change.account,
            by=change.by.key,
            at=change.at,
            what=change.what.value,
            about=change.about,
            before=change.before,
            after=change.after,
            by_name=change.by_name,
            operator=change.operator,
        )

    def _must_be_admin(self, change: Change) -> None:
        """Raises `NotAdminError` if who changes something is no admin of the account."""
        item = get(self._table.members, account_pk(change.account), member_sk(change.by))
        if item is None or item.role != ADMIN:
            raise NotAdminError(change.account, change.by)


def change_of(item: ChangeItem) -> Change:
    """A line of the audit as it is stored."""
    team, _, user = item.by.partition("#")
    return Change(
        account=item.account,
        by=Person(team, user),
        at=item.at,
        what=What(item.what),
        about=item.about,
        before=item.before,
        after=item.after,
        by_name=item.by_name,
        operator=item.operator,
    )
