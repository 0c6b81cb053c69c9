"""What is told of devices that wait too long: to approvers, to their admins, to whoever uploaded (row B15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.backlogs import by_reseller
from rollcall.permissions import Act, allows
from rollcall.routes import admins_only, deciders, route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.telling.uploads import uploader_of
from rollcall.views import reminders as views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Member
    from rollcall.backlogs import Pile
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.backlogs import Backlogs


class ReminderNews:
    """Knows of what a customer's approvers are reminded.

    Args:
        backlogs: what waits.
        accounts: who is to be told.
    """

    def __init__(self, backlogs: Backlogs, accounts: AccountsStore) -> None:
        self._backlogs = backlogs
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell: all that waits now; None where all was decided meanwhile."""
        account = kept.notice.account
        piles, more = self._backlogs.of(account, lambda _: True)
        customer = self._accounts.customer(account)
        if not piles or customer is None:
            return None
        reader = customer_reader(self._accounts, account, {pile.reseller for pile in piles})
        return News(
            stops=deciders(customer.notify, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.reminder(by_reseller(piles), reader, more=more),
            state="reminded",
            number=len(piles),
        )


class EscalationNews:
    """Knows what a customer's admins are told of what waits although its approvers were reminded.

    Args:
        backlogs: what waits.
        accounts: who is to be told.
    """

    def __init__(self, backlogs: Backlogs, accounts: AccountsStore) -> None:
        self._backlogs = backlogs
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell of what was escalated at that moment; None where it was decided meanwhile."""
        account, at = kept.notice.account, kept.notice.subject
        piles, _ = self._backlogs.of(account, lambda entry: entry.escalated == at)
        if not piles:
            return None
        members = self._accounts.members_of(account)
        reader = customer_reader(self._accounts, account, {pile.reseller for pile in piles})
        return News(
            stops=admins_only(members),
            draw=lambda _place, _as_of: views.escalation(by_reseller(piles), asked_of(piles), able(members), reader),
            state="escalated",
            number=len(piles),
        )


class StillWaitingNews:
    """Knows what a reseller is told of its devices that a customer does not decide about.

    Args:
        backlogs: what waits.
        uploads: who uploaded.
        accounts: who is to be told.
    """

    def __init__(self, backlogs: Backlogs, uploads: UploadsStore, accounts: AccountsStore) -> None:
        self._backlogs = backlogs
        self._uploads = uploads
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None where it was decided meanwhile."""
        customer, _, at = kept.notice.subject.partition("#")
        reseller = kept.notice.account
        members = self._accounts.members_of(reseller)
        waiting, _ = self._backlogs.of(customer, lambda entry: entry.escalated == at and entry.other == reseller)
        piles = tuple(pile for pile in waiting if self._uploader(pile, members) == kept.notice.person)
        company = self._accounts.reseller(reseller)
        if not piles:
            return None
        reader = reseller_reader(self._accounts, reseller, [customer], people_of=[customer])
        approvers = able(self._accounts.members_of(customer))
        return News(
            stops=route(kept.notice.addressee, company.notify if company else None, members),
            draw=lambda _place, _as_of: views.still_waiting(piles, customer, approvers, reader),
            state="waiting",
            number=len(piles),
        )

    def _uploader(self, pile: Pile, members: Sequence[Member]) -> str:
        upload = self._uploads.get(pile.upload)
        person = uploader_of(upload, members) if upload else None
        return person.key if person else ""


def able(members: Sequence[Member]) -> tuple[str, ...]:
    """Those who may decide, as a history has them."""
    return tuple(f"person:{one.team}:{one.user}" for one in members if allows(one.role, Act.DECIDE))


def asked_of(piles: tuple[Pile, ...]) -> tuple[str, ...]:
    """When somebody was reminded of any of these, the last three times, UTC."""
    return tuple(sorted({at for pile in piles for at in pile.asked})[-3:])
