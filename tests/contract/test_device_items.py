"""The items that the bulk path builds by hand and those that pynamodb writes are the same, and read back the same."""

from __future__ import annotations

from dataclasses import replace

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollcall.conflicts import Generation
from rollcall.devices import Device, HistoryEntry, ListedDevice, chunk_partition
from rollcall.identifiers import Identifier, IdKind
from rollcall.rows import SLOTS
from rollcall.store.binding import bind
from rollcall.store.device_items import DEVICE, POINTER, TOMBSTONE, generation_of, is_tombstone, items_of
from rollcall.store.devices import DevicesStore
from rollcall.store.devices_table import ByOrder, ByUpload, DeviceItem, Pending, PointerItem
from rollcall.transitions import Act, Status
from tests.cloud import REGION, TEMPLATE, create_tables

TABLE = "DevicesTable"
IMEI = Identifier(IdKind.IMEI, "356779103674064")
IMEI2 = Identifier(IdKind.IMEI, "356779109574086")
MEID = Identifier(IdKind.MEID, "A00000112233AA")
SERIAL = Identifier(IdKind.SERIAL, "R58N12ABCDE")
FULL = Device(
    generation=Generation(reseller="RSL-ACME", customer="CUST-NORTHWIND", upload="U-1", line=12),
    ids={"imei": IMEI, "imei2": IMEI2, "meid": MEID, "serial": SERIAL},
    status=Status.PENDING,
    chunk=3,
    model="SM-G991B",
    order_number="PO 1",
    order_date="2026-01-02",
    tags=("a", "b"),
    stc="1002003",
    uploaded_at="2026-03-01T09:30:00Z",
    uploaded_by="rae@acme.example",
    version=2,
    history=(
        HistoryEntry("2026-03-01T09:30:00Z", Act.UPLOADED, "rae@acme.example", Status.MPTS_ERROR, "R-1"),
        HistoryEntry("2026-03-02T09:30:00Z", Act.HEALED, "rollcall", Status.PENDING, "R-2", "now known"),
    ),
)
BARE = replace(
    FULL, ids={"serial": SERIAL}, model="", order_number="", order_date="", tags=(), stc="", status=Status.VERIFIED
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
DEVICES = st.builds(
    replace,
    st.just(FULL),
    ids=st.sets(st.sampled_from(SLOTS), min_size=1).map(lambda slots: {slot: FULL.ids[slot] for slot in slots}),
    status=st.sampled_from(Status),
    model=TEXTS,
    order_number=TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    stc=TEXTS,
    version=st.integers(1, 10**9),
)


@pytest.fixture
def dynamodb(aws):
    client = boto3.client("dynamodb", region_name=REGION)
    create_tables(client, [TABLE])
    yield client
    client.delete_table(TableName=TABLE)


@pytest.fixture
def store(dynamodb):
    return DevicesStore(TABLE, region=REGION)


def put(client, *devices):
    for device in devices:
        for item in items_of(device):
            client.put_item(TableName=TABLE, Item=item)


def model_of(item):
    return {DEVICE: DeviceItem, POINTER: PointerItem}[item["kind"]["S"]]


def normal(item):
    """DynamoDB compares numbers, not their digits; both sides write whole numbers without a point."""
    return {name: value for name, value in item.items() if value != {"NULL": True}}


@given(DEVICES)
def test_pynamodb_writes_what_was_built_by_hand(device):
    for item in items_of(device):
        read = model_of(item)()
        read.deserialize(item)

        assert read.serialize() == normal(item)


@pytest.mark.parametrize("device", [FULL, BARE], ids=["full", "bare"])
def test_both_ways_leave_the_same_item_in_the_table(dynamodb, device):
    for item in items_of(device):
        dynamodb.put_item(TableName=TABLE, Item=item)
        by_hand = dynamodb.get_item(TableName=TABLE, Key={"id": item["id"]})["Item"]
        model = bind(model_of(item), TABLE, region=REGION)
        model.get(item["id"]["S"]).save()

        assert dynamodb.get_item(TableName=TABLE, Key={"id": item["id"]})["Item"] == by_hand


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEVICES)
def test_a_device_comes_back_as_it_went_in(dynamodb, store, device):
    put(dynamodb, device)

    assert store.find(device.primary.key) == device


