"""What acts did to an upload's figures: each of their transactions left its share there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.store.query_pages import items_of
from rollcall.store.uploads_table import DELTA_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient


def deltas_of(
    client: DynamoDBClient | LazyClient, table: str, upload: str, *, customer: str = "", act: str = ""
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Customer, id of the act, and the share as DynamoDB sends it.

    Args:
        client: DynamoDB.
        table: name of the uploads table.
        upload: upload id.
        customer: account id, for its part alone.
        act: likewise of one act alone; goes with a customer.
    """
    prefix = DELTA_PREFIX + (f"{customer}#" if customer else "") + (f"{act}#" if act else "")
    query = {
        "TableName": table,
        "KeyConditionExpression": "pk = :upload AND begins_with(sk, :prefix)",
        "ExpressionAttributeValues": {":upload": {"S": upload}, ":prefix": {"S": prefix}},
        "ConsistentRead": True,
    }
    for item in items_of(client, query):
        of, _, by = item["sk"]["S"].removeprefix(DELTA_PREFIX).partition("#")
        yield of, by.partition("#")[0], item
