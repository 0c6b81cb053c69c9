"""What stands between the functions and moto asks of the policies what AWS would ask."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests import rights
from tests.cloud import TEMPLATE
from tests.rights import Call, Guard, Right, Statement

TABLE = "UploadsTable"
BATCH = {"RequestItems": {"AccountsTable": {"Keys": [{"pk": {"S": "a"}}, {"pk": {"S": "b"}}]}}}


def statement(sid, actions, resources, keys=()):
    return Statement(sid, tuple(actions), tuple(resources), tuple(keys))


@pytest.fixture
def guard(monkeypatch):
    """A guard with one function, in whose name everything is called."""
    found = Guard(TEMPLATE)
    jobs = statement("Jobs", ["dynamodb:PutItem", "dynamodb:UpdateItem"], [TABLE], ["job#*", "U-*"])
    books = statement("Books", ["dynamodb:Query"], [f"{TABLE}/index/*"])
    found.policies = {"Bot": [jobs, books]}
    monkeypatch.setattr(rights, "calling", lambda: "Bot")
    return found


def put(key):
    return {"TableName": TABLE, "Item": {"pk": {"S": key}, "sk": {"S": "x"}}}


def test_a_call_needs_a_statement_for_its_action_its_resource_and_its_keys(guard):
    guard.ask("dynamodb", "PutItem", put("job#1"))
    for operation, request in (
        ("PutItem", put("person#T0ACME")),
        ("DeleteItem", {"TableName": TABLE, "Key": {"pk": {"S": "job#1"}}}),
        ("PutItem", {**put("job#1"), "TableName": "AccountsTable"}),
    ):
        with pytest.raises(ClientError, match="not authorized"):
            guard.ask("dynamodb", operation, request)

    assert len(guard.refused) == 3


def test_each_part_of_a_transaction_is_asked_about(guard):
    update = {"TableName": TABLE, "Key": {"pk": {"S": "U-1"}}, "UpdateExpression": "REMOVE x"}

    guard.ask("dynamodb", "TransactWriteItems", {"TransactItems": [{"Put": put("job#1")}, {"Update": update}]})
    with pytest.raises(ClientError, match=r"ConditionCheckItem on UploadsTable \['job#1'\]"):
        guard.ask("dynamodb", "TransactWriteItems", {"TransactItems": [{"ConditionCheck": put("job#1")}]})


def test_a_query_of_an_index_is_one_of_the_index(guard):
    index = {
        "TableName": TABLE,
        "IndexName": "outbox",
        "KeyConditionExpression": "#0 = :0",
        "ExpressionAttributeNames": {"#0": "outbox"},
        "ExpressionAttributeValues": {":0": {"S": "notices"}},
    }

    assert guard.calls("dynamodb", "Query", index) == [
        Call("dynamodb:Query", f"{TABLE}/index/outbox", frozenset({"notices"}))
    ]
    guard.ask("dynamodb", "Query", index)


def test_what_a_call_leans_on_is_noted_and_its_loss_refuses_it(guard):
    guard.ask("dynamodb", "PutItem", put("job#1"))

    assert set(guard.leaned_on) == {Right("Bot", "Jobs", word) for word in ("dynamodb:PutItem", TABLE, "job#*")}, (
        "not on the other action, not on the other pattern"
    )
    guard.removed = Right("Bot", "Jobs", "job#*")
    guard.ask("dynamodb", "PutItem", put("U-1"))
    with pytest.raises(ClientError, match="not authorized"):
        guard.ask("dynamodb", "PutItem", put("job#1"))


def test_a_call_that_two_statements_allow_leans_on_neither(guard):
    guard.policies["Bot"].append(statement("Again", ["dynamodb:PutItem"], [TABLE]))

    guard.ask("dynamodb", "PutItem", put("job#1"))

    assert not guard.leaned_on


@pytest.mark.parametrize(
    ("service", "operation", "request_", "expected"),
    [
        ("dynamodb", "BatchGetItem", BATCH, [("dynamodb:BatchGetItem", "AccountsTable", frozenset("ab"))]),
        ("s3", "HeadObject", {"Key": "work/a"}, [("s3:GetObject", "UploadsBucket/work/a")]),
        ("s3", "GetObject", {"Key": "a", "VersionId": "1"}, [("s3:GetObjectVersion", "UploadsBucket/a")]),
        ("s3", "UploadPart", {"Key": "reports/a"}, [("s3:PutObject", "UploadsBucket/reports/a")]),
        (
            "s3",
            "CopyObject",
            {"Key": "uploads/a", "CopySource": {"Key": "check/a", "VersionId": "1"}},
            [("s3:GetObjectVersion", "UploadsBucket/check/a"), ("s3:PutObject", "UploadsBucket/uploads/a")],
        ),
        ("sqs", "SendMessageBatch", {"QueueUrl": "https://x/1/jobs"}, [("sqs:SendMessage", "JobsQueue")]),
        ("sqs", "ReceiveMessage", {"QueueUrl": "https://x/1/jobs-dead"}, [("sqs:ReceiveMessage", "JobsDeadLetters")]),
        (
            "dynamodbstreams",
            "GetRecords",
            {"ShardIterator": "arn:aws:dynamodb:eu-central-1:1:table/DevicesTable/stream/x|1|y"},
            [("dynamodb:GetRecords", "DevicesTable")],
        ),
        ("kms", "Decrypt", {}, [("kms:Decrypt", "TokensKey")]),
    ],
)
def test_operations_are_allowed_under_the_names_that_aws_gives_their_rights(
    guard, service, operation, request_, expected
):
    assert guard.calls(service, operation, request_) == [Call(*one) for one in expected]


def test_what_a_test_does_by_itself_needs_no_right():
    assert rights.calling() is None
