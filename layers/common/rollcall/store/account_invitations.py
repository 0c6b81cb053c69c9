"""Invitations as they are stored: made, found, held, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.account_errors import THE_INVITATION, ChangedMeanwhileError, InvitationError, NotAdminError
from rollcall.accounts import Person
from rollcall.invitations import Invitation, Invited, Refusal
from rollcall.store.account_audit import ADMIN, Audit
from rollcall.store.account_items import InvitationItem, Item, MemberItem, PersonItem
from rollcall.store.account_places import (
    INVITATION,
    OPERATORS,
    OPERATORS_INVITED,
    PRESENCE,
    account_pk,
    invitation_pk,
    invited_sk,
    member_sk,
    person_pk,
)
from rollcall.store.accounts_table import ConditionFailedError, get, under

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition
    from pynamodb.transactions import TransactWrite

    from rollcall.account_changes import Change

#: Seconds for which an invitation that is over is remembered, so that its code is told what became of it.
_KEPT: Final = 30 * 24 * 3600


class Invitations(Audit):
    """Reads and writes invitations."""

    def invitation(self, digest: str) -> Invitation | None:
        """The invitation whose code has this digest."""
        item = get(self._table.invitations, invitation_pk(digest), INVITATION)
        return _invitation(item) if item else None

    def invitations_of(self, account: str) -> tuple[Invitation, ...]:
        """Everything that an account invited and that is not forgotten, the newest last; "" for operators."""
        pointers = under(self._table.invited, _inviter_pk(account), invited_sk(""))
        keys = {(invitation_pk(str(pointer.target)), INVITATION) for pointer in pointers}
        items = self._table.invitations.batch_get(keys, consistent_read=True)
        return tuple(sorted((_invitation(item) for item in items), key=lambda one: (one.until, one.id)))

    def invite(self, invitation: Invitation, change: Change | None) -> None:
        """Stores a new invitation.

        Args:
            invitation: with the digest of a code that was never used.
            change: for the account that invites; None for an operator.

        Raises:
            NotAdminError: who invites is no admin of the account, or no operator.
        """

        def fill(transaction: TransactWrite) -> None:
            transaction.save(_item(self._table.invitations, invitation), Item.pk.does_not_exist())
            pointer = self._table.invited(
                _inviter_pk(invitation.by_account), invited_sk(invitation.id), target=invitation.id
            )
            pointer.expires = invitation.until + _KEPT
            transaction.save(pointer)
            if change:
                self._fill_change(transaction, change)
            else:
                self._fill_inviter(transaction, invitation)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            raise NotAdminError(invitation.by_account or "Rollcall", invitation.by) from None

    def hold(self, invitation: Invitation, person: Person) -> None:
        """Keeps an invitation for the one who has just shown its code, so that a button may go on with it.

        Raises:
            InvitationError: it is over.
        """
        item = self._table.invitations(invitation_pk(invitation.id), INVITATION)
        unused = Item.pk.exists() & InvitationItem.used_by.does_not_exist()

        def fill(transaction: TransactWrite) -> None:
            transaction.update(item, [InvitationItem.holder.set(person.key)], unused)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            raise InvitationError(Refusal.USED) from None

    def revoke(self, invitation: Invitation, *, by: Person, change: Change | None) -> None:
        """Takes an invitation back; what it is for an account to take back is for the caller to know.

        Args:
            invitation: one of the account's, or of the operators'.
            by: who.
            change: for the account; None for an operator.

        Raises:
            ChangedMeanwhileError: it was used or taken back already.
            NotAdminError: who does it is no admin of the account.
        """
        item = self._table.invitations(invitation_pk(invitation.id), INVITATION)

        def fill(transaction: TransactWrite) -> None:
            transaction.update(item, [InvitationItem.revoked_by.set(by.key)], UNTOUCHED)
            if change:
                self._fill_change(transaction, change)
            else:
                pk, exists = OPERATORS, Item.pk.exists()
                transaction.condition_check(self._table.members, pk, member_sk(by), exists)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            if change:
                self._must_be_admin(change)
            raise ChangedMeanwhileError(what=THE_INVITATION) from None

    def _fill_inviter(self, transaction: TransactWrite, invitation: Invitation) -> None:
        """A leaver's invitations are void, or they would let themselves in again."""
        pk = account_pk(invitation.by_account) if invitation.by_account else OPERATORS
        condition: Condition = MemberItem.role == ADMIN if invitation.by_account else Item.pk.exists()
        transaction.condition_check(self._table.members, pk, member_sk(invitation.by), condition)
        here = PersonItem.left.does_not_exist() | (PersonItem.left == False)  # noqa: E712 - an expression of pynamodb's
        transaction.condition_check(self._table.people, person_pk(invitation.by), PRESENCE, here)


#: The condition that an invitation is neither used nor taken back.
UNTOUCHED: Final = (
    Item.pk.exists() & InvitationItem.used_by.does_not_exist() & InvitationItem.revoked_by.does_not_exist()
)


def _inviter_pk(account: str) -> str:
    return account_pk(account) if account else OPERATORS_INVITED


def _item(model: type[InvitationItem], invitation: Invitation) -> InvitationItem:
    return model(
        invitation_pk(invitation.id),
        INVITATION,
        kind=invitation.kind.value,
        by=invitation.by.key,
        by_account=invitation.by_account,
        until=invitation.until,
        company=invitation.company,
        reseller=invitation.reseller,
        reference=invitation.reference,
        role=invitation.role,
        holder=invitation.holder.key if invitation.holder else None,
        note=invitation.note,
        expires=invitation.until + _KEPT,
    )


def _invitation(item: InvitationItem) -> Invitation:
    return Invitation(
        id=item.pk.partition("#")[2],
        kind=Invited(item.kind),
        by=_person(item.by),
        by_account=item.by_account,
        until=int(item.until),
        company=item.company,
        reseller=item.reseller,
        reference=item.reference,
        role=item.role,
        holder=_person(item.holder) if item.holder else None,
        note=item.note,
        used_by=_person(item.used_by) if item.used_by else None,
        revoked=bool(item.revoked_by),
    )


def _person(key: str) -> Person:
    team, _, user = key.partition("#")
    return Person(team, user)
