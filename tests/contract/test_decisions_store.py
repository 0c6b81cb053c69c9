"""Decisions in the store: the first click wins, every other one is told the truth, and the figures follow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.decisions import Decision, DecisionKind, Target
from rollcall.store.decisions import DecisionsStore, PartTakenError, StaleError
from rollcall.store.device_changes import TooManyError
from rollcall.store.devices import DevicesStore
from rollcall.transitions import Status
from rollcall.waiting import Selection
from tests.chain import Chain, sample_directory
from tests.cloud import REGION, running_cloud
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
ACCEPT = Decision(
    id="D-1",
    kind=DecisionKind.ACCEPT,
    customer="CUST-NORTHWIND",
    by="person:T0NW:U0NIA",
    at="2026-03-01T10:00:00Z",
    until="2026-03-01T10:10:00Z",
    reference="R-1",
)
REJECT = replace(ACCEPT, id="D-2", kind=DecisionKind.REJECT, by="person:T0NW:U0MAX", reason="not ordered")
UNDO = replace(ACCEPT, id="D-3", kind=DecisionKind.UNDO, until="", undoes="D-1", at="2026-03-01T10:05:00Z")


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=4) as running:
        running.accounts.apply(sample_directory())
        yield running, running.checkpoint()


@pytest.fixture
def cloud(world):
    running, checkpoint = world
    running.restore(checkpoint)
    return running


@pytest.fixture
def upload(cloud):
    """Six devices of Northwind; the second has two IMEIs."""
    rows = [
        f"{imei(number)},{imei(100) if number == 2 else ''},M{number % 2},PO-{number % 3}" for number in range(1, 7)
    ]
    return Chain(cloud).upload(KEY, csv_of(*rows, header="imei,imei2,model,order_number")).upload_id


@pytest.fixture
def store(cloud):
    return DecisionsStore(
        cloud.client("dynamodb"),
        devices="DevicesTable",
        uploads="UploadsTable",
        seconds_left=lambda: 60.0,
        pause=lambda _: None,
        clock=lambda: 1_772_359_200.0,
    )


@pytest.fixture
def devices(cloud):
    return DevicesStore("DevicesTable", region=REGION)


def key(number):
    return f"imei#{imei(number)}"


def targets(*numbers):
    return [Target(key(number)) for number in numbers]


def codes(outcome):
    return [one.fault.code if one.fault else "" for one in outcome.settled]


@pytest.mark.feature("P22")
@pytest.mark.feature("B6")
@pytest.mark.feature("B13")
def test_accepting_moves_a_device_with_its_history_its_figures_and_its_record(store, devices, upload):
    outcome = store.decide(replace(ACCEPT, approval_id="BANK 7"), targets(1))
    device = devices.find(key(1))

    assert codes(outcome) == [""]
    assert outcome.decided == (device,)
    assert (device.status, device.version, device.approval_id) == (Status.VERIFIED, 2, "BANK 7")
    assert (device.decision, device.decided_until) == ("D-1", "2026-03-01T10:10:00Z")
    assert [entry.act for entry in device.history] == ["uploaded", "accepted"]
    assert (device.history[-1].by, device.history[-1].decision) == ("person:T0NW:U0NIA", "D-1")
    figures = store.parts.figures(upload, "CUST-NORTHWIND")
    assert (figures.version, figures.verified, figures.settled) == (1, 1, 1)
    record = store.get("D-1")
    assert (record.devices, record.resellers, record.undone) == (1, ("RSL-ACME",), None)
    assert record.targets == (Target(device.id, device.generation),)


def test_what_waits_is_counted_by_model_and_order(store, upload):
    store.decide(REJECT, targets(6))
    pending = store.pending_of(upload, "CUST-NORTHWIND")

    assert (pending.version, pending.total, pending.counted) == (1, 5, 5)
    assert pending.by_model == {"M0": 2, "M1": 3}
    assert pending.by_order == {"PO-0": 1, "PO-1": 2, "PO-2": 2}
    assert store.pending_of(upload, "CUST-FABRIKAM") is None


def test_the_same_decision_again_changes_nothing_and_says_the_same(store, cloud, upload):
    first = store.decide(ACCEPT, targets(1, 2))
    before = cloud.scan("DevicesTable"), cloud.scan("UploadsTable")
    again = store.decide(ACCEPT, targets(1, 2))

    assert again.decided == first.decided
    assert (cloud.scan("DevicesTable"), cloud.scan("UploadsTable")) == before


@pytest.mark.feature("B6")
def test_a_later_click_is_told_who_decided_and_when(store, upload):
    store.decide(ACCEPT, targets(1))
    outcome = store.decide(REJECT, targets(1, 2))

    assert codes(outcome) == ["NOT_PENDING", ""]
    told = outcome.refused[0]
    assert told.fault.message == "The device is not pending: it is VERIFIED."
    assert (told.entry.by, told.entry.at) == ("person:T0NW:U0NIA", "2026-03-01T10:00:00Z")


def test_what_is_not_yours_is_not_there(store, upload):
    foreign = replace(ACCEPT, customer="CUST-FABRIKAM")
    gone = Target(key(1), replace(store.changes.read([key(1)])[key(1)].generation, upload="U-OLD"))

    assert codes(store.decide(foreign, targets(1))) == ["NOT_FOUND"]
    assert codes(store.decide(ACCEPT, [gone, Target("imei#0"), Target(key(100))])) == ["NOT_FOUND", "NOT_FOUND", ""]
    assert store.decide(foreign, targets(1)).refused[0].entry is None


def test_a_device_meant_by_both_its_identifiers_is_decided_once(store, upload):
    outcome = store.decide(ACCEPT, [Target(key(2)), Target(key(100))])

    assert codes(outcome) == ["", ""]
    assert store.parts.figures(upload, "CUST-NORTHWIND").verified == 1


@pytest.mark.feature("B7")
def test_undo_brings_back_what_that_very_decision_moved(store, devices, upload):
    store.decide(ACCEPT, targets(1, 2))
    store.decide(REJECT, targets(3))
    outcome = store.undo(UNDO, store.get("D-1"))

    assert codes(outcome) == ["", ""]
    assert [devices.find(key(number)).status for number in (1, 2, 3)] == ["PENDING", "PENDING", "REJECTED"]
    assert devices.find(key(1)).decision == ""
    pending = store.pending_of(upload, "CUST-NORTHWIND")
    assert (pending.total, pending.counted, pending.version) == (5, 5, 3)
    assert store.get("D-1").undone.by == "person:T0NW:U0NIA"
    assert codes(store.decide(ACCEPT, targets(1))) == [""]  # of the first try, which is not made again
    assert devices.find(key(1)).status == "PENDING"


@pytest.mark.feature("B7")
def test_undo_is_refused_when_the_window_is_over(store, upload):
    store.decide(ACCEPT, targets(1))
    late = store.undo(replace(UNDO, at="2026-03-01T10:10:00Z"), store.get("D-1"))

    assert codes(late) == ["UNDO_TOO_LATE"]
    assert store.get("D-1").undone is None


def test_an_undone_decision_cannot_be_undone_by_another(store, upload):
    store.decide(ACCEPT, targets(1))
    store.undo(UNDO, store.get("D-1"))
    again = store.undo(replace(UNDO, id="D-4", by="person:T0NW:U0MAX"), store.get("D-1"))

    assert codes(again) == ["DECISION_GONE"]
    assert again.refused[0].entry.by == "person:T0NW:U0NIA"


@pytest.mark.feature("P22")
def test_all_of_an_upload_is_what_was_pending_when_it_was_shown(store, upload):
    part = store.parts.get(upload, "CUST-NORTHWIND")
    store.decide(REJECT, targets(3))
    with pytest.raises(StaleError) as stale:
        store.decide_part(ACCEPT, part, 0)

    assert (stale.value.pending.total, stale.value.pending.version) == (5, 1)
    outcome = store.decide_part(ACCEPT, part, 1)
    assert len(outcome.decided) == 5
    assert store.pending_of(upload, "CUST-NORTHWIND").total == 0
    assert store.decide_part(ACCEPT, part, 1).decided == outcome.decided  # the click again
    assert store.parts.get(upload, "CUST-NORTHWIND").whole == ACCEPT


@pytest.mark.feature("B9")
def test_a_part_of_an_upload_by_order_and_model(store, devices, upload):
    part = store.parts.get(upload, "CUST-NORTHWIND")
    outcome = store.decide_part(ACCEPT, part, 0, selection=Selection(order="po-1", model="m1"))

    assert [device.generation.line for device in outcome.decided] == [2]
    assert store.get("D-1").selection == Selection(order="po-1", model="m1")


def test_nobody_decides_on_all_while_somebody_does(store, cloud, upload):
    part = store.parts.get(upload, "CUST-NORTHWIND")
    cloud.client("dynamodb").transact_write_items(
        TransactItems=[store.parts.take_action(part, REJECT, now=1_772_359_200.0, lock=True)]
    )
    with pytest.raises(PartTakenError) as taken:
        store.decide_part(ACCEPT, part, 0)
    assert taken.value.by == REJECT

    store.parts.release(upload, "CUST-NORTHWIND", "D-9")
    assert store.parts.get(upload, "CUST-NORTHWIND").deciding == "D-2"
    store.parts.release(upload, "CUST-NORTHWIND", "D-2")
    assert len(store.decide_part(ACCEPT, part, 0).decided) == 6


def test_more_than_a_transaction_holds_is_for_a_job(store, upload, monkeypatch):
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 5)
    with pytest.raises(TooManyError):
        store.decide_part(ACCEPT, store.parts.get(upload, "CUST-NORTHWIND"), 0)
