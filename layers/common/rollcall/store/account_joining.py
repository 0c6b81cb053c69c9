"""Joining by an invitation: the one transaction in which it is used up and all that it brings comes into being."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rollcall.account_changes import Change, What
from rollcall.account_errors import THE_INVITATION, AlreadyThereError, BusyError, InvitationError, NotAdminError
from rollcall.accounts import Member, Registration, role_of
from rollcall.invitations import Invited, Refusal, account_id
from rollcall.store.account_audit import ADMIN
from rollcall.store.account_invitations import UNTOUCHED, Invitations
from rollcall.store.account_items import InvitationItem, Item
from rollcall.store.account_links import Links, as_read
from rollcall.store.account_members import Members
from rollcall.store.account_places import (
    COMPANIES,
    INVITATION,
    OPERATORS,
    PROFILE,
    account_pk,
    invitation_pk,
    link_sk,
    member_sk,
    person_pk,
)
from rollcall.store.accounts_table import ATTEMPTS, ConditionFailedError, get

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.transactions import TransactWrite

    from rollcall.accounts import Person
    from rollcall.invitations import Invitation
    from rollcall.store.account_items import LinkItem

    _Fill = Callable[[TransactWrite], None]


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins.

    Attributes:
        person: who.
        name: as shown to others.
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        now: the same in epoch seconds.
        account: of a customer's invitation: the customer that they are admin of already, and that gets the reseller;
            empty for a new one.
    """

    person: Person
    name: str
    at: str
    now: float
    account: str = ""


