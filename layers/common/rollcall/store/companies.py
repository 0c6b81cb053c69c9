"""Every company in one partition, with what the clock found missing in each: operators look at all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pynamodb.attributes import ListAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError

from rollcall.store.account_items import Item
from rollcall.store.account_places import COMPANIES
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


class CompanyItem(Item):
    """``companies`` / ``RSL-ACME`` in the accounts table; the pointer itself is written with the company.

    Attributes:
        flags: what is missing in it, in words.
        looked_at: when the clock looked, epoch seconds.
        reminders_at: when it looked at what waits for the company.
        waiting_since: from when on the oldest of that waits, UTC; none if nothing does.
        digest_at: when it looked whether the company's week has begun.
        digest_week: the Monday of the last one that had.
    """

    flags = ListAttribute[str](null=True)
    looked_at = NumberAttribute(null=True)
    reminders_at = NumberAttribute(null=True)
    waiting_since = UnicodeAttribute(null=True)
    digest_at = NumberAttribute(null=True)
    digest_week = UnicodeAttribute(null=True)


@dataclass(frozen=True, slots=True)
class Company:
    """A company as the clock saw it last.

    Attributes:
        account: id.
        flags: what was missing, in words.
        looked_at: when, epoch seconds; 0 if never.
        reminders_at: when it looked at what waits for the company, likewise.
        waiting_since: from when on the oldest of that waits, UTC; empty if nothing does.
        digest_at: when it looked whether the company's week has begun, epoch seconds; 0 if never.
        digest_week: the Monday of the last one that had, ``YYYY-MM-DD``.
    """

    account: str
    flags: tuple[str, ...] = ()
    looked_at: float = 0.0
    reminders_at: int = 0
    waiting_since: str = ""
    digest_at: int = 0
    digest_week: str = ""


class CompaniesStore:
    """Lists companies.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(CompanyItem, table, region=region, host=host)

    def all(self) -> list[Company]:
        """Every company, by id. A thousand are some 100 KB to read."""
        return [
            Company(
                account=item.sk,
                flags=tuple(item.flags or ()),
                looked_at=float(item.looked_at or 0),
                reminders_at=int(item.reminders_at or 0),
                waiting_since=item.waiting_since or "",
                digest_at=int(item.digest_at or 0),
                digest_week=item.digest_week or "",
            )
            for item in self._items.query(COMPANIES, consistent_read=True)
        ]

    def claim(self, company: Company, *, now: int) -> bool:
        """Takes the look at what waits for a company, so that no two ticks at once do it; False if another has.

        Args:
            company: as read.
            now: epoch seconds.
        """
        seen = CompanyItem.reminders_at == company.reminders_at
        if not company.reminders_at:
            seen = seen | CompanyItem.reminders_at.does_not_exist()
        try:
            self._items(pk=COMPANIES, sk=company.account).update(
                actions=[CompanyItem.reminders_at.set(now)], condition=CompanyItem.target.exists() & seen
            )
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True

    def digested(self, account: str, week: str, *, now: int) -> None:
        """Remembers that a company's week has begun, and that its digest is told if it is to be.

        Args:
            account: id.
            week: its Monday, ``YYYY-MM-DD``.
            now: epoch seconds.
        """
        self._items(pk=COMPANIES, sk=account).update(
            actions=[CompanyItem.digest_at.set(now), CompanyItem.digest_week.set(week)],
            condition=CompanyItem.target.exists(),
        )

    def waits(self, account: str, since: str) -> None:
        """Remembers from when on the oldest waits for a company; an empty text if nothing does."""
        field = CompanyItem.waiting_since
        self._items(pk=COMPANIES, sk=account).update(
            actions=[field.set(since) if since else field.remove()], condition=CompanyItem.target.exists()
        )

    def looked(self, account: str, flags: Sequence[str], *, now: float) -> None:
        """Remembers what is missing in a company.

        Args:
            account: id.
            flags: in words; empty for nothing.
            now: epoch seconds.
        """
        self._items(pk=COMPANIES, sk=account).update(
            actions=[CompanyItem.flags.set(list(flags)), CompanyItem.looked_at.set(now)],
            condition=CompanyItem.target.exists(),
        )
