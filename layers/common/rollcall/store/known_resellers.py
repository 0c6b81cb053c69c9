"""Which resellers a customer knows: a person accepted devices of theirs, and that is final (row B16).

A rule decides nothing about a new reseller. Who is known once stays known: ``rules#<customer>`` / ``known#<reseller>``.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rollcall.decisions import DecisionKind
from rollcall.store.decision_items import listed_under, record_of
from rollcall.store.query_pages import items_of
from rollcall.store.rules import rules_pk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decided import Record
    from rollcall.store.jobs import JobsStore
    from rollcall.store.sessions import LazyClient

#: Decisions of a customer that are looked through, the newest first.
NEWEST: Final = 300
#: Long lists among them of which it is looked up whose devices they were about.
LISTS: Final = 20
_PREFIX: Final = "known#"


class KnownResellers:
    """Looks for the first decision of a person on each reseller's devices.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
        jobs: whose devices a long list was about.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str, jobs: JobsStore) -> None:
        self._client: Any = client
        self._table = table
        self._jobs = jobs

    def knows(self, customer: str, reseller: str, *, now: str) -> bool:
        """Whether a customer knows a reseller; the arguments are those of `known`."""
        return reseller in self.known(customer, now=now)

    def known(self, customer: str, *, now: str) -> frozenset[str]:
        """The resellers that a customer knows.

        Args:
            customer: account id.
            now: UTC.
        """
        found = set(self._remembered(customer))
        lists = 0
        for record in islice(self._decisions(customer), NEWEST):
            if _is_final(record, now):
                lists += not record.resellers
                found |= self._resellers(record) if lists <= LISTS else set(record.resellers)
        return frozenset(found)

    def remember(self, customer: str, reseller: str, *, now: str) -> None:
        """Keeps it that a customer knows a reseller, so that nobody has to look for it again."""
        self._client.put_item(
            TableName=self._table,
            Item={"pk": {"S": rules_pk(customer)}, "sk": {"S": f"{_PREFIX}{reseller}"}, "since": {"S": now}},
        )

    def _decisions(self, customer: str) -> Iterator[Record]:
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "by_customer",
            "KeyConditionExpression": "customer_uploads = :customer",
            "ExpressionAttributeValues": {":customer": {"S": listed_under(customer)}},
            "ScanIndexForward": False,
            "Limit": NEWEST,
        }
        return map(record_of, items_of(self._client, query))

    def _remembered(self, customer: str) -> Iterator[str]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":pk": {"S": rules_pk(customer)}, ":prefix": {"S": _PREFIX}},
            ConsistentRead=True,
        )
        return (item["sk"]["S"].removeprefix(_PREFIX) for item in answer["Items"])

    def _resellers(self, record: Record) -> set[str]:
        if record.resellers or not record.job:
            return set(record.resellers)
        return {one.reseller for one in self._jobs.touched(record.job)}


def _is_final(record: Record, now: str) -> bool:
    """Whether a person accepted something, and it cannot be taken back any more."""
    decision = record.decision
    by_person = decision.kind is DecisionKind.ACCEPT and not decision.rule
    return by_person and bool(record.devices) and not record.undone and decision.until <= now
