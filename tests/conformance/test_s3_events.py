"""S3 notifications against the samples of a library that thousands of functions parse them with."""

from __future__ import annotations

import json

import pytest

from rollcall.notifications import NewObject, NotificationError, read_notification
from tests.corpora import DATA, needs

EVENTS = DATA / "aws" / "powertools-python"
pytestmark = needs(EVENTS)


def text(name):
    return (EVENTS / name).read_text(encoding="utf-8")


def test_a_message_of_s3_in_a_queue():
    message = json.loads(text("s3SqsEvent.json"))["Records"][0]

    assert read_notification(message["body"]) == (NewObject("xxx", "test.pdf", "yd3d4HaWOT2zguDLvIQLU6ptDTwKBnQV"),)


@pytest.mark.parametrize("name", ["s3Event.json", "s3EventDecodedKey.json", "s3EventGlacier.json"])
def test_older_and_newer_forms_of_the_event(name):
    (new,) = read_notification(text(name))

    assert new.bucket
    assert new.key


def test_a_deletion_is_no_new_object():
    assert read_notification(text("s3EventDeleteObject.json")) == ()


@pytest.mark.parametrize(
    "name",
    ["sqsEvent.json", "snsSqsEvent.json", "eventBridgeEvent.json", "s3EventBridgeNotificationObjectCreatedEvent.json"],
)
def test_what_another_source_sent_is_refused(name):
    event = json.loads(text(name))
    bodies = [record["body"] for record in event["Records"]] if "Records" in event else [text(name)]
    for body in bodies:
        with pytest.raises(NotificationError):
            read_notification(body)
