"""Jobs as they are stored: begun once, worked on by one worker at a time or by two without harm, done once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rollcall.jobs import Job, Touched, job_from_json, job_to_json, merged
from rollcall.lists import line_from_json, line_to_json
from rollcall.store.progress_records import KEPT, Form, ProgressRecords
from rollcall.store.query_pages import items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.lists import ListLine
    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Failed, Transactions

_PAGE: Final = "page#"


class JobsStore(ProgressRecords[Job]):
    """Reads and writes jobs: ``job#<id>`` / ``job``, their lists ``page#000003``.

    Args:
        client: DynamoDB.
        transactions: the same, for what must be written together.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, transactions: Transactions, table: str) -> None:
        form = Form("job", "job#", job_to_json, job_from_json, runs=lambda job: not job.is_over)
        super().__init__(client, table, form)
        self._transactions = transactions

    def begin(self, job: Job, further: Sequence[Action] = (), *, now: float) -> tuple[Failed, ...]:
        """Stores a new job together with what it begins with.

        Args:
            job: the job.
            further: actions of the same transaction.
            now: epoch seconds.

        Returns:
            What was refused, and then nothing was stored: place 0 is the job, which is there already; the further
            actions follow. Empty if all is stored.
        """
        return self._transactions.write([self.put_action(job, at=job.created_at, now=now), *further])

    def put_page(self, job: str, number: int, lines: Sequence[ListLine], *, now: float) -> None:
        """Stores a page of a job's list; a repeat stores the same again."""
        item = {
            **_page_key(job, number),
            "lines": {"S": json.dumps(list(map(line_to_json, lines)), ensure_ascii=False, separators=(",", ":"))},
            "expires": {"N": str(int(now) + KEPT)},
        }
        self._client.put_item(TableName=self._table, Item=item)

    def page(self, job: str, number: int) -> tuple[ListLine, ...]:
        """A page of a job's list, in its order; empty behind the last one."""
        answer = self._client.get_item(TableName=self._table, Key=_page_key(job, number), ConsistentRead=True)
        return tuple(map(line_from_json, json.loads(answer["Item"]["lines"]["S"]))) if "Item" in answer else ()

    def put_result(self, job: str, number: int, refused: Sequence[ListLine], touched: Sequence[Touched]) -> None:
        """Stores what came of a page; a repeat stores the same again.

        Args:
            job: id.
            number: of the page.
            refused: the lines that were refused, each with its faults.
            touched: the uploads whose devices it decided on.
        """
        self._client.update_item(
            TableName=self._table,
            Key=_page_key(job, number),
            UpdateExpression="SET refused = :refused, touched = :touched",
            ExpressionAttributeValues={
                ":refused": {
                    "S": json.dumps(list(map(line_to_json, refused)), ensure_ascii=False, separators=(",", ":"))
                },
                ":touched": {"S": json.dumps([asdict(one) for one in touched], separators=(",", ":"))},
            },
        )

    def touched(self, job: str) -> tuple[Touched, ...]:
        """The uploads on whose devices a job has decided that works through a list; so far, while it runs."""
        return merged(
            Touched(one["upload"], one["reseller"], one["devices"], tuple(one["keys"]))
            for text in self._of_pages(job, "touched")
            for one in json.loads(text)
        )

    def refused(self, job: str) -> Iterator[ListLine]:
        """The lines that were refused, in the order of the list."""
        for text in self._of_pages(job, "refused"):
            yield from map(line_from_json, json.loads(text))

    def _of_pages(self, job: str, attribute: str) -> Iterator[str]:
        """One attribute of a job's pages, in their order; of those that have it."""
        query: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :job AND begins_with(sk, :page)",
            "ExpressionAttributeValues": {":job": self._key(job)["pk"], ":page": {"S": _PAGE}},
            "ProjectionExpression": attribute,
            "ConsistentRead": True,
        }
        return (item[attribute]["S"] for item in items_of(self._client, query) if attribute in item)


def _page_key(job: str, number: int) -> dict[str, Any]:
    return {"pk": {"S": f"job#{job}"}, "sk": {"S": f"{_PAGE}{number:06}"}}
