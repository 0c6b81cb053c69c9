"""Companies as they are stored, and the way from an MSP id to its customer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from rollcall.account_errors import BusyError, TakenError
from rollcall.accounts import CUSTOMER_ID, MSP_ID, RESELLER_ID, Customer, NotifyTarget, Reseller, SoldToCode
from rollcall.languages import language_of
from rollcall.reminder_books import rules_from_json
from rollcall.store.account_items import Item, ProfileItem
from rollcall.store.account_places import COMPANIES, CUSTOMER, PROFILE, account_pk, msp_pk, reseller_sk
from rollcall.store.accounts_table import ATTEMPTS, AccountsTable, ConditionFailedError, get

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.transactions import TransactWrite


class Outcome(StrEnum):
    """What a put did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Profiles:
    """Reads and writes companies.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._table = AccountsTable(table, region=region, host=host)

    def reseller(self, reseller_id: str) -> Reseller | None:
        """The reseller with exactly this id."""
        if not RESELLER_ID.fullmatch(reseller_id):
            return None
        item = get(self._table.profiles, account_pk(reseller_id), PROFILE)
        return _reseller(item) if item else None

    def customer(self, customer_id: str) -> Customer | None:
        """The customer with exactly this id; MSP ids are for `resolve_customer`."""
        if not CUSTOMER_ID.fullmatch(customer_id):
            return None
        item = get(self._table.profiles, account_pk(customer_id), PROFILE)
        return _customer(item) if item else None

    def resolve_customer(self, text: str) -> Customer | None:
        """The customer that a customer id or MSP id stands for (P11). It says nothing about who may upload to it."""
        if not MSP_ID.fullmatch(text):
            return self.customer(text)
        pointer = get(self._table.pointers, msp_pk(text), CUSTOMER)
        return self.customer(pointer.target) if pointer and pointer.target else None

    def resellers(self, ids: Iterable[str]) -> dict[str, Reseller]:
        """Those of the resellers that exist, by id."""
        return {item.account: _reseller(item) for item in self._profiles(ids) if RESELLER_ID.fullmatch(item.account)}

    def customers(self, ids: Iterable[str]) -> dict[str, Customer]:
        """Those of the customers that exist, by id."""
        return {item.account: _customer(item) for item in self._profiles(ids) if CUSTOMER_ID.fullmatch(item.account)}

    def put_reseller(self, reseller: Reseller) -> Outcome:
        """Adds a reseller, or makes the stored one like this.

        Raises:
            BusyError: others kept changing it.
        """
        now = set(reseller.msp_ids)
        for _ in range(ATTEMPTS):
            old = self.reseller(reseller.id)
            if old and _like(old, reseller):
                return Outcome.UNCHANGED
            before = set(old.msp_ids) if old else set()
            actions = [
                *_common(reseller),
                ProfileItem.msp_ids.set(now) if now else ProfileItem.msp_ids.remove(),
                ProfileItem.sold_to_codes.set([[code.alias, code.code] for code in reseller.sold_to_codes]),
            ]
            as_read = ProfileItem.msp_ids == before if before else ProfileItem.msp_ids.does_not_exist()
            sk = reseller_sk(reseller.id)
            if self._put(reseller.id, actions, as_read, _step(before, now, sk)):
                return Outcome.CHANGED if old else Outcome.ADDED
        raise BusyError(reseller.id)

    def put_customer(self, customer: Customer) -> Outcome:
        """Adds a customer, or makes the stored one like this. Its own settings, such as the undo window, stay.

        Raises:
            TakenError: its MSP id is another customer's.
            BusyError: others kept changing it.
        """
        msp_id = customer.msp_id
        now = {msp_id} if msp_id else set()
        for _ in range(ATTEMPTS):
            old = self.customer(customer.id)
            if old and (old.name, old.msp_id, old.notify) == (customer.name, msp_id, customer.notify):
                return Outcome.UNCHANGED
            before = old.msp_id if old else None
            actions = [*_common(customer), ProfileItem.msp_id.set(msp_id) if msp_id else ProfileItem.msp_id.remove()]
            as_read = ProfileItem.msp_id == before if before else ProfileItem.msp_id.does_not_exist()
            if self._put(customer.id, actions, as_read, _step({before} if before else set(), now, CUSTOMER)):
                return Outcome.CHANGED if old else Outcome.ADDED
            holder = get(self._table.pointers, msp_pk(msp_id), CUSTOMER) if msp_id else None
            if holder and holder.target != customer.id:
                raise TakenError(str(msp_id))
        raise BusyError(customer.id)

    def _put(self, account: str, actions: list[Action], as_read: Condition, step: list[tuple[str, str, bool]]) -> bool:
        """Writes a profile and its MSP pointers, unless what was read has changed."""
        mine = Item.target.does_not_exist() | (Item.target == account)

        def fill(transaction: TransactWrite) -> None:
            transaction.update(self._table.profiles(account_pk(account), PROFILE), actions, as_read)
            transaction.update(self._table.pointers(COMPANIES, account), [Item.target.set(account)])
            for pk, sk, add in step:
                pointer = self._table.pointers(pk, sk, target=account)
                if add:
                    transaction.save(pointer, mine)
                else:
                    transaction.delete(pointer, mine)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            return False
        return True

    def _profiles(self, ids: Iterable[str]) -> Iterator[ProfileItem]:
        keys = {(account_pk(account), PROFILE) for account in ids}
        return self._table.profiles.batch_get(keys, consistent_read=True)


def _step(before: set[str], now: set[str], sk: str) -> list[tuple[str, str, bool]]:
    """The MSP pointers that must go or come: partition, sort key, whether it comes."""
    return [(msp_pk(msp_id), sk, msp_id in now) for msp_id in sorted(before ^ now)]


def _common(account: Reseller | Customer) -> list[Action]:
    notify = account.notify
    return [
        ProfileItem.account.set(account.id),
        ProfileItem.name.set(account.name),
        ProfileItem.notify.set([notify.team, notify.channel]) if notify else ProfileItem.notify.remove(),
    ]


def _like(old: Reseller, new: Reseller) -> bool:
    """Equal, where the order of MSP ids says nothing."""
    return (old.name, old.sold_to_codes, old.notify, set(old.msp_ids)) == (
        new.name,
        new.sold_to_codes,
        new.notify,
        set(new.msp_ids),
    )


def _notify(item: ProfileItem) -> NotifyTarget | None:
    return NotifyTarget(*item.notify) if item.notify else None


def _reseller(item: ProfileItem) -> Reseller:
    return Reseller(
        id=item.account,
        name=item.name,
        msp_ids=tuple(sorted(item.msp_ids or ())),
        sold_to_codes=tuple(SoldToCode(alias, code) for alias, code in item.sold_to_codes or ()),
        notify=_notify(item),
        time_zone=item.time_zone or "",
        digest=item.digest is not False,
        language=language_of(item.language),
    )


def _customer(item: ProfileItem) -> Customer:
    return Customer(
        id=item.account,
        name=item.name,
        msp_id=item.msp_id,
        notify=_notify(item),
        undo_seconds=int(item.undo_seconds) if item.undo_seconds else None,
        release_verified=item.release_verified is not False,
        time_zone=item.time_zone or "",
        digest=item.digest is not False,
        language=language_of(item.language),
        reminding=rules_from_json(item.reminders),
    )
