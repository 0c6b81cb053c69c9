"""Reads everything that happened to a customer's devices, also to those that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.audit import AuditEntry
from rollcall.store.audit_items import audit_of
from rollcall.store.uploads_table import AUDIT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.devices import DevicesStore
    from rollcall.store.parts import PartsStore
    from rollcall.store.sessions import LazyClient

#: Devices read at a time.
_PAGE = 100


class AuditStore:
    """Walks a customer's uploads, oldest first, and each in the order of its file.

    Args:
        client: DynamoDB.
        changes: reads devices.
        devices: the devices of a chunk.
        parts: uploads as the customer sees them.
        uploads: name of the uploads table.
    """

    def __init__(
        self,
        client: DynamoDBClient | LazyClient,
        *,
        changes: DeviceChanges,
        devices: DevicesStore,
        parts: PartsStore,
        uploads: str,
    ) -> None:
        self._client: Any = client
        self._changes = changes
        self._devices = devices
        self._parts = parts
        self._uploads = uploads

    def of_customer(self, customer: str) -> Iterator[AuditEntry]:
        """Every step of every device that finished uploads brought a customer.

        Devices of an upload come in the order of the file, those that are gone before those that are there; the steps
        of a device in the order in which they happened. Held in memory is a page at a time.
        """
        for item in self._query(
            IndexName="by_customer",
            KeyConditionExpression="customer_uploads = :customer",
            ExpressionAttributeValues={":customer": {"S": customer}},
            ProjectionExpression="pk",
        ):
            yield from self.of_upload(item["pk"]["S"], customer)

    def of_upload(self, upload: str, customer: str) -> Iterator[AuditEntry]:
        """The same for one upload."""
        for item in self._query(
            KeyConditionExpression="pk = :upload AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":upload": {"S": upload}, ":prefix": {"S": f"{AUDIT_PREFIX}{customer}#"}},
            ConsistentRead=True,
        ):
            gone = audit_of(item)
            for entry in gone.history:
                yield AuditEntry(gone.device, gone.keys, gone.generation, entry, gone=True)
        part = self._parts.get(upload, customer)
        for chunk in range(part.chunks if part else 0):
            yield from self._of_chunk(upload, chunk, customer)

    def _of_chunk(self, upload: str, chunk: int, customer: str) -> Iterator[AuditEntry]:
        line = 0
        while page := self._devices.of_chunk(upload, chunk, after_line=line, limit=_PAGE):
            line = page[-1].generation.line
            wanted = {one.id: one.generation for one in page if one.generation.customer == customer}
            found = self._changes.read(wanted)
            for id_, born in wanted.items():
                device = found.get(id_)
                if device and device.generation == born:
                    for entry in device.history:
                        yield AuditEntry(device.id, device.own_keys(), born, entry, gone=False)

    def _query(self, **query: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as boto3 takes it
        query["TableName"] = self._uploads
        while True:
            answer = self._client.query(**query)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
