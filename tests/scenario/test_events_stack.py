"""The catalogue, the streams and the bus on the emulated AWS, each function with no more rights than it needs."""

from __future__ import annotations

import json
import time

import jsonschema
import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.registry_catalogue import edition_of, read_catalogue
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


def test_what_the_catalogue_makes_of_a_file_reaches_other_systems(stack, ear):
    client = stack.client("dynamodb")
    catalogue = read_catalogue(["tac,model\n35693803,SM-A556B\n"], ",")
    store = CatalogueStore(client, Transactions(client, seconds_left=lambda: 60.0), stack.outputs["AccountsTableName"])
    edition = edition_of(catalogue, at="2026-03-01T09:30:00Z", by="ops", source="tacs.csv")
    assert store.load(edition, catalogue.models) == ""

    key = "uploads/RSL-ACME/CUST-NORTHWIND/new.csv"
    stack.client("s3").put_object(
        Bucket=stack.outputs["UploadsBucketName"], Key=key, Body=csv_of(KNOWN, STRANGE, header="imei")
    )

    heard = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not any(one["detail"].get("to") == "COMPLETED" for one in heard):
        heard += ear()
        time.sleep(0.1)
    for one in heard:
        jsonschema.validate(one["detail"], SCHEMA)
    devices = {one["detail"]["device"]["imei"]: one["detail"] for one in heard if "act" in one["detail"]}
    assert devices.keys() == {KNOWN, STRANGE}, stack.emulator.log
    assert (devices[KNOWN]["to"], devices[KNOWN]["device"]["model"]) == ("PENDING", "SM-A556B")
    assert devices[STRANGE]["to"] == "MPTS_ERROR"
    states = [one["detail"]["to"] for one in heard if "act" not in one["detail"]]
    assert states[-1] == "COMPLETED"
    assert {one["source"] for one in heard} == {"rollcall"}
    letters = stack.client("sqs").get_queue_attributes(
        QueueUrl=stack.outputs["PublishDeadLettersUrl"], AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert letters["Attributes"]["ApproximateNumberOfMessages"] == "0"
