"""Everything about accounts that is stored, in one place; pynamodb stays behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.account_errors import LastAdminError
from rollcall.accounts import Operator
from rollcall.store.account_insights import Insights
from rollcall.store.account_joining import Joins
from rollcall.store.account_keys import Keys
from rollcall.store.account_people import People
from rollcall.store.account_profiles import Outcome
from rollcall.store.account_settings import AccountSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.accounts import Directory, Member, Person


@dataclass(frozen=True, slots=True)
class Changes:
    """What putting a directory into the table did. Each name is one line for a person, such as "RSL-ACME key erp".

    Attributes:
        added: was not there.
        changed: was there, and different.
        unchanged: was there just so.
        removed: was there, and the file no longer names it.
        kept: would have left an account without an admin, or Rollcall without an operator, and stays as it was.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


class AccountsStore(Joins, AccountSettings, People, Keys, Insights):
    """Reads and writes accounts. Every read is strongly consistent; every write that others could race is conditional.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def apply(self, directory: Directory, *, prune: bool = False, keys: bool = True) -> Changes:
        """Makes the table say what a directory says; doing it again changes nothing.

        What a customer decided about a reseller since the last time stays (see `put_link`).

        Args:
            directory: the accounts.
            prune: also remove members, links and keys of the accounts in the directory that it does not name, and
                operators if it names any; never the last admin of an account.
            keys: also put (and prune) API keys.

        Raises:
            TakenError: an MSP id or key belongs to an account outside the directory.
            BusyError: others kept changing the same things; what was done stays, and doing it again is safe.
        """
        done = list(self._put_all(directory, keys=keys))
        if prune:
            done += self._prune(directory, keys=keys)
        return Changes(
            **{field: tuple(name for what, name in done if what == field) for field in Changes.__dataclass_fields__}
        )

    def _put_all(self, directory: Directory, *, keys: bool) -> Iterator[tuple[str, str]]:
        for reseller in directory.resellers:
            yield self.put_reseller(reseller), reseller.id
        for customer in directory.customers:
            yield self.put_customer(customer), customer.id
        for link in directory.links:
            yield self.put_link(link), f"{link.customer} reseller {link.reseller}"
        # Admins first, so that a change of admin is not mistaken for the last one leaving.
        for member in sorted(directory.members, key=lambda member: member.role != "admin"):
            try:
                yield self.put_member(member), _name(member)
            except LastAdminError:
                yield "kept", _name(member)
        for key in directory.keys if keys else ():
            yield self.put_key(key), f"{key.account} key {key.name}"
        for operator in directory.operators:
            yield self.put_operator(operator), _name(operator)

    def _prune(self, directory: Directory, *, keys: bool) -> Iterator[tuple[str, str]]:
        ids = [*(reseller.id for reseller in directory.resellers), *(customer.id for customer in directory.customers)]
        yield from self._prune_members(ids, {(member.account, member.person) for member in directory.members})
        if keys:
            yield from self._prune_keys(ids, {(key.account, key.name) for key in directory.keys})
        yield from self._prune_links(directory)
        people = {operator.person for operator in directory.operators}
        for operator in self.operators() if people else ():
            if operator.person not in people:
                self.remove_operator(operator.person)
                yield "removed", _name(operator)

    def _prune_members(self, ids: list[str], named: set[tuple[str, Person]]) -> Iterator[tuple[str, str]]:
        for account in ids:
            for member in self.members_of(account):
                if (account, member.person) not in named:
                    yield self._drop(member), _name(member)

    def _prune_keys(self, ids: list[str], named: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for account in ids:
            for key in self.keys_of(account):
                if (account, key.name) not in named and self.remove_key(account, key.name):
                    yield "removed", f"{account} key {key.name}"

    def _prune_links(self, directory: Directory) -> Iterator[tuple[str, str]]:
        named = {(link.customer, link.reseller) for link in directory.links}
        for customer in directory.customers:
            for link in self.links_to(customer.id).values():
                if (
                    not link.via_msp
                    and (customer.id, link.reseller) not in named
                    and self.remove_link(link.reseller, customer.id)
                ):
                    yield "removed", f"{customer.id} reseller {link.reseller}"

    def _drop(self, member: Member) -> str:
        try:
            self.remove_member(member.account, member.person)
        except LastAdminError:
            return "kept"
        return "removed"


def _name(person: Member | Operator) -> str:
    account = "operators" if isinstance(person, Operator) else person.account
    return f"{account} member {person.team}/{person.user} {person.name}"


__all__ = ["AccountsStore", "Changes", "Outcome"]
