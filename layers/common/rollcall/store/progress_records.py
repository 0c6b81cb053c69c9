"""What is worked on over time, as it is stored: jobs, refreshes, removals, exchanges; an item each."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar

from rollcall.store.query_pages import items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient

#: Seconds that a record is kept.
KEPT: Final = 90 * 24 * 3600
#: Records of one request for those that the clock looks after.
PAGE: Final = 100
#: What stands in ``outbox`` of a removal that waits for its customer's release; no other kind waits for a word.
WAITING: Final = "release"


class Recorded(Protocol):
    """What every record has: an id, the account for which it works, and a revision that grows with each write."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def id(self) -> str:
        """Of this one among its kind."""

    @property
    def account(self) -> str:
        """For whom it works."""

    @property
    def revision(self) -> int:
        """Grows with each time it is stored."""


RecordT = TypeVar("RecordT", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Form(Generic[RecordT]):
    """How one kind of record is written.

    Attributes:
        name: sort key, attribute of the record itself, and what stands in ``outbox`` while it is not over, so that the
            clock finds it if it gets stuck.
        prefix: of the partition key; the id follows.
        to_json: a record as JSON takes it, without its revision.
        from_json: the way back, with the revision.
        runs: whether there is still something to do.
        waits: of what waits for somebody's word: what stands in ``outbox`` meanwhile; empty for all else.
        kept: seconds until it may be forgotten.
    """

    name: str
    prefix: str
    to_json: Callable[[RecordT], Any]
    from_json: Callable[[Any, int], RecordT]
    runs: Callable[[RecordT], bool]
    waits: Callable[[RecordT], str] = lambda _: ""
    kept: Callable[[RecordT], int] = lambda _: KEPT


class ProgressRecords(Generic[RecordT]):
    """Reads and writes records of one kind.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
        form: the kind.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str, form: Form[RecordT]) -> None:
        self._client: Any = client
        self._table = table
        self._form = form

    def get(self, record: str) -> RecordT | None:
        """A record as it is after every write that came before; None if there is none."""
        answer = self._client.get_item(TableName=self._table, Key=self._key(record), ConsistentRead=True)
        return self._read(answer["Item"]) if "Item" in answer else None

    def put_action(self, record: RecordT, *, at: str, now: float) -> Action:
        """Stores a new record as part of a transaction, which fails if it is there already.

        Args:
            record: the new one.
            at: from when on the clock looks after it, UTC.
            now: epoch seconds.
        """
        put = {"Item": self._item(record, at=at, now=now), "ConditionExpression": "attribute_not_exists(pk)"}
        return {"Put": {"TableName": self._table, **put}}

    def put_new(self, record: RecordT, *, at: str, now: float) -> bool:
        """The same by itself; False if it is there already, and then nothing changes."""
        return self._put(self.put_action(record, at=at, now=now)["Put"])

    def save(self, record: RecordT, *, at: str, now: float) -> RecordT | None:
        """Stores how far a record is.

        Args:
            record: as read or last saved, and worked on.
            at: from when on the clock looks after it, UTC.
            now: epoch seconds.

        Returns:
            The record as it is stored now; None if somebody else has stored more, and then nothing changes.
        """
        stored = replace(record, revision=record.revision + 1)
        put = {
            "TableName": self._table,
            "Item": self._item(stored, at=at, now=now),
            "ConditionExpression": "revision = :revision",
            "ExpressionAttributeValues": {":revision": {"N": str(record.revision)}},
        }
        return stored if self._put(put) else None

    def stuck(self, *, before: str) -> Iterator[RecordT]:
        """Records that run and whose time came before a moment, UTC, the longest ago first."""
        return self._running("outbox_at < :moment", before)

    def due(self, *, at: str) -> Iterator[RecordT]:
        """Records that run and whose time has come by a moment, UTC, likewise."""
        return self._running("outbox_at <= :moment", at)

    def touch(self, record: RecordT, *, at: str) -> bool:
        """Remembers that a record was sent on, so that the next look is later; False if it has moved on by itself."""
        return self._touch(record, self._form.name, at=at)

    def give_up(self, record: RecordT) -> bool:
        """Takes a record out of what the clock looks after, so that it is in nobody's way there.

        Whoever works on it all the same, since its dead letter is sent back, say, brings it back with the next `save`.

        Returns:
            False if it has moved on by itself.
        """
        return self._change(record, self._form.name, "REMOVE outbox, outbox_at")

    def waiting(self, *, at: str) -> Iterator[RecordT]:
        """Records that wait for somebody's word and whose time has come by a moment, UTC, the longest ago first."""
        return self._running("outbox_at <= :moment", at, queue=WAITING)

    def put_off(self, record: RecordT, *, at: str) -> bool:
        """Remembers that somebody was reminded of a record, likewise."""
        return self._touch(record, self._form.waits(record), at=at)

    def _touch(self, record: RecordT, queue: str, *, at: str) -> bool:
        return self._change(record, queue, "SET outbox_at = :at", {":at": {"S": at}})

    def _change(
        self, record: RecordT, queue: str, change: str, values: Mapping[str, Any] = MappingProxyType({})
    ) -> bool:
        """Changes where a record stands in the index; False if it is not there any more as it was read."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=self._key(record.id),
                UpdateExpression=change,
                ConditionExpression="outbox = :running AND revision = :revision",
                ExpressionAttributeValues={
                    **values,
                    ":running": {"S": queue},
                    ":revision": {"N": str(record.revision)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _running(self, condition: str, moment: str, *, queue: str = "") -> Iterator[RecordT]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "outbox",
            "KeyConditionExpression": f"outbox = :running AND {condition}",
            "ExpressionAttributeValues": {":running": {"S": queue or self._form.name}, ":moment": {"S": moment}},
            "Limit": PAGE,
        }
        return map(self._read, items_of(self._client, query))

    def _put(self, put: Mapping[str, Any]) -> bool:
        try:
            self._client.put_item(**put)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _item(self, record: RecordT, *, at: str, now: float) -> dict[str, Any]:
        written = json.dumps(self._form.to_json(record), ensure_ascii=False, separators=(",", ":"))
        item = {
            **self._key(record.id),
            self._form.name: {"S": written},
            "account": {"S": record.account},
            "revision": {"N": str(record.revision)},
            "expires": {"N": str(int(now) + self._form.kept(record))},
        }
        queue = self._form.name if self._form.runs(record) else self._form.waits(record)
        return item | {"outbox": {"S": queue}, "outbox_at": {"S": at}} if queue else item

    def _key(self, record: str) -> dict[str, Any]:
        return {"pk": {"S": f"{self._form.prefix}{record}"}, "sk": {"S": self._form.name}}

    def _read(self, item: Mapping[str, Any]) -> RecordT:
        return self._form.from_json(json.loads(item[self._form.name]["S"]), int(item["revision"]["N"]))
