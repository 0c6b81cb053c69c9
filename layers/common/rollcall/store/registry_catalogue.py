"""The catalogue of type allocation codes in the accounts table, and the registry that answers out of it.

An edition is written whole before it counts: ``catalogue`` / ``current`` names the one that does, and every code of it
is an item ``catalogue#<edition>`` / ``tac#<code>``. So a look-up is a key read, an import that dies half-way changes
nothing, and whoever looks up during an import sees one edition or the other.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rollcall.registry import Opinion, Verdict, from_models
from rollcall.registry_catalogue import Edition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.registry import Inquiry
    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Transactions

#: Items of a BatchWriteItem.
_WRITES: Final = 25
#: Seconds for which a registry trusts what it knows of the current edition.
FRESH: Final = 30
#: Codes that a registry remembers: a few megabytes, and more than the devices of a reseller are of.
_REMEMBERED: Final = 20_000
#: Less than every code: what is written of an edition of which nothing is.
FIRST: Final = "-"
_CURRENT: Final = {"pk": {"S": "catalogue"}, "sk": {"S": "current"}}


class CatalogueStore:
    """Reads and writes catalogues.

    Args:
        client: DynamoDB.
        transactions: the same, with patience.
        table: name of the accounts table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, transactions: Transactions, table: str) -> None:
        self._client: Any = client
        self._transactions = transactions
        self._table = table

    def current(self) -> Edition | None:
        """The edition that counts; None if no catalogue was ever loaded."""
        return self._edition(self._client.get_item(TableName=self._table, Key=_CURRENT, ConsistentRead=True))

    def models(self, edition: str, tacs: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """TAC → models, of those codes that the edition has.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        items = self._transactions.get(self._table, [_key(edition, tac) for tac in dict.fromkeys(tacs)])
        return {_tac(item): tuple(one["S"] for one in item["models"]["L"]) for item in items}

    def make_current(self, edition: Edition, *, previous: str) -> None:
        """Makes an edition the one that counts.

        Args:
            edition: it; all its codes are written.
            previous: id of the one that counted before; its codes stay for those who looked a moment ago.
        """
        edition_text = json.dumps(asdict(edition), ensure_ascii=False, separators=(",", ":"))
        item = {**_CURRENT, "edition": {"S": edition_text}, "previous": {"S": previous}}
        self._client.put_item(TableName=self._table, Item=item)

    def load(self, edition: Edition, models: Mapping[str, tuple[str, ...]], *, after: str = "") -> str:
        """Puts a catalogue in the place of the one that counts; safe to repeat at any point.

        The edition before stays, as registries trust for some seconds what they know; the one before that goes.

        Args:
            edition: what is loaded.
            models: TAC → models.
            after: the last code that an earlier try wrote.

        Returns:
            Empty once the edition counts; else, as the worker's time is up, the last code that is written.
        """
        answer = self._client.get_item(TableName=self._table, Key=_CURRENT, ConsistentRead=True)
        current = self._edition(answer)
        if current and current.id == edition.id:
            return ""
        previous = answer["Item"]["previous"]["S"] if current else ""
        if previous not in ("", edition.id) and not self.forget(previous):
            return after or FIRST
        left = sorted(tac for tac in models if tac > after)
        for start in range(0, len(left), _WRITES):
            if self._transactions.is_late():
                return after or FIRST
            batch = left[start : start + _WRITES]
            self._write([{"PutRequest": {"Item": _item(edition.id, tac, models[tac])}} for tac in batch])
            after = batch[-1]
        self.make_current(edition, previous=current.id if current else "")
        return ""

    def forget(self, edition: str) -> bool:
        """Deletes the codes of an edition that counts no more; False if the worker's time was up before the end."""
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :edition",
            "ExpressionAttributeValues": {":edition": {"S": _partition(edition)}},
            "ProjectionExpression": "pk, sk",
        }
        while True:
            answer = self._client.query(**query)
            for start in range(0, len(answer["Items"]), _WRITES):
                if self._transactions.is_late():
                    return False
                batch = answer["Items"][start : start + _WRITES]
                self._write([{"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}} for item in batch])
            if "LastEvaluatedKey" not in answer:
                return True
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    @staticmethod
    def _edition(answer: Mapping[str, Any]) -> Edition | None:
        return Edition(**json.loads(answer["Item"]["edition"]["S"])) if "Item" in answer else None

    def _write(self, requests: list[Any]) -> None:
        pause = 0.05
        while requests:
            answer = self._client.batch_write_item(RequestItems={self._table: requests})
            requests = answer.get("UnprocessedItems", {}).get(self._table, [])
            if requests:
                time.sleep(pause)
                pause = min(2 * pause, 2.0)


class CatalogueRegistry:
    """The registry that answers out of the catalogue in the system.

    A chunk of 2,000 rows is of a handful of codes, so after the first chunk most answers cost nothing.

    Args:
        store: where the catalogue is.
        clock: epoch seconds.
    """

    def __init__(self, store: CatalogueStore, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._edition = ""
        self._known_until = 0.0
        self._models: dict[str, tuple[str, ...] | None] = {}

    def with_store(self, store: CatalogueStore) -> CatalogueRegistry:
        """The same, with what it remembers, for a worker with another deadline."""
        self._store = store
        return self

    def ask(self, inquiries: Sequence[Inquiry]) -> list[Verdict]:
        """What the catalogue says of some devices, in their order.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        edition = self._current()
        if not edition:
            return [Verdict(Opinion.NONE)] * len(inquiries)
        models = self._look_up(edition, list(dict.fromkeys(tac for one in inquiries for tac in one.tacs)))
        return [from_models(one, models) for one in inquiries]

    def _current(self) -> str:
        now = self._clock()
        if now >= self._known_until:
            current = self._store.current()
            edition = current.id if current else ""
            if edition != self._edition:
                self._models.clear()
            self._edition, self._known_until = edition, now + FRESH
        return self._edition

    def _look_up(self, edition: str, tacs: list[str]) -> dict[str, tuple[str, ...]]:
        missing = [tac for tac in tacs if tac not in self._models]
        found = self._store.models(edition, missing) if missing else {}
        if len(self._models) + len(missing) > _REMEMBERED:
            self._models.clear()
            missing, found = tacs, self._store.models(edition, tacs)
        self._models.update({tac: found.get(tac) for tac in missing})
        return {tac: models for tac in tacs if (models := self._models.get(tac)) is not None}


def _partition(edition: str) -> str:
    return f"catalogue#{edition}"


def _key(edition: str, tac: str) -> dict[str, Any]:
    return {"pk": {"S": _partition(edition)}, "sk": {"S": f"tac#{tac}"}}


def _item(edition: str, tac: str, models: tuple[str, ...]) -> dict[str, Any]:
    return {**_key(edition, tac), "models": {"L": [{"S": model} for model in models]}}


def _tac(item: Mapping[str, Any]) -> str:
    return str(item["sk"]["S"]).partition("#")[2]
