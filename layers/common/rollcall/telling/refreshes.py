"""What is told of devices that the manufacturer's registry was asked about again: to the asker, and to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.notices import person_of
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.views import refreshes as views

if TYPE_CHECKING:
    from rollcall.notices import Kept
    from rollcall.refreshes import Refresh
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.parts import PartsStore
    from rollcall.store.refreshes import RefreshesStore


class RefreshNews:
    """Knows what to tell whoever had the registry asked.

    Args:
        refreshes: how far it is.
        accounts: who is to be told.
    """

    def __init__(self, refreshes: RefreshesStore, accounts: AccountsStore) -> None:
        self._refreshes = refreshes
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:
        """An outcome is told at once."""
        refresh = self._refreshes.get(kept.notice.subject)
        return bool(refresh and refresh.is_over)

    def news(self, kept: Kept) -> News | None:
        """What there is to tell."""
        refresh = self._refreshes.get(kept.notice.subject)
        if refresh is None:
            return None
        reseller = self._accounts.reseller(refresh.account)
        reader = reseller_reader(self._accounts, refresh.account, refresh.healed)
        members = self._accounts.members_of(refresh.account)
        return News(
            stops=route(person_of(kept.notice.person), reseller.notify if reseller else None, members),
            draw=lambda _place, _as_of: views.progress(refresh, reader),
            state=refresh.state.value,
        )


class HealedNews:
    """Knows what to tell a customer whose devices have healed.

    Args:
        refreshes: which devices.
        lists: likewise, of chosen ones.
        parts: the uploads they came in, as they are now.
        accounts: who is to be told.
    """

    def __init__(self, refreshes: RefreshesStore, lists: JobsStore, parts: PartsStore, accounts: AccountsStore) -> None:
        self._refreshes = refreshes
        self._lists = lists
        self._parts = parts
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """It is told at once, when the refresh is over."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None if nothing of theirs has healed."""
        account = kept.notice.account
        refresh = self._refreshes.get(kept.notice.subject)
        if refresh is None or not (refresh.others or refresh.healed.get(account)):
            return None
        found = {
            upload: healed
            for upload in self._uploads(refresh, account)
            if (healed := self._refreshes.healed_by(refresh, upload, account))
        }
        if not found:
            return None
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [refresh.account])
        shown = [(upload, self._parts.figures(upload, account).version) for upload in found]
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.healed(refresh, sum(found.values()), shown, reader),
            state="healed",
        )

    def _uploads(self, refresh: Refresh, customer: str) -> list[str]:
        if refresh.upload:
            return [refresh.upload]
        born = (line.generation for number in range(refresh.pages) for line in self._lists.page(refresh.id, number))
        return list(dict.fromkeys(one.upload for one in born if one and one.customer == customer))
