"""Expected orders in the uploads table: ``orders#<customer>`` / ``order#<id>``, and the shares of uploads beside them.

A share is counted in the transaction that raises its order's figures, on condition that the order is still as it was
read: so each upload counts once, and in an order of their own, however many are counted at the same moment.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.orders import Order, OrderShare
from rollcall.store.query_pages import items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Transactions

#: In the ``outbox`` attribute: at ``outbox_at`` the day by which it is expected has passed.
DUE: Final = "order"
_PREFIX: Final = "order#"
_APART: Final = ("version", "got")
_TRIES: Final = 50


class OrderGoneError(Exception):
    """The order was deleted while it was counted."""


class OrdersStore:
    """Reads and writes orders; every read but that of what is due sees every write that came before.

    Args:
        client: DynamoDB.
        transactions: likewise.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, transactions: Transactions, table: str) -> None:
        self._client: Any = client
        self._transactions = transactions
        self._table = table

    def of_customer(self, customer: str, *, reseller: str = "") -> list[Order]:
        """All orders of a customer, or of one reseller, the newest first."""
        found = [_order(item) for item in self._query(customer, _PREFIX)]
        chosen = [order for order in found if reseller in ("", order.reseller)]
        return sorted(chosen, key=lambda order: (order.made_at, order.id), reverse=True)

    def get(self, customer: str, id_: str) -> Order | None:
        """An order; None if the customer has none of this id."""
        answer = self._client.get_item(TableName=self._table, Key=_key(customer, id_), ConsistentRead=True)
        return _order(answer["Item"]) if "Item" in answer else None

    def shares(self, customer: str, id_: str) -> list[OrderShare]:
        """What each upload brought of an order."""
        return [_share(item) for item in self._query(customer, f"share#{id_}#")]

    def save(self, order: Order) -> Order | None:
        """Stores a new order, or the next version of one.

        Args:
            order: as it is to be, with the version it had when it was read; 0 for a new one.

        Returns:
            The order as it is stored; None if it was changed meanwhile, or is there already.

        Raises:
            OutOfTimeError: the caller's time is up.
        """
        stored = replace(order, version=order.version + 1)
        values: dict[str, Any] = {
            ":order": {"S": _json(stored)},
            ":version": {"N": str(stored.version)},
            ":zero": {"N": "0"},
        }
        condition = "attribute_not_exists(pk)"
        if order.version:
            condition, values[":old"] = "#version = :old", {"N": str(order.version)}
        sets = "#order = :order, #version = :version, got = if_not_exists(got, :zero)"
        sets += ", counted = if_not_exists(counted, :zero)"
        removes = " REMOVE outbox, outbox_at"
        if order.due and not order.closed:
            # The day is the customer's own; at its end in UTC, an evening or a morning more or less.
            values |= {":due": {"S": DUE}, ":at": {"S": f"{order.due}T23:59:59Z"}}
            sets += ", outbox = :due, outbox_at = :at"
            removes = ""
        update = {
            "TableName": self._table,
            "Key": _key(order.customer, order.id),
            "UpdateExpression": f"SET {sets}{removes}",
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#order": "order", "#version": "version"},
            "ExpressionAttributeValues": values,
        }
        return None if self._transactions.write([{"Update": update}]) else replace(stored, got=order.got)

    def count(self, order: Order, upload: str, *, devices: int, others: int) -> None:
        """Stores what an upload brought of an order, in place of what was counted before; once more is harmless.

        Args:
            order: which.
            upload: upload id.
            devices: of the right model that are there now; ``others`` of another.
            others: see there.

        Raises:
            OrderGoneError: there is no such order any more.
            OutOfTimeError: the caller's time is up.
        """
        share_key = {"pk": {"S": f"orders#{order.customer}"}, "sk": {"S": f"share#{order.id}#{upload}"}}
        for _ in range(_TRIES):
            keys = [_key(order.customer, order.id), share_key]
            read = {item["sk"]["S"]: item for item in self._transactions.get(self._table, keys)}
            item, known = read.get(f"{_PREFIX}{order.id}"), read.get(share_key["sk"]["S"])
            if item is None:
                raise OrderGoneError(order.id)
            counted = int(item["counted"]["N"])
            share = _share(known) if known else OrderShare(upload, counted + 1, 0)
            if known is None and order.closed:
                return  # what comes after an order was closed is no part of it
            if (known and (share.devices, share.others) == (devices, others)) or (
                known is None and not devices + others
            ):
                return
            write = self._share(share_key, share, devices, others, is_new=known is None)
            raised = {
                "TableName": self._table,
                "Key": _key(order.customer, order.id),
                "UpdateExpression": "SET got = got + :more, counted = :now",
                "ConditionExpression": "counted = :was AND attribute_exists(pk)",
                "ExpressionAttributeValues": {
                    ":more": {"N": str(devices - share.devices)},
                    ":was": {"N": str(counted)},
                    ":now": {"N": str(counted + (known is None))},
                },
            }
            if not self._transactions.write([write, {"Update": raised}]):
                return
        raise RuntimeError(f"{order.id} is counted by too many at once")

    def _share(
        self, key: Mapping[str, Any], share: OrderShare, devices: int, others: int, *, is_new: bool
    ) -> dict[str, Any]:
        values = {":devices": {"N": str(devices)}, ":others": {"N": str(others)}, ":number": {"N": str(share.number)}}
        condition = "attribute_not_exists(pk)"
        if not is_new:
            condition = "devices = :had AND other_model = :had_others"
            values |= {":had": {"N": str(share.devices)}, ":had_others": {"N": str(share.others)}}
        return {
            "Update": {
                "TableName": self._table,
                "Key": key,
                "UpdateExpression": "SET devices = :devices, other_model = :others, #number = :number",
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {"#number": "number"},
                "ExpressionAttributeValues": values,
            }
        }

    def due(self, *, before: str, limit: int = 100) -> list[Order]:
        """Orders whose day passed before a moment, UTC, and of which nobody was told; some, if there are many."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="outbox",
            KeyConditionExpression="outbox = :due AND outbox_at < :before",
            ExpressionAttributeValues={":due": {"S": DUE}, ":before": {"S": before}},
            Limit=limit,
        )
        return [_order(item) for item in answer["Items"]]

    def told(self, order: Order) -> None:
        """Remembers that it was told that an order's day has passed; one that was changed meanwhile stays as it is."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(order.customer, order.id),
                UpdateExpression="REMOVE outbox, outbox_at",
                ConditionExpression="#version = :version",
                ExpressionAttributeNames={"#version": "version"},
                ExpressionAttributeValues={":version": {"N": str(order.version)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return

    def news_of(self, customer: str, ids: Iterable[str]) -> tuple[dict[str, Order], dict[str, list[OrderShare]]]:
        """Some orders as they are now, and the shares of each; those that are gone are left out."""
        orders = {id_: order for id_ in ids if (order := self.get(customer, id_))}
        return orders, {id_: self.shares(customer, id_) for id_ in orders}

    def _query(self, customer: str, prefix: str) -> Iterator[Mapping[str, Any]]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
            "ExpressionAttributeValues": {":pk": {"S": f"orders#{customer}"}, ":prefix": {"S": prefix}},
            "ConsistentRead": True,
        }
        return items_of(self._client, query)


def _key(customer: str, id_: str) -> dict[str, Any]:
    return {"pk": {"S": f"orders#{customer}"}, "sk": {"S": f"{_PREFIX}{id_}"}}


def _json(order: Order) -> str:
    kept = {name: value for name, value in asdict(order).items() if name not in _APART}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _order(item: Mapping[str, Any]) -> Order:
    raw = json.loads(item["order"]["S"])
    raw["models"] = tuple(raw["models"])
    return Order(**raw, version=int(item["version"]["N"]), got=int(item["got"]["N"]))


def _share(item: Mapping[str, Any]) -> OrderShare:
    upload = item["sk"]["S"].rpartition("#")[2]
    return OrderShare(upload, int(item["number"]["N"]), int(item["devices"]["N"]), int(item["other_model"]["N"]))
