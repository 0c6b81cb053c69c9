"""What admins set for their account: channel, sold-to codes, references, undo window, release."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rollcall.account_errors import (
    THE_LIST,
    AccountUnknownError,
    BusyError,
    ChangedMeanwhileError,
    LinkUnknownError,
    NotAdminError,
)
from rollcall.accounts import Registration
from rollcall.reminder_books import rules_to_json
from rollcall.store.account_audit import Audit
from rollcall.store.account_items import Item, LinkItem, ProfileItem
from rollcall.store.account_links import Links, as_read
from rollcall.store.account_places import PROFILE, account_pk, link_sk
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError, get

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.transactions import TransactWrite

    from rollcall.account_changes import Change
    from rollcall.accounts import Link, NotifyTarget, SoldToCode
    from rollcall.languages import Language
    from rollcall.reminders import Reminding


class AccountSettings(Links, Audit):
    """Writes settings. Each takes the change as the audit keeps it, whose maker must be an admin at that moment.

    All of them raise `NotAdminError` if who changes something is no admin, and `AccountUnknownError` if there is no
    such account.
    """

    def set_notify(self, target: NotifyTarget | None, change: Change) -> None:
        """Names the channel in which the account is told things; None for none."""
        action = ProfileItem.notify.set([target.team, target.channel]) if target else ProfileItem.notify.remove()
        self._set(action, change)

    def set_undo_seconds(self, seconds: int | None, change: Change) -> None:
        """Says how long a customer's decision on a few devices can be undone; None: as the deployment has it."""
        field = ProfileItem.undo_seconds
        self._set(field.set(seconds) if seconds else field.remove(), change)

    def set_release_verified(self, change: Change, *, needed: bool) -> None:
        """Says whether VERIFIED devices are deleted only once the customer has released them (P15)."""
        self._set(ProfileItem.release_verified.set(needed), change)

    def set_time_zone(self, name: str, change: Change) -> None:
        """Says in which time zone the account's people work; an IANA name, empty for none."""
        field = ProfileItem.time_zone
        self._set(field.set(name) if name else field.remove(), change)

    def set_language(self, language: Language, change: Change) -> None:
        """Says in which language the account's people are told things."""
        self._set(ProfileItem.language.set(language.value), change)

    def set_digest(self, change: Change, *, wanted: bool) -> None:
        """Says whether the account is told of the quality of uploads once a week."""
        self._set(ProfileItem.digest.set(wanted), change)

    def set_reminding(self, rules: Reminding, change: Change) -> None:
        """Says when a customer is reminded of what waits for its decision."""
        self._set(ProfileItem.reminders.set(rules_to_json(rules)), change)

    def set_codes(self, codes: Sequence[SoldToCode], *, seen: Sequence[SoldToCode], change: Change) -> None:
        """Writes a reseller's list of sold-to codes.

        Args:
            codes: the whole list.
            seen: the list that was changed.
            change: who does it.

        Raises:
            ChangedMeanwhileError: the list is another one by now.
        """
        before = [[code.alias, code.code] for code in seen]
        unchanged: Condition = ProfileItem.sold_to_codes == before
        if not before:
            unchanged = unchanged | ProfileItem.sold_to_codes.does_not_exist()
        self._set(ProfileItem.sold_to_codes.set([[code.alias, code.code] for code in codes]), change, unchanged)

    def set_reference(self, link: Link, reference: str, change: Change) -> None:
        """Says what a reseller calls a customer.

        Args:
            link: as the reseller saw it.
            reference: the new one; may be empty.
            change: who does it.

        Raises:
            LinkUnknownError: the reseller does not reach the customer any more.
            BusyError: others kept changing the link.
        """
        for _ in range(ATTEMPTS):
            if self.link(link.reseller, link.customer) is None:
                raise LinkUnknownError(link.reseller, link.customer)
            old = get(self._table.links, account_pk(link.customer), link_sk(link.reseller))
            try:
                self._table.transact(
                    partial(self._fill_reference, link=link, old=old, reference=reference, change=change)
                )
            except ConditionFailedError:
                self._must_be_admin(change)
            else:
                return
        raise BusyError(link.customer)

    def _set(self, action: Action, change: Change, unchanged: Condition | None = None) -> None:
        condition = Item.pk.exists() if unchanged is None else Item.pk.exists() & unchanged

        def fill(transaction: TransactWrite) -> None:
            transaction.update(self._table.profiles(account_pk(change.account), PROFILE), [action], condition)
            self._fill_change(transaction, change)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            if get(self._table.profiles, account_pk(change.account), PROFILE) is None:
                raise AccountUnknownError(change.account) from None
            self._must_be_admin(change)
            if unchanged is None:  # an admin again by now
                raise NotAdminError(change.account, change.by) from None
            raise ChangedMeanwhileError(what=THE_LIST) from None

    def _fill_reference(
        self, transaction: TransactWrite, link: Link, old: LinkItem | None, reference: str, change: Change
    ) -> None:
        actions: list[Action] = [LinkItem.internal_reference.set(reference)]
        if old is None:  # through an MSP id, and nothing was ever decided about it
            actions += [
                LinkItem.reseller.set(link.reseller),
                LinkItem.customer.set(link.customer),
                LinkItem.registered.set(Registration.UNREGISTERED.value),
                LinkItem.own.set(False),
            ]
        item = self._table.links(account_pk(link.customer), link_sk(link.reseller))
        transaction.update(item, actions, as_read(old))
        self._fill_change(transaction, change)
