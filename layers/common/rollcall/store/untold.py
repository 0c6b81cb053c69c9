"""Decisions of which somebody has still to be told: that they were made, or that they cannot be taken back any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.store.decision_items import UNTOLD, record_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decided import Record
    from rollcall.store.sessions import LazyClient

#: In the ``outbox`` attribute: told; at ``outbox_at`` its window closes, and what was said of it changes.
CLOSING: Final = "closing"


class UntoldDecisions:
    """Reads and marks decisions.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def untold(self, *, before: str) -> list[str]:
        """Ids of decisions that were made before a moment, UTC, and not told; some, if there are many."""
        return self._ids(UNTOLD, before)

    def closing(self, *, before: str) -> list[str]:
        """Ids of decisions whose window closed before a moment, UTC; some, if there are many."""
        return self._ids(CLOSING, before)

    def told(self, record: Record, *, now: str) -> None:
        """Remembers that a decision was told as it was read; one that was undone since is still to be told.

        Args:
            record: as it was read before it was told.
            now: UTC.
        """
        open_ = not record.undone and record.decision.until > now
        self._update(
            record.decision.id,
            "SET outbox = :closing, outbox_at = :until" if open_ else "REMOVE outbox, outbox_at",
            "attribute_exists(pk)" if record.undone else "attribute_exists(pk) AND attribute_not_exists(undone)",
            {":closing": {"S": CLOSING}, ":until": {"S": record.decision.until}} if open_ else {},
        )

    def _ids(self, state: str, before: str) -> list[str]:
        answer = self._client.query(
            TableName=self._table,
            IndexName="outbox",
            KeyConditionExpression="outbox = :state AND outbox_at < :before",
            ExpressionAttributeValues={":state": {"S": state}, ":before": {"S": before}},
            Limit=200,
        )
        return [item["pk"]["S"].partition("#")[2] for item in answer["Items"]]

    def _update(self, decision: str, change: str, condition: str, values: dict[str, Any]) -> None:
        try:
            self._client.update_item(
                TableName=self._table,
                Key=record_key(decision),
                UpdateExpression=change,
                ConditionExpression=condition,
                **({"ExpressionAttributeValues": values} if values else {}),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return
