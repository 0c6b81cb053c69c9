"""The handlers themselves, on the events that are kept for trying them by hand."""

import importlib.util
import json
import os
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from rollcall.notifications import NotificationError
from rollcall.ticking.rounds import LateError
from tests.cloud import REGION, ROOT
from tests.exchangers import Exchangers
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext, sqs_event
from tests.removers import RAE

EVENTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "events").glob("*/*.json"))


@pytest.fixture
def handlers(cloud):
    """Handler modules by the name of their function, fresh, with the cloud's settings in their environment."""
    settings = cloud.settings
    env = {
        "DEVICES_TABLE": settings.devices_table,
        "UPLOADS_TABLE": settings.uploads_table,
        "ACCOUNTS_TABLE": settings.accounts_table,
        "UPLOADS_BUCKET": settings.bucket,
        "CHUNKS_QUEUE_URL": cloud.queues["chunks"],
        "FINISHES_QUEUE_URL": cloud.queues["finishes"],
        "NOTICES_QUEUE_URL": cloud.queues["notices"],
        "JOBS_QUEUE_URL": cloud.queues["jobs"],
        "UPLOADS_QUEUE_URL": cloud.queues["uploads"],
        "STUCK_MINUTES": "15",
        "EVENT_BUS": "default",
        "CHUNK_ROWS": "10",
        "AWS_DEFAULT_REGION": REGION,
        "POWERTOOLS_METRICS_NAMESPACE": "Rollcall",
    }

    def load(name):
        spec = importlib.util.spec_from_file_location(f"handler_of_{name}", ROOT / f"functions/{name}/handler.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    with patch.dict(os.environ, env):
        yield load


@pytest.mark.parametrize("path", EVENTS)
def test_each_kept_event_is_handled(handlers, cloud, path):
    """Nothing they name is there, so each ends quietly: an upload in error, or nothing to do."""
    function = path.split("/")[1]
    event = json.loads((ROOT / path).read_text(encoding="utf-8"))
    of_queue = event.get("Records", [{}])[0].get("eventSource") == "aws:sqs"

    assert handlers(function).handle(event, LambdaContext("req-1")) == ({"batchItemFailures": []} if of_queue else None)


def test_a_message_that_no_bucket_sent_is_left_in_the_queue(handlers, cloud):
    event = json.loads((ROOT / "events/plan_upload/put.json").read_text(encoding="utf-8"))
    event["Records"][0]["body"] = '{"not": "an event"}'

    with pytest.raises(Exception, match="not an S3 event notification") as caught:
        handlers("plan_upload").handle(event, LambdaContext("req-1"))

    assert NotificationError.__name__ in str(caught.value)


@pytest.mark.feature("B19")
@pytest.mark.feature("B26")
def test_a_tick_sends_for_what_is_due_and_sends_on_what_is_stuck(handlers, cloud, chain):
    """The chain's clock stands in the past, so all it left undone is long overdue."""
    chain.plan(
        "uploads/RSL-ACME/CUST-NORTHWIND/a.csv", cloud.put("uploads/RSL-ACME/CUST-NORTHWIND/a.csv", b"imei\r\n12")
    )
    event = json.loads((ROOT / "events/tick/every_minute.json").read_text(encoding="utf-8"))

    handlers("tick").handle(event, LambdaContext("req-1"))

    sqs = cloud.client("sqs")
    sent = {
        name: sqs.receive_message(QueueUrl=cloud.queues[name]).get("Messages", []) for name in ("chunks", "notices")
    }
    assert [json.loads(message["Body"])["chunk"] for message in sent["chunks"]] == [0]
    assert [json.loads(message["Body"])["kind"] for message in sent["notices"]] == ["notice"]


@pytest.mark.feature("B19")
def test_a_tick_whose_time_is_up_leaves_the_rest_to_the_next_and_says_so(handlers, cloud, chain):
    key = "uploads/RSL-ACME/CUST-NORTHWIND/late.csv"
    chain.plan(key, cloud.put(key, b"imei\r\n12"))
    tick, sqs = handlers("tick"), cloud.client("sqs")

    def sent():
        return sqs.receive_message(QueueUrl=cloud.queues["chunks"]).get("Messages", [])

    while sent():
        pass  # queues are not set back
    with (
        patch.object(LambdaContext, "get_remaining_time_in_millis", staticmethod(lambda: 1_000)),
        pytest.raises(LateError, match="resume_uploads"),
    ):
        tick.handle({}, LambdaContext("req-1"))
    assert sent() == []
    tick.handle({}, LambdaContext("req-2"))
    assert len(sent()) == 1


@pytest.mark.feature("B21")
@pytest.mark.feature("P15")
def test_a_tick_sends_on_exchanges_that_are_due_and_removals_that_are_stuck(handlers, cloud, chain):
    """The exchange was begun more than a day ago and is to end; nothing was heard of the removal for ten minutes."""
    key = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
    chain.upload(key, csv_of(*map(imei, range(1, 4))))
    office = Exchangers(cloud)
    exchange = office.exchanges.begin(RAE, imei(1), imei(60), once="x")
    office.now = datetime.now(UTC) - timedelta(minutes=10)
    removal = office.removals.delete(RAE, [imei(2)], once="y")
    event = json.loads((ROOT / "events/tick/every_minute.json").read_text(encoding="utf-8"))

    handlers("tick").handle(event, LambdaContext("req-1"))

    sqs = cloud.client("sqs")
    answer = sqs.receive_message(QueueUrl=cloud.queues["jobs"], MaxNumberOfMessages=10, AttributeNames=["All"])
    messages = answer.get("Messages", [])
    sent = {(one["kind"], one["id"]) for one in (json.loads(message["Body"]) for message in messages)}
    assert sent >= {("exchange", exchange.id), ("delete_devices", removal.id)}
    run_job = handlers("run_job")
    for message in messages:
        if json.loads(message["Body"])["kind"] == "accept_file":
            continue  # of another test: queues are not set back
        run_job.handle(sqs_event("jobs", message), LambdaContext("req-2"))
    assert office.records.get(exchange.id).state.value == "NOT_CONFIRMED"
    assert (office.status(1), office.status(2)) == ("PENDING", None)