@pytest.mark.feature("P4")
@pytest.mark.feature("B11")
def test_a_device_is_found_by_any_of_its_identifiers(dynamodb, store):
    put(dynamodb, FULL)
    keys = [identifier.key for identifier in FULL.identifiers()]

    assert len(keys) == 4
    assert store.find_many([*keys, *keys, "imei#000000000000001"]) == dict.fromkeys(keys, FULL)
    assert store.find("serial#356779103674064") is None  # a serial never meets an IMEI
    assert store.find_many([]) == {}


def test_many_are_found_at_once(dynamodb, store):
    devices = [
        replace(
            FULL,
            ids={
                "serial": Identifier(IdKind.SERIAL, f"R{number:010}"),
                "meid": Identifier(IdKind.MEID, f"A{number:013X}"),
            },
        )
        for number in range(105)
    ]
    put(dynamodb, *devices)
    found = store.find_many(f"serial#R{number:010}" for number in range(110))

    assert list(found) != []
    assert {key: device.primary.value for key, device in found.items()} == {
        f"serial#R{number:010}": f"A{number:013X}" for number in range(105)
    }


def test_a_tombstone_is_no_device(dynamodb, store):
    for item in items_of(FULL):
        dynamodb.put_item(TableName=TABLE, Item={**item, "kind": {"S": TOMBSTONE}, "expires": {"N": "1"}})

    assert store.find(IMEI.key) is None
    assert store.find(IMEI2.key) is None


def test_a_pointer_never_leads_to_a_device_that_came_after_it(dynamodb, store):
    """The device was deleted and its first IMEI uploaded anew, with another second one, between two reads."""
    put(dynamodb, FULL)
    put(dynamodb, replace(FULL, ids={"imei": IMEI}, generation=replace(FULL.generation, upload="U-2")))

    assert store.find(IMEI.key).generation.upload == "U-2"
    assert store.find(IMEI2.key) is None


def test_the_devices_of_a_chunk_come_in_the_order_of_the_file(dynamodb, store):
    def device(line, chunk=3):
        generation = replace(FULL.generation, line=line)
        ids = {"serial": Identifier(IdKind.SERIAL, f"R{chunk}{line:09}")}
        return replace(FULL, ids=ids, generation=generation, chunk=chunk)

    put(dynamodb, *map(device, [9, 2, 30, 100]), device(5, chunk=4))
    page = store.of_chunk("U-1", 3, limit=3)

    assert [listed.generation.line for listed in page] == [2, 9, 30]
    assert [listed.generation.line for listed in store.of_chunk("U-1", 3, after_line=30)] == [100]
    assert page[0] == ListedDevice(
        id="serial#R3000000002",
        generation=replace(FULL.generation, line=2),
        ids={"serial": Identifier(IdKind.SERIAL, "R3000000002")},
        status=Status.PENDING,
        model="SM-G991B",
        order_number="PO 1",
        tags=("a", "b"),
        uploaded_at="2026-03-01T09:30:00Z",
        uploaded_by="rae@acme.example",
    )


def test_only_what_waits_or_has_an_order_is_in_the_sparse_indexes():
    (full, *_), (bare, *_) = items_of(FULL), items_of(BARE)

    assert {"pending_shard", "pending_key", "order_shard", "order_key"} <= set(full)
    assert not {"pending_shard", "pending_key", "order_shard", "order_key"} & set(bare)
    assert "order_shard" not in items_of(replace(FULL, order_number=" "))[0]
    assert full["upload_chunk"]["S"] == chunk_partition("U-1", 3)


def test_each_identifier_lies_in_one_item_of_its_owner():
    items = items_of(FULL)

    assert [item["id"]["S"] for item in items] == [identifier.key for identifier in FULL.identifiers()]
    assert [item["kind"]["S"] for item in items] == [DEVICE, POINTER, POINTER, POINTER]
    assert {generation_of(item) for item in items} == {FULL.generation}
    assert {item["device"]["S"] for item in items[1:]} == {IMEI.key}
    assert not any(map(is_tombstone, items))


@pytest.mark.parametrize("index", [ByUpload, Pending, ByOrder], ids=lambda index: index.Meta.index_name)
def test_the_models_know_the_indexes_as_the_template_makes_them(index):
    declared = {
        made["IndexName"]: made for made in TEMPLATE["Resources"][TABLE]["Properties"]["GlobalSecondaryIndexes"]
    }[index.Meta.index_name]
    keys = sorted(index._get_schema()["key_schema"], key=lambda key: key["KeyType"])

    assert keys == sorted(declared["KeySchema"], key=lambda key: key["KeyType"])
    assert sorted(index.Meta.projection.non_key_attributes) == sorted(declared["Projection"]["NonKeyAttributes"])
