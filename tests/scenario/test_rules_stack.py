"""A rule and an order on the emulated AWS, through the template's own functions and with their rights."""

import json
import time
from datetime import UTC, datetime

import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.orders import Order, order_id
from rollcall.rules import Rule
from rollcall.store.decisions import DecisionsStore
from rollcall.store.known_resellers import KnownResellers
from rollcall.uploads import utc
from tests.chain import sample_directory
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.stack

PATIENCE = 90  # seconds; cold functions on a busy machine
NORTHWIND, ACME = "CUST-NORTHWIND", "RSL-ACME"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        apply_accounts(running, sample_directory())
        yield running


def until(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


@pytest.mark.feature("B16")
@pytest.mark.feature("B17")
def test_what_an_order_expects_is_accepted_by_a_rule_when_it_arrives(stack):
    client, uploads = stack.client("dynamodb"), stack.outputs["UploadsTableName"]
    store = DecisionsStore(
        client, devices=stack.outputs["DevicesTableName"], uploads=uploads, seconds_left=lambda: 60.0
    )
    now = utc(datetime.now(UTC))
    KnownResellers(client, uploads, None).remember(NORTHWIND, ACME, now=now)
    by = "person:T0NW:U0NIA"
    store.rules.save(Rule("AR-1", NORTHWIND, "Office phones", (ACME,), on=True, by=by, at=now, made_at=now))
    id_ = order_id(NORTHWIND, ACME, "PO-1")
    store.orders.save(Order(id_, NORTHWIND, ACME, "PO-1", 3, by=by, at=now, made_at=now))

    body = csv_of(*(f"{imei(number)},PO-1" for number in range(1, 6)), header="imei,order_number")
    bucket = stack.outputs["UploadsBucketName"]
    stack.client("s3").put_object(Bucket=bucket, Key=f"uploads/{ACME}/{NORTHWIND}/a.csv", Body=body)

    def statuses():
        found = store.changes.read(f"imei#{imei(number)}" for number in range(1, 6))
        return sorted(device.status.value for device in found.values())

    wanted = ["PENDING"] * 2 + ["VERIFIED"] * 3
    until(lambda: statuses() == wanted, f"{wanted}, not {statuses()}; see {stack.emulator.log}")
    device = store.changes.read([f"imei#{imei(1)}"])[f"imei#{imei(1)}"]
    upload = device.generation.upload
    ruling = until(lambda: store.arrivals.of(upload, NORTHWIND).ruling, "the ruling")
    until(lambda: store.arrivals.of(upload, NORTHWIND).ruling.done, "its end")
    ruling = store.arrivals.of(upload, NORTHWIND).ruling
    assert dict(ruling.left) == {"order_full": 2}
    assert store.orders.get(NORTHWIND, id_).got == 5
    assert json.dumps(device.history[-1].by) == '"rule:AR-1:1"'
