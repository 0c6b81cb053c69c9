"""A file that names very many customers: it finishes in rounds, each bounded, and every customer is told."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from rollcall import layout
from rollcall.chain import reporting, sharing
from rollcall.chain.finishing import Finish
from rollcall.chunks import Outcome, context_to_json, outcome_to_json
from rollcall.errors import Fault
from rollcall.notices import approval_notice, upload_notice
from rollcall.rows import FileContext
from rollcall.scopes import Scope, Side
from rollcall.store.upload_chunks import ChunkResult
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import Plan
from rollcall.uploads import Figures, Split, Upload, UploadStatus
from tests.chain import Report
from tests.cloud import REGION

#: The most that DynamoDB keeps in one item, and what SQS delays a message by at the most.
ITEM_BYTES = 400 * 1024
LONGEST_DELAY = 900
CONTEXT = FileContext(headings=("customer_id", "imei"), columns=("customer_id", "imei"))


def customer(number):
    return f"CUST-{number:06}"


class DelayedQueue:
    """A queue that remembers how long each message was to wait."""

    def __init__(self):
        self.sent = []

    def send(self, messages, *, delay=0):
        assert delay <= LONGEST_DELAY
        self.sent += [(message, delay) for message in json.loads(json.dumps(list(messages)))]


class Rounds:
    """An upload whose chunks are all in, and its finisher, called as often as it asks to be.

    Of its customers each has two rows: one that became a device, and for each tenth one that was refused.
    """

    def __init__(self, chain, customers, *, chunk_rows, check_only=False):
        self.chain, self.customers = chain, customers
        chain.finishes, chain.notices = DelayedQueue(), DelayedQueue()
        self.upload = Upload(
            id="U-MANY-0000-0000-0001",
            bucket=chain.cloud.settings.bucket,
            key="uploads/RSL-ACME/_many/many.csv",
            version="1",
            reseller="RSL-ACME",
            customer=None,
            many=True,
            file_name="many.csv",
            check_only=check_only,
            status=UploadStatus.IN_PROGRESS,
            uploaded_by="rae@acme.example",
            source="s3",
            order_number="",
            order_date="",
            stc="",
            started_at="2026-03-01T09:00:00Z",
            reference="R-00000000",
        )
        chain.uploads.begin(self.upload)
        chunks = list(self._chunks(chunk_rows))
        self.rows = sum(map(len, chunks))
        chain.uploads.set_plan(self.upload.id, Plan(chunks=len(chunks), rows=self.rows))
        for number, outcomes in enumerate(chunks):
            self._put(number, outcomes)
        self.rounds = []

    def _chunks(self, size):
        faulty = (Fault("IMEI_LENGTH", "imei", "12"),)
        rows = []
        for number in range(self.customers):
            cells = (customer(number), str(number))
            rows.append(Outcome(0, cells, True, customer(number), {}, "PENDING", (), ()))  # noqa: FBT003 - as it is stored
            if number % 10 == 0:
                rows.append(replace(rows[-1], stored=False, status="", faults=faulty))
        rows.append(replace(rows[0], stored=False, customer="", status="", faults=(Fault("CUSTOMER_UNKNOWN"),)))
        rows = [replace(row, line=line) for line, row in enumerate(rows, 2)]
        for start in range(0, len(rows), size):
            yield rows[start : start + size]

    def _put(self, number, outcomes):
        key = layout.outcome_key(self.upload.id, number, "w")
        self.chain.objects.put_lines(key, [context_to_json(CONTEXT), *map(outcome_to_json, outcomes)])
        stored = sum(outcome.stored for outcome in outcomes)
        result = ChunkResult(number, key, Figures(rows=Split(stored, len(outcomes) - stored)))
        self.chain.uploads.take_chunk(self.upload.id, number, worker="w", now=0, until=1)
        assert self.chain.uploads.finish_chunk(self.upload.id, result, worker="w")

    def go(self, *, seconds=float("inf"), page_seconds=0.0):
        """Finishes in as many rounds as the finisher asks for; what each came to, and after what pause it began.

        Args:
            seconds: that a worker has.
            page_seconds: that it takes for a page of customers.
        """
        pause = 0
        while True:
            self.rounds.append((self.round(seconds=seconds, page_seconds=page_seconds)[0], pause))
            if not self.chain.finishes.sent:
                return self.rounds
            ((message, pause),) = self.chain.finishes.sent
            assert message == {"upload_id": self.upload.id}
            self.chain.finishes.sent.clear()

    def round(self, *, seconds=float("inf"), page_seconds=0.0):
        """One call of the finisher, whose clock stands still but for the pages it stores or tells."""
        left = [seconds + page_seconds]

        def seconds_left():
            left[0] -= page_seconds
            assert left[0] > 0, "a worker ran over its time"
            return left[0]

        return self.chain.finish({"upload_id": self.upload.id}, seconds_left=seconds_left)

    def told(self):
        """How often which notice was sent for, and the longest pause."""
        sent = [(message["id"], delay) for message, delay in self.chain.notices.sent if message["kind"] == "notice"]
        return Counter(name for name, _ in sent), max(delay for _, delay in sent)

    def assert_right(self):
        """The figures are right, each customer has its part, and each was told once and is due."""
        refused = len(range(0, self.customers, 10))
        upload = self.chain.uploads.get(self.upload.id)
        assert upload.status is UploadStatus.COMPLETED_WITH_ERROR
        assert upload.figures.rows == Split(self.customers, refused + 1)
        split = Report(self.chain.cloud, self.upload).summary["by_customer"]
        assert split.pop("CUSTOMER_UNKNOWN") == {"total": 1, "stored": 0, "refused": 1}
        assert split == {
            customer(number): {"total": 1 + (number % 10 == 0), "stored": 1, "refused": int(number % 10 == 0)}
            for number in range(self.customers)
        }
        assert list(self.chain.uploads.customers_of(upload)) == list(map(customer, range(self.customers)))
        notices = {approval_notice(self.upload.id, customer(number)).id for number in range(self.customers)}
        counts, _ = self.told()
        assert {name: counts[name] for name in notices} == dict.fromkeys(notices, 1)
        items = self.chain.cloud.scan("UploadsTable")
        due = {item["pk"]["S"].removeprefix("notice#") for item in items if item.get("outbox", {}).get("S") == "due"}
        assert notices <= due
        assert max(len(repr(item)) for item in items) < ITEM_BYTES / 20, "no record grows with the customers"


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(sharing, "PAGE", 5)
    monkeypatch.setattr(sharing, "ROUND", 4)


@pytest.mark.feature("P10")
@pytest.mark.usefixtures("small_pages")
def test_many_customers_are_stored_and_told_in_rounds(chain):
    """60 customers in pages of 5, of which a worker's time takes 3, and 4 are told before the others have to wait."""
    rounds = Rounds(chain, 60, chunk_rows=7)
    found = rounds.go(seconds=sharing.MARGIN + 2, page_seconds=1)

    rounds.assert_right()
    results = [result for result, _ in found]
    at = results.index(Finish.FINISHED)
    # 12 pages are stored, 3 in a round; the others are told after the upload is final.
    assert at >= 3
    assert set(results[:at]) == {Finish.GOES_ON}
    assert results[at + 1 :] == [Finish.REPEATED] * 4
    assert {pause for _, pause in found} == {0}


