"""The stack under a key of its own, on the emulated AWS: it comes up, a file goes through, and queues are closed by it.

The emulated CloudFormation does not hand on what closes buckets, tables and topics; of those the tests of the template
see to what is asked for.
"""

import json
import time

import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from tests.chain import sample_directory, sample_file

pytestmark = pytest.mark.stack

PATIENCE = 90  # seconds; cold functions on a busy machine


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A running stack with OwnKey and the sample accounts."""
    with running_stack(tmp_path_factory.mktemp("own-key"), parameters={"OwnKey": "true"}) as running:
        apply_accounts(running, sample_directory())
        yield running


@pytest.fixture(scope="module")
def key(stack):
    """The stack's key, as its resource of that name says."""
    resources = stack.client("cloudformation").describe_stack_resources(StackName="rollcall")["StackResources"]
    return next(one["PhysicalResourceId"] for one in resources if one["LogicalResourceId"] == "DataKey")


def test_a_file_goes_the_whole_way(stack):
    """No function has a right to the key of its own: through the bucket, the queues and the tables it may use it."""
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    s3.put_object(Bucket=bucket, Key="uploads/RSL-ACME/CUST-NORTHWIND/own.csv", Body=sample_file("clean_25.csv"))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = s3.list_objects_v2(Bucket=bucket, Prefix="reports/RSL-ACME/").get("Contents", [])
        for report in [one["Key"] for one in found if one["Key"].endswith("/summary.json")]:
            summary = json.loads(s3.get_object(Bucket=bucket, Key=report)["Body"].read())
            assert (summary["status"], summary["stored"]) == ("COMPLETED", 25)
            return
        time.sleep(0.1)
    raise AssertionError(f"No summary; see {stack.emulator.log}")


@pytest.mark.parametrize("queue", ["Uploads", "Chunks", "Finishes", "Notices", "Jobs"])
def test_queues_and_their_dead_letters_are_closed_by_it(stack, key, queue):
    for output in (f"{queue}QueueUrl", f"{queue}DeadLettersUrl"):
        answer = stack.client("sqs").get_queue_attributes(QueueUrl=stack.outputs[output], AttributeNames=["All"])
        assert answer["Attributes"]["KmsMasterKeyId"] == key
