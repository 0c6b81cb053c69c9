"""Grants: for fifteen minutes, one file that somebody may put into the bucket speaks for them (row P26)."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

SECONDS: Final = 15 * 60
#: Seconds that a used grant is remembered, so that the file's event may be repeated.
_KEPT: Final = 30 * 24 * 3600
_BYTES: Final = 24


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose word a file is.

    Attributes:
        customer: account id.
        by: who was given it, as a history has it.
        reply: where to say what came of it.
        only_this_time: accept from resellers that are not registered.
    """

    customer: str
    by: str
    reply: Mapping[str, str] = field(default_factory=dict)
    only_this_time: bool = False


class GrantsStore:
    """Gives and redeems grants. The grant itself is nowhere kept, only its digest.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def give(self, grant: Grant, *, now: float) -> str:
        """Makes a grant; the text to send along with the file.

        Args:
            grant: for whom.
            now: epoch seconds.
        """
        text = secrets.token_urlsafe(_BYTES)
        self._client.put_item(
            TableName=self._table,
            Item={
                **_key(text),
                "customer": {"S": grant.customer},
                "grant": {"S": json.dumps(asdict(grant), ensure_ascii=False, separators=(",", ":"))},
                "valid_until": {"N": str(int(now) + SECONDS)},
                "expires": {"N": str(int(now) + _KEPT)},
            },
        )
        return text

    def redeem(self, text: str, *, customer: str, use: str, now: float) -> Grant | None:
        """Uses a grant up; None if it is none, is another customer's or too old, or was used for something else.

        Args:
            text: as it came with the file.
            customer: account id of those for whom it is meant to speak.
            use: names what it is used for; the same use again is given the same.
            now: epoch seconds.
        """
        if not text:
            return None
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(text),
                UpdateExpression="SET used_for = :use",
                ConditionExpression=(
                    "customer = :customer AND "
                    "(used_for = :use OR (attribute_not_exists(used_for) AND valid_until >= :now))"
                ),
                ExpressionAttributeValues={
                    ":customer": {"S": customer},
                    ":use": {"S": use},
                    ":now": {"N": str(int(now))},
                },
                ReturnValues="ALL_NEW",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return Grant(**json.loads(answer["Attributes"]["grant"]["S"]))


def _key(text: str) -> dict[str, Any]:
    digest = hashlib.sha256(text.strip().encode()).hexdigest()
    return {"pk": {"S": f"grant#{digest}"}, "sk": {"S": "grant"}}