class Joins(Links, Members, Invitations):
    """Redeems invitations."""

    def redeem(self, invitation: Invitation, joining: Joining) -> Member:
        """Lets a person in: account, membership, link and audit come into being together with the code's end.

        Args:
            invitation: as read by its code, or by its id where it is held for this very person.
            joining: who.

        Returns:
            Their place in the account.

        Raises:
            InvitationError: it is over; also where who invited could not invite any more.
            AlreadyThereError: they are a member of the account already, or it has the reseller already; the
                invitation stays as it was.
            NotAdminError: they are no admin of the account that was to get the reseller.
            BusyError: nothing was done, and trying again may help.
        """
        for attempt in range(ATTEMPTS):
            member, fill = self._plan(invitation, joining, attempt)
            try:
                self._table.transact(fill)
            except ConditionFailedError:
                self._explain_refusal(invitation, joining)
            else:
                return member
        raise BusyError(what=THE_INVITATION)

    def _plan(self, invitation: Invitation, joining: Joining, attempt: int) -> tuple[Member, _Fill]:
        person = joining.person
        if invitation.kind is Invited.PERSON:
            account, role = invitation.by_account, role_of(invitation.by_account, invitation.role)
            if self.member(account, person):
                raise AlreadyThereError(account)
            if person == invitation.by:  # a leaver
                raise InvitationError(Refusal.REVOKED)
        else:
            account = joining.account or account_id(invitation.kind, invitation.company, invitation.id, attempt=attempt)
            role = role_of(account, ADMIN)
        member = Member(account, person.team, person.user, joining.name, role)
        if joining.account:
            old = get(self._table.links, account_pk(account), link_sk(invitation.reseller))
            if old and old.own:
                raise AlreadyThereError(account)
            known = self.member(account, person)
            if known is None or known.role != ADMIN:
                raise NotAdminError(account, person)
            return known, partial(self._fill_link_only, invitation=invitation, joining=joining, old=old)
        if invitation.kind is Invited.PERSON:
            return member, partial(self._fill_person, invitation=invitation, joining=joining, member=member)
        return member, partial(self._fill_company, invitation=invitation, joining=joining, member=member)

    def _fill_person(
        self, transaction: TransactWrite, invitation: Invitation, joining: Joining, member: Member
    ) -> None:
        self._fill_use(transaction, invitation, joining)
        self._fill_put_member(transaction, member, None)
        after = member.role.value
        self._fill_change(transaction, _change(member.account, joining, What.MEMBER_JOINED, after=after), guarded=False)

    def _fill_company(
        self, transaction: TransactWrite, invitation: Invitation, joining: Joining, member: Member
    ) -> None:
        self._fill_use(transaction, invitation, joining)
        pk, person = account_pk(member.account), member.person
        profile = self._table.profiles(pk, PROFILE, account=member.account, name=invitation.company)
        profile.admins = {person.key}
        transaction.save(profile, Item.pk.does_not_exist())
        item = self._table.members(
            pk, member_sk(person), account=member.account, person=person.key, name=member.name, role=ADMIN
        )
        transaction.save(item, Item.pk.does_not_exist())
        transaction.save(self._table.pointers(person_pk(person), pk, target=member.account))
        transaction.save(self._table.pointers(COMPANIES, member.account, target=member.account))
        made = _change(member.account, joining, What.ACCOUNT_MADE, about=invitation.company)
        self._fill_change(transaction, made, guarded=False)
        if invitation.reseller:
            self._fill_link(transaction, invitation, joining, member.account, None)

    def _fill_link_only(
        self, transaction: TransactWrite, invitation: Invitation, joining: Joining, old: LinkItem | None
    ) -> None:
        self._fill_use(transaction, invitation, joining)
        own = _change(joining.account, joining, What.LINKED, about=invitation.reseller)
        self._fill_change(transaction, own)
        self._fill_link(transaction, invitation, joining, joining.account, old)

    def _fill_link(
        self, transaction: TransactWrite, invitation: Invitation, joining: Joining, customer: str, old: LinkItem | None
    ) -> None:
        """The link, not registered: that is the customer's to decide when devices come (P24)."""
        link = self._table.links(
            account_pk(customer),
            link_sk(invitation.reseller),
            reseller=invitation.reseller,
            customer=customer,
            internal_reference=invitation.reference,
            registered=old.registered if old else Registration.UNREGISTERED.value,
            own=True,
        )
        transaction.save(link, as_read(old))
        pointer = self._table.pointers(account_pk(invitation.reseller), link_sk(customer), target=customer)
        transaction.save(pointer)
        exists = Item.pk.exists()
        transaction.condition_check(self._table.profiles, account_pk(invitation.reseller), PROFILE, exists)
        linked = _change(invitation.reseller, joining, What.LINKED, about=customer)
        self._fill_change(transaction, linked, guarded=False)

    def _fill_use(self, transaction: TransactWrite, invitation: Invitation, joining: Joining) -> None:
        """Uses the invitation up, if it is good and who invited still could."""
        item = self._table.invitations(invitation_pk(invitation.id), INVITATION)
        condition = UNTOUCHED & (InvitationItem.until > int(joining.now))
        transaction.update(item, [InvitationItem.used_by.set(joining.person.key)], condition)
        self._fill_inviter(transaction, invitation)

    def _explain_refusal(self, invitation: Invitation, joining: Joining) -> None:
        """Says why somebody could not join, if it would be so again; otherwise the caller tries again."""
        stored = self.invitation(invitation.id)
        refusal = stored.refusal(joining.now) if stored else Refusal.UNKNOWN
        if refusal:
            raise InvitationError(refusal)
        pk = account_pk(invitation.by_account) if invitation.by_account else OPERATORS
        inviter = get(self._table.members, pk, member_sk(invitation.by))
        if self.has_left(invitation.by) or inviter is None or (invitation.by_account and inviter.role != ADMIN):
            raise InvitationError(Refusal.REVOKED)


def _change(account: str, joining: Joining, what: What, *, about: str = "", after: str = "") -> Change:
    return Change(
        account=account,
        by=joining.person,
        at=joining.at,
        what=what,
        about=about or joining.name,
        after=after,
        by_name=joining.name,
    )
