"""A message that fails comes back by and by, and leaves a note of how it failed, but no word of what it was about."""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import process_partial_response
from botocore.exceptions import ClientError

from rollcall.worker import consuming
from rollcall.worker.consuming import PAUSES, Consumer, error_name


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


class Hidden:
    """SQS as far as it hides messages; keeps for how many seconds."""

    def __init__(self):
        self.seconds = []
        self.broken = False

    def change_message_visibility(self, QueueUrl, ReceiptHandle, VisibilityTimeout):  # noqa: N803 - boto3's names
        assert (QueueUrl, ReceiptHandle) == ("https://queue", "r")
        if self.broken:
            raise ConnectionError
        self.seconds.append(VisibilityTimeout)


@pytest.fixture(autouse=True)
def notes(monkeypatch):
    Notes.kept, Notes.broken = {}, False
    monkeypatch.setattr(consuming, "LettersStore", Notes)
    monkeypatch.setenv("UPLOADS_TABLE", "UploadsTable")
    return Notes


@pytest.fixture(autouse=True)
def hidden(monkeypatch):
    found = Hidden()
    monkeypatch.setattr(consuming.clients, "sqs", lambda: found)
    monkeypatch.setenv("QUEUE_URL", "https://queue")
    return found


def event(tries, body="{}"):
    attributes = {"ApproximateReceiveCount": str(tries), "SentTimestamp": "1", "SenderId": "x"}
    record = {"messageId": "m-1", "receiptHandle": "r", "body": body, "attributes": attributes}
    return {"Records": [{**record, "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "a:b"}]}


def run(tries, error, body="{}", *, at=None):
    """One try; with ``at``, what handles it says itself when it is to come back."""

    def fail(record):
        if at is not None:
            consumer.come_back(record, at)
        raise error

    context = SimpleNamespace(aws_request_id="request-1")
    consumer = Consumer(Logger(service="test"), queue="QUEUE_URL", calm=True)
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


@pytest.mark.feature("B19")
def test_what_failed_comes_back_by_and_by_and_after_its_last_try_at_once(hidden):
    for tries in range(1, len(PAUSES) + 2):
        run(tries, ValueError())
    assert hidden.seconds == [*PAUSES, 1]
    assert list(PAUSES[:3]) == [30, 120, 600]


def test_a_failure_that_names_its_time_keeps_it(hidden):
    run(4, ValueError(), at=7)
    assert hidden.seconds == [7]
    run(4, ValueError(), at=90_000)
    assert hidden.seconds == [7, 43_200], "the most that SQS takes"
    run(1, ValueError())
    assert hidden.seconds[2:] == [PAUSES[0]], "and the next one is not taken for it"


def test_a_message_that_cannot_be_put_off_fails_all_the_same_and_is_noted(hidden, notes):
    hidden.broken = True
    assert run(3, ValueError())["batchItemFailures"] == [{"itemIdentifier": "m-1"}]
    assert notes.kept["m-1"].error == "ValueError"


def test_what_went_well_is_not_put_off(hidden):
    consumer = Consumer(Logger(service="test"), queue="QUEUE_URL")
    done = process_partial_response(event(1), lambda record: None, consumer, SimpleNamespace(aws_request_id="r-1"))
    assert (done["batchItemFailures"], hidden.seconds) == ([], [])


def test_a_service_is_named_by_its_code():
    inner = ClientError({"Error": {"Code": "ThrottlingException", "Message": "secret"}}, "PutItem")
    assert error_name(inner) == "ClientError ThrottlingException"
    wrapped = RuntimeError("secret")
    wrapped.__cause__ = inner
    assert error_name(wrapped) == "RuntimeError ThrottlingException"
    assert error_name(ValueError("secret")) == "ValueError"
