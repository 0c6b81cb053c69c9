"""Requests that their callers gave an id of their own, so that a repeat has no further effect (row P20)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: Seconds that a request is remembered, as long as what came of it.
KEPT: Final = 90 * 24 * 3600
_SORT_KEY: Final = "request"


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request with an id of its caller's.

    Attributes:
        key: names it in the store; see `key_of`.
        fingerprint: of what was asked for.
        subject: what it is about from its first time on, such as the id of the upload that was reserved.
        by: who asked first, as a history has it.
        answer: that was given last; None if none was yet.
        until: until when that answer is good, epoch seconds.
    """

    key: str
    fingerprint: str
    subject: str
    by: str = ""
    answer: Mapping[str, Any] | None = None
    until: int = 0


def key_of(account: str, call: str, transaction_id: str) -> str:
    """The name of a request in the store: of two accounts that choose the same id, each has its own."""
    return f"once#{_digest(account, call, transaction_id)}"


def fingerprint_of(body: Mapping[str, Any]) -> str:
    """What is the same for two requests that ask for the same, however their JSON is written."""
    said = {name: value for name, value in body.items() if value not in (None, False) and name != "transaction_id"}
    return _digest(json.dumps(said, sort_keys=True, separators=(",", ":")))


class ApiRequestsStore:
    """Remembers requests, in the uploads table.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def get(self, key: str, *, now: float) -> ApiRequest | None:
        """A request as it is remembered; None if it is not, or no longer."""
        answer = self._client.get_item(TableName=self._table, Key=_key(key), ConsistentRead=True)
        item = answer.get("Item")
        if item is None or int(item["expires"]["N"]) <= now:
            return None
        return ApiRequest(
            key=key,
            fingerprint=item["fingerprint"]["S"],
            subject=item["subject"]["S"],
            by=item["by"]["S"],
            answer=json.loads(item["answer"]["S"]) if "answer" in item else None,
            until=int(item["until"]["N"]) if "until" in item else 0,
        )

    def claim(self, request: ApiRequest, *, now: float) -> ApiRequest:
        """Remembers a request that nobody made before; the one that is remembered from now on.

        Of two that come at once, both get the first.
        """
        item = {
            **_key(request.key),
            "fingerprint": {"S": request.fingerprint},
            "subject": {"S": request.subject},
            "by": {"S": request.by},
            "expires": {"N": str(int(now) + KEPT)},
        }
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR expires <= :now",
                ExpressionAttributeValues={":now": {"N": str(int(now))}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return self.get(request.key, now=now) or request
        return request

    def answer(self, key: str, answer: Mapping[str, Any], *, until: int, now: float) -> Mapping[str, Any]:
        """Remembers the answer to a request, unless one is remembered that is still good.

        Args:
            key: of the request.
            answer: what it would be.
            until: until when it is good, epoch seconds.
            now: epoch seconds.

        Returns:
            The answer that all who ask get.
        """
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(key),
                UpdateExpression="SET answer = :answer, #until = :until",
                ConditionExpression="attribute_exists(pk) AND (attribute_not_exists(#until) OR #until <= :now)",
                ExpressionAttributeNames={"#until": "until"},
                ExpressionAttributeValues={
                    ":answer": {"S": json.dumps(answer, separators=(",", ":"))},
                    ":until": {"N": str(until)},
                    ":now": {"N": str(int(now))},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            known = self.get(key, now=now)
            return known.answer if known and known.answer else answer
        return answer


def _key(key: str) -> dict[str, Any]:
    return {"pk": {"S": key}, "sk": {"S": _SORT_KEY}}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
