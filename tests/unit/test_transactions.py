"""Calls to DynamoDB that are tried again where that helps, and for as long as there is time."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from rollcall.store.transactions import Failed, OutOfTimeError, Transactions
from tests.fakes.dynamodb import busy, cancelled


class FakeTable:
    """Answers as it is told to: an error, or how many of the keys stay unprocessed."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.calls = []

    def _next(self):
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer or 0

    def transact_write_items(self, TransactItems):  # noqa: N803 - boto3's names
        self.calls.append(TransactItems)
        self._next()

    def batch_get_item(self, RequestItems):  # noqa: N803 - likewise
        keys = RequestItems["t"]["Keys"]
        assert RequestItems["t"]["ConsistentRead"]
        self.calls.append(keys)
        left = self._next()
        done = keys[: len(keys) - left]
        return {"Responses": {"t": done}, "UnprocessedKeys": {"t": {"Keys": keys[len(done) :]}} if left else {}}


def over(table, seconds=60.0):
    pauses = []
    transactions = Transactions(table, seconds_left=lambda: seconds - sum(pauses), pause=pauses.append)
    return transactions, pauses


@pytest.mark.parametrize(
    "trouble",
    [
        cancelled("TransactionConflict", "None"),
        cancelled("None", "ThrottlingError"),
        busy("ProvisionedThroughputExceededException"),
        busy("TransactionInProgressException"),
    ],
    ids=["conflict", "throttled", "busy", "in progress"],
)
def test_what_passes_is_waited_for(trouble):
    table = FakeTable(trouble, trouble)
    transactions, pauses = over(table)

    assert transactions.write(["a", "b"]) == ()
    assert (len(table.calls), len(pauses)) == (3, 2)


def test_a_condition_that_does_not_hold_is_told_with_what_was_there():
    item = {"id": {"S": "imei#1"}}
    transactions, _ = over(FakeTable(cancelled("TransactionConflict", ("ConditionalCheckFailed", item))))

    assert transactions.write(["a", "b"]) == (Failed(1, item),)


def test_nothing_there_is_told_as_nothing():
    transactions, _ = over(FakeTable(cancelled(("ConditionalCheckFailed", {}))))

    assert transactions.write(["a"]) == (Failed(0, None),)


def test_what_trying_again_does_not_mend_is_an_error():
    with pytest.raises(RuntimeError, match="ItemCollectionSizeLimitExceeded"):
        over(FakeTable(cancelled("ItemCollectionSizeLimitExceeded")))[0].write(["a"])
    with pytest.raises(ClientError):
        over(FakeTable(busy("ValidationException")))[0].write(["a"])
    with pytest.raises(ClientError):
        over(FakeTable(busy("AccessDeniedException", "BatchGetItem")))[0].get("t", [1])


def test_the_end_comes_before_the_deadline():
    table = FakeTable(*[busy("ThrottlingException")] * 1000)
    transactions, pauses = over(table, seconds=10.0)
    with pytest.raises(OutOfTimeError):
        transactions.write(["a"])

    assert sum(pauses) <= 7.0
    with pytest.raises(OutOfTimeError):
        over(FakeTable(), seconds=2.9)[0].get("t", [1])


def test_keys_are_read_a_hundred_at_a_time_until_all_are_answered():
    table = FakeTable(30, busy("ThrottlingException", "BatchGetItem"), 0, 0)
    transactions, pauses = over(table)

    assert transactions.get("t", range(150)) == list(range(150))
    assert [len(keys) for keys in table.calls] == [100, 30, 30, 50]
    assert len(pauses) == 2
    assert transactions.get("t", []) == []
