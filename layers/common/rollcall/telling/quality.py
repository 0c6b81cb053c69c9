"""What accounts are told once a week of the quality of uploads, and the clock that has it told (row B22)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall.accounts import RESELLER_ID
from rollcall.hours import monday, zone_of
from rollcall.notices import quality_notice
from rollcall.quality import week_before, week_of
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.views import quality as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Customer, Reseller
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.companies import CompaniesStore, Company
    from rollcall.store.quality import QualityStore
    from rollcall.telling.herald import Herald
    from rollcall.views.reader import Reader

#: Seconds after which a company is looked at again, and companies of one look.
_OFTEN: Final = 1_800
_MOST: Final = 20
#: A digest that is so late is not told any more, such as after the clock stood still.
_LATE: Final = timedelta(days=1)


class QualityNews:
    """Knows what to tell an account of a week.

    Args:
        store: the figures.
        accounts: who is to be told.
    """

    def __init__(self, store: QualityStore, accounts: AccountsStore) -> None:
        self._store = store
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None where nothing came, or nobody wants to hear it any more."""
        account, week = kept.notice.account, kept.notice.subject
        company = _company(self._accounts, account)
        if company is None or not company.digest:
            return None
        summed, parts = self._store.seen_by(self._reader(account, ()).acting, week, week)
        if not summed:
            return None
        reader = self._reader(account, parts)
        return News(
            stops=route(None, company.notify, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.digest(week, summed, parts, reader),
            state="told",
            number=summed.files or len(parts),
        )

    def _reader(self, account: str, others: object) -> Reader:
        names = tuple(others) if isinstance(others, dict) else ()
        if RESELLER_ID.fullmatch(account):
            return reseller_reader(self._accounts, account, names)
        return customer_reader(self._accounts, account, names)


class DigestSweep:
    """Has the week before told, on Mondays at eight in each account's time zone.

    Args:
        companies: all of them, with the week that was told.
        accounts: what they have set.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(
        self, companies: CompaniesStore, accounts: AccountsStore, herald: Herald, clock: Callable[[], float]
    ) -> None:
        self._companies = companies
        self._accounts = accounts
        self._herald = herald
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """The accounts that are told now; safe to repeat at any point, as a week is one notice of an account.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = self._clock()
        stale = [company for company in self._companies.all() if company.digest_at <= now - _OFTEN]
        stale.sort(key=lambda company: company.digest_at)
        told = []
        for company in stale[:_MOST]:
            if enough():
                break
            if self._look(company):
                told.append(company.account)
        return tuple(told)

    def _look(self, company: Company) -> bool:
        now = datetime.fromtimestamp(int(self._clock()), UTC)
        known = _company(self._accounts, company.account)
        start = monday(now, zone_of(known.time_zone) if known else None)
        today = start.date().isoformat()
        due = company.digest_week != today and now - start < _LATE and bool(known and known.digest)
        if due:
            # The local Monday's date names the week, whatever the hour in UTC.
            over = week_before(week_of(f"{today}T00:00:00Z"))
            self._herald.mark(quality_notice(over, company.account), at=now.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._companies.digested(company.account, today, now=int(now.timestamp()))
        return due


def _company(accounts: AccountsStore, account: str) -> Reseller | Customer | None:
    return accounts.reseller(account) or accounts.customer(account)
