"""Reads everything that happened to a customer's devices, also to those that are gone."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rollcall.audit import AuditEntry
from rollcall.store.audit_items import audit_of
from rollcall.store.uploads_table import AUDIT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.devices import ListedDevice
    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.devices import DevicesStore
    from rollcall.store.parts import PartsStore
    from rollcall.store.sessions import LazyClient

#: Devices read at a time.
_PAGE = 100


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in an audit.

    Attributes:
        listed_at: of the upload.
        chunk: of the upload; -1 while those of its devices are read that are gone.
        line: up to which the chunk, or what is gone, is read.
    """

    listed_at: str
    chunk: int = -1
    line: int = 0


def _place(cursor: str | None) -> _Place:
    # What stands in front of every date is the beginning: DynamoDB takes no empty text as a key.
    return _Place(*json.loads(cursor)) if cursor else _Place("-")


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
        for entries, _ in self.pages(customer):
            yield from entries

    def pages(self, customer: str, cursor: str | None = None) -> Iterator[tuple[list[AuditEntry], str]]:
        """The same page by page, each with the cursor behind it, from which another worker may go on.

        Args:
            customer: account id.
            cursor: of an earlier page; None for the beginning.
        """
        start = _place(cursor)
        for item in self._query(
            IndexName="by_customer",
            KeyConditionExpression="customer_uploads = :customer AND listed_at >= :start",
            ExpressionAttributeValues={":customer": {"S": customer}, ":start": {"S": start.listed_at}},
            ProjectionExpression="pk, listed_at",
        ):
            upload, listed_at = item["pk"]["S"], item["listed_at"]["S"]
            begin = start if listed_at == start.listed_at else _Place(listed_at)
            for entries, place in self._pages_of_upload(upload, customer, begin):
                yield entries, json.dumps([place.listed_at, place.chunk, place.line])

    def of_upload(self, upload: str, customer: str) -> Iterator[AuditEntry]:
        """The same for one upload."""
        for entries, _ in self._pages_of_upload(upload, customer, _Place("-")):
            yield from entries

    def _pages_of_upload(self, upload: str, customer: str, start: _Place) -> Iterator[tuple[list[AuditEntry], _Place]]:
        if start.chunk < 0:
            for entries, line in self._gone(upload, customer, after=start.line):
                yield entries, replace(start, line=line)
            start = replace(start, chunk=0, line=0)
            yield [], start
        part = self._parts.get(upload, customer)
        for chunk in range(max(start.chunk, 0), part.chunks if part else 0):
            line = start.line if chunk == start.chunk else 0
            while page := self._devices.of_chunk(upload, chunk, after_line=line, limit=_PAGE):
                line = page[-1].generation.line
                yield self._there(page, customer), replace(start, chunk=chunk, line=line)

    def _gone(self, upload: str, customer: str, *, after: int) -> Iterator[tuple[list[AuditEntry], int]]:
        """The steps of the devices that are gone, a page at a time, each with the line up to which it goes."""
        first, last = f"{AUDIT_PREFIX}{customer}#{after + 1:07}", f"{AUDIT_PREFIX}{customer}#:"
        for items in self._pages_of(
            KeyConditionExpression="pk = :upload AND sk BETWEEN :first AND :last",
            # ":" comes behind every digit.
            ExpressionAttributeValues={":upload": {"S": upload}, ":first": {"S": first}, ":last": {"S": last}},
            ConsistentRead=True,
            Limit=_PAGE,
        ):
            page = [audit_of(item) for item in items]
            entries = [
                AuditEntry(gone.device, gone.keys, gone.generation, entry, gone=True)
                for gone in page
                for entry in gone.history
            ]
            if page:
                yield entries, page[-1].generation.line

    def _there(self, page: Sequence[ListedDevice], customer: str) -> list[AuditEntry]:
        wanted = {one.id: one.generation for one in page if one.generation.customer == customer}
        found = self._changes.read(wanted)
        return [
            AuditEntry(device.id, device.own_keys(), born, entry, gone=False)
            for id_, born in wanted.items()
            if (device := found.get(id_)) and device.generation == born
            for entry in device.history
        ]

    def _query(self, **query: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as boto3 takes it
        for items in self._pages_of(**query):
            yield from items

    def _pages_of(self, **query: Any) -> Iterator[Sequence[Mapping[str, Any]]]:  # noqa: ANN401 - likewise
        query["TableName"] = self._uploads
        while True:
            answer = self._client.query(**query)
            yield answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
