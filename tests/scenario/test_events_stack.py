"""The catalogue, the streams and the bus on the emulated AWS, each function with no more rights than it needs."""

from __future__ import annotations

import json
import time

import jsonschema
import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.refreshing.assembly import refreshes
from rollcall.refreshing.refreshes import Asker
from rollcall.settings import Settings
from rollcall.store.registry_catalogue import CatalogueStore
from rollcall.store.transactions import Transactions
from tests.chain import sample_directory
from tests.cloud import ROOT
from tests.files_of import csv_of
from tests.stock import imei

pytestmark = [pytest.mark.stack, pytest.mark.feature("B24"), pytest.mark.feature("P7")]

PATIENCE = 90  # seconds; cold functions on a busy machine
SCHEMA = json.loads((ROOT / "docs/events.schema.json").read_text(encoding="utf-8"))
KNOWN, STRANGE = imei("35693803564380"), imei("35999999000001")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack(tmp_path_factory.mktemp("stack"), parameters={"Unrecognised": "MPTS_ERROR"}) as running:
        apply_accounts(running, sample_directory())
        yield running


@pytest.fixture(scope="module")
def ear(stack):
    """A queue that a rule sends every event of the bus to."""
    sqs, events, bus = stack.client("sqs"), stack.client("events"), stack.outputs["EventBusName"]
    url = sqs.create_queue(QueueName="ear")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = json.dumps({"source": ["rollcall"]})
    events.put_rule(Name="all", EventBusName=bus, EventPattern=pattern, State="ENABLED")
    events.put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "ear", "Arn": arn}])
    return lambda: _taken(sqs, url)


def _taken(sqs, url):
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


def heard_until(ear, last):
    """Every event until one that is looked for, or as long as patience lasts; each is in the published form."""
    heard = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not any(map(last, heard)):
        heard += ear()
        time.sleep(0.1)
    for one in heard:
        jsonschema.validate(one["detail"], SCHEMA)
        assert one["source"] == "rollcall"
    return [one["detail"] for one in heard]


def put(stack, key, body):
    stack.client("s3").put_object(Bucket=stack.outputs["UploadsBucketName"], Key=key, Body=body)


def load(stack, *lines):
    """Puts a catalogue into the bucket and waits until it counts."""
    put(stack, "catalogue/tacs.csv", csv_of(*lines, header="tac,model"))
    client = stack.client("dynamodb")
    store = CatalogueStore(client, Transactions(client, seconds_left=lambda: 60.0), stack.outputs["AccountsTableName"])
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        current = store.current()
        if current and current.codes == len(lines):
            return
        time.sleep(0.1)
    raise AssertionError(f"the catalogue was not loaded; see {stack.emulator.log}")


def test_what_the_catalogue_makes_of_a_file_reaches_other_systems(stack, ear):
    load(stack, "35693803,SM-A556B")
    put(stack, "uploads/RSL-ACME/CUST-NORTHWIND/new.csv", csv_of(KNOWN, STRANGE, header="imei"))
    heard = heard_until(ear, lambda one: one["detail"].get("to") == "COMPLETED")

    devices = {one["device"]["imei"]: one for one in heard if "act" in one}
    assert devices.keys() == {KNOWN, STRANGE}, stack.emulator.log
    assert (devices[KNOWN]["to"], devices[KNOWN]["device"]["model"]) == ("PENDING", "SM-A556B")
    assert devices[STRANGE]["to"] == "MPTS_ERROR"
    uploads = [one for one in heard if "act" not in one]
    assert uploads[-1]["to"] == "COMPLETED"

    load(stack, "35693803,SM-A556B", "35999999,SM-X1")
    jobs = refreshes(
        Settings.from_env(
            {
                "DEVICES_TABLE": stack.outputs["DevicesTableName"],
                "UPLOADS_TABLE": stack.outputs["UploadsTableName"],
                "ACCOUNTS_TABLE": stack.outputs["AccountsTableName"],
                "UPLOADS_BUCKET": stack.outputs["UploadsBucketName"],
                "JOBS_QUEUE_URL": stack.outputs["JobsQueueUrl"],
            }
        ),
        dynamodb=stack.client("dynamodb"),
        sqs=stack.client("sqs"),
    )
    upload = devices[STRANGE]["upload"]
    # It trusts for half a minute what it knows of the catalogue; this function has not been asked before.
    jobs.of_upload(Asker("RSL-ACME", "person:T0ACME:U0RAE", "T0ACME#U0RAE"), upload, devices=1, once="once")
    (healed,) = [one for one in heard_until(ear, lambda one: one["detail"].get("act") == "healed") if "act" in one]

    assert (healed["from"], healed["to"], healed["device"]["imei"]) == ("MPTS_ERROR", "PENDING", STRANGE)
    for name, url in stack.outputs.items():
        if name.endswith("DeadLettersUrl"):
            letters = stack.client("sqs").get_queue_attributes(
                QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"]
            )
            assert letters["Attributes"]["ApproximateNumberOfMessages"] == "0", name
