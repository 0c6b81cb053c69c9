"""Each call to AWS and to Slack fails in turn, before and behind its effect, in each function that works for people.

Whatever fails, and wherever the process dies: the decision is made once, everybody is told what is true in the end, and
nobody is ever told what had not happened.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections import Counter
from contextlib import ExitStack, suppress
from functools import partial
from unittest.mock import patch

import pytest

from local.slack.webapi import WebApi
from rollcall.ticking.parts import PARTS, count_letters, digest, exchange_tokens, look_at_companies, remind
from rollcall.ticking.rounds import Round
from tests.approvers import NED, NIA, Approvals
from tests.exhaustive import some
from tests.faults import Killed, Killer, Unreachable
from tests.gateway import LambdaContext
from tests.office import running_office, tick, words
from tests.stock import fill

DEVICES = 2
#: Of the calls, every so many is tried: all of them take twenty minutes (``make test-exhaustive``), a landing has one.
EACH = 24
READS = {"GetItem", "BatchGetItem", "Query", "GetObject", "HeadObject", "ReceiveMessage", "Decrypt"} | {
    "conversations.open",
    "conversations.history",
    "conversations.replies",
    "files.info",
}
ACCEPTED = re.compile(r"(\d+) (?:devices? )?accepted")
AGES_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """An office with a few devices."""
    with ExitStack() as stack:
        running = stack.enter_context(running_office(tmp_path_factory.mktemp("office"), chunk_rows=40))
        running.stock = fill(running.cloud, rows=DEVICES)
        stack.enter_context(patch.dict(os.environ, {"STUCK_MINUTES": "10", "UPLOADS_QUEUE_URL": "unused"}))
        stack.enter_context(patch.dict(os.environ, {"CHUNKS_QUEUE_URL": running.cloud.queues["chunks"]}))
        running.keep()
        yield running
        tick.clockwork.cache_clear()


@pytest.fixture(autouse=True)
def everything_is_a_job(monkeypatch):
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 0)
    monkeypatch.setattr("rollcall.approvals.runner._STEPS", 1)
    untold = (exchange_tokens, look_at_companies, count_letters, remind, digest)  # nobody here is told of these
    monkeypatch.setattr(tick, "Round", partial(Round, parts=[part for part in PARTS if part.look not in untold]))


@pytest.fixture
def lies(monkeypatch, open_office):
    """What was said in Slack and was not so at that moment."""
    told = []
    original = WebApi.call

    def call(api, name, *args, **kwargs):
        said = repr((args, kwargs))
        claimed = max((int(number) for number in ACCEPTED.findall(said)), default=0)
        if claimed and claimed > states(open_office).get("VERIFIED", 0):
            told.append((name, said))
        return original(api, name, *args, **kwargs)

    monkeypatch.setattr(WebApi, "call", call)
    return told


def devices(office):
    """The devices of the upload, as they are stored."""
    upload = office.stock.clean.upload_id
    items = office.cloud.peek("DevicesTable")
    return [item for item in items if item["kind"]["S"] == "device" and item["upload"]["S"] == upload]


def states(office):
    """How many of them are in which state."""
    return Counter(item["status"]["S"] for item in devices(office))


class Story:
    """Northwind decides on Acme's upload; both have been told of it before.

    Attributes:
        states: what the devices are in the end.
        says: what each place says in the end.
    """

    def __init__(self, office, kind):
        self.office, self.kind = office, kind
        self.approvals = Approvals(office, office.stock.clean.upload_id)
        undone = kind == "undo"
        self.states = {"PENDING": DEVICES} if undone else {"VERIFIED": DEVICES}
        self.acts = ["uploaded", "accepted", *(["undone"] if undone else [])]
        self.says = {
            "customer": "wait for your decision" if undone else "all decided",
            "reseller": f"{DEVICES} waiting" if undone else f"{DEVICES} accepted",
            "decider": f"{DEVICES} devices taken back" if undone else f"{DEVICES} devices accepted",
        }

    def begin(self):
        """Up to the click that begins the job."""
        self.office.set_back()
        approvals = self.approvals
        approvals.tell()
        approvals.tell_reseller()
        if self.kind == "list":
            self.office.slack.desk.command(NIA.team, NIA.user, self.office.dm(NIA), "/approvals bulk")
            imeis = " ".join(row["imei"] for row in self.office.stock.rows("clean"))
            self.office.slack.modals.submit(NIA.team, NIA.user, approvals.form(NIA)["id"], {"list": {"list": imeis}})
        else:
            approvals.press(NIA, approvals.message(), "approvals.accept_all")
        if self.kind == "undo":
            self.settle()
            approvals.press(NED, approvals.message(), "approvals.undo")
        self.without_homes()

    def keep(self):
        """Takes what is there now for what each failure begins with."""
        world = self.office.slack.world
        queues = {name: self.office._queue(name) for name in ("jobs", "notices")}
        self._kept = (
            self.office.cloud.checkpoint(),
            copy.deepcopy(world.messages),
            {name: list(queue._messages) for name, queue in queues.items()},
            dict(world.files),
        )

    def again(self):
        """Goes back to there."""
        tables, messages, queues, files = self._kept
        self.office.cloud.restore_tables(tables)
        world = self.office.slack.world
        with world.lock:
            world.messages.clear()
            world.messages.update(copy.deepcopy(messages))
            world.files.clear()
            world.files.update(files)
        for name, kept in queues.items():
            queue = self.office._queue(name)
            queue._messages[:] = [copy.copy(message) for message in kept]
            queue.deleted_messages.clear()
            queue._pending_messages.clear()
            self.office.later(name)

    def without_homes(self):
        queue = self.office._queue("notices")
        queue._messages[:] = [one for one in queue._messages if json.loads(one.body)["kind"] != "home"]

    def settle(self):
        """Time goes by: the clock ticks, and whatever was not taken comes again."""
        for _ in range(4):
            self.age()
            self.look()
            for queue in ("jobs", "notices"):
                self.office.later(queue)
                self.once_each()
                self.office.drain()
            if not (self.office.waiting("jobs") or self.office.waiting("notices")):
                return

    def once_each(self):
        """One message of each kind is as good as many, and takes a fraction of the time."""
        self.without_homes()
        for name in ("jobs", "notices"):
            queue = self.office._queue(name)
            queue._messages[:] = {message.body: message for message in queue._messages}.values()

    def look(self):
        tick.handle({}, LambdaContext("a-tick"))

    def age(self):
        """What was held by a worker is free again, and what is due is due for long."""
        client = self.office.cloud.client("dynamodb")
        for item in self.office.cloud.peek("UploadsTable"):
            sets = [f"{name} = :{name}" for name in ("lease_until", "outbox_at") if name in item]
            if item.get("outbox", {}).get("S") == "closing":
                continue
            values = {":lease_until": {"N": "0"}, ":outbox_at": {"S": AGES_AGO}}
            if sets:
                client.update_item(
                    TableName="UploadsTable",
                    Key={name: item[name] for name in ("pk", "sk")},
                    UpdateExpression=f"SET {', '.join(sets)}",
                    ExpressionAttributeValues={name: value for name, value in values.items() if name[1:] in str(sets)},
                )

    def check(self, where):
        """What is true in the end, and told."""
        approvals, office = self.approvals, self.office
        assert states(office) == self.states, where
        for item in devices(office):
            assert [entry["M"]["act"]["S"] for entry in item["history"]["L"]] == self.acts, where
        assert self.says["customer"] in words(approvals.message()["blocks"]), where
        assert self.says["reseller"] in words(approvals.reseller_message()["blocks"]), where
        decider = NED if self.kind == "undo" else NIA
        mine = [one for one in office.messages(decider) if not one.get("only_for") and one.get("blocks")]
        told = [words(one["blocks"]) for one in mine if "thread_ts" not in one]
        assert len([text for text in told if self.says["decider"] in text]) == 1, (where, told)
        unfinished = [text for text in told if f"of {DEVICES} done" in text or "begins in a moment" in text]
        assert not unfinished, (where, told)
        assert office.waiting("jobs") == office.waiting("notices") == [], where


def failing_everywhere(story, act):
    """Lets an act fail at each of its calls in turn, and what follows come right; says where it failed."""
    story.begin()
    story.keep()
    counter = Killer()
    with counter.stalking():
        act(story)
    story.settle()
    story.check("nowhere")
    assert len(counter.calls) > 5
    for at, operation in some(enumerate(counter.calls), each=EACH):
        ways = [(False, Unreachable)]
        if operation not in READS:
            # To die before a call is to die behind the one before it; to fail behind a read, to fail before the next.
            ways += [(True, Unreachable), (True, Killed)]
        for effect, error in ways:
            story.again()
            killer = Killer(at=at, effect=effect, error=error)
            with suppress(Killed, Exception), killer.stalking():
                act(story)
            where = f"{error.__name__} at call {at}, {operation}, {'after' if effect else 'before'}"
            assert killer.struck, where
            story.settle()
            story.check(where)


def deliver(queue):
    def act(story):
        office = story.office
        while event := office.receive(queue):
            if office.deliver(queue, event):
                handle = event["Records"][0]["receiptHandle"]
                office.cloud.client("sqs").delete_message(QueueUrl=office.cloud.queues[queue], ReceiptHandle=handle)
            story.without_homes()

    return act


def run_job(story):
    deliver("jobs")(story)


def notify(story):
    deliver("notices")(story)


def tick_once(story):
    story.look()


@pytest.mark.feature("B6")
@pytest.mark.feature("B26")
@pytest.mark.parametrize("kind", ["list"])
def test_a_job_that_fails_at_any_call(open_office, lies, kind):
    failing_everywhere(Story(open_office, kind), run_job)
    assert lies == []


@pytest.mark.feature("B6")
@pytest.mark.feature("B26")
@pytest.mark.parametrize("kind", ["list"])
def test_telling_that_fails_at_any_call(open_office, lies, kind):
    class Decided(Story):
        def begin(self):
            super().begin()
            run_job(self)

    failing_everywhere(Decided(open_office, kind), notify)
    assert lies == []


@pytest.mark.feature("B6")
@pytest.mark.feature("B26")
@pytest.mark.parametrize("kind", ["upload"])
def test_a_clock_that_fails_at_any_call(open_office, lies, kind):
    class Untold(Story):
        def begin(self):
            super().begin()
            run_job(self)
            self.office._queue("notices")._messages.clear()  # every message is lost
            self.age()

    failing_everywhere(Untold(open_office, kind), tick_once)
    assert lies == []
