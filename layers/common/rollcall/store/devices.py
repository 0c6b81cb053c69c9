"""Devices as they are read: one by any of its identifiers, many at once, or those of a chunk in the file's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.conflicts import Generation
from rollcall.devices import Device, HistoryEntry, ListedDevice, chunk_partition
from rollcall.identifiers import Identifier
from rollcall.rows import SLOTS
from rollcall.store.binding import bind
from rollcall.store.device_items import DEVICE, KIND_OF_SLOT, POINTER
from rollcall.store.devices_table import DeviceItem
from rollcall.transitions import Act, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.store.devices_table import HistoryMap

#: How often a pointer is read again whose device has become another one in between.
_TRIES: Final = 3


class DevicesStore:
    """Reads devices. Reads by key see every write that came before; lists of an index may lag by a moment.

    Args:
        table: name of the devices table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._devices = bind(DeviceItem, table, region=region, host=host)

    def find(self, identifier_key: str) -> Device | None:
        """The device that has an identifier.

        Args:
            identifier_key: typed, such as ``imei#…``; any identifier of the device, also one it had before an exchange.
        """
        return self.find_many([identifier_key]).get(identifier_key)

    def find_many(self, keys: Iterable[str]) -> dict[str, Device]:
        """The devices that have these identifiers: typed key → device; keys of no device are left out."""
        found: dict[str, Device] = {}
        wanted = list(dict.fromkeys(keys))
        for _ in range(_TRIES):
            items = self._get(wanted)
            pointers = {key: item for key, item in items.items() if item.kind == POINTER and item.device}
            targets = self._get(pointer.device for pointer in pointers.values() if pointer.device)
            found |= {key: _device(item) for key, item in items.items() if item.kind == DEVICE}
            moved = []
            for key, pointer in pointers.items():
                target = targets.get(pointer.device or "")
                # A pointer is of the device's own generation, unless the device was deleted between the two reads.
                if target and target.kind == DEVICE and _generation(target) == _generation(pointer):
                    found[key] = _device(target)
                else:
                    moved.append(key)
            wanted = moved
        return found

    def of_chunk(self, upload: str, chunk: int, *, after_line: int = 0, limit: int = 100) -> tuple[ListedDevice, ...]:
        """Devices of one chunk of an upload, in the order of the file.

        Args:
            upload: upload id.
            chunk: number of the chunk, from 0.
            after_line: begin behind this line; the line of the last one of a page gives the next page.
            limit: how many at the most.
        """
        items = self._devices.by_upload.query(
            chunk_partition(upload, chunk), DeviceItem.line > after_line, limit=limit, page_size=limit
        )
        return tuple(listed(item) for item in items)

    def _get(self, keys: Iterable[str]) -> dict[str, DeviceItem]:
        wanted = list(dict.fromkeys(keys))
        return {item.id: item for item in self._devices.batch_get(wanted, consistent_read=True)} if wanted else {}


def _generation(item: DeviceItem) -> Generation:
    return Generation(reseller=item.reseller, customer=item.customer, upload=item.upload, line=int(item.line))


def _ids(item: DeviceItem) -> Mapping[str, Identifier]:
    values = {slot: getattr(item, slot) for slot in SLOTS}
    return {slot: Identifier(KIND_OF_SLOT[slot], value) for slot, value in values.items() if value}


def _device(item: DeviceItem) -> Device:
    ids = _ids(item)
    first = next(iter(ids.values())).key
    return Device(
        generation=_generation(item),
        ids=ids,
        status=Status(item.status),
        chunk=int(item.upload_chunk.rpartition("#")[2]),
        model=item.model or "",
        order_number=item.order_number or "",
        order_date=item.order_date or "",
        tags=tuple(str(tag) for tag in item.tags or ()),
        stc=item.stc or "",
        uploaded_at=item.uploaded_at,
        uploaded_by=item.uploaded_by,
        version=int(item.version),
        history=tuple(map(_entry, item.history)),
        decision=item.decision or "",
        decided_until=item.decided_until or "",
        approval_id=item.approval_id or "",
        before_exchange=Status(item.before_exchange) if item.before_exchange else None,
        former=tuple(str(key) for key in item.former or ()),
        stored_under="" if item.id == first else item.id,
    )


def listed(item: DeviceItem) -> ListedDevice:
    """A device out of an item of an index."""
    return ListedDevice(
        id=item.id,
        generation=_generation(item),
        ids=_ids(item),
        status=Status(item.status),
        model=item.model or "",
        order_number=item.order_number or "",
        tags=tuple(str(tag) for tag in item.tags or ()),
        uploaded_at=item.uploaded_at,
        uploaded_by=item.uploaded_by,
    )


def _entry(entry: HistoryMap) -> HistoryEntry:
    return HistoryEntry(
        at=entry.at,
        act=Act(entry.act),
        by=entry.by,
        status=Status(entry.status),
        reference=entry.reference,
        note=entry.note or "",
        decision=entry.decision or "",
    )
