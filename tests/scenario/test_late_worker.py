"""A worker that comes late, after its device was deleted: what is gone stays gone."""

from __future__ import annotations

import pytest

from rollcall.store.device_items import TOMBSTONE
from rollcall.store.devices import DevicesStore
from tests.chain import Report
from tests.cloud import REGION
from tests.faults import watching
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
OWNER = ("id", "reseller", "customer", "upload", "line")


def delete_all(cloud):
    """Leaves of each item what a delete leaves: a tombstone of its generation."""
    for item in cloud.scan("DevicesTable"):
        tombstone = {**{name: item[name] for name in OWNER}, "kind": {"S": TOMBSTONE}, "expires": {"N": "2000000000"}}
        cloud.client("dynamodb").put_item(TableName="DevicesTable", Item=tombstone)


def kinds(cloud):
    return {item["kind"]["S"] for item in cloud.scan("DevicesTable")}


@pytest.mark.feature("B4")
@pytest.mark.parametrize("operation", ["BatchGetItem", "TransactWriteItems"])
def test_a_tombstone_of_its_own_generation_is_not_brought_back(chain, cloud, operation):
    """It had judged its rows; meanwhile another worker stored them, the upload ended, and the devices were deleted."""
    planned = chain.plan(KEY, cloud.put(KEY, csv_of(f"{imei(1)},{imei(2)}", f"{imei(3)},", header="imei,imei2")))
    (message,) = chain.chunks.take()
    overtaken = []

    def overtake(called, _params):
        if called == operation and not overtaken:
            overtaken.append(called)
            chain.load(message, clock=lambda: 4e9)
            chain.drain()
            delete_all(cloud)

    with watching(before=overtake):
        chain.load(message, clock=lambda: 1e9)
    chain.drain()

    assert overtaken
    assert kinds(cloud) == {TOMBSTONE}
    assert Report(cloud, planned.upload).summary["stored"] == 2  # it was; the history knows of the delete


@pytest.mark.feature("B4")
def test_a_message_that_comes_after_the_end_stores_nothing(chain, cloud):
    version = cloud.put(KEY, csv_of(imei(1)))
    chain.plan(KEY, version)
    (message,) = chain.chunks.messages
    chain.drain()
    delete_all(cloud)

    assert not chain.load(message).last
    assert chain.finishes.messages == []
    chain.plan(KEY, version)
    chain.drain()

    assert kinds(cloud) == {TOMBSTONE}


@pytest.mark.feature("P15")
def test_a_new_upload_of_a_deleted_device_is_a_new_generation(chain, cloud):
    first = chain.upload(KEY, csv_of(f"{imei(1)},{imei(2)}", header="imei,imei2"))
    delete_all(cloud)
    second = chain.upload(KEY, csv_of(f"{imei(2)},{imei(1)}", header="imei,imei2"))
    device = DevicesStore("DevicesTable", region=REGION).find(f"imei#{imei(1)}")

    assert second.summary["status"] == "COMPLETED"
    assert device.generation.upload == second.upload_id != first.upload_id
    assert device.primary.value == imei(2)
    assert len(device.history) == 1
    assert "expires" not in str(cloud.scan("DevicesTable"))
