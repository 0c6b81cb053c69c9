"""One id from the file or the click to the last message: in every function's log, and where people read it."""

from __future__ import annotations

import importlib.util
import io
import json
import os
from contextlib import ExitStack
from unittest.mock import patch

import pytest

import handler as bot
from rollcall.accounts import Person
from rollcall.occasions import count, current_reference, occasion, refer_to
from rollcall.store.queues import Queue
from tests.cloud import REGION, ROOT
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext, sqs_event
from tests.office import notify, run_job

pytestmark = pytest.mark.feature("B23")

RAE, NIA = Person("T0ACME", "U0RAE"), Person("T0NW", "U0NIA")
STEPS = ("plan_upload", "load_chunk", "finish_upload", "tick")


class Line:
    """All functions behind one another, as queues and the bucket put them, and what each wrote to its log."""

    def __init__(self, office, modules):
        self.office, self.cloud = office, office.cloud
        self.modules = {**modules, "notify": notify, "run_job": run_job}
        self.logs = {name: io.StringIO() for name in self.modules}
        self.calls = 0

    def call(self, name, event):
        self.calls += 1
        return self.modules[name].handle(event, LambdaContext(f"{name}-{self.calls}", function_name=name))

    def work(self, name, queue):
        """Delivers all that is in a queue; the messages."""
        taken, sqs, url = [], self.cloud.client("sqs"), self.cloud.queues[queue]
        while got := sqs.receive_message(QueueUrl=url, AttributeNames=["All"]).get("Messages"):
            taken.append(json.loads(got[0]["Body"]))
            assert self.call(name, sqs_event(queue, got[0])) == {"batchItemFailures": []}
            sqs.delete_message(QueueUrl=url, ReceiptHandle=got[0]["ReceiptHandle"])
        return taken

    def put(self, key, body):
        """Puts a file and tells the planner, as the bucket does."""
        version = self.cloud.put(key, body)
        thing = {"bucket": {"name": self.cloud.settings.bucket}, "object": {"key": key, "versionId": version}}
        event = json.loads((ROOT / "events/plan_upload/put.json").read_text(encoding="utf-8"))
        event["Records"][0]["body"] = json.dumps({"Records": [{"eventName": "ObjectCreated:Put", "s3": thing}]})
        self.call("plan_upload", event)

    def written(self, name):
        return [json.loads(line) for line in self.logs[name].getvalue().splitlines()]

    def references(self, name):
        """The ids in the lines of a function's log."""
        return {line.get("reference") for line in self.written(name)}


@pytest.fixture
def line(office):
    """The line, on an office that has devices already."""
    settings = office.cloud.settings
    env = {
        "CHUNKS_QUEUE_URL": settings.chunks_queue_url,
        "FINISHES_QUEUE_URL": settings.finishes_queue_url,
        "UPLOADS_QUEUE_URL": office.cloud.queues["chunks"],
        "STUCK_MINUTES": "15",
        "CHUNK_ROWS": "2",
        "AWS_DEFAULT_REGION": REGION,
    }
    with patch.dict(os.environ, env), ExitStack() as stack:
        made = Line(office, {name: loaded(name) for name in STEPS})
        for name, module in made.modules.items():
            before = module.logger.registered_handler.setStream(made.logs[name])
            stack.callback(module.logger.registered_handler.setStream, before or made.logs[name])
        yield made


