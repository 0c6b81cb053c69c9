"""What is told of devices that a reseller deletes: to whoever asked for it, and to their customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.notices import person_of
from rollcall.removals import RemovalState, Removed
from rollcall.routes import deciders, route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.views import removals as views

if TYPE_CHECKING:
    from rollcall.notices import Kept
    from rollcall.removals import Removal
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.posts import PostsStore
    from rollcall.store.removals import RemovalsStore


class RemovalNews:
    """Knows what to tell of a removal.

    Args:
        removals: how far it is.
        lists: which devices, of a list.
        accounts: who is to be told.
    """

    def __init__(self, removals: RemovalsStore, lists: JobsStore, accounts: AccountsStore) -> None:
        self._removals = removals
        self._lists = lists
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:
        """An outcome is told at once."""
        removal = self._removals.get(kept.notice.subject)
        return bool(removal and removal.is_over)

    def news(self, kept: Kept) -> News | None:
        """What there is to tell: to the reseller how far it is, to a customer what is gone."""
        removal = self._removals.get(kept.notice.subject)
        if removal is None:
            return None
        if kept.notice.account == removal.account:
            return self._of_reseller(kept, removal)
        return self._of_customer(kept.notice.account, removal)

    def _of_reseller(self, kept: Kept, removal: Removal) -> News:
        account = removal.account
        reseller = self._accounts.reseller(account)
        customers = {*removal.removed, *([removal.customer] if removal.customer else [])}
        reader = reseller_reader(
            self._accounts, account, customers, people_of=[removal.customer] if removal.customer else []
        )
        members = self._accounts.members_of(account)
        return News(
            stops=route(person_of(kept.notice.person), reseller.notify if reseller else None, members),
            draw=lambda _place, _as_of: views.answer(removal, reader),
            state=removal.state.value,
        )

    def _of_customer(self, account: str, removal: Removal) -> News | None:
        gone = removal.removed.get(account) or self._among_others(removal, account)
        if not gone.devices:
            return None
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [removal.account], people_of=[removal.account])
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.customer_message(removal, gone, reader),
            state=removal.state.value,
        )

    def _among_others(self, removal: Removal, customer: str) -> Removed:
        """What is gone of a customer that the removal does not name."""
        if not removal.others.devices:
            return Removed()
        uploads = [removal.upload] if removal.upload else self._uploads(removal, customer)
        return sum((self._removals.removed_by(removal, upload, customer) for upload in uploads), Removed())

    def _uploads(self, removal: Removal, customer: str) -> list[str]:
        born = (line.generation for number in range(removal.pages) for line in self._lists.page(removal.id, number))
        return list(dict.fromkeys(one.upload for one in born if one and one.customer == customer))


class ReleaseReminderNews:
    """Knows what a customer is reminded of that it was asked to release.

    Args:
        removals: what waits.
        lists: which devices.
        posts: whether it was reminded.
        accounts: who is to be reminded.
    """

    def __init__(self, removals: RemovalsStore, lists: JobsStore, posts: PostsStore, accounts: AccountsStore) -> None:
        self._removals = removals
        self._lists = lists
        self._posts = posts
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once, and once more what was answered."""
        return True

    def news(self, kept: Kept) -> News | None:
        """The question once more, or what was answered; None where it was answered before anybody was reminded."""
        removal = self._removals.get(kept.notice.subject.partition("#")[0])
        if removal is None or not removal.customer:
            return None
        waits = removal.state is RemovalState.WAITING
        if not waits and not any(post.is_live for post in self._posts.of(kept.notice.id).values()):
            return None
        customer = self._accounts.customer(removal.customer)
        reader = customer_reader(self._accounts, removal.customer, [removal.account])
        devices = [line.value for line in self._lists.page(removal.id, 0)]
        return News(
            stops=deciders(customer.notify if customer else None, self._accounts.members_of(removal.customer)),
            draw=lambda _place, _as_of: views.release_message(removal, devices, reader, again=True),
            state="waiting" if waits else "answered",
        )


class ReleaseNews:
    """Knows what a customer is asked of devices that it has accepted and a reseller wants to delete.

    Args:
        removals: what waits.
        lists: which devices.
        accounts: who is to be asked.
    """

    def __init__(self, removals: RemovalsStore, lists: JobsStore, accounts: AccountsStore) -> None:
        self._removals = removals
        self._lists = lists
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """A question is asked at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """The question, or what was answered."""
        removal = self._removals.get(kept.notice.subject)
        if removal is None or not removal.customer:
            return None
        customer = self._accounts.customer(removal.customer)
        reader = customer_reader(self._accounts, removal.customer, [removal.account])
        devices = [line.value for line in self._lists.page(removal.id, 0)]
        stops = route(None, customer.notify if customer else None, self._accounts.members_of(removal.customer))
        # All at once: where another company reads along in the channel, it has no buttons, and somebody must have them.
        everywhere = tuple(place for stop in stops for place in stop)
        return News(
            stops=(everywhere,) if everywhere else (),
            draw=lambda _place, _as_of: views.release_message(removal, devices, reader),
            state="waiting" if removal.state is RemovalState.WAITING else "answered",
        )
