"""Devices as DynamoDB items, built by hand for the bulk path.

The device lies under its primary identifier; each other identifier is a pointer item in the same key space. So "is it
taken" and "find by any" are key reads, and the IMEI1 of one device can never be the IMEI2 of another (row B11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.conflicts import Generation
from rollcall.devices import chunk_partition, order_shard, pending_shard, place, shard
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import Device, HistoryEntry

    AttributeMap = dict[str, Any]

DEVICE: Final = "device"
POINTER: Final = "pointer"
#: What a deleted device leaves for a while: a late worker of the same generation must not bring it back.
TOMBSTONE: Final = "tombstone"


def items_of(device: Device) -> list[AttributeMap]:
    """The device item, then one pointer for each further identifier."""
    primary = device.primary.key
    return [
        _device_item(device, primary),
        *(_pointer_item(device, primary, other.key) for other in device.identifiers() if other.key != primary),
    ]


def generation_of(item: Mapping[str, Any]) -> Generation:
    """Whose an item is."""
    return Generation(
        reseller=item["reseller"]["S"],
        customer=item["customer"]["S"],
        upload=item["upload"]["S"],
        line=int(item["line"]["N"]),
    )


def is_tombstone(item: Mapping[str, Any]) -> bool:
    """Whether the identifier is free again."""
    return bool(item["kind"]["S"] == TOMBSTONE)


def _owner(device: Device) -> AttributeMap:
    owner = device.generation
    return {
        "reseller": {"S": owner.reseller},
        "customer": {"S": owner.customer},
        "upload": {"S": owner.upload},
        "line": {"N": str(owner.line)},
    }


def _pointer_item(device: Device, primary: str, key: str) -> AttributeMap:
    return {"id": {"S": key}, "kind": {"S": POINTER}, "device": {"S": primary}, **_owner(device)}


def _device_item(device: Device, primary: str) -> AttributeMap:
    owner = device.generation
    number = shard(primary)
    texts = {
        "model": device.model,
        "order_number": device.order_number,
        "order_date": device.order_date,
        "stc": device.stc,
    }
    item: AttributeMap = {
        "id": {"S": primary},
        "kind": {"S": DEVICE},
        **_owner(device),
        **{slot: {"S": identifier.value} for slot, identifier in device.ids.items()},
        **{name: {"S": text} for name, text in texts.items() if text},
        "status": {"S": device.status.value},
        "uploaded_at": {"S": device.uploaded_at},
        "uploaded_by": {"S": device.uploaded_by},
        "version": {"N": str(device.version)},
        "history": {"L": [{"M": _history_item(entry)} for entry in device.history]},
        "upload_chunk": {"S": chunk_partition(owner.upload, device.chunk)},
    }
    if device.tags:
        item["tags"] = {"L": [{"S": tag} for tag in device.tags]}
    if device.status is Status.PENDING:
        item["pending_shard"] = {"S": pending_shard(owner.customer, number)}
        item["pending_key"] = {"S": place(device.uploaded_at, owner)}
    if device.order_number.strip():
        item["order_shard"] = {"S": order_shard(owner.customer, device.order_number, number)}
        item["order_key"] = {"S": place(device.uploaded_at, owner)}
    return item


def _history_item(entry: HistoryEntry) -> AttributeMap:
    texts = {
        "at": entry.at,
        "act": entry.act.value,
        "by": entry.by,
        "status": entry.status.value,
        "reference": entry.reference,
        "note": entry.note,
    }
    return {name: {"S": text} for name, text in texts.items() if text}
