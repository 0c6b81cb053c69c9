"""The template itself, on the emulated AWS: rights, wiring, and what is kept from one run to the next."""

import json
import socket
import time
from pathlib import Path

import pytest

from local.accounts import apply_accounts
from local.emulator import EmulatorError
from local.stack import running_stack
from tests.chain import sample_directory

pytestmark = pytest.mark.stack

FILES = Path(__file__).resolve().parents[1] / "files"
PATIENCE = 60  # seconds; a cold function on a busy machine


def upload(stack, name):
    """Puts a file for Northwind and returns the summary of what became of it."""
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    key = f"uploads/RSL-ACME/CUST-NORTHWIND/{name}"
    version = s3.put_object(Bucket=bucket, Key=key, Body=(FILES / name).read_bytes())["VersionId"]
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for report in s3.list_objects_v2(Bucket=bucket, Prefix="reports/RSL-ACME/").get("Contents", []):
            if report["Key"].endswith("/summary.json"):
                summary = json.loads(s3.get_object(Bucket=bucket, Key=report["Key"])["Body"].read())
                if summary["source_version"] == version:
                    return summary
        time.sleep(0.1)
    raise AssertionError(f"No summary of {name}; see {stack.emulator.log}")


def test_a_file_goes_the_whole_way_and_is_there_after_a_restart(tmp_path):
    """Every arrow of the template, with each function allowed no more than its policies say; then once more."""
    with running_stack(tmp_path) as stack:
        apply_accounts(stack, sample_directory())
        first = upload(stack, "clean_25.csv")
        endpoint, outputs = stack.endpoint, stack.outputs
        with pytest.raises(EmulatorError, match="running already"), running_stack(tmp_path):
            pass
    assert (first["status"], first["stored"], first["refused"]) == ("COMPLETED", 25, 0)

    with running_stack(tmp_path) as stack:
        assert stack.endpoint != endpoint
        assert stack.outputs["DevicesTableName"] == outputs["DevicesTableName"]
        assert not stack.emulator.state_lost
        again = upload(stack, "clean_25.csv")
        waiting = [
            stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
            for name, url in stack.outputs.items()
            if name.endswith("DeadLettersUrl")
        ]
    assert again["by_code"] == {"DUPLICATE_SAME_CUSTOMER": 25}
    assert {queue["Attributes"]["ApproximateNumberOfMessages"] for queue in waiting} == {"0"}


def test_a_port_in_use_is_said_so(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(EmulatorError, match=f"Port {port} is in use"), running_stack(tmp_path, port):
            pass
