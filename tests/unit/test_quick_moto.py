"""What is left out of moto changes none of its answers."""

from __future__ import annotations

from contextlib import nullcontext

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend, Table
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from tests.cloud import REGION, create_tables
from tests.quick_moto import quick_moto

OWNERS = (SigV4Auth, BaseJSONSerializer, DynamoDBBackend, Table, DynamoType, Item)
#: One of each type.
VALUES = {
    "text": {"S": "ü\n"},
    "empty": {"S": ""},
    "number": {"N": "-1.50"},
    "bytes": {"B": b"\x00\xff"},
    "truth": {"BOOL": False},
    "nothing": {"NULL": True},
    "texts": {"SS": ["b", "a"]},
    "numbers": {"NS": ["3", "1"]},
    "many bytes": {"BS": [b"a", b"\xff"]},
    "list": {"L": [{"S": "a"}, {"M": {"b": {"B": b"\xfe"}}}, {"L": []}]},
    "map": {"M": {"a": {"N": "1"}, "b": {"M": {}}, "S": {"S": "S"}}},
}


def answers(quick):
    """What moto says to a little of everything, times and request ids aside."""
    found = []

    def note(call, **options):
        try:
            answer = call(**options)
        except ClientError as error:
            answer = error.response
        answer.pop("ResponseMetadata")
        found.append(answer)

    with mock_aws(), quick:
        dynamodb = boto3.client("dynamodb", region_name=REGION)
        create_tables(dynamodb)
        uploads = {"TableName": "UploadsTable"}
        for number, name in ((2, "b"), (10, "a"), (1, "b"), (3, "c")):
            keys = {"pk": {"S": name}, "sk": {"S": f"part-{number}"}}
            index = {"customer_uploads": {"S": "CUST"}, "listed_at": {"S": f"{9 - number % 3}"}} if number != 3 else {}
            note(dynamodb.put_item, **uploads, Item={**keys, **VALUES, **index})
        key = {"pk": {"S": "b"}, "sk": {"S": "part-2"}}
        note(dynamodb.get_item, **uploads, Key=key)
        note(
            dynamodb.get_item,
            **uploads,
            Key=key,
            ProjectionExpression="pk, #l",
            ExpressionAttributeNames={"#l": "list"},
        )
        note(dynamodb.get_item, **uploads, Key={"pk": {"S": "none"}, "sk": {"S": "none"}})
        of_b = {"KeyConditionExpression": "pk = :b", "ExpressionAttributeValues": {":b": {"S": "b"}}}
        for forward in (True, False):
            note(dynamodb.query, **uploads, **of_b, ScanIndexForward=forward)
            note(dynamodb.query, **uploads, **of_b, ScanIndexForward=forward, Limit=1, ExclusiveStartKey=key)
        note(
            dynamodb.query,
            **uploads,
            KeyConditionExpression="pk = :b AND begins_with(sk, :part)",
            ExpressionAttributeValues={":b": {"S": "b"}, ":part": {"S": "part-1"}},
        )
        for value in ("CUST", "none"):
            note(
                dynamodb.query,
                **uploads,
                IndexName="by_customer",
                KeyConditionExpression="customer_uploads = :it",
                ExpressionAttributeValues={":it": {"S": value}},
            )
        note(
            dynamodb.update_item,
            **uploads,
            Key=key,
            UpdateExpression="SET #n = #n + :one, fresh = if_not_exists(fresh, :one) REMOVE empty ADD texts :more",
            ExpressionAttributeNames={"#n": "number"},
            ExpressionAttributeValues={":one": {"N": "1"}, ":more": {"SS": ["c"]}},
            ReturnValues="ALL_NEW",
        )
        note(dynamodb.update_item, **uploads, Key=key, UpdateExpression="SET absent.inside = #x")
        note(
            dynamodb.put_item,
            **uploads,
            Item={**key, "text": {"S": "other"}},
            ConditionExpression="attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
        fresh = {"pk": {"S": "d"}, "sk": {"S": "1"}}
        change = {"Key": fresh, "UpdateExpression": "SET a = :a", "ExpressionAttributeValues": {":a": {"N": "1"}}}
        for condition in ("attribute_not_exists(pk)", "attribute_exists(nothing_of_it)"):
            put = {"Item": {**key, "a": {"N": "1"}}, "ConditionExpression": condition}
            note(
                dynamodb.transact_write_items,
                TransactItems=[{"Update": {**uploads, **change}}, {"Put": {**uploads, **put}}],
            )
        note(dynamodb.transact_write_items, TransactItems=[{"Put": {**uploads, "Item": fresh}}])
        note(dynamodb.batch_get_item, RequestItems={"UploadsTable": {"Keys": [key, fresh]}})
        note(dynamodb.scan, **uploads)
        note(dynamodb.delete_item, **uploads, Key=key, ReturnValues="ALL_OLD")
        sqs = boto3.client("sqs", region_name=REGION)
        url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        for body in ('{"kind": "a=b&c"}', "a=b"):
            assert sqs.send_message(QueueUrl=url, MessageBody=body)
            [message] = sqs.receive_message(QueueUrl=url)["Messages"]
            found.append((message["Body"], message["MD5OfBody"]))
    return found


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def test_every_answer_is_as_it_was():
    quick, slow = answers(quick_moto()), answers(nullcontext())
    assert len(quick) > 20
    for mine, moto in zip(quick, slow, strict=True):
        assert mine == moto


def test_nothing_is_left_behind():
    before = {owner: dict(vars(owner)) for owner in OWNERS}
    with quick_moto():
        assert {owner: dict(vars(owner)) for owner in OWNERS} != before
    assert {owner: dict(vars(owner)) for owner in OWNERS} == before
