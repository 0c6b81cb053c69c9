"""Work that is stuck is noticed and goes on, through the same code as everything else (row B19)."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from rollcall.chain.resuming import Resumed, Resumer
from rollcall.chain.sending import Sending
from rollcall.notifications import NewObject, read_notification
from rollcall.store.running import RunningUploads
from tests.chain import ListQueue, Report
from tests.cloud import REGION
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.feature("B19")
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a b+c.csv"
PATIENCE = 900


class Clock:
    """The clock's function on a chain, at a time that a test moves on."""

    def __init__(self, chain):
        self.chain, self.files = chain, ListQueue()
        self.seconds = chain.now.timestamp()

    def sweep(self, *, after):
        self.seconds += after
        return Resumer(
            uploads=self.chain.uploads,
            running=RunningUploads(self.chain.cloud.settings.uploads_table, region=REGION),
            sending=Sending(self.chain.uploads, self.chain.chunks, self.chain.finishes),
            files=self.files,
            patience=PATIENCE,
            clock=lambda: self.seconds,
        ).sweep()


@pytest.fixture
def clock(chain):
    return Clock(chain)


def put(chain, rows=100):
    version = chain.cloud.put(KEY, csv_of(*map(imei, range(rows))))
    return chain.plan(KEY, version).upload


def test_what_gets_on_is_left_alone(chain, clock):
    upload = put(chain)
    assert clock.sweep(after=PATIENCE).stuck == ()

    chain.load(chain.chunks.messages[0], clock=lambda: clock.seconds)
    assert clock.sweep(after=1) == Resumed((), 1)
    chain.drain()
    assert clock.sweep(after=10 * PATIENCE) == Resumed((), 0)
    assert Report(chain.cloud, upload).summary["stored"] == 100


def test_a_chunk_whose_message_was_lost_is_sent_again_and_no_other(chain, clock):
    upload = put(chain)
    first, _lost, last = chain.chunks.take()
    chain.load(first)
    chain.load(last)
    assert clock.sweep(after=PATIENCE + 1).running == 1, "two chunks came in since it was looked at"
    assert clock.sweep(after=PATIENCE).stuck == ()
    assert clock.sweep(after=1).stuck == (upload.id,)
    assert chain.chunks.messages == [{"upload_id": upload.id, "chunk": 1}]
    chain.drain()
    assert Report(chain.cloud, upload).summary["stored"] == 100


def test_a_finish_whose_message_was_lost_is_sent_again(chain, clock):
    upload = put(chain)
    for message in chain.chunks.take():
        chain.load(message)
    chain.finishes.take()
    clock.sweep(after=PATIENCE + 1)
    assert clock.sweep(after=PATIENCE + 1).stuck == (upload.id,)
    chain.drain()
    assert Report(chain.cloud, upload).summary["stored"] == 100


def test_a_chunk_that_is_worked_on_is_waited_for(chain, clock):
    upload = put(chain)
    number = chain.chunks.take()[0]["chunk"]
    chain.uploads.take_chunk(upload.id, number, worker="w", now=clock.seconds, until=clock.seconds + PATIENCE + 60)
    assert clock.sweep(after=PATIENCE + 1).stuck == ()
    assert clock.sweep(after=PATIENCE + 1).stuck == (upload.id,)


def test_a_file_that_nobody_read_is_sent_as_if_it_had_just_come(chain, clock):
    version = chain.cloud.put(KEY, csv_of(imei(1)))
    planner = chain.planner()
    planner._plan_file = dies
    with pytest.raises(RuntimeError):
        planner.plan(NewObject(chain.cloud.settings.bucket, KEY, version), reference="R-TEST")
    assert clock.sweep(after=PATIENCE + 1).stuck == (), "a large file takes its time to be read"
    assert len(clock.sweep(after=3 * PATIENCE).stuck) == 1
    (message,) = clock.files.messages
    (new,) = read_notification(json.dumps(message))
    assert new == NewObject(chain.cloud.settings.bucket, KEY, version)
    planned = chain.planner().plan(new, reference="R-AGAIN")
    chain.drain()
    assert Report(chain.cloud, planned.upload).summary["stored"] == 1


def dies(*_):
    raise RuntimeError


def test_what_stays_stuck_is_sent_on_ever_less_often(chain, clock):
    put(chain)
    chain.chunks.take()
    start, moments = clock.seconds, []
    for _ in range(200):
        if clock.sweep(after=PATIENCE / 3).stuck:
            moments.append((clock.seconds - start) / PATIENCE)
            chain.chunks.take()
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == sorted(pauses)
    assert [round(pause) for pause in pauses[1:4]] in ([2, 4, 8], [2, 4, 9])


def test_only_what_is_in_progress_is_looked_after(chain):
    """What is over costs the clock nothing."""
    put(chain)
    heads = [item for item in chain.cloud.scan("UploadsTable") if item["sk"]["S"] == "head"]
    assert [item["outbox"]["S"] for item in heads] == ["running"]
    chain.drain()
    heads = [item for item in chain.cloud.scan("UploadsTable") if item["sk"]["S"] == "head"]
    assert ["outbox" in item for item in heads] == [False]
