"""What became by itself of a customer's part of an upload: ``<upload id>`` / ``arrival#<customer>#rules``, say."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.orders import tally_from_json, tally_to_json
from rollcall.rules import ruling_from_json, ruling_to_json

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.orders import Tally
    from rollcall.rules import Ruling
    from rollcall.store.sessions import LazyClient

_RULES: Final = "rules"
_ORDERS: Final = "orders"
#: Order numbers of a file that nobody announced and that are kept by name; the rest are counted together.
NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is kept of it.

    Attributes:
        ruling: what the rules made of it; None where none was asked yet.
        tally: what it brought by order; None where no order was announced, or nothing was counted yet.
    """

    ruling: Ruling | None = None
    tally: Tally | None = None


class ArrivalsStore:
    """Reads and writes what became of uploads.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def of(self, upload: str, customer: str) -> Arrived:
        """What is kept of a part, as it is after every write that came before."""
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :upload AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":upload": {"S": upload}, ":prefix": {"S": f"arrival#{customer}#"}},
            ConsistentRead=True,
        )
        found = {item["sk"]["S"].rpartition("#")[2]: json.loads(item["came_of"]["S"]) for item in answer["Items"]}
        return Arrived(
            ruling_from_json(found[_RULES]) if _RULES in found else None,
            tally_from_json(found[_ORDERS]) if _ORDERS in found else None,
        )

    def put_ruling(self, upload: str, customer: str, ruling: Ruling) -> None:
        """Keeps what the rules made of a part."""
        self._put(upload, customer, _RULES, ruling_to_json(ruling))

    def put_tally(self, upload: str, customer: str, tally: Tally) -> None:
        """Keeps what a part brought, by order."""
        named = {number: devices for number, devices in tally.unknown.items() if number}
        largest = dict(sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED])
        if rest := sum(tally.unknown.values()) - sum(largest.values()):
            largest[""] = rest
        self._put(upload, customer, _ORDERS, tally_to_json(replace(tally, unknown=largest)))

    def _put(self, upload: str, customer: str, what: str, raw: dict[str, Any]) -> None:
        item = {
            "pk": {"S": upload},
            "sk": {"S": f"arrival#{customer}#{what}"},
            "came_of": {"S": json.dumps(raw, ensure_ascii=False, separators=(",", ":"))},
        }
        self._client.put_item(TableName=self._table, Item=item)
