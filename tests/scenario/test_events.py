"""Events for other systems: one for each change of state, in the published form, with nobody's name in it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import jsonschema
import pytest

from rollcall.approvals import Wish
from rollcall.decisions import Target
from rollcall.identifiers import Identifier, IdKind
from rollcall.life import Occasion
from rollcall.registry import Opinion, Strictness
from rollcall.store.bus import Bus, BusError
from rollcall.store.deletions import DeletionsStore
from rollcall.store.exchanges import ExchangesStore
from rollcall.store.stream_records import event_of
from rollcall.transitions import Act
from tests.approvals import ACCEPT, NIA, REJECT, Office
from tests.catalogues import Told
from tests.chain import Chain
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext
from tests.office import _function
from tests.streams import FakeBus, Streams

pytestmark = pytest.mark.feature("B24")

SCHEMA = json.loads((ROOT / "docs/events.schema.json").read_text(encoding="utf-8"))
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/new.csv"


class Listener:
    """Somebody who listens to all that happens on a cloud."""

    def __init__(self, cloud):
        self.streams = Streams(cloud)
        self.told = []

    def hear(self):
        """The events since the last time; each is in the form that is published, and tells of companies alone."""
        new = [event for record in self.streams.records() if (event := event_of(record))]
        for event in new:
            check(event)
        self.told += new
        return [event.detail for event in new]


def check(event):
    detail = json.loads(json.dumps(event.detail))
    jsonschema.validate(detail, SCHEMA)
    (form,) = [one for one in SCHEMA["$defs"].values() if "device" in one.get("required", ()) and "act" in detail] or [
        SCHEMA["$defs"]["upload"]
    ]
    assert detail.keys() <= form["properties"].keys(), "a field that the schema does not name"
    if "device" in detail:
        assert detail["device"].keys() <= form["properties"]["device"]["properties"].keys()
    assert not re.search(r"@|person:|U0[A-Z]{3}\b|\bRae\b|\bNia\b", json.dumps(detail)), "somebody's name"


def steps(details):
    return [(one["act"], one["from"], one["to"]) for one in details if "act" in one]


@pytest.fixture
def listener(cloud):
    return Listener(cloud)


@pytest.fixture
def uploaded(cloud, listener):
    """Three devices of Northwind's, one of them with two IMEIs; the chain, and those who decide."""
    rows = csv_of(f"{imei(1)},{imei(51)},note", f"{imei(2)},,", f"{imei(3)},,", header="imei,imei2,tags")
    chain = Chain(cloud)
    report = chain.upload(KEY, rows, uploaded_by="rae@acme.example", order_number="PO-7")
    chain.told = listener.hear()
    chain.report = report
    return chain


def decide(cloud, kind, *numbers, **wish):
    office = Office(cloud)
    targets = [Target(f"imei#{imei(number)}") for number in numbers]
    return office.approvals.decide(NIA, targets, Wish(f"{kind} {numbers}", kind, only_this_time=True, **wish)), office


def test_an_upload_and_each_of_its_devices_are_told_and_its_pointers_not(uploaded):
    details = uploaded.told

    assert steps(details) == [("uploaded", None, "PENDING")] * 3
    assert {one["device"]["imei"] for one in details if "act" in one} == {imei(1), imei(2), imei(3)}
    assert [one["device"]["imei2"] for one in details if "imei2" in one.get("device", {})] == [imei(51)]
    (upload,) = [one for one in details if "act" not in one]
    assert upload["upload"] == uploaded.report.upload_id
    assert (upload["from"], upload["to"], upload["stored"], upload["refused"]) == (None, "COMPLETED", 3, 0)
    assert {one["customer"] for one in details} == {"CUST-NORTHWIND"}


def test_an_upload_is_told_at_each_of_its_states(cloud, listener, chain):
    version = cloud.put(KEY, csv_of(imei(1), "12", header="imei"))
    chain.plan(KEY, version)
    begun = listener.hear()
    (message,) = chain.chunks.take()
    chain.load(message)
    listener.hear()
    chain.drain()
    ended = [one for one in listener.hear() if "act" not in one]

    assert [(one["from"], one["to"]) for one in (*begun, *ended)] == [
        (None, "IN_PROGRESS"), ("IN_PROGRESS", "COMPLETED_WITH_ERROR"),
    ]  # fmt: skip
    assert "stored" not in begun[0]
    assert (ended[0]["total"], ended[0]["stored"], ended[0]["refused"]) == (2, 1, 1)


