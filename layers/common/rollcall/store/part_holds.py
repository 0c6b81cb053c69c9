"""Who decides on all of a customer's part of an upload: one decision at a time, and the others wait for its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.decided import decision_to_json
from rollcall.store.uploads_table import part_sort_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decisions import Decision
    from rollcall.store.change_actions import Action
    from rollcall.store.parts import Part
    from rollcall.store.sessions import LazyClient

#: Seconds for which a decision on a whole upload keeps others off it unless it renews that.
LOCK_SECONDS: Final = 3600
#: A job without news for so long has died: nobody waits for it any more.
_UNLOCKED: Final = "(attribute_not_exists(deciding) OR deciding = :decision OR deciding_until < :now)"


class PartHolds:
    """Takes parts and lets them go.

    Args:
        client: DynamoDB.
        uploads: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, *, uploads: str) -> None:
        self._client: Any = client
        self._uploads = uploads

    def release(self, upload: str, customer: str, decision: str) -> None:
        """Lets others decide again; a lock that is somebody else's by now stays."""
        try:
            self._client.update_item(
                TableName=self._uploads,
                Key={"pk": {"S": upload}, "sk": {"S": part_sort_key(customer)}},
                UpdateExpression="REMOVE deciding, deciding_until",
                ConditionExpression="deciding = :decision",
                ExpressionAttributeValues={":decision": {"S": decision}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return

    def renew(self, upload: str, customer: str, decision: str, *, now: float) -> bool:
        """Keeps others off for longer; False if the lock is not the decision's any more."""
        try:
            self._client.update_item(
                TableName=self._uploads,
                Key={"pk": {"S": upload}, "sk": {"S": part_sort_key(customer)}},
                UpdateExpression="SET deciding_until = :until",
                ConditionExpression="deciding = :decision",
                ExpressionAttributeValues={
                    ":decision": {"S": decision},
                    ":until": {"N": str(int(now) + LOCK_SECONDS)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def take_action(self, part: Part, decision: Decision, *, now: float, lock: bool) -> Action:
        """Takes a part for a decision on all of it, unless somebody else is at it.

        Args:
            part: which.
            decision: what is decided.
            now: epoch seconds.
            lock: keep others off; not needed by what is done in this very transaction.
        """
        values: dict[str, Any] = {
            ":decision": {"S": decision.id},
            ":now": {"N": str(int(now))},
            ":whole": {"S": json.dumps(decision_to_json(decision), separators=(",", ":"))},
        }
        sets = "whole = :whole"
        if lock:
            sets += ", deciding = :decision, deciding_until = :until"
            values[":until"] = {"N": str(int(now) + LOCK_SECONDS)}
        return {
            "Update": {
                "TableName": self._uploads,
                "Key": {"pk": {"S": part.upload}, "sk": {"S": part_sort_key(part.customer)}},
                "UpdateExpression": f"SET {sets}",
                "ConditionExpression": f"attribute_exists(pk) AND {_UNLOCKED}",
                "ExpressionAttributeValues": values,
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }
