"""Removals as they are stored: ``job#<id>`` / ``removal``; their lists are the pages of any job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.removals import Removal, RemovalState, Removed, removal_from_json, removal_to_json
from rollcall.store.progress_records import KEPT, Form, ProgressRecords
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: Seconds that a removal is kept which nobody has confirmed.
KEPT_AS_DRAFT: Final = 24 * 3600
_UNDONE: Final = "undone"


class RemovalsStore(ProgressRecords[Removal]):
    """Reads and writes removals.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        form = Form(
            "removal",
            "job#",
            removal_to_json,
            removal_from_json,
            runs=lambda removal: removal.state is RemovalState.RUNNING,
            kept=lambda removal: KEPT_AS_DRAFT if removal.state is RemovalState.DRAFT else KEPT,
        )
        super().__init__(client, table, form)

    def begin(self, removal: Removal, *, now: float) -> bool:
        """Stores a new removal; False if it is there already, and then nothing changes."""
        return self.put_new(removal, at=removal.created_at, now=now)

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