def test_a_device_is_told_of_from_its_arrival_to_its_end_and_its_next_life(cloud, listener, uploaded):
    decision, office = decide(cloud, REJECT, 1, reason="Nia did not order it")
    office.approvals.undo(NIA, decision.decision.id, once="undo")
    rejected_and_undone = listener.hear()
    assert steps(rejected_and_undone) == [], "both between two looks: only a stream has both"
    decide(cloud, REJECT, 2)
    assert steps(listener.hear()) == [("rejected", "PENDING", "REJECTED")]
    decide(cloud, ACCEPT, 1, 3)
    accepted = listener.hear()
    assert steps(accepted) == [("accepted", "PENDING", "VERIFIED")] * 2
    assert len({one["occasion"] for one in accepted}) == 1

    swaps = ExchangesStore(office.decisions.changes)
    occasion = Occasion("X-1", "person:T0ACME:U0RAE", "2026-03-02T10:00:00Z", "R")
    swaps.begin(occasion, Target(f"imei#{imei(1)}"), reseller="RSL-ACME")
    assert steps(listener.hear()) == [("exchange_begun", "VERIFIED", "EXCHANGING")]
    new = Identifier(IdKind.IMEI, imei(60))
    swaps.end(occasion, Target(f"imei#{imei(1)}"), slot="imei", replacement=new)
    (ended,) = listener.hear()
    assert (ended["act"], ended["from"], ended["to"]) == ("exchange_ended", "EXCHANGING", "VERIFIED")
    assert ended["device"]["imei"] == imei(60)

    deletions = DeletionsStore(
        office.transactions, office.decisions.changes, devices="DevicesTable", uploads="UploadsTable"
    )
    found = office.decisions.changes.read([f"imei#{imei(60)}"])
    target = Target(f"imei#{imei(60)}", next(iter(found.values())).generation)
    gone_at = Occasion("X-2", "person:T0ACME:U0RAE", "2026-03-03T10:00:00Z", "R")
    deletions.delete(gone_at, [target], reseller="RSL-ACME", act=Act.DELETED)
    (gone,) = listener.hear()
    assert (gone["act"], gone["from"], gone["to"], gone["at"]) == ("deleted", "VERIFIED", None, gone_at.at)
    assert gone["occasion"] == "X-2"
    assert gone["device"]["imei"] == imei(60)
    life = [one for one in listener.told if one.detail.get("device", {}).get("imei2") == imei(51)]
    assert [one.detail["sequence"] for one in life] == sorted({one.detail["sequence"] for one in life})

    uploaded.now = datetime(2026, 3, 4, tzinfo=UTC)
    uploaded.upload("uploads/RSL-ACME/CUST-NORTHWIND/again.csv", csv_of(imei(60), header="imei"))
    again = [one for one in listener.hear() if "act" in one]
    assert steps(again) == [("uploaded", None, "PENDING")]
    assert again[0]["sequence"] == 1
    assert len({event.id for event in listener.told}) == len(listener.told), "no two changes have one id"


def test_a_device_that_the_registry_does_not_know_is_told_of_and_heals(cloud, listener):
    chain = Chain(cloud.with_limits(unrecognised=Strictness.MPTS_ERROR))
    chain.registry = Told([Opinion.UNKNOWN])
    chain.upload(KEY, csv_of(imei(1), header="imei"))
    assert steps(listener.hear()) == [("uploaded", None, "MPTS_ERROR")]
    occasion = Occasion("F-1", "person:T0ACME:U0RAE", "2026-03-02T10:00:00Z", "R")
    ExchangesStore(Office(cloud).decisions.changes).heal(occasion, [Target(f"imei#{imei(1)}")])

    assert steps(listener.hear()) == [("healed", "MPTS_ERROR", "PENDING")]


def test_a_check_is_told_of_as_one_and_stores_nothing(cloud, listener, chain):
    chain.upload("check/RSL-ACME/CUST-NORTHWIND/new.csv", csv_of(imei(1), header="imei"))
    (told,) = listener.hear()

    assert (told["check_only"], told["to"]) == (True, "COMPLETED")


