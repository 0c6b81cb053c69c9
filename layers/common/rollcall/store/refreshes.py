"""Refreshes as they are stored: ``job#<id>`` / ``refresh``; their lists are the pages of any job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.refreshes import Refresh, refresh_from_json, refresh_to_json
from rollcall.store.progress_records import Form, ProgressRecords
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient


class RefreshesStore(ProgressRecords[Refresh]):
    """Reads and writes refreshes.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        form = Form("refresh", "job#", refresh_to_json, refresh_from_json, runs=lambda refresh: not refresh.is_over)
        super().__init__(client, table, form)

    def begin(self, refresh: Refresh, *, now: float) -> bool:
        """Stores a new refresh; False if it is there already, and then nothing changes."""
        return self.put_new(refresh, at=refresh.occasion.at, now=now)

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