@pytest.mark.feature("P10", "B19")
def test_reports_on_very_many_rows_are_written_in_rounds(chain, monkeypatch):
    """Ten chunks, each a group, of which a worker's time takes 3; the customers come once all reports are there."""
    rounds = Rounds(chain, 60, chunk_rows=7)
    monkeypatch.setattr(reporting, "_GROUP_ROWS", 7)
    found = rounds.go(seconds=sharing.MARGIN + 3, page_seconds=1)

    rounds.assert_right()
    assert [result for result, _ in found] == [*[Finish.GOES_ON] * (len(found) - 1), Finish.FINISHED]
    assert len(found) >= 3
    lines = [int(row["line"]) for row in Report(chain.cloud, rounds.upload).results]
    assert lines == list(range(2, 2 + rounds.rows))


@pytest.mark.feature("P10")
@pytest.mark.usefixtures("small_pages")
def test_notices_to_many_leave_room_for_others(chain):
    """A page every 20 seconds, and after 4 pages a pause until all of them are told."""
    rounds = Rounds(chain, 60, chunk_rows=7)
    found = rounds.go()

    rounds.assert_right()
    pause = 4 * sharing.PACE
    assert found == [(Finish.FINISHED, 0), (Finish.REPEATED, pause), (Finish.REPEATED, pause)]
    delays = Counter(delay for message, delay in chain.notices.sent if message["id"] != _of_upload(rounds))
    assert delays == {0: 15, 20: 15, 40: 15, 60: 15}
    assert sharing.PACE * 45 <= LONGEST_DELAY


