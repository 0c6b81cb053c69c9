"""AWS inside the test's own process (moto), with the tables and the bucket that the template declares."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from moto import mock_aws
from samtranslator.yaml_helper import yaml_parse

from rollcall.settings import Settings
from rollcall.store.accounts import AccountsStore

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
REGION = "eu-central-1"
BUCKET = "rollcall-uploads-test"


def create_tables(dynamodb, names=("DevicesTable", "UploadsTable", "AccountsTable")):
    """Creates the template's tables under their logical names."""
    for name in names:
        properties = TEMPLATE["Resources"][name]["Properties"]
        wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        dynamodb.create_table(TableName=name, **{key: properties[key] for key in wanted if key in properties})


@dataclass
class Cloud:
    """Everything a step of the chain needs, on moto."""

    settings: Settings
    accounts: AccountsStore
    queues: dict[str, str] = field(default_factory=dict)

    def client(self, service):
        return boto3.client(service, region_name=REGION)

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
        with mock_aws():
            create_tables(boto3.client("dynamodb", region_name=REGION))
            s3 = boto3.client("s3", region_name=REGION)
            s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
            s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
            sqs = boto3.client("sqs", region_name=REGION)
            queues = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("chunks", "finishes")}
            settings = Settings(
                devices_table="DevicesTable",
                uploads_table="UploadsTable",
                accounts_table="AccountsTable",
                bucket=BUCKET,
                chunks_queue_url=queues["chunks"],
                finishes_queue_url=queues["finishes"],
                **limits,
            )
            yield Cloud(settings, AccountsStore("AccountsTable", region=REGION), queues)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
