"""Exchanges as they are stored: ``exchange#<id>`` / ``exchange``; at ``outbox_at`` somebody looks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.exchanges import Exchange, exchange_from_json, exchange_to_json
from rollcall.store.progress_records import Form, ProgressRecords

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient


class ExchangeRecords(ProgressRecords[Exchange]):
    """Reads and writes exchanges as a whole; what one did to the device is in that device's history for good.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        form = Form(
            "exchange", "exchange#", exchange_to_json, exchange_from_json, runs=lambda exchange: not exchange.is_over
        )
        super().__init__(client, table, form)
