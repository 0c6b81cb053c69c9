"""Decisions as a whole: what was decided, of how many devices in the end, and whether it was told."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rollcall.decisions import DecisionKind
from rollcall.store.decision_items import UNTOLD, record_key, record_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decided import Record
    from rollcall.decisions import Decision
    from rollcall.store.parts import PartsStore
    from rollcall.store.sessions import LazyClient
    from rollcall.waiting import PendingPart


class DecisionRecords:
    """Reads decisions and what waits for one.

    Attributes:
        parts: uploads as decisions see them.

    Args:
        client: DynamoDB.
        uploads: name of the uploads table.
        parts: likewise.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, uploads: str, parts: PartsStore) -> None:
        self._client: Any = client
        self._uploads = uploads
        self.parts = parts

    def get(self, decision: str) -> Record | None:
        """A decision as a whole, as it is after every write that came before; None if there is none."""
        answer = self._client.get_item(TableName=self._uploads, Key=record_key(decision), ConsistentRead=True)
        return record_of(answer["Item"]) if "Item" in answer else None

    def finish(self, decision: Decision, *, devices: int) -> None:
        """Remembers of how many devices a job has made a decision, and that this has to be told; once.

        Args:
            decision: what the job carried out; of an undo, the record of what it took back is meant.
            devices: how many.
        """
        is_undo = decision.kind is DecisionKind.UNDO
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.update_item(
                TableName=self._uploads,
                Key=record_key(decision.undoes if is_undo else decision.id),
                UpdateExpression="SET #count = :devices, outbox = :untold, outbox_at = :at",
                ConditionExpression="attribute_exists(pk) AND attribute_not_exists(#count)",
                ExpressionAttributeNames={"#count": "undone_devices" if is_undo else "decided_devices"},
                ExpressionAttributeValues={
                    ":devices": {"N": str(devices)},
                    ":untold": {"S": UNTOLD},
                    ":at": {"S": decision.at},
                },
            )

    def told(self, decision: str) -> None:
        """Remembers that those whom a decision concerns were told."""
        self._client.update_item(
            TableName=self._uploads,
            Key=record_key(decision),
            UpdateExpression="REMOVE outbox, outbox_at",
            ConditionExpression="attribute_exists(pk)",
        )

    def pending_of(self, upload: str, customer: str) -> PendingPart | None:
        """What waits for a customer in an upload, and as of when; None if it has no part of it (row P21)."""
        part = self.parts.get(upload, customer)
        return self.parts.pending(part) if part else None
