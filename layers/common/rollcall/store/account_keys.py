"""Keys of the HTTP API as they are stored: digests only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rollcall.account_errors import (
    THE_KEY,
    THE_NAME,
    THIS_KEY,
    AccountUnknownError,
    BusyError,
    ChangedMeanwhileError,
    TakenError,
)
from rollcall.accounts import ApiKey, key_digest, role_of
from rollcall.store.account_audit import Audit
from rollcall.store.account_items import Item, KeyItem
from rollcall.store.account_places import KEY, PROFILE, account_pk, key_pk, key_sk
from rollcall.store.account_profiles import Outcome
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError, get, under

if TYPE_CHECKING:
    from pynamodb.transactions import TransactWrite

    from rollcall.account_changes import Change


class Keys(Audit):
    """Reads and writes API keys."""

    def key(self, plaintext: str) -> ApiKey | None:
        """What a key that was sent to us stands for; None if it is not one of ours, or no longer."""
        return self._key(key_digest(plaintext))

    def keys_of(self, account: str) -> tuple[ApiKey, ...]:
        """An account's keys, by name."""
        pointers = under(self._table.pointers, account_pk(account), key_sk(""))
        items = self._table.keys.batch_get(
            {(key_pk(str(pointer.target)), KEY) for pointer in pointers}, consistent_read=True
        )
        return tuple(sorted((_key(item) for item in items), key=lambda key: key.name))

    def put_key(self, key: ApiKey) -> Outcome:
        """Adds a key, or puts it in the place of the account's key of the same name.

        Raises:
            AccountUnknownError: there is no such account.
            TakenError: the same key exists already, under another name or in another account.
            BusyError: others kept changing it.
        """
        for _ in range(ATTEMPTS):
            pointer = get(self._table.pointers, account_pk(key.account), key_sk(key.name))
            old = pointer.target if pointer else None
            if old == key.sha256 and self._key(key.sha256) == key:
                return Outcome.UNCHANGED
            try:
                self._table.transact(partial(self._fill_put_key, key=key, old=old))
            except ConditionFailedError:
                if get(self._table.profiles, account_pk(key.account), PROFILE) is None:
                    raise AccountUnknownError(key.account) from None
                there = self._key(key.sha256)
                if there and (there.account, there.name) != (key.account, key.name):
                    raise TakenError(what=THIS_KEY) from None
            else:
                return Outcome.CHANGED if old else Outcome.ADDED
        raise BusyError(key.name, THE_KEY)

    def add_key(self, key: ApiKey, change: Change) -> None:
        """Adds a key that an admin made; never in the place of another.

        Raises:
            TakenError: the account has a key of this name.
            NotAdminError: who makes it is no admin.
            BusyError: nothing was done, and trying again may help.
        """

        def fill(transaction: TransactWrite) -> None:
            item = self._table.keys(key_pk(key.sha256), KEY, account=key.account, name=key.name, role=key.role.value)
            transaction.save(item, Item.pk.does_not_exist())
            pointer = self._table.pointers(account_pk(key.account), key_sk(key.name), target=key.sha256)
            transaction.save(pointer, Item.target.does_not_exist())
            self._fill_change(transaction, change)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            self._must_be_admin(change)
            if get(self._table.pointers, account_pk(key.account), key_sk(key.name)):
                raise TakenError(key.name, THE_NAME) from None
            raise BusyError(key.name, THE_KEY) from None

    def revoke_key(self, account: str, name: str, *, seen: str, change: Change) -> None:
        """Makes a key void at once.

        Args:
            account: account id.
            name: of the key.
            seen: its digest; another key of the same name, made since, stays.
            change: who does it.

        Raises:
            ChangedMeanwhileError: it is void already.
            NotAdminError: who does it is no admin.
            BusyError: nothing was done, and trying again may help.
        """
        pointer = get(self._table.pointers, account_pk(account), key_sk(name))
        if pointer is None or pointer.target != seen:
            self._must_be_admin(change)
            raise ChangedMeanwhileError(name, THE_KEY)

        def fill(transaction: TransactWrite) -> None:
            self._fill_remove_key(transaction, pointer)
            self._fill_change(transaction, change)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            self._must_be_admin(change)
            raise BusyError(name, THE_KEY) from None

    def remove_key(self, account: str, name: str) -> bool:
        """Makes a key void at once; False if there is none of that name."""
        for _ in range(ATTEMPTS):
            pointer = get(self._table.pointers, account_pk(account), key_sk(name))
            if pointer is None:
                return False
            try:
                self._table.transact(partial(self._fill_remove_key, pointer=pointer))
            except ConditionFailedError:
                continue
            return True
        raise BusyError(name, THE_KEY)

    def _key(self, digest: str) -> ApiKey | None:
        item = get(self._table.keys, key_pk(digest), KEY)
        return _key(item) if item else None

    def _fill_put_key(self, transaction: TransactWrite, key: ApiKey, old: str | None) -> None:
        item = self._table.keys(key_pk(key.sha256), KEY, account=key.account, name=key.name, role=key.role.value)
        mine = (KeyItem.account == key.account) & (KeyItem.name == key.name)
        transaction.save(item, Item.pk.does_not_exist() | mine)
        pointer = self._table.pointers(account_pk(key.account), key_sk(key.name), target=key.sha256)
        transaction.save(pointer, Item.target == old if old else Item.target.does_not_exist())
        if old and old != key.sha256:
            transaction.delete(self._table.pointers(key_pk(old), KEY))
        transaction.condition_check(self._table.profiles, account_pk(key.account), PROFILE, Item.pk.exists())

    def _fill_remove_key(self, transaction: TransactWrite, pointer: Item) -> None:
        transaction.delete(pointer, Item.target == pointer.target)
        transaction.delete(self._table.pointers(key_pk(str(pointer.target)), KEY))


def _key(item: KeyItem) -> ApiKey:
    digest = item.pk.partition("#")[2]
    return ApiKey(account=item.account, name=item.name, sha256=digest, role=role_of(item.account, item.role))
