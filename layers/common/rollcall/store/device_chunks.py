"""An account's uploads with the devices of their chunks, as the tables hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.devices import chunk_partition
from rollcall.store.blocks import read_block
from rollcall.store.devices import listed
from rollcall.store.devices_table import DeviceItem
from rollcall.store.uploads_table import CHUNK_PREFIX, ChunkItem, chunk_sort_key
from rollcall.upload_walk import UploadGroup
from rollcall.walking import Block

if TYPE_CHECKING:
    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter
    from rollcall.scopes import Scope
    from rollcall.store.listed_uploads import ListedUploads
    from rollcall.store.uploads_table import HeadItem

#: Chunk items of one request; each holds its figures by customer.
_CHUNKS: Final = 25
#: How many times more rows of a shared chunk are looked at than are hoped for, and how many at the most.
_SHARED_FACTOR: Final = 4
_SHARED_ROWS: Final = 500


class DeviceChunks:
    """Implements `rollcall.upload_walk.Chunks`.

    Args:
        devices: model of the devices table.
        chunks: model of the chunks in the uploads table.
        uploads: lists of uploads.
        scope: who asks.
        customer: whose devices; empty for those of all customers of a reseller.
        only: the one upload to read; None for all of the account's.
        meter: counts.
    """

    def __init__(
        self,
        devices: type[DeviceItem],
        chunks: type[ChunkItem],
        uploads: ListedUploads,
        *,
        scope: Scope,
        customer: str,
        only: UploadGroup | None,
        meter: Meter,
    ) -> None:
        self._devices = devices
        self._chunks = chunks
        self._uploads = uploads
        self._scope = scope
        self._customer = customer
        self._only = only
        self._meter = meter

    def groups(self, key: str | None, *, inclusive: bool, descending: bool, limit: int) -> Block[UploadGroup, str]:
        """Uploads from a key on; checks are left out, since they store nothing."""
        if self._only:
            return Block((self._only,))
        if self._scope.is_reseller:
            heads = self._uploads.heads(
                self._scope.account,
                key,
                customer=self._customer,
                inclusive=inclusive,
                descending=descending,
                limit=limit,
                meter=self._meter,
            )
            groups = tuple(self._group(head) for head in heads.items if not head.check_only)
            return Block(groups, heads.last)
        parts = self._uploads.parts(
            self._customer, key, inclusive=inclusive, descending=descending, limit=limit, meter=self._meter
        )
        found = self._uploads.heads_of([part.pk for part in parts.items], meter=self._meter)
        return Block(tuple(self._group(found[part.pk]) for part in parts.items if part.pk in found), parts.last)

    def chunks(self, group: UploadGroup, low: int, high: int, *, descending: bool) -> Block[int, int]:
        """Of a shared upload only the chunks in which the customer has devices; all of any other."""
        if not group.is_shared:
            numbers = range(low, high)
            return Block(tuple(reversed(numbers) if descending else numbers))
        self._meter.count(0)
        read = read_block(
            self._chunks,
            self._chunks.query(
                group.upload,
                ChunkItem.sk.between(chunk_sort_key(low), chunk_sort_key(high - 1)),
                scan_index_forward=not descending,
                page_size=_CHUNKS,
            ),
            "sk",
        )
        numbers_with = tuple(_number(item.sk) for item in read.items if self._has_own(item))
        return Block(numbers_with, None if read.last is None else _number(read.last))

    def rows(
        self, group: UploadGroup, chunk: int, low: int, high: int, *, descending: bool, limit: int
    ) -> Block[ListedDevice, int]:
        """Devices of a chunk, of a shared upload those of the customer."""
        if group.is_shared:
            limit = self._meter.allow(min(limit * _SHARED_FACTOR, _SHARED_ROWS))
        query = self._devices.by_upload.query(
            chunk_partition(group.upload, chunk),
            DeviceItem.line.between(low, high - 1),
            filter_condition=DeviceItem.customer == self._customer if group.is_shared else None,
            scan_index_forward=not descending,
            page_size=limit,
        )
        read = read_block(self._devices, query, "line")
        self._meter.count(len(read.items))
        return Block(tuple(map(listed, read.items)), read.last)

    def _group(self, head: HeadItem) -> UploadGroup:
        return UploadGroup(
            key=head.listed_at,
            upload=head.pk,
            chunks=int(head.chunks or 0) if self._may_concern(head) else 0,
            is_shared=bool(head.many and self._customer),
        )

    def _may_concern(self, head: HeadItem) -> bool:
        """Whether an upload can have brought the customer anything; while it is in progress nobody knows."""
        if not (head.many and self._customer and head.figures):
            return True
        return bool(head.figures["by_customer"].get(self._customer, (0, 0))[0])

    def _has_own(self, item: ChunkItem) -> bool:
        return not item.figures or bool(item.figures["by_customer"].get(self._customer, (0, 0))[0])


def _number(sort_key: str) -> int:
    return int(sort_key.removeprefix(CHUNK_PREFIX))
