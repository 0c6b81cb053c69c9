"""A customer's decisions, newest first. They are read from an index, which may lag behind by a moment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from rollcall.cursors import CursorError
from rollcall.queries import Page
from rollcall.store.decision_items import listed_under, record_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decided import Record
    from rollcall.store.sessions import LazyClient

#: A place in the list: behind everything that was decided at or after a moment. The sign stands behind every id.
_CURSOR: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ#\d{14}#D-[0-9A-Z]{1,40}~?")
_JUST_BEFORE: Final = "~"


class DecisionLists:
    """Reads lists of decisions.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def of_customer(self, customer: str, *, size: int, cursor: str | None, backwards: bool) -> Page[Record]:
        """A page of them.

        Args:
            customer: account id of the asker.
            size: most decisions on the page.
            cursor: from another page; None for the newest.
            backwards: the page before the cursor and not the one behind it.

        Raises:
            CursorError: the cursor is malformed, or missing for a page before it.
        """
        if (cursor is None and backwards) or (cursor is not None and not _CURSOR.fullmatch(cursor)):
            raise CursorError("malformed")
        query: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "by_customer",
            "KeyConditionExpression": "customer_uploads = :customer",
            "ExpressionAttributeValues": {":customer": {"S": listed_under(customer)}},
            "ScanIndexForward": backwards,
            "Limit": size + 1,
        }
        if cursor is not None:
            query["KeyConditionExpression"] += f" AND listed_at {'>=' if backwards else '<'} :cursor"
            query["ExpressionAttributeValues"][":cursor"] = {"S": cursor}
        found = self._client.query(**query)["Items"]
        shown = found[:size][::-1] if backwards else found[:size]
        more = len(found) > size
        newer, older = (more, True) if backwards else (cursor is not None, more)
        return Page(
            tuple(map(record_of, shown)),
            first=1 if shown else 0,
            before=f"{_key(shown[0])}{_JUST_BEFORE}" if shown and newer else None,
            after=_key(shown[-1]) if shown and older else None,
        )


def _key(item: Any) -> str:  # noqa: ANN401 - as DynamoDB sends it
    return str(item["listed_at"]["S"])
