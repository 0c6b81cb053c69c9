"""People's places in accounts, and the operators, as they are stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pynamodb.expressions.condition import size

from rollcall.account_errors import AccountUnknownError, BusyError, LastAdminError
from rollcall.accounts import Member, Operator, OperatorRole, Person, role_of
from rollcall.store.account_items import Item, MemberItem, ProfileItem
from rollcall.store.account_places import OPERATORS, PRESENCE, PROFILE, account_pk, member_sk, person_pk
from rollcall.store.account_profiles import Outcome, Profiles
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError, get, under
from rollcall.store.conditional_writes import updated

if TYPE_CHECKING:
    from pynamodb.transactions import TransactWrite

_ADMIN = "admin"


class Members(Profiles):
    """Reads and writes who belongs where."""

    def memberships(self, person: Person) -> tuple[Member, ...]:
        """Every place that a person has, by account id; as it stands now, so a right just taken away is gone.

        None for somebody whose Slack account is known to be deactivated, whatever places are still stored.
        """
        under_person = list(self._table.people.query(person_pk(person), consistent_read=True))
        if any(item.sk == PRESENCE and item.left for item in under_person):
            return ()
        keys = {(item.sk, member_sk(person)) for item in under_person if item.sk.startswith(account_pk(""))}
        if not keys:
            return ()
        items = self._table.members.batch_get(keys, consistent_read=True)
        return tuple(sorted((_member(item) for item in items), key=lambda member: member.account))

    def member(self, account: str, person: Person) -> Member | None:
        """A person's place in one account; None if they have none."""
        item = get(self._table.members, account_pk(account), member_sk(person))
        return _member(item) if item else None

    def has_left(self, person: Person) -> bool:
        """Whether a person's Slack account is known to be deactivated."""
        item = get(self._table.people, person_pk(person), PRESENCE)
        return bool(item and item.left)

    def members_of(self, account: str) -> tuple[Member, ...]:
        """Everybody in an account, by team and user id."""
        return tuple(_member(item) for item in under(self._table.members, account_pk(account), "member#"))

    def put_member(self, member: Member) -> Outcome:
        """Gives a person a place in an account, or changes name, email and role of the one they have.

        Raises:
            AccountUnknownError: there is no such account.
            LastAdminError: the role would leave the account without an admin.
            BusyError: others kept changing the account.
        """
        account, person = member.account, member.person
        for _ in range(ATTEMPTS):
            old = self.member(account, person)
            if old == member:
                return Outcome.UNCHANGED
            try:
                self._table.transact(partial(self._fill_put_member, member=member, old=old))
            except ConditionFailedError:
                self._explain(account, person, leaves_admin=member.role != _ADMIN)
            else:
                return Outcome.CHANGED if old else Outcome.ADDED
        raise BusyError(account)

    def learn_email(self, person: Person, email: str) -> None:
        """Notes the address that Slack has for somebody in those of their places that have none.

        One that an admin wrote down stays, and so does an empty one where a colleague has this address: uploads that
        were put into S3 are told apart by it.

        Args:
            person: whose.
            email: their address in their own workspace.
        """
        for member in self.memberships(person):
            others = () if member.email else self.members_of(member.account)
            if member.email or any(one.email.casefold() == email.casefold() for one in others):
                continue
            item = self._table.members(account_pk(member.account), member_sk(person))
            none = MemberItem.email.does_not_exist() | (MemberItem.email == "")
            # Gone, or given one, since: the next look finds what is still missing.
            updated(item, [MemberItem.email.set(email)], MemberItem.role.exists() & none)

    def remove_member(self, account: str, person: Person) -> bool:
        """Takes a person out of an account; False if they were not in it.

        Raises:
            LastAdminError: the account would be left without an admin.
            BusyError: others kept changing the account.
        """
        for _ in range(ATTEMPTS):
            old = self.member(account, person)
            if old is None:
                return False
            try:
                self._table.transact(partial(self._fill_remove_member, old=old))
            except ConditionFailedError:
                self._explain(account, person, leaves_admin=True)
            else:
                return True
        raise BusyError(account)

    def operators(self) -> tuple[Operator, ...]:
        """Everybody who runs Rollcall, by team and user id."""
        return tuple(_operator(item) for item in under(self._table.members, OPERATORS, "member#"))

    def operator(self, person: Person) -> Operator | None:
        """The operator that a person is; None for everybody else, and for who is gone from Slack."""
        if self.has_left(person):
            return None
        item = get(self._table.members, OPERATORS, member_sk(person))
        return _operator(item) if item else None

    def put_operator(self, operator: Operator) -> Outcome:
        """Makes a person an operator, or changes the name of one."""
        old = self.operator(operator.person)
        if old == operator:
            return Outcome.UNCHANGED
        self._table.members(
            OPERATORS,
            member_sk(operator.person),
            account=OPERATORS,
            person=operator.person.key,
            name=operator.name,
            role=operator.role.value,
        ).save()
        return Outcome.CHANGED if old else Outcome.ADDED

    def remove_operator(self, person: Person) -> None:
        """Makes a person an operator no longer; nothing happens if they were none."""
        self._table.pointers(OPERATORS, member_sk(person)).delete()

    def _fill_put_member(self, transaction: TransactWrite, member: Member, old: Member | None) -> None:
        pk, person = account_pk(member.account), member.person
        item = self._table.members(
            pk,
            member_sk(person),
            account=member.account,
            person=person.key,
            name=member.name,
            email=member.email,
            role=member.role.value,
        )
        transaction.save(item, MemberItem.role == old.role.value if old else MemberItem.role.does_not_exist())
        if old is None:
            transaction.save(self._table.pointers(person_pk(person), pk, target=member.account))
        was_admin, is_admin = bool(old and old.role == _ADMIN), member.role == _ADMIN
        if is_admin and not was_admin:
            profile = self._table.profiles(pk, PROFILE)
            transaction.update(profile, [ProfileItem.admins.add({person.key})], Item.pk.exists())
        elif was_admin and not is_admin:
            self._fill_one_admin_less(transaction, member.account, person)
        else:
            transaction.condition_check(self._table.profiles, pk, PROFILE, Item.pk.exists())

    def _fill_remove_member(self, transaction: TransactWrite, old: Member) -> None:
        pk, person = account_pk(old.account), old.person
        transaction.delete(self._table.members(pk, member_sk(person)), MemberItem.role == old.role.value)
        transaction.delete(self._table.pointers(person_pk(person), pk))
        if old.role == _ADMIN:
            self._fill_one_admin_less(transaction, old.account, person)

    def _fill_one_admin_less(self, transaction: TransactWrite, account: str, person: Person) -> None:
        transaction.update(
            self._table.profiles(account_pk(account), PROFILE),
            [ProfileItem.admins.delete({person.key})],
            size(ProfileItem.admins) > 1,  # type: ignore[no-untyped-call] # pynamodb's own omission
        )

    def _explain(self, account: str, person: Person, *, leaves_admin: bool) -> None:
        """Says why a condition failed, if it would fail again; otherwise the caller reads again and retries."""
        profile = get(self._table.profiles, account_pk(account), PROFILE)
        if profile is None:
            raise AccountUnknownError(account)
        if leaves_admin and profile.admins == {person.key}:
            raise LastAdminError(account, person)


def _member(item: MemberItem) -> Member:
    person = _person(item)
    return Member(
        account=item.account,
        team=person.team,
        user=person.user,
        name=item.name,
        role=role_of(item.account, item.role),
        email=item.email,
    )


def _operator(item: MemberItem) -> Operator:
    person = _person(item)
    return Operator(team=person.team, user=person.user, name=item.name, role=OperatorRole(item.role))


def _person(item: MemberItem) -> Person:
    team, _, user = item.person.partition("#")
    return Person(team, user)
