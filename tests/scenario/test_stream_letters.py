"""Changes of state that could not be published: what lies in the dead letters is their place in a table's stream."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial

import pytest

from rollcall.store import clients
from rollcall.store.letters import LettersStore
from rollcall.store.stream_records import event_of
from rollcall.ticking.parts import PARTS, count_letters
from rollcall.ticking.rounds import Round
from tests.chain import Chain
from tests.cloud import REGION
from tests.fakes.streams import SHARD, FakeStreams, GuardedBus
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext
from tests.office import forget, running_office, tick, words
from tests.stock import ROLES
from tests.streams import Streams

pytestmark = [pytest.mark.feature("B19"), pytest.mark.feature("B24")]
OPS = ROLES["operator"]
ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/{}/stream/2026-03-01T00:00:00.000"


def as_boto3(record):
    change = record["dynamodb"]
    moment = datetime.fromtimestamp(change["ApproximateCreationDateTime"], UTC)
    return {**record, "dynamodb": {**change, "ApproximateCreationDateTime": moment}}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("streams"), chunk_rows=40) as running:
        sqs = running.cloud.client("sqs")
        running.cloud.queues["publish-dead"] = sqs.create_queue(QueueName="publish-dead")["QueueUrl"]
        running.keep()
        yield running


@pytest.fixture
def office(opened, monkeypatch):
    opened.set_back()
    monkeypatch.setenv("DEAD_LETTERS", json.dumps({"publish": [opened.cloud.queues["publish-dead"], ""]}))
    monkeypatch.setenv("EVENT_BUS", "events")
    forget()
    return opened


@pytest.fixture
def bus(monkeypatch):
    bus = GuardedBus()
    monkeypatch.setattr(clients, "events", lambda: bus)
    return bus


@pytest.fixture
def streams(office, monkeypatch):
    """The streams of two tables after an upload of five devices; ``records`` as Lambda would have brought them."""
    seen = Streams(office.cloud)
    Chain(office.cloud).upload("uploads/RSL-ACME/CUST-NORTHWIND/new.csv", csv_of(*map(imei, range(5))))
    streams = FakeStreams()
    streams.records = {"DevicesTable": [], "UploadsTable": []}
    for record in seen.records():
        streams.records["UploadsTable" if "pk" in record["dynamodb"]["Keys"] else "DevicesTable"].append(record)
    streams.shards = {ARN.format(table): list(map(as_boto3, found)) for table, found in streams.records.items()}
    monkeypatch.setattr(clients, "streams", lambda: streams)
    return streams


def letter(table, records, **more):
    """What Lambda puts into the queue of a batch that it gave up."""
    return {
        "requestContext": {
            "requestId": "c9b8fa9f-5a7f-xmpl-af9c-0c604cde93a5",
            "functionArn": "arn:aws:lambda:eu-central-1:123456789012:function:publish",
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 101,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "version": "1.0",
        "timestamp": "2026-03-01T21:30:00.717Z",
        "DDBStreamBatchInfo": {
            "shardId": SHARD,
            "startSequenceNumber": records[0]["dynamodb"]["SequenceNumber"],
            "endSequenceNumber": records[-1]["dynamodb"]["SequenceNumber"],
            "approximateArrivalOfFirstRecord": "2026-03-01T09:30:00Z",
            "approximateArrivalOfLastRecord": "2026-03-01T09:31:00Z",
            "batchSize": len(records),
            "streamArn": ARN.format(table),
        },
        **more,
    }


def die(office, body):
    text = body if isinstance(body, str) else json.dumps(body)
    office.cloud.client("sqs").send_message(QueueUrl=office.cloud.queues["publish-dead"], MessageBody=text)


def dead(office):
    return len(office._queue("publish-dead")._messages)


def ask(office, typed):
    return office.command(OPS, f"/rollcall operator {typed}")


def looked(office):
    assert office.click(OPS, ask(office, "letters"), "operator.look") == ""
    assert all(office.drain())
    return office.messages(OPS)[-1]


def replay(office):
    looked(office)
    ask(office, "replay publish")
    assert all(office.drain())
    return words(office.messages(OPS)[-1]["blocks"])


def published(records):
    return [event.detail for record in records if (event := event_of(record))]


def test_a_letter_says_which_changes_and_how_they_failed(office, streams):
    die(office, letter("DevicesTable", streams.records["DevicesTable"]))
    shown = words(looked(office)["blocks"])
    assert "changes not published" in shown
    assert "DevicesTable · 5 changes · 2026-03-01T09:30 to 2026-03-01T09:31" in shown
    assert "RetryAttemptsExhausted Unhandled" in shown
    assert "Replay" in shown
    assert dead(office) == 1


def test_the_changes_are_read_again_and_published_with_the_same_ids(office, streams, bus):
    devices, uploads = streams.records["DevicesTable"], streams.records["UploadsTable"]
    die(office, letter("DevicesTable", devices[1:4]))
    die(office, letter("UploadsTable", uploads))
    said = replay(office)
    expected = published(devices[1:4]) + published(uploads)
    assert sorted(bus.details, key=lambda one: one["id"]) == sorted(expected, key=lambda one: one["id"])
    assert len(published(devices[1:4])) == 3
    assert f"Published {len(expected)} changes of state again" in said
    assert dead(office) == 0


def test_what_the_stream_has_forgotten_is_named_with_what_to_do_instead(office, streams, bus):
    streams.forgotten = True
    die(office, letter("DevicesTable", streams.records["DevicesTable"]))
    gone = letter("UploadsTable", streams.records["UploadsTable"])
    gone["DDBStreamBatchInfo"] |= {"batchSize": 2, "streamArn": ARN.format("UploadsTable").replace("2026", "2025")}
    die(office, gone)
    said = replay(office)
    assert "a table's stream forgets after a day" in said
    assert "5 of DevicesTable from 2026-03-01T09:30 to 2026-03-01T09:31" in said
    assert "2 of UploadsTable" in said
    assert "GET /v1/devices" in said
    assert bus.entries == []
    assert dead(office) == 0
    (line,) = [line for line in office.lines if line["message"] == "Dead letters sent back"]
    assert len(line["gone"]) == 2, "the log has it for good"


def test_a_worker_that_dies_before_it_told_of_what_is_gone_leaves_the_letters(office, streams, bus, monkeypatch):
    streams.forgotten = True
    die(office, letter("DevicesTable", streams.records["DevicesTable"]))
    looked(office)
    ask(office, "replay publish")
    office.slack.control.change("fault", {"method": "chat.postMessage", "kind": "broken", "times": 1})
    assert office.drain() == [False]
    assert dead(office) == 1
    office.later("jobs")
    office.later("publish-dead")
    assert all(office.drain())
    assert "a table's stream forgets after a day" in words(office.messages(OPS)[-1]["blocks"])
    assert dead(office) == 0


def test_a_change_that_cannot_be_read_leaves_its_letter(office, streams, bus):
    records = streams.records["DevicesTable"]
    odd = as_boto3(records[2])
    odd["dynamodb"] = {**odd["dynamodb"], "NewImage": {"kind": {"S": "device"}}}
    streams.shards[ARN.format("DevicesTable")][2] = odd
    die(office, letter("DevicesTable", records[2:3]))
    die(office, letter("DevicesTable", records[:2]))
    die(office, {"DDBStreamBatchInfo": {"streamArn": "odd"}})
    said = replay(office)
    assert "2 letters stayed" in said
    assert len(bus.entries) == 2
    assert dead(office) == 2


def test_a_bus_that_is_away_leaves_the_letters_and_the_next_try_does_it(office, streams, bus, monkeypatch):
    monkeypatch.setattr("rollcall.store.bus._FIRST_PAUSE", 0)
    die(office, letter("DevicesTable", streams.records["DevicesTable"]))
    looked(office)
    bus.busy = [range(10)] * 5
    ask(office, "replay publish")
    assert office.drain() == [False]
    assert dead(office) == 1
    office.later("jobs")
    office.later("publish-dead")
    assert all(office.drain())
    assert len(bus.entries) == 5
    assert dead(office) == 0
    office.others.clear()


def test_one_letter_alone(office, streams, bus):
    records = streams.records["DevicesTable"]
    for record in records[:2]:
        die(office, letter("DevicesTable", [record]))
    message = looked(office)
    assert office.click(OPS, message, "operator.replay", nth=1) == ""
    assert all(office.drain())
    assert len(bus.entries) == 1
    assert dead(office) == 1


def test_the_clock_counts_them_as_all_others(office, streams, monkeypatch):
    counts = [part for part in PARTS if part.look is count_letters]
    monkeypatch.setattr(tick, "Round", partial(Round, parts=counts))
    for record in streams.records["DevicesTable"][:2]:
        die(office, letter("DevicesTable", [record]))
    tick.clockwork.cache_clear()
    tick.handle({}, LambdaContext("a-tick"))
    tick.clockwork.cache_clear()
    assert LettersStore("UploadsTable", region=REGION).looks()["publish"].count == 2
    assert "2 dead letters in publish" in words(office.command(OPS, "/rollcall operator")["blocks"])
    office.others.clear()
