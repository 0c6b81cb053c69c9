"""The devices table as pynamodb reads it; the bulk path writes the same items by hand (`device_items.py`)."""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import ListAttribute, MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

#: What each index carries besides the keys of the table and its own: what a list shows, and no more.
LIST_COLUMNS = [
    *("imei", "imei2", "meid", "serial", "model", "order_number", "status", "uploaded_at", "uploaded_by", "upload"),
    *("customer", "reseller", "line", "tags"),
]


class ByUpload(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # pynamodb does not annotate it
    """Devices of one chunk of an upload, in the order of the file."""

    class Meta:
        index_name = "by_upload"
        projection = IncludeProjection([column for column in LIST_COLUMNS if column != "line"])

    upload_chunk = UnicodeAttribute(hash_key=True)
    line = NumberAttribute(range_key=True)


class Pending(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # likewise
    """Devices that wait for a customer's decision, by reseller and upload; sparse."""

    class Meta:
        index_name = "pending"
        projection = IncludeProjection(LIST_COLUMNS)

    pending_shard = UnicodeAttribute(hash_key=True)
    pending_key = UnicodeAttribute(range_key=True)


class ByOrder(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # likewise
    """Devices of one order of a customer, by reseller and upload; sparse."""

    class Meta:
        index_name = "by_order"
        projection = IncludeProjection(LIST_COLUMNS)

    order_shard = UnicodeAttribute(hash_key=True)
    order_key = UnicodeAttribute(range_key=True)


class HistoryMap(MapAttribute[str, Any]):
    """One thing that happened to a device."""

    at = UnicodeAttribute()
    act = UnicodeAttribute()
    by = UnicodeAttribute()
    status = UnicodeAttribute()
    reference = UnicodeAttribute()
    note = UnicodeAttribute(null=True)
    decision = UnicodeAttribute(null=True)


class KeyItem(Model):
    """What every item says: which identifier it holds, and whose it is.

    Attributes:
        id: the typed identifier, such as ``imei#…``.
        kind: ``device``, ``pointer`` or ``tombstone``.
        device: of a pointer: the id that its device lies under.
        expires: of a tombstone: epoch seconds after which DynamoDB removes it.
        act: of the tombstone under a device's id: how it went; ``at`` when, and ``occasion`` by which delete.
    """

    id = UnicodeAttribute(hash_key=True)
    kind = UnicodeAttribute()
    reseller = UnicodeAttribute()
    customer = UnicodeAttribute()
    upload = UnicodeAttribute()
    line = NumberAttribute()
    device = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)
    act = UnicodeAttribute(null=True)
    at = UnicodeAttribute(null=True)
    occasion = UnicodeAttribute(null=True)


class PointerItem(KeyItem):
    """A further identifier of a device."""


class DeviceItem(KeyItem):
    """A device, under its primary identifier."""

    by_upload = ByUpload()
    pending = Pending()
    by_order = ByOrder()
    imei = UnicodeAttribute(null=True)
    imei2 = UnicodeAttribute(null=True)
    meid = UnicodeAttribute(null=True)
    serial = UnicodeAttribute(null=True)
    model = UnicodeAttribute(null=True)
    order_number = UnicodeAttribute(null=True)
    order_date = UnicodeAttribute(null=True)
    stc = UnicodeAttribute(null=True)
    tags = ListAttribute(of=UnicodeAttribute, null=True)
    status = UnicodeAttribute()
    uploaded_at = UnicodeAttribute()
    uploaded_by = UnicodeAttribute()
    version = NumberAttribute()
    history = ListAttribute(of=HistoryMap)
    decision = UnicodeAttribute(null=True)
    decided_until = UnicodeAttribute(null=True)
    approval_id = UnicodeAttribute(null=True)
    before_exchange = UnicodeAttribute(null=True)
    former = ListAttribute(of=UnicodeAttribute, null=True)
    upload_chunk = UnicodeAttribute()
    pending_shard = UnicodeAttribute(null=True)
    pending_key = UnicodeAttribute(null=True)
    order_shard = UnicodeAttribute(null=True)
    order_key = UnicodeAttribute(null=True)
