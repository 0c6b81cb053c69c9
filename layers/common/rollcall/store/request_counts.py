"""How many requests each key of the API has made in the minute that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: Seconds of a window. A fixed one costs one write a request; at its edge a key can make twice its number in a moment,
#: which the table and the functions bear.
WINDOW: Final = 60
#: Seconds after its end that a window is kept: enough for clocks that disagree.
_KEPT: Final = 600


class RequestCountsStore:
    """Counts requests: ``rate#<digest of the key>`` / ``<beginning of the window>`` in the accounts table.

    Args:
        client: DynamoDB.
        table: name of the accounts table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def count(self, digest: str, *, most: int, now: float) -> int:
        """Counts a request.

        The count and the comparison are one write, so that requests at the same moment cannot all be the last one.

        Args:
            digest: of the key.
            most: requests that it may make in a window.
            now: epoch seconds.

        Returns:
            Seconds until the key may ask again; 0 if this request is within its number, and then it is counted.
        """
        begin = int(now) // WINDOW * WINDOW
        try:
            self._client.update_item(
                TableName=self._table,
                Key={"pk": {"S": f"rate#{digest}"}, "sk": {"S": str(begin)}},
                UpdateExpression="ADD requests :one SET expires = if_not_exists(expires, :expires)",
                ConditionExpression="attribute_not_exists(requests) OR requests < :most",
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":most": {"N": str(most)},
                    ":expires": {"N": str(begin + WINDOW + _KEPT)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return max(1, begin + WINDOW - int(now))
        return 0