@pytest.mark.feature("B4")
@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("call", range(0, 80, 9))
def test_a_finisher_killed_among_many_customers(chain, call, monkeypatch):
    """Whatever a worker had done when it died, the next goes on: each part is there, each customer is told."""
    rounds = Rounds(chain, 60, chunk_rows=7)
    calls = iter(range(call, -1, -1))

    def dying(name, original):
        def run(*args, **named):
            if next(calls, -1) == 0:
                raise KilledError(name)
            return original(*args, **named)

        return run

    for store, name in ((chain.uploads, "put_part"), (chain.uploads, "set_shared"), (chain.objects, "put_lines")):
        monkeypatch.setattr(store, name, dying(name, getattr(store, name)))
    with pytest.raises(KilledError):
        rounds.round()
    rounds.go()
    notices = {approval_notice(rounds.upload.id, customer(number)).id for number in range(60)}
    counts, _ = rounds.told()
    assert notices <= set(counts)
    assert list(chain.uploads.customers_of(chain.uploads.get(rounds.upload.id))) == list(map(customer, range(60)))


class KilledError(BaseException):
    """A worker is gone."""


@pytest.mark.feature("P10")
def test_each_customer_sees_its_own_part_of_a_file_for_many(chain):
    rounds = Rounds(chain, 30, chunk_rows=7)
    rounds.go()
    lists = UploadLists(chain.cloud.settings.uploads_table, region=REGION)

    (line,) = lists.of_customer(customer(10)).items
    assert (line.total, line.stored, line.refused) == (2, 1, 1)
    (part,) = lists.find(Scope(customer(11), Side.CUSTOMER), rounds.upload.id)
    assert part.figures.rows == Split(1, 0)
    assert not any(customer(number) in repr(part) for number in range(30) if number != 11)
    assert lists.find(Scope("CUST-NORTHWIND", Side.CUSTOMER), rounds.upload.id) == ()
    assert [one.id for one in lists.of_reseller("RSL-ACME", customer(3)).items] == [rounds.upload.id]
    assert lists.of_reseller("RSL-ACME", "CUST-NORTHWIND").items == ()


@pytest.mark.feature("B5")
def test_a_check_of_many_customers_tells_nobody(chain):
    rounds = Rounds(chain, 30, chunk_rows=7, check_only=True)
    rounds.go()

    assert len(Report(chain.cloud, rounds.upload).summary["by_customer"]) == 31
    assert list(chain.uploads.customers_of(chain.uploads.get(rounds.upload.id))) == []
    counts, _ = rounds.told()
    assert set(counts) == {_of_upload(rounds)}


@pytest.mark.feature("P10")
def test_more_customers_than_a_page_has(chain):
    """Pages as they are, and a worker whose time is up before all is done."""
    rounds = Rounds(chain, 130, chunk_rows=60)
    rounds.go(seconds=sharing.MARGIN + 3, page_seconds=1)

    rounds.assert_right()


def _of_upload(rounds):
    return upload_notice(rounds.upload.id, "RSL-ACME").id
