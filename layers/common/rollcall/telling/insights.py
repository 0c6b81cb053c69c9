"""What a company is told of an operator who may read what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.routes import admins_only, channel
from rollcall.telling.news import News
from rollcall.views import insights as views
from rollcall.views.wording import Wording

if TYPE_CHECKING:
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore


class InsightNews:
    """Draws it from the company's own audit, which has it before anything is shown.

    Args:
        accounts: the audit, and who is to be told.
    """

    def __init__(self, accounts: AccountsStore) -> None:
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """It is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """Who looks and why: to the admins, and where none of them can be reached, to the company's channel."""
        account = kept.notice.account
        begun = self._accounts.insight_begun(kept.notice.subject, account)
        profile = self._accounts.reseller(account) or self._accounts.customer(account)
        if begun is None or profile is None:
            return None
        message = views.told(begun, profile.name, account, Wording(profile.language))
        last = ((channel(profile.notify),),) if profile.notify else ()
        return News(
            stops=(*admins_only(self._accounts.members_of(account)), *last), draw=lambda *_: message, state="begun"
        )
