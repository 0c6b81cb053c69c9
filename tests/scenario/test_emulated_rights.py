"""A policy that allows some items of a table allows no others on the emulated AWS, either."""

from __future__ import annotations

import json
import socket

import boto3
import pytest
from botocore.exceptions import ClientError

from local.emulator import HOST, REGION, running_emulator

pytestmark = pytest.mark.stack

TABLE = {
    "TableName": "things",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "owner")],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by_owner",
            "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [
                f"dynamodb:{name}"
                for name in ("GetItem", "PutItem", "Query", "BatchGetItem", "BatchWriteItem", "ConditionCheckItem")
            ],
            "Resource": f"arn:aws:dynamodb:{REGION}:*:table/things*",
            "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["job#*"]}},
        },
        {
            "Effect": "Allow",
            "Action": "dynamodb:UpdateItem",
            "Resource": f"arn:aws:dynamodb:{REGION}:*:table/things",
            "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["note"]}},
        },
    ],
}


def item(key):
    return {"pk": {"S": key}, "owner": {"S": key}}


def key(value):
    return {"pk": {"S": value}}


def query(value, name="pk", **more):
    values = {":value": {"S": value}}
    return {"KeyConditionExpression": "#key = :value", "ExpressionAttributeNames": {"#key": name}} | {
        "ExpressionAttributeValues": values,
        **more,
    }


def transaction(*parts):
    return {"TransactItems": [{name: {"TableName": "things", **what}} for name, what in parts]}


IN_PLACE = {"TableName": "things"}
CALLS = {
    "get": lambda c, k: c.get_item(**IN_PLACE, Key=key(k)),
    "put": lambda c, k: c.put_item(**IN_PLACE, Item=item(k)),
    "query": lambda c, k: c.query(**IN_PLACE, **query(k)),
    "query of an index": lambda c, k: c.query(**IN_PLACE, **query(k, "owner", IndexName="by_owner")),
    "batch of gets": lambda c, k: c.batch_get_item(RequestItems={"things": {"Keys": [key("job#1"), key(k)]}}),
    "batch of writes": lambda c, k: c.batch_write_item(RequestItems={"things": [{"PutRequest": {"Item": item(k)}}]}),
    # Two statements, each for its own part: what one part may, another may not.
    "transaction": lambda c, k: c.transact_write_items(
        **transaction(("Put", {"Item": item(k)}), ("Update", {"Key": key("note"), "UpdateExpression": "REMOVE seen"}))
    ),
    "check": lambda c, k: c.transact_write_items(
        **transaction(("ConditionCheck", {"Key": key(k), "ConditionExpression": "attribute_not_exists(never)"}))
    ),
}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """DynamoDB for a user who may do what the policy says."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with running_emulator(tmp_path_factory.mktemp("aws"), port) as emulator:
        emulator.client("dynamodb").create_table(**TABLE)
        iam = emulator.client("iam")
        iam.create_user(UserName="someone")
        iam.put_user_policy(UserName="someone", PolicyName="some-items", PolicyDocument=json.dumps(POLICY))
        made = iam.create_access_key(UserName="someone")["AccessKey"]
        yield boto3.client(
            "dynamodb",
            endpoint_url=emulator.endpoint,
            region_name=REGION,
            aws_access_key_id=made["AccessKeyId"],
            aws_secret_access_key=made["SecretAccessKey"],
        )


@pytest.mark.parametrize("call", CALLS)
def test_only_the_keys_that_a_policy_names_are_allowed(client, call):
    CALLS[call](client, "job#7")
    for other in ("note", "secret#job#"):
        with pytest.raises(ClientError, match="not authorized"):
            CALLS[call](client, other)
