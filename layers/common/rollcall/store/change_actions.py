"""Steps in the life of a device as actions of a DynamoDB transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from rollcall.store.audit_items import audit_item
from rollcall.store.device_items import (
    DEVICE,
    TOMBSTONE,
    device_item,
    history_item,
    pointer_item,
    tombstone_item,
)
from rollcall.store.uploads_table import DELTA_PREFIX, part_sort_key
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.devices import Device
    from rollcall.life import Change

    Action = dict[str, Any]

#: Seconds that a deleted device's tombstones stay: longer than any queue keeps a message about it.
TOMBSTONE_SECONDS: Final = 30 * 24 * 3600
_BATCH_CHARACTERS: Final = 8
_AS_READ: Final = ("kind", "status", "version", "upload", "line", "customer")


def change_actions(change: Change, table: str, uploads: str, *, now: float) -> list[Action]:
    """What one change writes; the first action is on the device itself and carries the condition.

    Args:
        change: the step.
        table: name of the devices table.
        uploads: name of the uploads table, which keeps what is left of deleted devices.
        now: epoch seconds.
    """
    if change.after is None:
        return _deletion(change, table, uploads, now=now)
    added = [key for key in change.after.own_keys() if key not in change.before.own_keys()]
    return [_update(change.before, change.after, table), *(_claim(change.after, key, table) for key in added)]


def delta_action(changes: Sequence[Change], act_id: str, uploads: str) -> Action:
    """By how much changes of one upload and customer alter its figures; one item a transaction, never counted twice."""
    owner = changes[0].before.generation
    verified = sum(change.verified for change in changes)
    settled = sum(change.settled for change in changes)
    unrecognised = sum(change.unrecognised for change in changes)
    removed = sum(change.after is None for change in changes)
    return {
        "Put": {
            "TableName": uploads,
            "Item": {
                "pk": {"S": owner.upload},
                "sk": {"S": f"{DELTA_PREFIX}{owner.customer}#{act_id}#{_batch(changes)}"},
                "verified": {"N": str(verified)},
                "settled": {"N": str(settled)},
                **({"unrecognised": {"N": str(unrecognised)}} if unrecognised else {}),
                **({"removed": {"N": str(removed)}} if removed else {}),
            },
            "ConditionExpression": "attribute_not_exists(pk)",
        }
    }


def unlocked_action(upload: str, customer: str, uploads: str, *, owner: str, now: float) -> Action:
    """That nobody but ``owner`` is deciding on the whole upload at this moment."""
    return {
        "ConditionCheck": {
            "TableName": uploads,
            "Key": {"pk": {"S": upload}, "sk": {"S": part_sort_key(customer)}},
            "ConditionExpression": "attribute_not_exists(deciding) OR deciding = :owner OR deciding_until < :now",
            "ExpressionAttributeValues": {":owner": {"S": owner}, ":now": {"N": str(int(now))}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _as_read(device: Device) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The condition that a device is still what it was when read: state, generation and version."""
    owner = device.generation
    return (
        " AND ".join(f"#{name} = :{name}" for name in _AS_READ),
        {f"#{name}": name for name in _AS_READ},
        {
            ":kind": {"S": DEVICE},
            ":status": {"S": device.status.value},
            ":version": {"N": str(device.version)},
            ":upload": {"S": owner.upload},
            ":line": {"N": str(owner.line)},
            ":customer": {"S": owner.customer},
        },
    )


def _update(before: Device, after: Device, table: str) -> Action:
    """Sets what is different, so that what others add to an item (tags, say) is left alone."""
    old, new = device_item(before), device_item(after)
    condition, names, values = _as_read(before)
    entries = [{"M": history_item(entry)} for entry in after.history[len(before.history) :]]
    values |= {":entries": {"L": entries}}
    names |= {"#history": "history"}
    sets = ["#history = list_append(#history, :entries)"]
    removes = []
    for number, name in enumerate(sorted((old.keys() | new.keys()) - {"history"})):
        if old.get(name) == new.get(name):
            continue
        names[f"#{name}"] = name
        if name in new:
            values[f":v{number}"] = new[name]
            sets.append(f"#{name} = :v{number}")
        else:
            removes.append(f"#{name}")
    return {
        "Update": {
            "TableName": table,
            "Key": {"id": {"S": before.id}},
            "UpdateExpression": f"SET {', '.join(sets)}" + (f" REMOVE {', '.join(removes)}" if removes else ""),
            "ConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _claim(device: Device, key: str, table: str) -> Action:
    return {
        "Put": {
            "TableName": table,
            "Item": pointer_item(device, key),
            "ConditionExpression": "attribute_not_exists(id) OR #kind = :tombstone",
            "ExpressionAttributeNames": {"#kind": "kind"},
            "ExpressionAttributeValues": {":tombstone": {"S": TOMBSTONE}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _deletion(change: Change, table: str, uploads: str, *, now: float) -> list[Action]:
    """Tombstones under each identifier, and the history in the audit; nothing else of the device stays."""
    device = change.before
    condition, names, values = _as_read(device)
    expires = int(now) + TOMBSTONE_SECONDS
    # Pointers change only together with their device, so its condition holds for them as well.
    first, *others = (
        {
            "TableName": table,
            "Item": tombstone_item(
                device, key, expires=expires, last=change.last[-1] if change.last and key == device.id else None
            ),
        }
        for key in device.own_keys()
    )
    first |= {
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    audit = {"TableName": uploads, "Item": audit_item(change)}
    return [{"Put": put} for put in (first, *others, audit)]


def _batch(changes: Sequence[Change]) -> str:
    """Names a batch by what is in it: the same devices in the same versions are the same batch."""
    content = "\0".join(sorted(f"{change.before.id}@{change.before.version}" for change in changes))
    return crockford(hashlib.sha256(content.encode()).digest(), _BATCH_CHARACTERS)
