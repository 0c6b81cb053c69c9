"""Refreshes as they are stored: ``job#<id>`` / ``refresh``; their lists are the pages of any job."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.refreshes import refresh_from_json, refresh_to_json
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.refreshes import Refresh
    from rollcall.store.sessions import LazyClient

#: In the ``outbox`` attribute: not done yet, so that the clock finds it if it gets stuck.
RUNNING: Final = "refresh"
#: Seconds that a refresh is kept.
KEPT: Final = 90 * 24 * 3600
_SORT_KEY: Final = "refresh"


class RefreshesStore:
    """Reads and writes refreshes.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def get(self, refresh: str) -> Refresh | None:
        """A refresh as it is after every write that came before; None if there is none."""
        answer = self._client.get_item(TableName=self._table, Key=_key(refresh), ConsistentRead=True)
        return _refresh(answer["Item"]) if "Item" in answer else None

    def begin(self, refresh: Refresh, *, now: float) -> bool:
        """Stores a new refresh; False if it is there already, and then nothing changes."""
        return self._put(refresh, "attribute_not_exists(pk)", {}, at=refresh.occasion.at, now=now)

    def save(self, refresh: Refresh, *, at: str, now: float) -> Refresh | None:
        """Stores how far a refresh is.

        Args:
            refresh: as read or last saved, and worked on.
            at: now, UTC.
            now: epoch seconds.

        Returns:
            The refresh as it is stored now; None if another worker has stored more, and then nothing changes.
        """
        stored = replace(refresh, revision=refresh.revision + 1)
        read = {":revision": {"N": str(refresh.revision)}}
        return stored if self._put(stored, "revision = :revision", read, at=at, now=now) else None

    def stuck(self, *, before: str) -> list[Refresh]:
        """Refreshes that run and of which nothing was heard since a moment, UTC; some, if there are many."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="outbox",
            KeyConditionExpression="outbox = :running AND outbox_at < :before",
            ExpressionAttributeValues={":running": {"S": RUNNING}, ":before": {"S": before}},
        )
        return [_refresh(item) for item in answer["Items"]]

    def touch(self, refresh: Refresh, *, at: str) -> bool:
        """Remembers that a refresh was sent on; False if it has moved on by itself."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(refresh.id),
                UpdateExpression="SET outbox_at = :at",
                ConditionExpression="outbox = :running AND revision = :revision",
                ExpressionAttributeValues={
                    ":at": {"S": at},
                    ":running": {"S": RUNNING},
                    ":revision": {"N": str(refresh.revision)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def healed_by(self, refresh: Refresh, upload: str, customer: str) -> int:
        """How many devices of a customer's part of an upload a refresh has healed.

        Counted by the shares that each of its transactions has in the figures, whatever worker died in between.
        """
        healed = 0
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :upload AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": {
                ":upload": {"S": upload},
                ":prefix": {"S": f"{DELTA_PREFIX}{customer}#{refresh.occasion.id}#"},
            },
            "ConsistentRead": True,
        }
        while True:
            answer = self._client.query(**query)
            healed -= sum(int(item["unrecognised"]["N"]) for item in answer["Items"] if "unrecognised" in item)
            if "LastEvaluatedKey" not in answer:
                return healed
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _put(self, refresh: Refresh, condition: str, values: Mapping[str, Any], *, at: str, now: float) -> bool:
        item = {
            **_key(refresh.id),
            "refresh": {"S": json.dumps(refresh_to_json(refresh), ensure_ascii=False, separators=(",", ":"))},
            "account": {"S": refresh.account},
            "revision": {"N": str(refresh.revision)},
            "expires": {"N": str(int(now) + KEPT)},
        }
        if not refresh.is_over:
            item |= {"outbox": {"S": RUNNING}, "outbox_at": {"S": at}}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression=condition,
                **({"ExpressionAttributeValues": values} if values else {}),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(refresh: str) -> dict[str, Any]:
    return {"pk": {"S": f"job#{refresh}"}, "sk": {"S": _SORT_KEY}}


def _refresh(item: Mapping[str, Any]) -> Refresh:
    return refresh_from_json(json.loads(item["refresh"]["S"]), int(item["revision"]["N"]))
