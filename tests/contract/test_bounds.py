"""Records that grow: each has a bound that is looked at when it is written, far below the 400 KB of an item."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from rollcall.chunks import PlannedRow
from rollcall.conflicts import Generation
from rollcall.decisions import Judgement, Target, Verdict
from rollcall.devices import Device, HistoryEntry
from rollcall.errors import Fault
from rollcall.identifiers import Identifier, IdKind
from rollcall.jobs import Place
from rollcall.life import Change, Occasion
from rollcall.lists import PAGE, line_to_json, lines_of
from rollcall.refreshes import Refresh, refresh_from_json, refresh_to_json
from rollcall.removals import Removal, RemovalKind, Removed, Step, removal_from_json, removal_to_json
from rollcall.rows import FileContext
from rollcall.store.settling import MOST_ENTRIES, settle
from rollcall.store.uploads import UploadsStore
from rollcall.transitions import Act, Status
from rollcall.uploads import Upload, UploadStatus
from tests.cloud import REGION, running_cloud

ITEM_BYTES = 400 * 1024
OCCASION = Occasion("J-1", "person:T0ACME:U0RAE", "2026-03-01T09:30:00Z", "R-00000000")
MANY = [f"CUST-{number:060}" for number in range(20_000)]


def size(value):
    return len(json.dumps(value, ensure_ascii=False).encode())


def test_a_page_of_a_list_is_one_item_whatever_its_file_has():
    context = FileContext(headings=("\U0001f4f1" * 9_000, "Approval"), columns=("imei", "approval_id"))
    control = tuple(Fault("ROW_CHARACTERS", "x", "\U0001f4f1" * 9_000, {"cell": "1"}) for _ in range(300))
    rows = [PlannedRow(line, ("\U0001f4f1" * 30_000, "\U0001f4f1" * 30_000), control, {}) for line in range(PAGE)]
    lines = list(lines_of(rows, context))

    page = [line_to_json(line) for line in lines]
    assert 2 * size(page) < ITEM_BYTES, "as it is, and once more as what was refused"
    assert all(line.faults[0].code == "ROW_CHARACTERS" for line in lines)


def test_an_approval_id_of_a_list_is_no_longer_than_any_other():
    context = FileContext(headings=("S/N", "Approval"), columns=("serial", "approval_id"))
    fits, longer = lines_of(
        [PlannedRow(1, ("R58N12ABCDE", "x" * 100), (), {}), PlannedRow(2, ("R58N12ABCDF", "x" * 101), (), {})], context
    )
    assert (fits.approval_id, fits.faults) == ("x" * 100, ())
    assert [fault.code for fault in longer.faults] == ["VALUE_TOO_LONG"]
    assert longer.keys == ()


def test_a_removal_names_some_customers_and_counts_all():
    removal = Removal("J-1", RemovalKind.UNDO_UPLOAD, "RSL-ACME", OCCASION, OCCASION.at)
    for start in range(0, len(MANY), 90):
        step = Step(done=90, removed={customer: Removed(2, 1) for customer in MANY[start : start + 90]})
        removal = removal.advance(step, Place(0, start))
    counted = removal.count({customer: Removed(2, 1) for customer in reversed(MANY)})

    for one in (removal, counted):
        assert (one.gone, one.others.verified) == (2 * len(MANY), len(MANY) - len(one.removed))
        assert set(one.removed) == set(MANY[:20])
        raw = json.loads(json.dumps(removal_to_json(one)))
        assert size(raw) < ITEM_BYTES / 20
        assert removal_from_json(raw, one.revision) == one


def test_a_refresh_names_some_customers_and_counts_all():
    refresh = Refresh("J-1", "RSL-ACME", OCCASION)
    for start in range(0, len(MANY), 90):
        refresh = refresh.advance(90, dict.fromkeys(MANY[start : start + 90], 3), Place(0, start))
    counted = refresh.count(dict.fromkeys(reversed(MANY), 3))

    for one in (refresh, counted):
        assert one.recognised == 3 * len(MANY)
        assert set(one.healed) == set(MANY[:20])
        raw = json.loads(json.dumps(refresh_to_json(one)))
        assert size(raw) < ITEM_BYTES / 20
        assert refresh_from_json(raw, one.revision) == one


@dataclass
class Changes:
    """Stands for the devices table: one device, and what a step makes of it."""

    device: Device

    def read(self, _keys):
        return {self.device.id: self.device}

    def apply(self, devices, step, **_):
        return [change for number, device in enumerate(devices) if (change := step(number, device))]


def device_with(entries, status=Status.PENDING):
    identifier = Identifier(IdKind.SERIAL, "R58N12ABCDE")
    entry = HistoryEntry(OCCASION.at, Act.ACCEPTED, OCCASION.by, status, OCCASION.reference)
    return Device(
        generation=Generation("RSL-ACME", "CUST-NORTHWIND", "U-1", 2),
        ids={"serial": identifier},
        status=status,
        chunk=0,
        model="",
        order_number="",
        order_date="",
        tags=(),
        stc="",
        uploaded_at=OCCASION.at,
        uploaded_by="S3",
        version=entries,
        history=(entry,) * entries,
    )


@pytest.mark.parametrize(
    ("entries", "status", "ends", "done"),
    [
        pytest.param(MOST_ENTRIES - 1, Status.PENDING, False, True, id="room for one more"),
        pytest.param(MOST_ENTRIES, Status.PENDING, False, False, id="full"),
        pytest.param(MOST_ENTRIES, Status.PENDING, True, True, id="full, and deleted"),
        pytest.param(MOST_ENTRIES, Status.EXCHANGING, False, True, id="full, and an exchange ends"),
    ],
)
def test_a_device_with_a_full_history_only_ends(entries, status, ends, done):
    device = device_with(entries, status)
    after = None if ends else replace(device, status=Status.VERIFIED)
    outcome = settle(
        Changes(device),
        [Target(device.id, device.generation)],
        lambda _device, _target: Judgement(Verdict.APPLY),
        lambda before, _target: Change(before, after),
        act_id="D-1",
    )
    (settled,) = outcome.settled
    assert settled.done is done
    assert done or settled.fault.code == "HISTORY_FULL"


@pytest.mark.feature("B4")
def test_files_that_come_again_under_one_key_are_counted_up_to_a_number():
    with running_cloud() as cloud:
        uploads = UploadsStore(cloud.settings.uploads_table, region=REGION)
        nothing = Upload(**dict.fromkeys(Upload.__dataclass_fields__, ""))
        known_facts = {"reseller": "RSL-ACME", "started_at": "2026-03-01T09:30:00Z", "status": UploadStatus.COMPLETED}
        upload = replace(nothing, id="U-1", many=False, check_only=False, **known_facts)
        uploads.begin(upload)

        known = [uploads.left_alone("U-1", version=f"version-{number}") for number in range(103)]
        again = uploads.left_alone("U-1", version="version-0")

        assert known == [True] * 100 + [False] * 3
        assert again is False
        assert uploads.get("U-1").more_files == 100
