"""One customer's devices in the indexes that are spread over shards: those that are PENDING, those of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.conflicts import Generation
from rollcall.devices import order_shard, pending_shard, place
from rollcall.store.blocks import read_block
from rollcall.store.devices import listed
from rollcall.store.devices_table import DeviceItem
from rollcall.walking import Block

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter
    from rollcall.scopes import Scope
    from rollcall.store.listed_uploads import ListedUploads

#: The character behind ``#``: sorts behind every key that begins with an upload's and a ``#``.
_BEHIND = "$"


class DeviceShards:
    """Implements `rollcall.shard_walk.Shards`.

    Args:
        devices: model of the devices table.
        uploads: lists of uploads.
        scope: who asks.
        customer: whose devices.
        order: an order number to read the index by order; empty for the index of what is PENDING.
        meter: counts.
    """

    def __init__(
        self,
        devices: type[DeviceItem],
        uploads: ListedUploads,
        *,
        scope: Scope,
        customer: str,
        order: str,
        meter: Meter,
    ) -> None:
        self._devices = devices
        self._uploads = uploads
        self._scope = scope
        self._meter = meter
        self._index: Any = devices.by_order if order else devices.pending
        self._key: Any = DeviceItem.order_key if order else DeviceItem.pending_key
        self._partition: Callable[[int], str] = (
            (lambda shard: order_shard(customer, order, shard))
            if order
            else (lambda shard: pending_shard(customer, shard))
        )

    def beyond(
        self, shard: int, key: str | None, *, inclusive: bool, descending: bool, limit: int
    ) -> Block[ListedDevice, str]:
        """Devices of a shard from an upload on."""
        condition = None
        if key is not None:
            edge = key + (_BEHIND if inclusive == descending else "#")
            condition = self._key < edge if descending else self._key >= edge
        devices, last = self._read(shard, condition, descending=descending, limit=limit)
        return Block(devices, last.rpartition("#")[0] if last else None)

    def within(
        self, shard: int, key: str, low: int, high: int, *, descending: bool, limit: int
    ) -> Block[ListedDevice, int]:
        """Devices of a shard and one upload."""
        condition = self._key.between(_place(key, low), _place(key, high - 1))
        devices, last = self._read(shard, condition, descending=descending, limit=limit)
        return Block(devices, int(last.rpartition("#")[2]) if last else None)

    def is_own(self, device: ListedDevice) -> bool:
        """A customer sees every upload that brought it a device, a reseller its own."""
        return self._scope.sees(device.generation)

    def next_own(self, key: str, *, descending: bool) -> str | None:
        """The reseller's next upload behind a key."""
        read = self._uploads.heads(
            self._scope.account, key, inclusive=False, descending=descending, limit=1, meter=self._meter
        )
        return read.items[0].listed_at if read.items else None

    def _read(
        self,
        shard: int,
        condition: Any,  # noqa: ANN401 - pynamodb's condition types are private
        *,
        descending: bool,
        limit: int,
    ) -> tuple[tuple[ListedDevice, ...], str | None]:
        query = self._index.query(self._partition(shard), condition, scan_index_forward=not descending, page_size=limit)
        read = read_block(self._devices, query, self._key.attr_name)
        self._meter.count(len(read.items))
        return tuple(map(listed, read.items)), read.last


def _place(key: str, line: int) -> str:
    at, _, upload = key.partition("#")
    return place(at, Generation(reseller="", customer="", upload=upload, line=line))
