"""An account's uploads with the devices of their chunks, as the tables hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.devices import chunk_partition
from rollcall.shares import marked
from rollcall.store.blocks import read_block
from rollcall.store.devices import listed
from rollcall.store.devices_table import DeviceItem
from rollcall.store.listed_uploads import is_shared_out
from rollcall.upload_walk import UploadGroup
from rollcall.walking import Block

if TYPE_CHECKING:
    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter
    from rollcall.scopes import Scope
    from rollcall.store.listed_uploads import ListedUploads
    from rollcall.store.uploads_table import HeadItem, PartItem

#: How many times more rows of a shared chunk are looked at than are hoped for, and how many at the most.
_SHARED_FACTOR: Final = 4
_SHARED_ROWS: Final = 500


class DeviceChunks:
    """Implements `rollcall.upload_walk.Chunks`.

    Args:
        devices: model of the devices table.
        uploads: lists of uploads.
        scope: who asks.
        customer: whose devices; empty for those of all customers of a reseller.
        only: the one upload to read; None for all of the account's.
        meter: counts.
    """

    def __init__(
        self,
        devices: type[DeviceItem],
        uploads: ListedUploads,
        *,
        scope: Scope,
        customer: str,
        only: UploadGroup | None,
        meter: Meter,
    ) -> None:
        self._devices = devices
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
            own = self._uploads.own_parts(heads.items, self._customer, meter=self._meter) if self._customer else {}
            groups = tuple(self._group(head, own.get(head.pk)) for head in heads.items if not head.check_only)
            return Block(groups, heads.last)
        parts = self._uploads.parts(
            self._customer, key, inclusive=inclusive, descending=descending, limit=limit, meter=self._meter
        )
        found = self._uploads.heads_of([part.pk for part in parts.items], meter=self._meter)
        return Block(tuple(self._group(found[part.pk], part) for part in parts.items if part.pk in found), parts.last)

    def chunks(self, group: UploadGroup, low: int, high: int, *, descending: bool) -> Block[int, int]:
        """Of a shared upload only the chunks in which the customer has devices, where that is known; all of others."""
        own = range(low, high) if group.own is None else group.own
        numbers = [number for number in own if low <= number < high]
        return Block(tuple(reversed(numbers) if descending else numbers))

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

    def _group(self, head: HeadItem, part: PartItem | None) -> UploadGroup:
        is_shared = bool(head.many and self._customer)
        return UploadGroup(
            key=head.listed_at,
            upload=head.pk,
            chunks=int(head.chunks or 0),
            is_shared=is_shared,
            own=own_chunks(part, finished=is_shared_out(head)) if is_shared else None,
        )


def own_chunks(part: PartItem | None, *, finished: bool) -> tuple[int, ...] | None:
    """In which chunks of an upload for many customers one has devices; None where that is not known.

    Args:
        part: what it has of the upload.
        finished: whether the upload is; while it is not, nobody knows yet.
    """
    if part is None:
        return () if finished else None
    return marked(part.in_chunks) if part.in_chunks else None
