"""The clock's look at what waits for customers: who is reminded, and whom that is escalated to (row B15).

A tick looks at some customers, those first that were looked at longest ago. Each look is claimed, so no two ticks do
it at once; what it decides is written together with what is to be told, on condition of the book that was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from rollcall import reminders
from rollcall.accounts import CUSTOMER_ID
from rollcall.hours import is_quiet, zone_of
from rollcall.notices import escalation_notice, reminder_notice, still_waiting_notice
from rollcall.telling.uploads import uploader_of
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.accounts import Customer
    from rollcall.notices import Notice
    from rollcall.reminders import Book, Entry, Found
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.companies import CompaniesStore, Company
    from rollcall.store.nudges import NudgesStore
    from rollcall.store.pending_uploads import PendingUploads
    from rollcall.store.reminders import RemindersStore
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald

#: Seconds after which a customer is looked at again: a reminder is at most that much late.
OFTEN: Final = 1_800
#: Customers of one tick.
_MOST: Final = 20
#: Uploads of one customer that are looked after, the oldest.
UPLOADS: Final = 100
#: An upload that is first seen later than this may have devices that came to wait after the others.
_YOUNG: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a tick did.

    Attributes:
        looked: customers that were looked at.
        reminded: those of them that are reminded now.
        escalated: uploads that are escalated now.
        oldest: hours for which the oldest device of all customers waits, as of the last look at each.
    """

    looked: int
    reminded: tuple[str, ...]
    escalated: int
    oldest: float


class ReminderSweep:
    """Looks at customers.

    Args:
        companies: all of them, with when they were looked at.
        pending: what waits.
        books: what was said of it.
        nudges: when resellers asked.
        accounts: what customers have set, and whom they have blocked.
        uploads: who uploaded.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        companies: CompaniesStore,
        pending: PendingUploads,
        books: RemindersStore,
        nudges: NudgesStore,
        accounts: AccountsStore,
        uploads: UploadsStore,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._companies = companies
        self._pending = pending
        self._books = books
        self._nudges = nudges
        self._accounts = accounts
        self._uploads = uploads
        self._herald = herald
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> Reminded:
        """Looks at some customers; safe to repeat at any point, and by two at once.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        began = self._clock()
        customers = [one for one in self._companies.all() if CUSTOMER_ID.fullmatch(one.account)]
        waiting = {one.account: one.waiting_since for one in customers}
        stale = sorted(
            (one for one in customers if one.reminders_at <= began - OFTEN), key=lambda one: one.reminders_at
        )
        reminded, looked, escalated = [], 0, 0
        for company in stale[:_MOST]:
            if enough():
                break
            if not self._companies.claim(company, now=int(self._clock())):
                continue
            look = self._look(company)
            looked += 1
            if look is not None:
                waiting[company.account] = look.book.since
                reminded += [company.account] * look.reminds
                escalated += len(look.escalated)
        oldest = reminders.oldest(waiting.values(), datetime.fromtimestamp(began, UTC))
        return Reminded(looked, tuple(reminded), escalated, oldest)

    def _look(self, company: Company) -> reminders.Look | None:
        account, now = company.account, datetime.fromtimestamp(int(self._clock()), UTC)
        customer = self._accounts.customer(account)
        if customer is None:
            return None
        before = self._books.get(account)
        found, more = self._pending.of(account, limit=UPLOADS)
        book = reminders.refreshed(before, self._dated(account, before, found, now), more=more)
        look = self._judge(customer, book, now)
        if look.book != before:
            notices = self._notices(account, look, utc(now))
            if not self._books.put(account, look.book, notices, at=utc(now)):
                return None  # somebody else has looked meanwhile
            for notice in notices:
                self._herald.call(notice.id)
        if look.book.since != company.waiting_since:
            self._companies.waits(account, look.book.since)
        return look

    def _judge(self, customer: Customer, book: Book, now: datetime) -> reminders.Look:
        wanted = reminders.due(book, customer.reminding, now)
        links = self._accounts.links_to(customer.id) if book.entries else {}
        return reminders.advance(
            book,
            customer.reminding,
            now,
            nudged=self._nudges.asked(wanted, customer.id) if wanted else {},
            quiet=is_quiet(now, zone_of(customer.time_zone)),
            silent={link.reseller for link in links.values() if link.is_blocked},
        )

    def _dated(self, customer: str, before: Book, found: Sequence[Found], now: datetime) -> list[Found]:
        """What waits, each from when on it does: what came back later than it was uploaded waits from this look on."""
        known = {entry.subject for entry in before.entries}

        def is_back(one: Found) -> bool:
            is_old = now - datetime.fromisoformat(one.since) > _YOUNG
            return one.subject not in known and is_old and self._pending.reopened(one.subject, customer)

        return [replace(one, since=utc(now)) if is_back(one) else one for one in found]

    def _notices(self, customer: str, look: reminders.Look, at: str) -> list[Notice]:
        notices = [reminder_notice(at, customer)] if look.reminds else []
        if look.escalated:
            notices.append(escalation_notice(at, customer))
            whose = {(entry.other, self._uploader(entry)) for entry in look.escalated}
            notices += [still_waiting_notice(at, customer, reseller, person) for reseller, person in sorted(whose)]
        return notices

    def _uploader(self, entry: Entry) -> str:
        upload = self._uploads.get(entry.subject)
        person = uploader_of(upload, self._accounts.members_of(entry.other)) if upload else None
        return person.key if person else ""
