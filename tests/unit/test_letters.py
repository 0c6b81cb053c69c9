"""Dead letters are described by kinds and ids; nothing that a company or a person wrote comes through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.letters import describe, letter_id, read_queues, reference_in
from rollcall.stream_letters import read_batch, read_failure

UPLOAD = "U-7K3F-9QMC-2V5R-8TXA"


def s3(key):
    return {"Records": [{"s3": {"object": {"key": key}}}]}


@pytest.mark.feature("B19")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (s3("uploads/RSL-ACME/CUST-NORTHWIND/my+file.csv"), ("new file", "RSL-ACME · CUST-NORTHWIND")),
        (s3("uploads/RSL-ACME/_many/secret.csv"), ("new file", "RSL-ACME · _many")),
        (s3(f"check/RSL-ACME/_many/{UPLOAD}.csv"), ("new file", f"RSL-ACME · _many · {UPLOAD}")),
        (s3("accept/CUST-NORTHWIND/list.csv"), ("new file", "CUST-NORTHWIND")),
        (s3("elsewhere"), ("new file", "")),
        ({"Records": []}, ("new file", "")),
        ({"upload_id": UPLOAD, "chunk": 3}, ("rows of an upload", f"{UPLOAD} part 3")),
        ({"upload_id": UPLOAD}, ("end of an upload", UPLOAD)),
        ({"kind": "notice", "id": "N-7K3F9QMC2V5R8TXA"}, ("notice", "N-7K3F9QMC2V5R8TXA")),
        ({"kind": "dm", "id": "R-1", "user": "U0RAE", "text": "secret"}, ("dm", "R-1 · …0RAE")),
        ({"kind": "export", "id": "R-1", "question": "find 490154203237518"}, ("export", "R-1")),
        ({"kind": "a b c", "id": "x y"}, ("not known", "")),
        ({}, ("not known", "")),
        ([], ("not readable", "")),
        ("{", ("not readable", "")),
    ],
)
def test_a_letter_is_described_without_what_somebody_wrote(body, told):
    assert describe(body if isinstance(body, str) else json.dumps(body)) == told


@given(
    st.dictionaries(
        st.sampled_from(["kind", "id", "upload", "upload_id", "chunk", "user", "account", "Records", "text", "x"]),
        st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    )
)
def test_whatever_a_message_holds_it_can_be_described(message):
    kind, about = describe(json.dumps(message))
    assert kind
    assert len(about) < 400
    assert reference_in(json.dumps(message)) == ""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('{"reference": "R-7K3F9QMC"}', "R-7K3F9QMC"),
        ('{"reference": "R-7K <b>"}', ""),
        ('{"reference": 7}', ""),
        ("[]", ""),
        ("no", ""),
    ],
)
def test_the_reference_that_came_with_a_message(body, found):
    assert reference_in(body) == found


def test_a_message_has_one_short_id():
    assert letter_id("m-1") == letter_id("m-1") != letter_id("m-2")
    assert len(letter_id("m-1")) == len("L-XXXX-XXXX")


def test_the_queues_that_the_environment_names():
    (queue,) = read_queues('{"chunks": ["https://dead", "https://source"]}').values()
    assert (queue.name, queue.letters, queue.source) == ("chunks", "https://dead", "https://source")
    assert read_queues("") == {}


ARN = "arn:aws:dynamodb:eu-central-1:123456789012:table/rollcall-DevicesTable-1ABC/stream/2026-03-01T00:00:00.000"
BATCH = {
    "shardId": "shardId-00000001772323200000-0a1b2c3d",
    "startSequenceNumber": "800000000003126276362",
    "endSequenceNumber": "800000000003126276370",
    "approximateArrivalOfFirstRecord": "2026-03-01T09:30:19.5Z",
    "approximateArrivalOfLastRecord": "2026-03-01T09:31:20Z",
    "batchSize": 3,
    "streamArn": ARN,
}
STREAM_LETTER = {
    "requestContext": {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 101},
    "responseContext": {"statusCode": 200, "functionError": "Unhandled"},
    "version": "1.0",
    "timestamp": "2026-03-01T21:30:00.717Z",
    "DDBStreamBatchInfo": BATCH,
}


@pytest.mark.feature("B19", "B24")
def test_a_letter_of_a_stream_names_a_place_and_says_itself_how_it_failed():
    body = json.dumps(STREAM_LETTER)
    kind, about = describe(body)
    assert kind == "changes not published"
    assert about == "rollcall-DevicesTable-1ABC · 3 changes · 2026-03-01T09:30 to 2026-03-01T09:31"
    batch = read_batch(body)
    assert (batch.stream, batch.table, batch.shard) == (ARN, "rollcall-DevicesTable-1ABC", BATCH["shardId"])
    assert (batch.first, batch.last, batch.size) == ("800000000003126276362", "800000000003126276370", 3)
    assert (batch.begun, batch.ended) == ("2026-03-01T09:30:19Z", "2026-03-01T09:31:20Z")
    failure = read_failure(body)
    assert (failure.error, failure.at) == ("RetryAttemptsExhausted Unhandled", "2026-03-01T21:30:00Z")
    late = json.dumps({**STREAM_LETTER, "requestContext": {"condition": "RecordAgeExceeded"}, "responseContext": None})
    assert read_failure(late).error == "RecordAgeExceeded"


@pytest.mark.feature("B19")
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            BATCH, st.one_of(st.text(), st.integers(), st.none(), st.sampled_from([*BATCH.values()]))
        ),
    )
)
def test_an_odd_letter_of_a_stream_is_described_and_leads_nowhere_else(batch):
    body = json.dumps({"DDBStreamBatchInfo": batch})
    assert describe(body)[0] == "changes not published"
    found = read_batch(body)
    if found:
        assert found.stream.startswith("arn:")
        assert found.first.isdecimal()
    assert read_batch(json.dumps({"kind": "notice"})) is None
    assert read_failure("{") is None
