"""Books of reminders: ``reminders#<account>`` / what they are of, in the uploads table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.reminder_books import book_from_json, book_to_json
from rollcall.reminders import Book
from rollcall.store.notice_actions import due_action
from rollcall.store.notice_outbox import expiry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.notices import Notice
    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Transactions

#: The book of a customer's uploads that wait for its decision.
UPLOADS: Final = "uploads"


class RemindersStore:
    """Reads and writes books.

    Args:
        client: DynamoDB.
        transactions: writes a book together with what is to be told of it.
        table: name of the uploads table.
        sort_key: what the books are of.
    """

    def __init__(
        self,
        client: DynamoDBClient | LazyClient,
        transactions: Transactions,
        table: str,
        *,
        sort_key: str = UPLOADS,
    ) -> None:
        self._client: Any = client
        self._transactions = transactions
        self._table = table
        self._sort_key = sort_key

    def get(self, account: str) -> Book:
        """An account's book, as it is after every write that came before; an empty one if there is none."""
        item = self._client.get_item(TableName=self._table, Key=self._key(account), ConsistentRead=True).get("Item")
        return book_from_json(item["book"]["S"], version=int(item["version"]["N"])) if item else Book()

    def put(self, account: str, book: Book, notices: Iterable[Notice], *, at: str) -> bool:
        """Writes a book, and makes due what is to be told of it, all or nothing.

        Args:
            account: whose.
            book: as read and changed; its version is that which was read.
            notices: to be told; at most 99.
            at: now, UTC.

        Returns:
            False if somebody else has changed the book since it was read, and then nothing is written.

        Raises:
            OutOfTimeError: the caller's time is up.
        """
        unchanged = "version = :seen" if book.version else "attribute_not_exists(pk)"
        seen = {":seen": {"N": str(book.version)}} if book.version else {}
        update = {
            "TableName": self._table,
            "Key": self._key(account),
            "UpdateExpression": "SET book = :book, version = :next, expires = :expires",
            "ConditionExpression": unchanged,
            "ExpressionAttributeValues": {
                ":book": {"S": book_to_json(book)},
                ":next": {"N": str(book.version + 1)},
                ":expires": {"N": str(expiry(at))},
                **seen,
            },
        }
        due = [due_action(notice, self._table, at=at) for notice in notices]
        return not self._transactions.write([{"Update": update}, *due])

    def _key(self, account: str) -> dict[str, Any]:
        return {"pk": {"S": f"reminders#{account}"}, "sk": {"S": self._sort_key}}
