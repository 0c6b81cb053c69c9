"""Reads a query to its end: DynamoDB answers with a megabyte at a time, and says where the next one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient


def items_of(client: DynamoDBClient | LazyClient, query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The items of a query, each page read when its first item is needed.

    Args:
        client: DynamoDB.
        query: as boto3's ``query`` takes it.
    """
    dynamodb: Any = client
    place: Mapping[str, Any] = {}
    while True:
        answer = dynamodb.query(**query, **place)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        place = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
