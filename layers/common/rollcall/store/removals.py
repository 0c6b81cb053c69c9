"""Removals as they are stored: ``job#<id>`` / ``removal``; their lists are the pages of any job."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.removals import RemovalState, Removed, removal_from_json, removal_to_json
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.removals import Removal
    from rollcall.store.sessions import LazyClient

#: In the ``outbox`` attribute: not done yet, so that the clock finds it if it gets stuck.
RUNNING: Final = "removal"
#: Seconds that a removal is kept, and one that nobody has confirmed.
KEPT: Final = 90 * 24 * 3600
KEPT_AS_DRAFT: Final = 24 * 3600
_SORT_KEY: Final = "removal"
_UNDONE: Final = "undone"


class RemovalsStore:
    """Reads and writes removals.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def get(self, removal: str) -> Removal | None:
        """A removal as it is after every write that came before; None if there is none."""
        answer = self._client.get_item(TableName=self._table, Key=_key(removal), ConsistentRead=True)
        return _removal(answer["Item"]) if "Item" in answer else None

    def begin(self, removal: Removal, *, now: float) -> bool:
        """Stores a new removal; False if it is there already, and then nothing changes."""
        return self._put(removal, "attribute_not_exists(pk)", {}, at=removal.created_at, now=now)

    def save(self, removal: Removal, *, at: str, now: float) -> Removal | None:
        """Stores how far a removal is.

        Args:
            removal: as read or last saved, and worked on.
            at: now, UTC.
            now: epoch seconds.

        Returns:
            The removal as it is stored now; None if somebody else has stored more, and then nothing changes.
        """
        stored = replace(removal, revision=removal.revision + 1)
        read = {":revision": {"N": str(removal.revision)}}
        return stored if self._put(stored, "revision = :revision", read, at=at, now=now) else None

    def stuck(self, *, before: str) -> list[Removal]:
        """Removals that run and of which nothing was heard since a moment, UTC; some, if there are many."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="outbox",
            KeyConditionExpression="outbox = :running AND outbox_at < :before",
            ExpressionAttributeValues={":running": {"S": RUNNING}, ":before": {"S": before}},
        )
        return [_removal(item) for item in answer["Items"]]

    def touch(self, removal: Removal, *, at: str) -> bool:
        """Remembers that a removal was sent on; False if it has moved on by itself."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(removal.id),
                UpdateExpression="SET outbox_at = :at",
                ConditionExpression="outbox = :running AND revision = :revision",
                ExpressionAttributeValues={
                    ":at": {"S": at},
                    ":running": {"S": RUNNING},
                    ":revision": {"N": str(removal.revision)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def mark_upload(self, removal: Removal) -> None:
        """Remembers which removal took an upload back last."""
        self._client.put_item(
            TableName=self._table,
            Item={"pk": {"S": removal.upload}, "sk": {"S": _UNDONE}, "removal": {"S": removal.id}},
        )

    def of_upload(self, upload: str) -> Removal | None:
        """The removal that took an upload back last; None if none did."""
        key = {"pk": {"S": upload}, "sk": {"S": _UNDONE}}
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return self.get(answer["Item"]["removal"]["S"]) if "Item" in answer else None

    def removed_by(self, removal: Removal, customer: str) -> tuple[Removed, int]:
        """What an undo of an upload has taken from a customer, and how many of that were PENDING.

        Counted by the shares that each of its transactions has in the figures, so whatever died in between.
        """
        devices = verified = pending = 0
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :upload AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": {
                ":upload": {"S": removal.upload},
                ":prefix": {"S": f"{DELTA_PREFIX}{customer}#{removal.occasion.id}#"},
            },
            "ConsistentRead": True,
        }
        while True:
            answer = self._client.query(**query)
            for item in answer["Items"]:
                devices += int(item["removed"]["N"]) if "removed" in item else 0
                verified -= int(item["verified"]["N"])
                pending += int(item["settled"]["N"])
            if "LastEvaluatedKey" not in answer:
                return Removed(devices, verified), pending
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _put(self, removal: Removal, condition: str, values: Mapping[str, Any], *, at: str, now: float) -> bool:
        kept = KEPT_AS_DRAFT if removal.state is RemovalState.DRAFT else KEPT
        item = {
            **_key(removal.id),
            "removal": {"S": json.dumps(removal_to_json(removal), ensure_ascii=False, separators=(",", ":"))},
            "account": {"S": removal.account},
            "revision": {"N": str(removal.revision)},
            "expires": {"N": str(int(now) + kept)},
        }
        if removal.state is RemovalState.RUNNING:
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


def _key(removal: str) -> dict[str, Any]:
    return {"pk": {"S": f"job#{removal}"}, "sk": {"S": _SORT_KEY}}


def _removal(item: Mapping[str, Any]) -> Removal:
    return removal_from_json(json.loads(item["removal"]["S"]), int(item["revision"]["N"]))
