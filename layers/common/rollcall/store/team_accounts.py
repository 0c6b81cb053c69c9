"""Which companies have to do with a workspace: a walk through the whole accounts table, for the rare day it changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rollcall.store.account_places import PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

_PERSON = "person#"
_ACCOUNT = "account#"
_WORKSPACE = "workspace#"


class TeamAccounts:
    """Finds companies by workspace. A thousand companies of ten people are about 3 MB to read.

    Args:
        client: DynamoDB.
        table: name of the accounts table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, table: str) -> None:
        self._client: Any = client
        self._table = table

    def of(self, place: str) -> tuple[str, ...]:
        """The accounts with people or a channel in a workspace, or in one that an organisation speaks for.

        Args:
            place: id of the workspace or the organisation.

        Returns:
            Account ids in order.
        """
        teams = {place}
        accounts: dict[str, set[str]] = {}
        for item in self._items():
            pk, sk = item["pk"]["S"], item["sk"]["S"]
            if pk.startswith(_WORKSPACE) and item.get("through", {}).get("S") == place:
                teams.add(pk.removeprefix(_WORKSPACE))
            elif pk.startswith(_PERSON) and sk.startswith(_ACCOUNT):
                team = pk.removeprefix(_PERSON).partition("#")[0]
                accounts.setdefault(team, set()).add(sk.removeprefix(_ACCOUNT))
            elif pk.startswith(_ACCOUNT) and sk == PROFILE and "notify" in item:
                team = str((json.loads(item["notify"]["S"]) or [""])[0])
                accounts.setdefault(team, set()).add(pk.removeprefix(_ACCOUNT))
        return tuple(sorted(account for team in teams for account in accounts.get(team, ())))

    def _items(self) -> Iterator[dict[str, Any]]:
        start: dict[str, Any] = {}
        while True:
            page = self._client.scan(
                TableName=self._table,
                ProjectionExpression="pk, sk, #through, #notify",
                ExpressionAttributeNames={"#through": "through", "#notify": "notify"},
                ConsistentRead=True,
                **start,
            )
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
