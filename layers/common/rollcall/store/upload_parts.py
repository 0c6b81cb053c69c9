"""What customers see of uploads, and what became of the devices: parts, and sums of what each decision changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.store.binding import bind
from rollcall.store.upload_chunks import UploadChunks
from rollcall.store.upload_heads import listed_at
from rollcall.store.uploads_table import ARRIVAL, DELTA_PREFIX, DeltaItem, PartItem, part_sort_key

if TYPE_CHECKING:
    from rollcall.uploads import Split, Upload, UploadStatus


class UploadParts(UploadChunks):
    """Reads and writes parts and figures.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        super().__init__(table, region=region, host=host)
        self._parts = bind(PartItem, table, region=region, host=host)
        self._deltas = bind(DeltaItem, table, region=region, host=host)

    def put_part(self, upload: Upload, customer: str, split: Split, status: UploadStatus, *, at: str) -> None:
        """Stores what a customer sees of an upload; a repeat writes the same again.

        What the customer has decided on its part stays: a finisher that was slower than another comes late.
        """
        facts: list[tuple[Any, Any]] = [
            (PartItem.customer_uploads, customer),
            (PartItem.listed_at, listed_at(upload.id, upload.started_at)),
            (PartItem.customer, customer),
            (PartItem.reseller, upload.reseller),
            (PartItem.file_name, upload.file_name),
            (PartItem.status, status.value),
            (PartItem.uploaded_by, upload.uploaded_by),
            (PartItem.order_number, upload.order_number),
            (PartItem.started_at, upload.started_at),
            (PartItem.finished_at, at),
            (PartItem.stored, split.stored),
            (PartItem.refused, split.refused),
            (PartItem.check_only, upload.check_only),
        ]
        # The upload's facts never change, so what is empty was never there and need not be removed.
        actions = [attribute.set(value) for attribute, value in facts if value != ""]
        self._parts(pk=upload.id, sk=part_sort_key(customer)).update(actions=actions)

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
