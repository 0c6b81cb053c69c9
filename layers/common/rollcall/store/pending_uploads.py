"""The uploads in which something waits for a customer, out of the index of what waits, without reading all of it."""

from __future__ import annotations

from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rollcall.devices import SHARDS, pending_shard
from rollcall.reminders import Found
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: Devices of one request. Behind the last of them the rest of its upload is leapt over.
_BLOCK: Final = 25
#: Sorts behind the ``#`` before a line, and so behind all lines of an upload.
_BEHIND: Final = "$"


class PendingUploads:
    """Finds uploads that wait. The index may lag behind the last writes by a moment.

    Args:
        client: DynamoDB.
        devices: name of the devices table.
        uploads: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, *, devices: str, uploads: str) -> None:
        self._client: Any = client
        self._devices = devices
        self._uploads = uploads

    def of(self, customer: str, *, limit: int) -> tuple[tuple[Found, ...], bool]:
        """The uploads with a device that waits for a customer, the oldest first, and whether there are more.

        An upload costs at most one request for each shard of the index, however many devices it has.

        Args:
            customer: account id.
            limit: most uploads.
        """
        walk = merge(*(self._shard(pending_shard(customer, number)) for number in range(SHARDS)))
        found: list[Found] = []
        for (since, upload), group in groupby(walk, key=lambda one: one[:2]):
            if len(found) == limit:
                return tuple(found), True
            found.append(Found(upload, next(group)[2], since))
        return tuple(found), False

    def reopened(self, upload: str, customer: str) -> bool:
        """Whether a device of a part came to wait later than the others: a decision was undone, an error has healed."""
        query: dict[str, Any] = {
            "TableName": self._uploads,
            "KeyConditionExpression": "pk = :upload AND begins_with(sk, :prefix)",
            "FilterExpression": "settled < :none",
            "ExpressionAttributeValues": {
                ":upload": {"S": upload},
                ":prefix": {"S": f"{DELTA_PREFIX}{customer}#"},
                ":none": {"N": "0"},
            },
        }
        while True:
            answer = self._client.query(**query)
            if answer["Items"]:
                return True
            if "LastEvaluatedKey" not in answer:
                return False
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _shard(self, partition: str) -> Iterator[tuple[str, str, str]]:
        """When it was uploaded, upload and reseller, upload by upload."""
        behind = ""
        while True:
            values = {":shard": {"S": partition}} | ({":behind": {"S": behind}} if behind else {})
            answer = self._client.query(
                TableName=self._devices,
                IndexName="pending",
                KeyConditionExpression="pending_shard = :shard" + (" AND pending_key > :behind" if behind else ""),
                ExpressionAttributeValues=values,
                ProjectionExpression="pending_key, reseller",
                Limit=_BLOCK,
            )
            last = ""
            for item in answer["Items"]:
                upload = item["pending_key"]["S"].rpartition("#")[0]
                if upload != last:
                    since, _, name = upload.partition("#")
                    yield since, name, item["reseller"]["S"]
                last = upload
            if "LastEvaluatedKey" not in answer or not last:
                return
            behind = last + _BEHIND
