"""Refreshes as they are stored: ``job#<id>`` / ``refresh``; their lists are the pages of any job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.refreshes import Refresh, refresh_from_json, refresh_to_json
from rollcall.store.deltas import deltas_of
from rollcall.store.progress_records import Form, ProgressRecords

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        found = deltas_of(self._client, self._table, upload, customer=customer, act=refresh.occasion.id)
        return sum(_healed(item) for _, _, item in found)

    def healed_of(self, refresh: Refresh) -> dict[str, int]:
        """How many devices of an upload a refresh of it has healed, counted likewise: customer id → devices."""
        known: dict[str, int] = {}
        for customer, act, item in deltas_of(self._client, self._table, refresh.upload):
            healed = _healed(item)
            if act == refresh.occasion.id and healed:
                known[customer] = known.get(customer, 0) + healed
        return known


def _healed(item: Mapping[str, Any]) -> int:
    return -int(item["unrecognised"]["N"]) if "unrecognised" in item else 0
