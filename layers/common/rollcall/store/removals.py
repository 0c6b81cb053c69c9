"""Removals as they are stored: ``job#<id>`` / ``removal``; their lists are the pages of any job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.removals import Removal, RemovalState, Removed, removal_from_json, removal_to_json
from rollcall.store.deltas import deltas_of
from rollcall.store.progress_records import KEPT, WAITING, Form, ProgressRecords

if TYPE_CHECKING:
    from collections.abc import Mapping

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
            waits=lambda removal: WAITING if removal.state is RemovalState.WAITING else "",
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

    def removed_by(self, removal: Removal, upload: str, customer: str) -> Removed:
        """What a removal has taken of a customer's part of an upload.

        Counted by the shares that each of its transactions has in the figures, so whatever died in between.
        """
        found = deltas_of(self._client, self._table, upload, customer=customer, act=removal.occasion.id)
        return sum((_removed(item) for _, _, item in found), Removed())

    def removed_of(self, removal: Removal) -> dict[str, Removed]:
        """What an undo of an upload has taken of each customer, counted likewise: customer id → what is gone."""
        gone: dict[str, Removed] = {}
        for customer, act, item in deltas_of(self._client, self._table, removal.upload):
            removed = _removed(item)
            if act == removal.occasion.id and removed.devices:
                gone[customer] = gone.get(customer, Removed()) + removed
        return gone


def _removed(item: Mapping[str, Any]) -> Removed:
    return Removed(int(item["removed"]["N"]) if "removed" in item else 0, -int(item["verified"]["N"]))
