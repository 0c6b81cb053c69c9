"""DynamoDB as far as claims need it: its limits, its cancellation reasons, and its bad days on demand."""

from __future__ import annotations

from botocore.exceptions import ClientError


def busy(code, operation="TransactWriteItems"):
    """An answer that refuses a whole call."""
    return ClientError({"Error": {"Code": code, "Message": code}}, operation)


def cancelled(*reasons):
    """The answer that a transaction was cancelled; each reason is a code, or a code and the item that was there."""
    found = [
        {"Code": reason} if isinstance(reason, str) else {"Code": reason[0], "Item": reason[1]} for reason in reasons
    ]
    return ClientError(
        {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": found},
        "TransactWriteItems",
    )


class FakeDynamoDB:
    """One table of items by ``id``.

    Attributes:
        items: id → item.
        calls: what was asked: (operation, keys).
        troubles: errors to raise for the next calls, one each; None lets the call through.
        unprocessed: for the next look-ups, how many of the keys are left unprocessed.
    """

    def __init__(self):
        self.items = {}
        self.calls = []
        self.troubles = []
        self.unprocessed = []
        self.consistent = set()

    def batch_get_item(self, RequestItems, ReturnConsumedCapacity):  # noqa: N803 - boto3's names
        ((table, asked),) = RequestItems.items()
        keys = [key["id"]["S"] for key in asked["Keys"]]
        assert 0 < len(keys) <= 100
        assert len(set(keys)) == len(keys)
        self.consistent.add(asked.get("ConsistentRead", False))
        self._call("look up", keys)
        left = keys[len(keys) - self.unprocessed.pop(0) :] if self.unprocessed else []
        found = [self.items[key] for key in keys if key in self.items and key not in left]
        return {
            "Responses": {table: found},
            "UnprocessedKeys": {table: {**asked, "Keys": [{"id": {"S": key}} for key in left]}} if left else {},
            "ConsumedCapacity": [{"TableName": table, "CapacityUnits": 1.0}],
        }

    def transact_write_items(self, TransactItems, ReturnConsumedCapacity):  # noqa: N803 - likewise
        puts = [action["Put"] for action in TransactItems]
        keys = [put["Item"]["id"]["S"] for put in puts]
        assert 0 < len(keys) <= 100
        assert len(set(keys)) == len(keys), "DynamoDB refuses two operations on one item"
        self._call("claim", keys)
        reasons = [
            ("ConditionalCheckFailed", self.items[key]) if self._taken(put, key) else "None"
            for put, key in zip(puts, keys, strict=True)
        ]
        if any(reason != "None" for reason in reasons):
            raise cancelled(*reasons)
        self.items.update({put["Item"]["id"]["S"]: put["Item"] for put in puts})
        return {"ConsumedCapacity": [{"TableName": "t", "CapacityUnits": 2.0 * len(puts)}]}

    def _taken(self, put, key):
        old, values = self.items.get(key), put["ExpressionAttributeValues"]
        if old is None:
            return False
        own = old["upload"] == values[":upload"] and old["line"] == values[":line"]
        return old["kind"] != values[":tombstone"] or own

    def _call(self, operation, keys):
        self.calls.append((operation, keys))
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble:
            raise trouble
