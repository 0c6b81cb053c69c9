"""The uploads in which something waits for a customer, out of the index of what waits, without reading all of it."""

from __future__ import annotations

from collections import deque
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rollcall.devices import SHARDS, pending_shard
from rollcall.reminders import Found
from rollcall.store.query_pages import items_of
from rollcall.store.uploads_table import DELTA_PREFIX
from rollcall.waiting import WaitingTotal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: Devices of one request. Behind the last of them the rest of its upload is leapt over.
_BLOCK: Final = 25
#: Stands before a line, and so sorts before all lines of an upload; the other behind them.
_BEFORE: Final = "#"
_BEHIND: Final = "$"
#: Requests of a count. Each brings up to a megabyte of the index, about 3,000 devices.
_COUNTS: Final = 8


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
        found: list[Found] = []
        for one in self.walk(customer):
            if len(found) == limit:
                return tuple(found), True
            found.append(one)
        return tuple(found), False

    def walk(self, customer: str, edge: str = "", *, newest_first: bool = False) -> Iterator[Found]:
        """The uploads with a device that waits, one after the other, each read when it is asked for.

        Args:
            customer: account id.
            edge: where to begin, out of `before` or `behind`; empty for the beginning.
            newest_first: by the time of the upload; otherwise the oldest first.
        """
        shards = (pending_shard(customer, number) for number in range(SHARDS))
        walks = [self._shard(partition, edge, newest_first=newest_first) for partition in shards]
        for (since, upload), group in groupby(merge(*walks, reverse=newest_first), key=lambda one: one[:2]):
            yield Found(upload, next(group)[2], since)

    def count(self, customer: str) -> WaitingTotal:
        """How many devices wait for a customer, those of uploads in progress among them; of very many, at least."""
        queries: deque[dict[str, Any]] = deque(
            {
                "TableName": self._devices,
                "IndexName": "pending",
                "KeyConditionExpression": "pending_shard = :shard",
                "ExpressionAttributeValues": {":shard": {"S": pending_shard(customer, number)}},
                "Select": "COUNT",
            }
            for number in range(SHARDS)
        )
        devices = 0
        for _ in range(_COUNTS):
            if not queries:
                break
            query = queries.popleft()
            answer = self._client.query(**query)
            devices += answer["Count"]
            if "LastEvaluatedKey" in answer:
                queries.append({**query, "ExclusiveStartKey": answer["LastEvaluatedKey"]})
        return WaitingTotal(devices, is_all=not queries)

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
        return next(items_of(self._client, query), None) is not None

    def _shard(self, partition: str, edge: str, *, newest_first: bool) -> Iterator[tuple[str, str, str]]:
        """When it was uploaded, upload and reseller, upload by upload."""
        condition = "pending_shard = :shard"
        beyond = f"{condition} AND pending_key {'<' if newest_first else '>'} :edge"
        while True:
            values = {":shard": {"S": partition}} | ({":edge": {"S": edge}} if edge else {})
            answer = self._client.query(
                TableName=self._devices,
                IndexName="pending",
                KeyConditionExpression=beyond if edge else condition,
                ExpressionAttributeValues=values,
                ProjectionExpression="pending_key, reseller",
                ScanIndexForward=not newest_first,
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
            edge = last + (_BEFORE if newest_first else _BEHIND)


def before(found: Found) -> str:
    """The edge before all devices of an upload, by the time of upload."""
    return f"{found.since}#{found.subject}{_BEFORE}"


def behind(found: Found) -> str:
    """The edge behind all of them."""
    return f"{found.since}#{found.subject}{_BEHIND}"