def test_what_changes_no_state_is_no_event(cloud, listener, uploaded):
    dynamodb = cloud.client("dynamodb")
    dynamodb.update_item(
        TableName="DevicesTable",
        Key={"id": {"S": f"imei#{imei(2)}"}},
        UpdateExpression="SET tags = :tags",
        ExpressionAttributeValues={":tags": {"L": [{"S": "stock"}]}},
    )
    dynamodb.put_item(
        TableName="UploadsTable", Item={"pk": {"S": uploaded.report.upload_id}, "sk": {"S": "part#CUST-OTHER"}}
    )
    dynamodb.update_item(
        TableName="UploadsTable",
        Key={"pk": {"S": uploaded.report.upload_id}, "sk": {"S": "head"}},
        UpdateExpression="SET more_files = :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    for key in ("imei#x", f"imei#{imei(51)}"):  # a trace that runs out, and a pointer
        dynamodb.delete_item(TableName="DevicesTable", Key={"id": {"S": key}})

    assert listener.streams.records(), "something was written"
    assert listener.hear() == []


def test_an_upload_whose_file_never_came_lapses(cloud, listener, uploaded):
    head = {"pk": {"S": uploaded.report.upload_id}, "sk": {"S": "head"}}
    cloud.client("dynamodb").delete_item(TableName="UploadsTable", Key=head)
    (told,) = listener.hear()

    assert (told["from"], told["to"]) == ("COMPLETED", None)


@pytest.fixture
def published(monkeypatch):
    """The function with a bus that remembers."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Rollcall")
    function, fake = _function("publish"), FakeBus()
    monkeypatch.setattr(function, "bus", lambda: Bus(fake, "bus", pause=lambda _: None))
    return function, fake


def test_the_function_publishes_a_batch_and_a_repeat_of_it_has_the_same_ids(cloud, published):
    function, fake = published
    streams = Streams(cloud)
    Chain(cloud).upload(KEY, csv_of(*map(imei, range(1, 25)), header="imei"))
    event = streams.event()

    function.handle(event, LambdaContext("req-1"))
    first = fake.details
    function.handle(event, LambdaContext("req-2"))

    assert len(first) == 25
    assert fake.details == [*first, *first]
    assert {entry["DetailType"] for entry in fake.entries} == {"Device State Changed", "Upload State Changed"}
    assert {(entry["Source"], entry["EventBusName"]) for entry in fake.entries} == {("rollcall", "bus")}
    for entry, detail in zip(fake.entries, fake.details, strict=True):
        assert entry["Time"].strftime("%Y-%m-%dT%H:%M:%SZ") == detail["at"]


def test_what_a_busy_bus_refuses_is_sent_again_and_else_the_batch_fails(cloud, published):
    function, fake = published
    streams = Streams(cloud)
    Chain(cloud).upload(KEY, csv_of(*map(imei, range(1, 13)), header="imei"))
    event = streams.event()

    fake.busy = [{0, 3}, {1}]
    function.handle(event, LambdaContext("req-1"))
    assert len({detail["id"] for detail in fake.details}) == len(fake.details) == 13

    fake.busy = [{0}] * 5
    with pytest.raises(BusError, match="ThrottlingException"):
        function.handle(event, LambdaContext("req-2"))


def test_a_record_that_cannot_be_read_fails_the_batch_and_is_named(cloud, published, caplog):
    function, fake = published
    streams = Streams(cloud)
    Chain(cloud).upload(KEY, csv_of(imei(1), header="imei"))
    event = streams.event()
    broken = next(record for record in event["Records"] if "id" in record["dynamodb"]["Keys"])
    broken["dynamodb"]["NewImage"]["status"] = {"S": "NONSENSE"}

    with pytest.raises(ValueError, match="NONSENSE"):
        function.handle(event, LambdaContext("req-1"))

    assert fake.entries == []
    assert broken["dynamodb"]["SequenceNumber"] in [str(getattr(line, "record", "")) for line in caplog.records]


def test_the_page_names_every_field_and_its_example_is_an_event():
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    examples = [block for block in blocks if "version" in block]

    assert examples
    for example in examples:
        jsonschema.validate(example, SCHEMA)
    for form in ("device", "upload"):
        assert all(f"`{name}`" in page for name in SCHEMA["$defs"][form]["properties"])
    acts = set(SCHEMA["$defs"]["device"]["properties"]["act"]["enum"])
    assert acts >= {act.value for act in Act}
