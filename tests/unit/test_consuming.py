"""A message that fails again and again leaves a note of how, without a word of what it was about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import process_partial_response
from botocore.exceptions import ClientError

from rollcall import consuming
from rollcall.consuming import Consumer, error_name


class Notes:
    """Where failures are noted, in memory."""

    kept: ClassVar[dict] = {}
    broken = False

    def __init__(self, table):
        self.table = table

    def note_failure(self, message, failure, *, now):
        if Notes.broken:
            raise ConnectionError
        Notes.kept[message] = failure


@pytest.fixture(autouse=True)
def notes(monkeypatch):
    Notes.kept, Notes.broken = {}, False
    monkeypatch.setattr(consuming, "LettersStore", Notes)
    monkeypatch.setenv("UPLOADS_TABLE", "UploadsTable")
    return Notes


def event(tries, body="{}"):
    attributes = {"ApproximateReceiveCount": str(tries), "SentTimestamp": "1", "SenderId": "x"}
    record = {"messageId": "m-1", "receiptHandle": "r", "body": body, "attributes": attributes}
    return {"Records": [{**record, "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "a:b"}]}


def run(tries, error, body="{}"):
    def fail(record):
        raise error

    context = SimpleNamespace(aws_request_id="request-1")
    consumer = Consumer(Logger(service="test"), calm=True)
    return process_partial_response(event(tries, body), fail, consumer, context)


@pytest.mark.feature("B19", "B23")
def test_from_the_third_try_on_a_failure_is_noted_with_its_reference(notes):
    for tries in (1, 2):
        assert run(tries, ValueError("490154203237518"))["batchItemFailures"] == [{"itemIdentifier": "m-1"}]
        assert notes.kept == {}
    run(3, ValueError("490154203237518"), '{"reference": "R-7K3F9QMC"}')
    assert (notes.kept["m-1"].error, notes.kept["m-1"].reference) == ("ValueError", "R-7K3F9QMC")
    run(4, KeyError("x"))
    assert notes.kept["m-1"].error == "KeyError"
    assert notes.kept["m-1"].reference.startswith("R-")


def test_a_note_that_cannot_be_taken_hides_no_failure(notes):
    notes.broken = True
    assert run(3, ValueError())["batchItemFailures"] == [{"itemIdentifier": "m-1"}]


def test_a_service_is_named_by_its_code():
    inner = ClientError({"Error": {"Code": "ThrottlingException", "Message": "secret"}}, "PutItem")
    assert error_name(inner) == "ClientError ThrottlingException"
    wrapped = RuntimeError("secret")
    wrapped.__cause__ = inner
    assert error_name(wrapped) == "RuntimeError ThrottlingException"
    assert error_name(ValueError("secret")) == "ValueError"
