"""Which partition keys a request to DynamoDB names: what ``dynamodb:LeadingKeys`` in a policy is compared with.

Many statements of the template allow a function only some kinds of items, by the beginning of their partition key. The
emulated AWS leaves that condition open; `enforce` closes it, in the emulator's own process.
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: What one part of a transaction is as an action of its own.
PARTS: Final = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
CONTEXT_KEY: Final = "dynamodb:LeadingKeys"
#: ``name = :value`` in a key condition; with ``<=`` and ``>=`` no name stands right before the sign.
_EQUALS: Final = re.compile(r"([#\w]+)\s*=\s*(:\w+)")


def leading_keys(request: Mapping[str, Any], table: str, hash_key: str) -> list[str]:
    """The values of a partition key that a request, or one part of a transaction, names.

    Args:
        request: as boto3's client takes it.
        table: name of the table that is asked about; a batch may name more.
        hash_key: the partition key's attribute, of the index if the request names one.

    Returns:
        Each value as text; empty for a scan, which names none.
    """
    return [str(next(iter(value.values()))) for value in _values(request, table, hash_key)]


def _values(request: Mapping[str, Any], table: str, hash_key: str) -> Iterator[Mapping[str, Any]]:
    items = [request.get("Key"), request.get("Item")]
    batch = request.get("RequestItems", {}).get(table, ())
    for asked in batch["Keys"] if isinstance(batch, dict) else batch:
        write = asked.get("PutRequest", asked.get("DeleteRequest"))
        items.append(asked if write is None else write.get("Item", write.get("Key")))
    yield from (item[hash_key] for item in items if item and hash_key in item)
    names = request.get("ExpressionAttributeNames", {})
    for name, value in _EQUALS.findall(request.get("KeyConditionExpression", "")):
        if names.get(name, name) == hash_key:
            yield request["ExpressionAttributeValues"][value]


class _PartArn(str):  # noqa: SLOT000 - it carries something besides the text
    """The table of one part of a transaction, with what that part alone names."""

    leading_keys: list[str]


def enforce() -> None:
    """Lets the emulator of this process compare partition keys with policies, of each part of a transaction apart.

    It also tells it which stream a request is about, for which the emulator looks nowhere.
    """
    from ministack.core import iam_actions, iam_evaluator  # type: ignore[import-untyped] # noqa: PLC0415 - has no types; only the child has it loaded
    from ministack.services import dynamodb  # type: ignore[import-untyped] # noqa: PLC0415 - likewise

    context_of: Callable[[bytes], dict[str, Any]] = iam_actions.dynamodb_service_context
    checks_of: Callable[..., list[tuple[str, str]]] = iam_actions.dynamodb_transaction_checks
    allowed: Callable[..., Any] = iam_evaluator.enforce
    resource_of: Callable[..., str] = iam_actions.extract_resource_arn

    def keys(request: Mapping[str, Any], name: str) -> list[str]:
        table = dynamodb._tables.get(name.rpartition("/")[2]) or {}  # noqa: SLF001 - there is no public way to it
        index = request.get("IndexName")
        schemas = [one for one in table.get("GlobalSecondaryIndexes") or () if one["IndexName"] == index]
        schema = (schemas[0] if schemas else table).get("KeySchema") or ()
        return [
            key
            for one in schema
            if one["KeyType"] == "HASH"
            for key in leading_keys(request, name, one["AttributeName"])
        ]

    def context(body: bytes) -> dict[str, Any]:
        request = _read(body)
        names = [request["TableName"]] if "TableName" in request else list(request.get("RequestItems", ()))
        found = [key for name in names for key in keys(request, name)]
        return context_of(body) | ({CONTEXT_KEY: found} if found else {})

    def checks(action: str, body: bytes, *place: str) -> list[tuple[str, str]]:
        parts = [part for item in _read(body).get("TransactItems", ()) for name, part in item.items() if name in PARTS]
        made = checks_of(action, body, *place)
        for number, ((part_action, arn), part) in enumerate(zip(made, parts, strict=False)):
            of_part = _PartArn(arn)
            of_part.leading_keys = keys(part, part["TableName"])
            made[number] = part_action, of_part
        return made

    def compare(*who: Any, **what: Any) -> Any:  # noqa: ANN401 - as it is called there
        of_part = getattr(what.get("resource_arn"), "leading_keys", None)
        if of_part:
            what["service_context"] = {**(what.get("service_context") or {}), CONTEXT_KEY: of_part}
        return allowed(*who, **what)

    def resource(service: str, method: str, path: str, headers: dict[str, str], body: bytes, *more: Any) -> str:  # noqa: ANN401 - likewise
        if service == "dynamodbstreams":
            return stream_of(_read(body))
        return str(resource_of(service, method, path, headers, body, *more))

    iam_actions.extract_resource_arn = resource
    iam_actions.dynamodb_service_context = context
    iam_actions.dynamodb_transaction_checks = checks
    iam_evaluator.enforce = compare


def stream_of(request: Mapping[str, Any]) -> str:
    """The ARN of the stream that a request to DynamoDB Streams is about: its own, or that inside its iterator.

    Args:
        request: as the emulator gets it.

    Returns:
        ``*`` where it names none.
    """
    named = request.get("StreamArn")
    if not named and "ShardIterator" in request:
        try:
            named = json.loads(base64.urlsafe_b64decode(str(request["ShardIterator"]).encode())).get("arn")
        except (ValueError, AttributeError):
            named = ""
    return str(named or "*")


def _read(body: bytes) -> dict[str, Any]:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}