def loaded(name):
    spec = importlib.util.spec_from_file_location(f"line_{name}", ROOT / f"functions/{name}/handler.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def through(line):
    """Has the chain and the messages done; every message that was sent."""
    return [
        *line.work("load_chunk", "chunks"),
        *line.work("finish_upload", "finishes"),
        *line.work("notify", "notices"),
    ]


def test_a_file_has_one_id_in_every_log_in_its_summary_and_in_what_people_read(line):
    rows = [imei(990 + n) for n in range(3)]
    line.put("uploads/RSL-ACME/CUST-NORTHWIND/one.csv", csv_of(*rows, "12"))
    messages = through(line)

    (planned,) = [entry for entry in line.written("plan_upload") if entry["message"] == "Upload planned"]
    name = planned["reference"]
    assert name.startswith("R-")
    for function in ("plan_upload", "load_chunk", "finish_upload", "notify"):
        assert line.written(function), function
        assert line.references(function) == {name}, function
    assert len(messages) >= 5
    assert {message["reference"] for message in messages} == {name}
    assert json.loads(line.cloud.get(f"reports/RSL-ACME/{planned['upload']}/summary.json"))["reference"] == name
    shown = line.office.command(RAE, f"/uploads {planned['upload']}")
    assert name in json.dumps(shown)


def test_what_is_typed_has_one_id_from_the_bot_to_the_message(line):
    line.office.say(RAE, "devices list")
    (message,) = [m for m in line.office.waiting("notices") if m["kind"] == "dm"]
    name = message["reference"]
    line.work("notify", "notices")

    assert name.startswith("R-")
    assert line.references("notify") == {name}


def test_what_the_clock_sends_again_keeps_the_id_of_the_upload(line):
    line.put("uploads/RSL-ACME/CUST-NORTHWIND/stuck.csv", csv_of(imei(880)))
    (name,) = line.references("plan_upload")
    queue = line.office._queue("chunks")
    queue._messages.clear()
    tick = line.modules["tick"]
    with patch.object(tick.time, "time", lambda clock=tick.time.time: clock() + 7_200):
        line.call("tick", {})

    assert [message["reference"] for message in line.office.waiting("chunks")] == [name]
    assert name not in line.references("tick"), "the tick's own lines are about the tick"


def test_what_deep_code_counts_is_published_by_the_function_at_work(line, capsys):
    message = waiting_message(line)
    capsys.readouterr()
    line.office.click(NIA, message, "approvals.accept_all")
    emitted = [json.loads(text) for text in capsys.readouterr().out.splitlines() if text.startswith('{"_aws"')]
    counted = {key: value for entry in emitted for key, value in entry.items() if key not in ("_aws", "service")}

    assert sum(counted["DevicesAccepted"]) > 0
    assert counted["PendingHours"][0] >= 0
    assert bot.metrics.provider.namespace == "Rollcall"


def waiting_message(line):
    """The message of an upload of four that waits for Nia."""
    line.put("uploads/RSL-ACME/CUST-NORTHWIND/four.csv", csv_of(*(imei(870 + n) for n in range(4))))
    through(line)
    upload = line.written("plan_upload")[-1]["upload"]
    posted = line.office.messages(NIA, "C0NWIT")
    return next(message for message in posted if upload in json.dumps(message))


# -- occasions by themselves -----------------------------------------------------------------------------------------


class Sqs:
    """Keeps what is sent."""

    def __init__(self):
        self.sent = []

    def send_message_batch(self, *, QueueUrl, Entries):  # noqa: N803 - as boto3 names them
        self.sent += [json.loads(entry["MessageBody"]) for entry in Entries]
        return {}


def test_a_message_names_what_it_comes_of_and_keeps_the_name_it_has():
    sqs = Sqs()
    queue = Queue(sqs, "url")
    with occasion("R-ONE"):
        queue.send([{"kind": "a"}, {"kind": "b", "reference": "R-OTHER"}])
    queue.send([{"kind": "c"}])

    assert sqs.sent == [
        {"reference": "R-ONE", "kind": "a"},
        {"reference": "R-OTHER", "kind": "b"},
        {"kind": "c"},
    ]


def test_an_occasion_ends_with_its_work_also_when_that_fails():
    told, kept = [], []

    def work():
        with occasion("R-ONE", referred=told.append) as now:
            kept.append(now)
            count("Things", 2)
            with occasion("R-INNER"):
                count("Things", 5)
            refer_to("R-TWO")
            refer_to("")
            assert current_reference() == "R-TWO"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    count("Things", 7)

    assert told == ["R-ONE", "R-TWO"]
    assert kept[0].counts == {"Things": [2]}
    assert current_reference() == ""
