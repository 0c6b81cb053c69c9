"""Every company in one partition, with what the clock found missing in each: operators look at all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.attributes import ListAttribute, NumberAttribute

from rollcall.store.accounts_table import COMPANIES, Item
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Sequence


class CompanyItem(Item):
    """``companies`` / ``RSL-ACME`` in the accounts table; the pointer itself is written with the company.

    Attributes:
        flags: what is missing in it, in words.
        looked_at: when the clock looked, epoch seconds.
    """

    flags = ListAttribute[str](null=True)
    looked_at = NumberAttribute(null=True)


@dataclass(frozen=True, slots=True)
class Company:
    """A company as the clock saw it last.

    Attributes:
        account: id.
        flags: what was missing, in words.
        looked_at: when, epoch seconds; 0 if never.
    """

    account: str
    flags: tuple[str, ...] = ()
    looked_at: float = 0.0


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
            Company(item.sk, tuple(item.flags or ()), float(item.looked_at or 0))
            for item in self._items.query(COMPANIES, consistent_read=True)
        ]

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
