"""Tags as they are changed: beside the steps of a device's life, so that no decision waits or fails for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.store.device_items import DEVICE, device_of
from rollcall.tags import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rollcall.devices import Device
    from rollcall.store.transactions import Transactions
    from rollcall.tags import TagChange

    Action = dict[str, Any]

#: Devices of one transaction: one that somebody else is at fails the others only for another try.
_BATCH: Final = 25
_TRIES: Final = 5


class TagsStore:
    """Changes tags.

    Args:
        transactions: the tables.
        devices: name of the devices table.
    """

    def __init__(self, transactions: Transactions, devices: str) -> None:
        self._transactions = transactions
        self._devices = devices

    def change(self, devices: Iterable[Device], change: TagChange) -> list[Tagged]:
        """Adds and removes tags; whoever else changes the tags of a device at the same time loses nothing by it.

        The same change once more changes nothing.

        Args:
            devices: as read, each once.
            change: what to add and to remove.

        Returns:
            What came of each, in their order; devices that are gone by now are left out.

        Raises:
            OutOfTimeError: the caller's time is up; some may be changed.
        """
        order = list(devices)
        done: dict[str, Tagged] = {}
        for start in range(0, len(order), _BATCH):
            self._batch(order[start : start + _BATCH], change, done)
        return [done[device.id] for device in order if device.id in done]

    def _batch(self, devices: Sequence[Device], change: TagChange, done: dict[str, Tagged]) -> None:
        waiting = {device.id: device for device in devices}
        for _ in range(_TRIES):
            actions: list[Action] = []
            meant: list[Device] = []
            for device in waiting.values():
                after, fault = change.apply(device.tags), change.fault(device.tags)
                if fault or after == device.tags:
                    done[device.id] = Tagged(device, device.tags, fault=fault)
                    continue
                actions.append(self._action(device, after))
                meant.append(device)
            failed = self._transactions.write(actions) if actions else ()
            if not failed:
                done.update({one.id: Tagged(one, change.apply(one.tags), changed=True) for one in meant})
                return
            waiting = {device.id: device for device in meant}
            for one in failed:
                was = meant[one.place]
                now = _still(one.item, was)
                if now is None:
                    del waiting[was.id]
                else:
                    waiting[was.id] = now
        # Somebody changes the tags of one of them faster than they can be read: of the rest each is tried by itself.
        if len(waiting) > 1:
            for device in waiting.values():
                self._batch([device], change, done)

    def _action(self, device: Device, after: Sequence[str]) -> Action:
        born = device.generation
        values: dict[str, Any] = {
            ":kind": {"S": DEVICE},
            ":upload": {"S": born.upload},
            ":line": {"N": str(born.line)},
        }
        unchanged = "attribute_not_exists(#tags)"
        if device.tags:
            unchanged = "#tags = :before"
            values[":before"] = {"L": [{"S": tag} for tag in device.tags]}
        update = "REMOVE #tags"
        if after:
            update = "SET #tags = :after"
            values[":after"] = {"L": [{"S": tag} for tag in after]}
        return {
            "Update": {
                "TableName": self._devices,
                "Key": {"id": {"S": device.id}},
                "UpdateExpression": update,
                "ConditionExpression": f"#kind = :kind AND #upload = :upload AND #line = :line AND {unchanged}",
                "ExpressionAttributeNames": {"#kind": "kind", "#upload": "upload", "#line": "line", "#tags": "tags"},
                "ExpressionAttributeValues": values,
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


def _still(item: Mapping[str, Any] | None, was: Device) -> Device | None:
    """The device as it is now; None if it is gone, or another one lies under its id."""
    if item is None or item["kind"]["S"] != DEVICE:
        return None
    device = device_of(item)
    return device if device.generation == was.generation else None
