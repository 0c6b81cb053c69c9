"""Lists written in pieces: however often a run is repeated and wherever one dies, every row comes, and comes once.

A piece ends where the time was up, so two runs of one message end in different places: the first that was kept counts.
"""

from __future__ import annotations

import csv
import io

import pytest

from tests.faults import Killed, watching
from tests.gateway import LambdaContext
from tests.stock import ROLES

UMA, NIA = ROLES["reseller uploader"], ROLES["customer approver"]
LISTS = {
    "devices": (UMA, "/devices export", "", "devices.csv"),
    "audit": (NIA, "/approvals history", "approvals.audit", "audit.csv"),
}


class Pace:
    """Says that the time is up after so many pages."""

    def __init__(self):
        self.pages, self._asked = 10**9, 0

    def set(self, pages):
        self.pages, self._asked = pages, 0

    def __call__(self):
        self._asked += 1
        return 59_000 if self._asked % self.pages == 0 else 61_000


@pytest.fixture
def pace(monkeypatch):
    found = Pace()
    monkeypatch.setattr(LambdaContext, "get_remaining_time_in_millis", staticmethod(found))
    monkeypatch.setattr("rollcall.desk.exporter._DEVICES", 8)
    monkeypatch.setattr("rollcall.store.audit._PAGE", 8)
    return found


@pytest.fixture(params=LISTS)
def asked(request, office, pace):
    """What to do to have a list written, the name of its file, and its rows as one run writes them."""
    person, typed, button, name = LISTS[request.param]

    def ask():
        office.slack.world.files.clear()
        answer = office.command(person, typed)
        if button:
            assert office.click(person, answer, button) == ""

    ask()
    assert office.drain() == [True]
    whole = rows(office.file(name))
    assert len(whole) > 40
    return person, ask, name, whole


def rows(content):
    assert content.count(b"\xef\xbb\xbf") == 1
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def work(office, event):
    """Delivers a message and takes it off the queue."""
    assert office.deliver("jobs", event)
    handle = event["Records"][0]["receiptHandle"]
    office.cloud.client("sqs").delete_message(QueueUrl=office.cloud.queues["jobs"], ReceiptHandle=handle)


def assert_whole(office, asked):
    person, _, name, whole = asked
    assert rows(office.file(name)) == whole
    told = office.messages(person)[-1]["text"]
    assert told.startswith(f"{len(whole):,} ")


@pytest.mark.feature("P14", "B4", "B18")
@pytest.mark.parametrize("again", [1, 3, 10**9], ids=["slower", "faster", "to the end"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_run_that_dies_is_repeated_at_another_pace(office, pace, asked, again, moment):
    """It dies when its piece is kept, and the message for the next one not yet sent, or just sent."""
    asked[1]()
    event = office.receive("jobs")
    pace.set(2)
    with pytest.raises(Killed), watching(**{moment: die_of_sending}):
        office.deliver("jobs", event)
    pace.set(again)
    work(office, event)
    pace.set(2)
    office.drain()

    assert_whole(office, asked)


def die_of_sending(operation, _params):
    if operation == "SendMessageBatch":
        raise Killed


@pytest.mark.feature("P14", "B4", "B18")
@pytest.mark.parametrize("paces", [(2, 1), (1, 3), (3, 10**9)], ids=str)
def test_a_message_that_comes_twice_makes_no_row_come_twice(office, pace, asked, paces):
    asked[1]()
    event = office.receive("jobs")
    for pages in paces:
        pace.set(pages)
        assert office.deliver("jobs", event)
    work(office, event)
    pace.set(1)
    office.drain()

    assert_whole(office, asked)
