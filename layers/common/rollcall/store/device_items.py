"""Devices as DynamoDB items, built by hand for the bulk path.

The device lies under its primary identifier; each other identifier is a pointer item in the same key space. So "is it
taken" and "find by any" are key reads, and the IMEI1 of one device can never be the IMEI2 of another (row B11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.conflicts import Generation
from rollcall.devices import (
    Device,
    HistoryEntry,
    chunk_partition,
    order_shard,
    pending_shard,
    place,
    shard,
)
from rollcall.identifiers import Identifier, IdKind
from rollcall.rows import SLOTS
from rollcall.transitions import Act, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    AttributeMap = dict[str, Any]

DEVICE: Final = "device"
POINTER: Final = "pointer"
KIND_OF_SLOT: Final = {"imei": IdKind.IMEI, "imei2": IdKind.IMEI, "meid": IdKind.MEID, "serial": IdKind.SERIAL}
#: What a deleted device leaves for a while: a late worker of the same generation must not bring it back.
TOMBSTONE: Final = "tombstone"


def items_of(device: Device) -> list[AttributeMap]:
    """The device item, then one pointer for each further identifier."""
    return [device_item(device), *(pointer_item(device, key) for key in device.own_keys()[1:])]


def generation_of(item: Mapping[str, Any]) -> Generation:
    """Whose an item is."""
    return Generation(
        reseller=item["reseller"]["S"],
        customer=item["customer"]["S"],
        upload=item["upload"]["S"],
        line=int(item["line"]["N"]),
    )


def device_of(item: Mapping[str, Any]) -> Device:
    """A device out of its item as DynamoDB sends it."""
    ids = {slot: Identifier(KIND_OF_SLOT[slot], item[slot]["S"]) for slot in SLOTS if slot in item}
    first = next(iter(ids.values())).key
    before_exchange = _text(item, "before_exchange")
    return Device(
        generation=generation_of(item),
        ids=ids,
        status=Status(item["status"]["S"]),
        chunk=int(item["upload_chunk"]["S"].rpartition("#")[2]),
        model=_text(item, "model"),
        order_number=_text(item, "order_number"),
        order_date=_text(item, "order_date"),
        tags=_texts(item, "tags"),
        stc=_text(item, "stc"),
        uploaded_at=item["uploaded_at"]["S"],
        uploaded_by=item["uploaded_by"]["S"],
        version=int(item["version"]["N"]),
        history=tuple(entry_of(entry["M"]) for entry in item["history"]["L"]),
        decision=_text(item, "decision"),
        decided_until=_text(item, "decided_until"),
        approval_id=_text(item, "approval_id"),
        before_exchange=Status(before_exchange) if before_exchange else None,
        former=_texts(item, "former"),
        stored_under="" if item["id"]["S"] == first else item["id"]["S"],
    )


def entry_of(raw: Mapping[str, Any]) -> HistoryEntry:
    """An entry of a history as DynamoDB sends it."""
    return HistoryEntry(
        at=raw["at"]["S"],
        act=Act(raw["act"]["S"]),
        by=raw["by"]["S"],
        status=Status(raw["status"]["S"]),
        reference=raw["reference"]["S"],
        note=_text(raw, "note"),
        decision=_text(raw, "decision"),
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    return str(item[name]["S"]) if name in item else ""


def _texts(item: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(one["S"] for one in item[name]["L"]) if name in item else ()


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


def pointer_item(device: Device, key: str) -> AttributeMap:
    """What a further identifier of a device says."""
    return {"id": {"S": key}, "kind": {"S": POINTER}, "device": {"S": device.id}, **_owner(device)}


def tombstone_item(device: Device, key: str, *, expires: int, last: HistoryEntry | None = None) -> AttributeMap:
    """What is left under an identifier of a deleted device until DynamoDB removes it.

    Args:
        device: as it was.
        key: the typed identifier.
        expires: epoch seconds.
        last: how the device went; under its id alone, for those who follow the table's stream.
    """
    said = {"act": last.act.value, "at": last.at, "occasion": last.decision} if last else {}
    return {
        "id": {"S": key},
        "kind": {"S": TOMBSTONE},
        **_owner(device),
        **{name: {"S": text} for name, text in said.items() if text},
        "expires": {"N": str(expires)},
    }


def device_item(device: Device) -> AttributeMap:
    """The device under its id."""
    owner = device.generation
    number = shard(device.id)
    texts = {
        "model": device.model,
        "order_number": device.order_number,
        "order_date": device.order_date,
        "stc": device.stc,
        "decision": device.decision,
        "decided_until": device.decided_until,
        "approval_id": device.approval_id,
        "before_exchange": device.before_exchange or "",
    }
    item: AttributeMap = {
        "id": {"S": device.id},
        "kind": {"S": DEVICE},
        **_owner(device),
        **{slot: {"S": identifier.value} for slot, identifier in device.ids.items()},
        **{name: {"S": text} for name, text in texts.items() if text},
        "status": {"S": device.status.value},
        "uploaded_at": {"S": device.uploaded_at},
        "uploaded_by": {"S": device.uploaded_by},
        "version": {"N": str(device.version)},
        "history": {"L": [{"M": history_item(entry)} for entry in device.history]},
        "upload_chunk": {"S": chunk_partition(owner.upload, device.chunk)},
    }
    if device.tags:
        item["tags"] = {"L": [{"S": tag} for tag in device.tags]}
    if device.former:
        item["former"] = {"L": [{"S": key} for key in device.former]}
    if device.status is Status.PENDING:
        item["pending_shard"] = {"S": pending_shard(owner.customer, number)}
        item["pending_key"] = {"S": place(device.uploaded_at, owner)}
    if device.order_number.strip():
        item["order_shard"] = {"S": order_shard(owner.customer, device.order_number, number)}
        item["order_key"] = {"S": place(device.uploaded_at, owner)}
    return item


def history_item(entry: HistoryEntry) -> AttributeMap:
    """An entry of a device's history."""
    texts = {
        "at": entry.at,
        "act": entry.act.value,
        "by": entry.by,
        "status": entry.status.value,
        "reference": entry.reference,
        "note": entry.note,
        "decision": entry.decision,
    }
    return {name: {"S": text} for name, text in texts.items() if text}
