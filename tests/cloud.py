"""AWS inside the test's own process (moto), with the tables and the bucket that the template declares."""

from __future__ import annotations

import copy
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import boto3
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.s3.models import s3_backends
from samtranslator.yaml_helper import yaml_parse

from rollcall.settings import Settings
from rollcall.store.accounts import AccountsStore
from tests.quick_moto import quick_moto
from tests.rights import Guard, guarded

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
#: What the functions may do; `tests.policies` takes words out of it.
RIGHTS = Guard(TEMPLATE)
REGION = "eu-central-1"
WRITES = ("put_item", "update_item", "delete_item", "transact_write_items", "execute_statement")
BUCKET = "rollcall-uploads-test"
SLACK_SECRETS = "/rollcall-test/slack"
#: The Slack app's secrets by name.
SECRETS = {
    "signing-secret": "signing-secret-of-the-tests",
    "client-id": "111.222",
    "client-secret": "client-secret-of-the-tests",
}


def create_tables(dynamodb, names=("DevicesTable", "UploadsTable", "AccountsTable")):
    """Creates the template's tables under their logical names."""
    for name in names:
        properties = TEMPLATE["Resources"][name]["Properties"]
        wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        dynamodb.create_table(TableName=name, **{key: properties[key] for key in wanted if key in properties})


def put_secrets(ssm, **changed):
    """Stores the Slack app's secrets, or some that changed."""
    for name, value in (changed or SECRETS).items():
        path = f"{SLACK_SECRETS}/{name.replace('_', '-')}"
        ssm.put_parameter(Name=path, Value=value, Type="SecureString", Overwrite=True)


@contextmanager
def counted_writes(cloud):
    """Tells the cloud of each write to a table, so that it need not go back where nothing was written."""
    originals = {name: getattr(DynamoDBBackend, name) for name in WRITES}

    def counted(original):
        def write(*arguments, **named):
            cloud.tables["writes"] += 1
            return original(*arguments, **named)

        return write

    for name, original in originals.items():
        setattr(DynamoDBBackend, name, counted(original))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(DynamoDBBackend, name, original)


@dataclass
class Cloud:
    """Everything a step of the chain needs, on moto."""

    settings: Settings
    accounts: AccountsStore
    queues: dict[str, str] = field(default_factory=dict)
    tables: dict[str, object] = field(default_factory=lambda: {"writes": 0, "at": None})
    _clients: dict[str, object] = field(default_factory=dict)

    def client(self, service):
        if service not in self._clients:
            self._clients[service] = boto3.client(service, region_name=REGION)
        return self._clients[service]

    def with_limits(self, **limits):
        """The same cloud, for functions with other settings."""
        return replace(self, settings=replace(self.settings, **limits))

    def checkpoint(self):
        """What the tables hold now, to go back to; a new cloud takes half a second, going back a few milliseconds."""
        return {name: copy.deepcopy(table.items) for name, table in _tables().items()}

    def restore(self, checkpoint, *, keep=None):
        """Goes back to a checkpoint, with an empty bucket, or one that keeps a single object."""
        self.restore_tables(checkpoint)
        bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[self.settings.bucket]
        for key in [key for key in bucket.keys if key != keep]:
            del bucket.keys[key]
        bucket.multiparts.clear()

    def restore_tables(self, checkpoint):
        """Goes back to a checkpoint and leaves the bucket as it is."""
        if self.tables["at"] == (id(checkpoint), self.tables["writes"]):
            return
        for name, items in checkpoint.items():
            _tables()[name].items = copy.deepcopy(items)
        self.tables["at"] = id(checkpoint), self.tables["writes"]

    def empty(self, *tables):
        """Takes everything out of some tables."""
        self.tables["writes"] += 1
        for name in tables:
            _tables()[name].items.clear()

    def put(self, key, body, **metadata):
        """Puts a file and returns its version."""
        answer = self.client("s3").put_object(
            Bucket=self.settings.bucket,
            Key=key,
            Body=body,
            Metadata={k.replace("_", "-"): v for k, v in metadata.items()},
        )
        return answer["VersionId"]

    def get(self, key):
        return self.client("s3").get_object(Bucket=self.settings.bucket, Key=key)["Body"].read()

    def scan(self, table):
        """All items of a table, as DynamoDB sends them."""
        pages = self.client("dynamodb").get_paginator("scan").paginate(TableName=table)
        return [item for page in pages for item in page["Items"]]

    def peek(self, table):
        """The same without a request, for a look after each of many small steps: about ten times faster."""
        return [{name: _plain(value) for name, value in item.attrs.items()} for item in _tables()[table].all_items()]


def _plain(value):
    inside = value.value
    if isinstance(inside, dict):
        inside = {name: _plain(one) for name, one in inside.items()}
    elif isinstance(inside, list):
        inside = [_plain(one) if isinstance(one, DynamoType) else one for one in inside]
    return {value.type: inside}


def _tables():
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables


@contextmanager
def running_cloud(**limits):
    """An empty cloud with the template's tables, a versioned bucket and the queues."""
    env = {
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    before = {name: os.environ.get(name) for name in env}
    os.environ.update(env)
    try:
        with mock_aws(), quick_moto():
            create_tables(boto3.client("dynamodb", region_name=REGION))
            s3 = boto3.client("s3", region_name=REGION)
            s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
            s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
            sqs = boto3.client("sqs", region_name=REGION)
            names = ("uploads", "chunks", "finishes", "notices", "jobs")
            queues = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in names}
            key = boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["Arn"]
            put_secrets(boto3.client("ssm", region_name=REGION))
            settings = Settings(
                devices_table="DevicesTable",
                uploads_table="UploadsTable",
                accounts_table="AccountsTable",
                bucket=BUCKET,
                chunks_queue_url=queues["chunks"],
                finishes_queue_url=queues["finishes"],
                notices_queue_url=queues["notices"],
                jobs_queue_url=queues["jobs"],
                slack_secrets=SLACK_SECRETS,
                tokens_key=key,
                **limits,
            )
            cloud = Cloud(settings, AccountsStore("AccountsTable", region=REGION), queues)
            with counted_writes(cloud), guarded(RIGHTS):
                yield cloud
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
