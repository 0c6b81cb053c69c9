"""What S3 tells of new objects, as it lies in the queue: the events that are also used to run the functions locally."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.layout import parse_upload_key
from rollcall.notifications import NewObject, NotificationError, read_notification

EVENTS = Path(__file__).parents[2] / "events"
BUCKET = "rollcall-uploads-123456789012-eu-central-1"
NEWER, OLDER = "QUpfdndhfd8438MNFDN93jdnJFkdmqnh", "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH"
MAY = "uploads/RSL-ACME/CUST-NORTHWIND/may.csv"


def new_objects(name):
    """What the messages of an event tell, in order."""
    event = json.loads((EVENTS / "plan_upload" / name).read_text(encoding="utf-8"))
    return [new for message in event["Records"] for new in read_notification(message["body"])]


def test_a_new_object():
    assert new_objects("put.json") == [NewObject(BUCKET, MAY, NEWER)]


def test_a_file_sent_in_parts_is_one_new_object():
    (new,) = new_objects("check.json")

    assert parse_upload_key(new.key).check_only


@pytest.mark.feature("B4")
def test_the_same_event_twice_tells_the_same_twice():
    first, second = new_objects("duplicate.json")

    assert first == second


@pytest.mark.feature("B4")
def test_a_late_event_names_the_version_it_is_about():
    assert new_objects("late_version.json") == [NewObject(BUCKET, MAY, OLDER)]


def test_the_test_message_names_no_object():
    assert new_objects("test_event.json") == []


def test_keys_are_decoded_as_a_form_is():
    """A space comes as a plus, a plus as %2B, everything outside ASCII as percent-encoded UTF-8."""
    (new,) = new_objects("encoded_key.json")

    assert new.key == "uploads/RSL-ACME/CUST-NORTHWIND/Mai 2026 + Nachtrag (München, café) 100%.csv"


def record(key="k", **other):
    return {"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": key}}, **other}


def body(*records):
    return json.dumps({"Records": records})


@pytest.mark.parametrize("key", ["uploads%2FR%2FC%2Fmay.csv", "uploads/R/C/may.csv"])
def test_some_emulators_encode_the_slashes_too(key):
    assert read_notification(body(record(key)))[0].key == "uploads/R/C/may.csv"


def test_an_object_without_a_version_has_none():
    assert read_notification(body(record()))[0].version == ""


def test_one_message_may_tell_of_several_objects():
    assert [new.key for new in read_notification(body(record("a"), record("b")))] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("ObjectCreated:CompleteMultipartUpload", 1),
        ("s3:ObjectCreated:Put", 1),
        ("ObjectRemoved:Delete", 0),
        ("ObjectTagging:Put", 0),
    ],
)
def test_only_what_was_created_is_new(name, count):
    assert len(read_notification(body(record(eventName=name)))) == count


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '"text"', "{}", '{"Records": 1}', '{"Records": [{}]}', '{"Records": ["x"]}'),
        *('{"Records": [{"s3": {"bucket": {"name": "b"}, "object": {}}}]}', '{"Records": [{"s3": null}]}'),
    ],
)
def test_other_messages_are_refused(text):
    with pytest.raises(NotificationError):
        read_notification(text)


@given(st.text())
def test_no_message_crashes_in_another_way(text):
    with suppress(NotificationError):
        read_notification(text)


#: The clock starts the one, the tables' streams the other; all else is started by queues.
NOT_BY_QUEUE = {"tick", "publish"}
BY_QUEUE = sorted(path for path in EVENTS.rglob("*.json") if path.parent.name not in NOT_BY_QUEUE)


@pytest.mark.parametrize("path", BY_QUEUE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_event_is_a_queue_message_as_sqs_sends_it(path):
    for message in json.loads(path.read_text(encoding="utf-8"))["Records"]:
        assert message["eventSource"] == "aws:sqs"
        assert message["md5OfBody"] == hashlib.md5(message["body"].encode(), usedforsecurity=False).hexdigest()
        assert json.loads(message["body"])


def test_every_function_that_a_queue_starts_has_an_event():
    folders = {path.name for path in EVENTS.iterdir() if path.is_dir()}

    assert {"plan_upload", "load_chunk", "finish_upload"} <= folders
