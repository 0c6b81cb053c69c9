"""An account's uploads by date: heads of a reseller's, parts of a customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.store.binding import bind
from rollcall.store.blocks import along, read_block
from rollcall.store.uploads_table import HEAD, HeadItem, PartItem, checked_sort_key, part_sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.paging import Meter
    from rollcall.scopes import Scope
    from rollcall.store.blocks import Read


class ListedUploads:
    """Reads the uploads table's two lists, a block at a time.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._parts = bind(PartItem, table, region=region, host=host)

    def heads(
        self,
        reseller: str,
        key: str | None,
        *,
        customer: str = "",
        inclusive: bool,
        descending: bool,
        limit: int,
        meter: Meter,
    ) -> Read[HeadItem]:
        """A reseller's uploads from a key on; with a customer, those of it and those of many customers."""
        query = self._heads.by_reseller.query(
            reseller,
            along(HeadItem.listed_at, key, inclusive=inclusive, descending=descending),
            filter_condition=(HeadItem.customer == customer) | (HeadItem.many == True) if customer else None,  # noqa: E712 - builds a condition
            scan_index_forward=not descending,
            page_size=limit,
        )
        meter.count(0)
        return read_block(self._heads, query, "listed_at")

    def parts(
        self, customer: str, key: str | None, *, inclusive: bool, descending: bool, limit: int, meter: Meter
    ) -> Read[PartItem]:
        """A customer's parts of uploads from a key on."""
        query = self._parts.by_customer.query(
            customer,
            along(PartItem.listed_at, key, inclusive=inclusive, descending=descending),
            scan_index_forward=not descending,
            page_size=limit,
        )
        meter.count(0)
        return read_block(self._parts, query, "listed_at")

    def ids(self, scope: Scope, key: str | None, *, limit: int, meter: Meter) -> Read[HeadItem] | Read[PartItem]:
        """An account's uploads behind a key, newest first; of each item only its keys are filled in."""
        model, index = (
            (self._heads, self._heads.by_reseller) if scope.is_reseller else (self._parts, self._parts.by_customer)
        )
        query = index.query(
            scope.account,
            along(model.listed_at, key, inclusive=False, descending=True),
            scan_index_forward=False,
            page_size=limit,
            attributes_to_get=["pk", "listed_at"],
        )
        meter.count(0)
        return read_block(model, query, "listed_at")

    def heads_of(self, uploads: list[str], *, meter: Meter, consistent: bool = False) -> dict[str, HeadItem]:
        """The heads of up to 100 uploads: id → head."""
        if not uploads:
            return {}
        meter.count(0)
        items = self._heads.batch_get([(upload, HEAD) for upload in uploads], consistent_read=consistent)
        return {item.pk: item for item in items}

    def own_parts(self, heads: Sequence[HeadItem], customer: str, *, meter: Meter) -> dict[str, PartItem]:
        """What a customer has of those among up to 100 uploads that are for many and finished: upload id → part.

        Of a check it is no more than the mark that it concerns the customer.
        """
        settled = [head for head in heads if is_shared_out(head)]
        if not settled:
            return {}
        meter.count(0)
        keys = [(one.pk, (checked_sort_key if one.check_only else part_sort_key)(customer)) for one in settled]
        return {item.pk: item for item in self._parts.batch_get(keys, consistent_read=True)}

    def part(self, upload: str, customer: str) -> PartItem | None:
        """What a customer sees of an upload; None if it has no part of it."""
        try:
            return self._parts.get(upload, part_sort_key(customer), consistent_read=True)
        except self._parts.DoesNotExist:
            return None


def is_shared_out(head: HeadItem) -> bool:
    """Whether an upload is for many customers and over, so that each that has devices of it has its part."""
    return bool(head.many and head.figures)
