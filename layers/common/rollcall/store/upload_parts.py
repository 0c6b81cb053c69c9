"""What customers see of uploads, and what became of the devices: parts, and sums of what each decision changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pynamodb.exceptions import PutError

from rollcall.store.binding import bind
from rollcall.store.upload_chunks import UploadChunks
from rollcall.store.upload_heads import listed_at
from rollcall.store.uploads_table import (
    ARRIVAL,
    DELTA_PREFIX,
    HEAD,
    PART_PREFIX,
    CheckedItem,
    DeltaItem,
    HeadItem,
    PartItem,
    checked_sort_key,
    part_sort_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.uploads import Split, Upload, UploadStatus

_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class Shared:
    """How far the customers of an upload have come.

    Attributes:
        stored: so many of them, by id, have their part stored.
        told: so many have been told of it.
    """

    stored: int
    told: int


class UploadParts(UploadChunks):
    """Reads and writes parts and figures.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        super().__init__(table, region=region, host=host)
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._parts = bind(PartItem, table, region=region, host=host)
        self._checked = bind(CheckedItem, table, region=region, host=host)
        self._deltas = bind(DeltaItem, table, region=region, host=host)

    def put_part(
        self, upload: Upload, customer: str, split: Split, status: UploadStatus, *, chunks: bytes, at: str
    ) -> None:
        """Stores what a customer sees of an upload; a repeat changes nothing.

        So what the customer has decided on its part stays: a finisher that was slower than another comes late.

        Args:
            upload: of which.
            customer: whose part it is.
            split: its rows.
            status: as the customer sees it.
            chunks: in which it has devices, as `rollcall.shares.marks` writes them.
            at: now, UTC.
        """
        item = self._parts(
            pk=upload.id,
            sk=part_sort_key(customer),
            customer_uploads=customer,
            listed_at=listed_at(upload.id, upload.started_at),
            customer=customer,
            reseller=upload.reseller,
            file_name=upload.file_name,
            status=status.value,
            uploaded_by=upload.uploaded_by,
            order_number=upload.order_number or None,
            started_at=upload.started_at,
            finished_at=at,
            stored=split.stored,
            refused=split.refused,
            check_only=upload.check_only,
            in_chunks=chunks or None,
        )
        try:
            item.save(condition=PartItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise

    def put_checked(self, upload: Upload, customer: str) -> None:
        """Marks a check of a file for many customers as one that concerns a customer; a repeat does the same again."""
        self._checked(pk=upload.id, sk=checked_sort_key(customer)).save()

    def customers_of(self, upload: Upload) -> Iterator[str]:
        """The customers to whom a finished upload brought devices, by their ids; none of a check.

        Read a page at a time: a file may name very many.
        """
        if not upload.many:
            yield from [upload.customer] if upload.customer and upload.figures.rows.stored else []
            return
        items = self._parts.query(
            upload.id, PartItem.sk.startswith(PART_PREFIX), consistent_read=True, attributes_to_get=["sk"]
        )
        for item in items:
            yield item.sk.removeprefix(PART_PREFIX)

    def shared(self, upload_id: str) -> Shared:
        """How many of an upload's customers were stored and told so far, where that is remembered."""
        item = self._heads.get(upload_id, HEAD, consistent_read=True)
        return Shared(int(item.parts_stored or 0), int(item.parts_told or 0))

    def set_shared(self, upload_id: str, *, stored: int | None = None, told: int | None = None) -> None:
        """Remembers how many of an upload's customers are stored, or told."""
        actions: list[Any] = [
            attribute.set(number)
            for attribute, number in ((HeadItem.parts_stored, stored), (HeadItem.parts_told, told))
            if number is not None
        ]
        self._heads(pk=upload_id).update(actions=actions, condition=HeadItem.pk.exists())

    def put_unrecognised(self, upload_id: str, customer: str, devices: int) -> None:
        """Stores how many of a customer's devices arrived in MPTS_ERROR; a repeat writes the same again."""
        sort_key = f"{DELTA_PREFIX}{customer}#{ARRIVAL}"
        self._deltas(pk=upload_id, sk=sort_key, verified=0, settled=devices, unrecognised=devices).save()

    def settled(self, upload_id: str, customer: str | None = None) -> int:
        """How many of an upload's devices are no longer PENDING: decided, deleted or not recognised."""
        prefix = DELTA_PREFIX if customer is None else f"{DELTA_PREFIX}{customer}#"
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(prefix), consistent_read=True)
        return sum(int(item.settled or 0) for item in items)

    def unrecognised(self, upload_id: str) -> int:
        """How many of an upload's devices are in MPTS_ERROR now."""
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(DELTA_PREFIX), consistent_read=True)
        return sum(int(item.unrecognised or 0) for item in items)

    def verified(self, upload_id: str, customer: str | None = None) -> int:
        """How many of an upload's devices are VERIFIED now: the sum of what each decision changed."""
        prefix = DELTA_PREFIX if customer is None else f"{DELTA_PREFIX}{customer}#"
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(prefix), consistent_read=True)
        return sum(int(item.verified) for item in items)
