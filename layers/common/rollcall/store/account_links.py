"""Who may upload to whom, as it is stored: links of a reseller's own, and those through an MSP id."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rollcall.account_errors import AccountUnknownError, BusyError, LinkUnknownError, RegistrationChangedError
from rollcall.accounts import Link, Registration
from rollcall.store.account_items import Item, LinkItem, ProfileItem
from rollcall.store.account_places import CUSTOMER, PROFILE, account_pk, link_sk, msp_pk, reseller_sk
from rollcall.store.account_profiles import Outcome, Profiles
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError, get, under

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.transactions import TransactWrite

    from rollcall.accounts import Customer, Reseller


class Links(Profiles):
    """Reads and writes links."""

    def link(self, reseller_id: str, customer_id: str) -> Link | None:
        """The link between two accounts; None if the reseller may not upload there.

        Args:
            reseller_id: account id.
            customer_id: account id or MSP id (P11).
        """
        reseller, customer = self.reseller(reseller_id), self.resolve_customer(customer_id)
        if reseller is None or customer is None:
            return None
        return _link(reseller, customer, self._item(reseller.id, customer.id))

    def links_of(self, reseller_id: str) -> dict[str, Link]:
        """Everything a reseller may upload to: each link under the customer's id, and under its MSP id if it has one.

        Take `Link.customer` where each customer counts once.
        """
        reseller = self.reseller(reseller_id)
        if reseller is None:
            return {}
        own = under(self._table.pointers, account_pk(reseller_id), link_sk(""))
        msps = self._table.pointers.batch_get(
            {(msp_pk(msp), CUSTOMER) for msp in reseller.msp_ids}, consistent_read=True
        )
        ids = {pointer.target for pointer in (*own, *msps) if pointer.target}
        keys = {(account_pk(customer), link_sk(reseller_id)) for customer in ids}
        items = {item.customer: item for item in self._table.links.batch_get(keys, consistent_read=True)}
        links = {}
        for customer in sorted(self.customers(ids).values(), key=lambda customer: customer.id):
            link = _link(reseller, customer, items.get(customer.id))
            if link:
                links[customer.id] = link
                if customer.msp_id:
                    links[customer.msp_id] = link
        return links

    def links_to(self, customer_id: str) -> dict[str, Link]:
        """Every reseller that may upload to a customer, those that it blocked included, by the reseller's id."""
        customer = self.customer(customer_id)
        if customer is None:
            return {}
        items = {item.reseller: item for item in under(self._table.links, account_pk(customer_id), link_sk(""))}
        carriers = under(self._table.pointers, msp_pk(customer.msp_id), reseller_sk("")) if customer.msp_id else []
        resellers = self.resellers({*items, *(pointer.target for pointer in carriers if pointer.target)})
        found = {id_: _link(reseller, customer, items.get(id_)) for id_, reseller in sorted(resellers.items())}
        return {id_: link for id_, link in found.items() if link}

    def put_link(self, link: Link) -> Outcome:
        """Adds a reseller's own link, or changes the reference of the one there is.

        The registration is that of a new link. On a link that exists it counts only if it is another than what was
        put last, so that putting the same accounts file again does not take back what the customer decided since;
        and a block is only ever taken back by the customer.

        Raises:
            AccountUnknownError: one of the two accounts does not exist.
            BusyError: others kept changing the link.
        """
        for _ in range(ATTEMPTS):
            old = self._item(link.reseller, link.customer)
            item = self._table.links(
                account_pk(link.customer),
                link_sk(link.reseller),
                reseller=link.reseller,
                customer=link.customer,
                internal_reference=link.internal_reference,
                registered=_registered(link, old),
                own=True,
                declared=link.registered.value,
            )
            if old and old.serialize() == item.serialize():
                return Outcome.UNCHANGED
            try:
                self._table.transact(partial(self._fill_put_link, item=item, old=old))
            except ConditionFailedError:
                for account in (link.reseller, link.customer):
                    if get(self._table.profiles, account_pk(account), PROFILE) is None:
                        raise AccountUnknownError(account) from None
            else:
                return Outcome.CHANGED if old and old.own else Outcome.ADDED
        raise BusyError(link.customer)

    def remove_link(self, reseller_id: str, customer_id: str) -> bool:
        """Takes a reseller's own link away; False if there was none. A block stays, for the MSP id and for later."""
        for _ in range(ATTEMPTS):
            old = self._item(reseller_id, customer_id)
            if old is None or not old.own:
                return False
            try:
                self._table.transact(partial(self._fill_remove_link, old=old))
            except ConditionFailedError:
                continue
            return True
        raise BusyError(customer_id)

    def set_registration(
        self, customer_id: str, reseller_id: str, state: Registration, *, expected: Registration | None = None
    ) -> Link:
        """Stores what a customer decided about a reseller (P24).

        Args:
            customer_id: account id.
            reseller_id: account id.
            state: the decision.
            expected: what the person saw when deciding; None if it does not matter.

        Raises:
            LinkUnknownError: the reseller does not reach the customer.
            RegistrationChangedError: it is no longer as expected.
            BusyError: others kept deciding.
        """
        for _ in range(ATTEMPTS):
            reseller, customer = self.reseller(reseller_id), self.customer(customer_id)
            item = self._item(reseller_id, customer_id)
            link = _link(reseller, customer, item) if reseller and customer else None
            if link is None or customer is None:
                raise LinkUnknownError(reseller_id, customer_id)
            if expected is not None and link.registered is not expected:
                raise RegistrationChangedError(link.registered)
            if link.registered is state:
                return link
            try:
                self._table.transact(
                    partial(self._fill_register, link=link, old=item, msp_id=customer.msp_id, state=state)
                )
            except ConditionFailedError:
                continue
            return replace(link, registered=state)
        raise BusyError(customer_id)

    def _item(self, reseller: str, customer: str) -> LinkItem | None:
        return get(self._table.links, account_pk(customer), link_sk(reseller))

    def _fill_put_link(self, transaction: TransactWrite, item: LinkItem, old: LinkItem | None) -> None:
        transaction.save(item, as_read(old))
        pointer = self._table.pointers(account_pk(item.reseller), link_sk(item.customer), target=item.customer)
        transaction.save(pointer)
        for account in (item.reseller, item.customer):
            transaction.condition_check(self._table.profiles, account_pk(account), PROFILE, Item.pk.exists())

    def _fill_remove_link(self, transaction: TransactWrite, old: LinkItem) -> None:
        transaction.delete(self._table.pointers(account_pk(old.reseller), link_sk(old.customer)))
        if old.registered == Registration.BLOCKED:
            actions: list[Action] = [
                LinkItem.own.set(False),
                LinkItem.internal_reference.set(""),
                LinkItem.declared.remove(),
            ]
            transaction.update(old, actions, as_read(old))
        else:
            transaction.delete(old, as_read(old))

    def _fill_register(
        self, transaction: TransactWrite, link: Link, old: LinkItem | None, msp_id: str | None, state: Registration
    ) -> None:
        item = self._table.links(account_pk(link.customer), link_sk(link.reseller))
        actions: list[Action] = [
            LinkItem.reseller.set(link.reseller),
            LinkItem.customer.set(link.customer),
            LinkItem.registered.set(state.value),
            LinkItem.own.set(not link.via_msp),
        ]
        transaction.update(item, actions, as_read(old))
        if link.via_msp:
            carries = ProfileItem.msp_ids.contains(str(msp_id))
            transaction.condition_check(self._table.profiles, account_pk(link.reseller), PROFILE, carries)


def as_read(old: LinkItem | None) -> Condition:
    """The condition that a link is still what it was when read."""
    if old is None:
        return LinkItem.registered.does_not_exist()
    unchanged: Condition = (LinkItem.registered == old.registered) & (LinkItem.own == old.own)
    return unchanged


def _registered(link: Link, old: LinkItem | None) -> str:
    """The registration of a link that is put over a stored one; `Links.put_link` says why."""
    if old and (old.registered == Registration.BLOCKED or old.declared in (None, link.registered.value)):
        return old.registered
    return link.registered.value


def _link(reseller: Reseller, customer: Customer, item: LinkItem | None) -> Link | None:
    """What two accounts and the item between them add up to: a link of its own first, then the MSP id."""
    own = item is not None and item.own
    if not own and (customer.msp_id is None or customer.msp_id not in reseller.msp_ids):
        return None
    return Link(
        reseller=reseller.id,
        customer=customer.id,
        internal_reference=item.internal_reference if item else "",
        registered=Registration(item.registered) if item else Registration.UNREGISTERED,
        via_msp=not own,
    )
