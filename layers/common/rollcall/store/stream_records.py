"""Records of the tables' streams as events: what stood there before a write, and what stands there now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rollcall.state_events import Gone, device_event, upload_event
from rollcall.store.device_items import DEVICE, TOMBSTONE, device_of, generation_of
from rollcall.store.upload_heads import upload_of
from rollcall.store.uploads_table import HEAD, HeadItem
from rollcall.transitions import Act
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import Device
    from rollcall.state_events import StateEvent
    from rollcall.uploads import Upload

    Image = Mapping[str, Any]


def event_of(record: Mapping[str, Any]) -> StateEvent | None:
    """The event that a record is; None for what is no change of state, such as a pointer, a tag or a lock.

    Args:
        record: as Lambda brings it, of either table.
    """
    change = record["dynamodb"]
    old, new = change.get("OldImage"), change.get("NewImage")
    if "pk" not in change["Keys"]:
        return device_event(_device(old), _left(new))
    if change["Keys"]["sk"]["S"] != HEAD:
        return None
    seen = datetime.fromtimestamp(float(change["ApproximateCreationDateTime"]), UTC)
    return upload_event(_upload(old), _upload(new), seen_at=utc(seen))


def _device(item: Image | None) -> Device | None:
    return device_of(item) if item and item["kind"]["S"] == DEVICE else None


def _left(item: Image | None) -> Device | Gone | None:
    """What a write left: a device, or what says how it went."""
    if item and item["kind"]["S"] == TOMBSTONE and "act" in item:
        return Gone(generation_of(item), Act(item["act"]["S"]), item["at"]["S"], item.get("occasion", {}).get("S", ""))
    return _device(item)


def _upload(item: Image | None) -> Upload | None:
    return upload_of(HeadItem.from_raw_data(dict(item))) if item else None
