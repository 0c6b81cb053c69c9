"""Exchanges as they are stored: ``exchange#<id>`` / ``exchange``."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.exchanges import exchange_from_json, exchange_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.exchanges import Exchange
    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient

#: In the ``outbox`` attribute: not over; at ``outbox_at`` somebody looks again.
RUNNING: Final = "exchange"
#: Seconds that an exchange is kept; what it did to the device is in that device's history for good.
KEPT: Final = 90 * 24 * 3600
_SORT_KEY: Final = "exchange"


class ExchangeRecords:
    """Reads and writes exchanges as a whole.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def get(self, exchange: str) -> Exchange | None:
        """An exchange as it is after every write that came before; None if there is none."""
        answer = self._client.get_item(TableName=self._table, Key=_key(exchange), ConsistentRead=True)
        return _exchange(answer["Item"]) if "Item" in answer else None

    def put_action(self, exchange: Exchange, *, now: float) -> Action:
        """Stores a new exchange, in the transaction that begins it."""
        return {
            "Put": {
                "TableName": self._table,
                "Item": self._item(exchange, now=now),
                "ConditionExpression": "attribute_not_exists(pk)",
            }
        }

    def save(self, exchange: Exchange, *, now: float) -> Exchange | None:
        """Stores how far an exchange is; None if somebody else has stored more, and then nothing changes."""
        stored = replace(exchange, revision=exchange.revision + 1)
        try:
            self._client.put_item(
                TableName=self._table,
                Item=self._item(stored, now=now),
                ConditionExpression="revision = :revision",
                ExpressionAttributeValues={":revision": {"N": str(exchange.revision)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return stored

    def due(self, *, at: str) -> list[Exchange]:
        """Exchanges that somebody has to look at by now, UTC; some, if there are many."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="outbox",
            KeyConditionExpression="outbox = :running AND outbox_at <= :at",
            ExpressionAttributeValues={":running": {"S": RUNNING}, ":at": {"S": at}},
        )
        return [_exchange(item) for item in answer["Items"]]

    def touch(self, exchange: Exchange, *, until: str) -> bool:
        """Remembers that an exchange was sent on and need not be looked at until then; False if it has moved on."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(exchange.id),
                UpdateExpression="SET outbox_at = :until",
                ConditionExpression="outbox = :running AND revision = :revision",
                ExpressionAttributeValues={
                    ":until": {"S": until},
                    ":running": {"S": RUNNING},
                    ":revision": {"N": str(exchange.revision)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    @staticmethod
    def _item(exchange: Exchange, *, now: float) -> dict[str, Any]:
        item = {
            **_key(exchange.id),
            "exchange": {"S": json.dumps(exchange_to_json(exchange), ensure_ascii=False, separators=(",", ":"))},
            "account": {"S": exchange.account},
            "revision": {"N": str(exchange.revision)},
            "expires": {"N": str(int(now) + KEPT)},
        }
        if not exchange.is_over:
            item |= {"outbox": {"S": RUNNING}, "outbox_at": {"S": exchange.next_at}}
        return item


def _key(exchange: str) -> dict[str, Any]:
    return {"pk": {"S": f"exchange#{exchange}"}, "sk": {"S": _SORT_KEY}}


def _exchange(item: Mapping[str, Any]) -> Exchange:
    return exchange_from_json(json.loads(item["exchange"]["S"]), int(item["revision"]["N"]))
