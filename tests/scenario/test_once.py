"""Everything may come twice, late, or at the same time: each device is stored once, and the figures stay right."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from rollcall.chain.planning import Result
from rollcall.notifications import NewObject
from rollcall.store.patience import OutOfTimeError
from rollcall.store.upload_chunks import LeaseHeldError
from tests.chain import Report, sample_file
from tests.faults import watching
from tests.files_of import csv_of, imei

NORTHWIND = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
THREE = csv_of(*map(imei, range(3)))


def recount(cloud):
    """Devices by upload, out of the table itself; every pointer must lead to one."""
    items = cloud.scan("DevicesTable")
    devices = {item["id"]["S"]: item for item in items if item["kind"]["S"] == "device"}
    for item in items:
        if item["kind"]["S"] == "pointer":
            owner = devices[item["device"]["S"]]
            assert (owner["upload"], owner["line"]) == (item["upload"], item["line"])
    assert all(len(device["history"]["L"]) == 1 for device in devices.values())
    return Counter(device["upload"]["S"] for device in devices.values())


def assert_right(cloud, *reports):
    """What the summaries say is what the table holds, and no more."""
    assert recount(cloud) == {
        report.upload_id: report.summary["stored"] for report in reports if report.summary["stored"]
    }
    for report in reports:
        outcomes = Counter(row["outcome"] for row in report.results)
        assert outcomes == +Counter(stored=report.summary["stored"], refused=report.summary["refused"])


@pytest.mark.feature("B4")
def test_the_same_event_again_when_all_is_over(chain, cloud):
    report = chain.upload(NORTHWIND, THREE)
    summary = report.raw("summary.json")
    planned = chain.plan(NORTHWIND, report.summary["source_version"])
    chain.drain()

    assert planned.result is Result.OVER
    assert report.raw("summary.json") == summary
    assert_right(cloud, report)


@pytest.mark.feature("B4")
@pytest.mark.parametrize("loaded", [0, 1, 2, 3])
def test_the_same_event_again_on_the_way(limited, cloud, loaded):
    """Two plans of one file send its chunks twice; only what is not done yet is sent again."""
    chain = limited(chunk_rows=1)
    version = cloud.put(NORTHWIND, THREE)
    chain.plan(NORTHWIND, version)
    messages = chain.chunks.take()
    for message in messages[:loaded]:
        chain.load(message)
    again = chain.plan(NORTHWIND, version)

    assert again.result is Result.SENT_AGAIN
    assert chain.chunks.messages == messages[loaded:]

    chain.chunks.send(messages)
    chain.drain()
    assert_right(cloud, Report(cloud, again.upload))


@pytest.mark.feature("B4")
def test_a_plan_that_stands_needs_no_second_look_at_the_file(chain, cloud):
    version = cloud.put(NORTHWIND, THREE)
    chain.plan(NORTHWIND, version)
    calls = []

    with watching(before=lambda operation, _params: calls.append(operation)):
        chain.plan(NORTHWIND, version)

    assert not {"GetObject", "PutObject"} & set(calls)


@pytest.mark.feature("B4")
def test_two_planners_at_once_make_one_plan(limited, cloud):
    chain = limited(chunk_rows=1)
    version = cloud.put(NORTHWIND, THREE)
    others = []

    def second(operation, params):
        if operation == "UpdateItem" and "chunks" in str(params) and not others:
            others.append(None)
            others[0] = chain.plan(NORTHWIND, version)

    with watching(before=second):
        first = chain.plan(NORTHWIND, version)
    chain.drain()

    assert (others[0].result, first.result) == (Result.PLANNED, Result.SENT_AGAIN)
    assert_right(cloud, Report(cloud, others[0].upload))


@pytest.mark.feature("B4")
def test_a_late_event_of_an_older_version(chain, cloud):
    """Each version is an upload of its own; that of the event that came first wins the devices."""
    older = cloud.put(NORTHWIND, csv_of(imei(1), imei(2)))
    newer = cloud.put(NORTHWIND, csv_of(imei(2), imei(3)))
    reports = []
    for version in (newer, older, newer):
        planned = chain.plan(NORTHWIND, version)
        chain.drain()
        reports.append(Report(cloud, planned.upload))
    new, old, again = reports

    assert new.upload_id == again.upload_id != old.upload_id
    assert (new.summary["stored"], new.summary["refused"]) == (2, 0)
    assert old.codes == {3: {"DUPLICATE_SAME_CUSTOMER"}}
    assert old.summary["source_version"] == older
    assert_right(cloud, new, old)


@pytest.mark.feature("B4")
def test_an_event_that_names_no_version_is_about_the_newest(chain, cloud):
    version = cloud.put(NORTHWIND, THREE)
    without = chain.planner().plan(NewObject(cloud.settings.bucket, NORTHWIND, ""), reference="R-TEST")

    assert without.upload.version == version
    assert chain.plan(NORTHWIND, version).upload.id == without.upload.id


@pytest.mark.feature("B4")
@pytest.mark.parametrize("times", [2, 3])
def test_a_chunk_message_several_times(limited, cloud, times):
    chain = limited(chunk_rows=2)
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    chain.chunks.messages *= times
    chain.drain()

    assert_right(cloud, Report(cloud, planned.upload))
    outcomes = [key for key in _keys(cloud) if "/outcomes/" in key]
    assert len(outcomes) == 2  # done once: the others had nothing left to do


@pytest.mark.feature("B4")
def test_a_redelivered_chunk_still_tells_the_finisher(limited, cloud):
    """The worker that stored the last chunk may have died before it told."""
    chain = limited(chunk_rows=2)
    chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    first, last = chain.chunks.take()
    chain.load(first)
    chain.load(last)
    chain.finishes.take()
    loaded = chain.load(first)

    assert (loaded.figures, loaded.last) == (None, True)
    assert len(chain.finishes.messages) == 1


@pytest.mark.feature("B4")
@pytest.mark.parametrize("operation", ["GetObject", "BatchGetItem", "TransactWriteItems", "PutObject"])
def test_two_workers_on_one_chunk(chain, cloud, operation):
    """The second one is sent away until the first one's time is over."""
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    (message,) = chain.chunks.take()
    held = []

    def second(called, _params):
        if called == operation and not held:
            held.append(None)
            with pytest.raises(LeaseHeldError) as refused:
                chain.load(message)
            held[0] = refused.value.seconds

    with watching(before=second):
        chain.load(message)
    chain.drain()

    assert 0 < held[0] <= 60
    assert_right(cloud, Report(cloud, planned.upload))


@pytest.mark.feature("B4")
@pytest.mark.parametrize("operation", ["GetObject", "BatchGetItem", "TransactWriteItems", "PutObject", "UpdateItem"])
def test_a_worker_that_outlived_its_lease(chain, cloud, operation):
    """Another one has done the chunk meanwhile, and its result stands; the devices are the same."""
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    (message,) = chain.chunks.take()
    late = []

    def overtake(called, params):
        finishing = called == "UpdateItem" and "figures" in str(params)
        if (finishing if operation == "UpdateItem" else called == operation) and not late:
            late.append(None)
            chain.load(message, clock=lambda: 4e9)
            chain.drain()

    with watching(before=overtake):
        chain.load(message, clock=lambda: 1e9)
    chain.drain()

    report = Report(cloud, planned.upload)
    (result,) = chain.uploads.chunk_results(planned.upload.id)
    assert late
    assert "-w2." in result.outcomes
    assert (report.summary["stored"], report.summary["refused"]) == (3, 0)
    assert_right(cloud, report)


def test_a_worker_whose_call_was_repeated_below_it_keeps_its_lease(chain, cloud):
    """The client library repeats a call whose answer was lost: the lease it then finds is its own."""
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    taken = {"worker": "w", "now": 1_000.0, "until": 1_060.0}

    assert chain.uploads.take_chunk(planned.upload.id, 0, **taken) is None
    assert chain.uploads.take_chunk(planned.upload.id, 0, **taken) is None
    with pytest.raises(LeaseHeldError):
        chain.uploads.take_chunk(planned.upload.id, 0, **{**taken, "worker": "other"})
    assert chain.uploads.take_chunk(planned.upload.id, 0, worker="other", now=1_060.0, until=1_120.0) is None


def test_a_worker_that_ran_out_of_time_gives_its_lease_back(chain, cloud):
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    (message,) = chain.chunks.take()
    with pytest.raises(OutOfTimeError):
        chain.load(message, claims=chain.claims(seconds_left=lambda: 1.0))
    chain.load(message)
    chain.drain()

    assert_right(cloud, Report(cloud, planned.upload))


@pytest.mark.feature("B4")
def test_a_finish_message_too_early_or_again(limited, cloud):
    chain = limited(chunk_rows=2)
    planned = chain.plan(NORTHWIND, cloud.put(NORTHWIND, THREE))
    message = {"upload_id": planned.upload.id}

    assert chain.finish(message)[0] == "not_yet"
    chain.drain()
    summary = Report(cloud, planned.upload).raw("summary.json")
    assert chain.finish(message)[0] == "repeated"
    assert Report(cloud, planned.upload).raw("summary.json") == summary
    assert chain.finish({"upload_id": "U-NONE"}) == ("unknown", None)


@pytest.mark.feature("B4")
@pytest.mark.feature("P16")
def test_the_same_file_under_another_name(chain, cloud):
    first = chain.upload(NORTHWIND, sample_file("clean_25.csv"))
    second = chain.upload(NORTHWIND.replace("a.csv", "copy of a.csv"), sample_file("clean_25.csv"))

    assert first.summary["sha256"] == second.summary["sha256"]
    assert second.summary["by_code"] == {"DUPLICATE_SAME_CUSTOMER": 25}
    assert_right(cloud, first, second)


def _keys(cloud):
    answer = cloud.client("s3").list_objects_v2(Bucket=cloud.settings.bucket)
    return [found["Key"] for found in answer.get("Contents", ())]


PAIRS = csv_of(*(f"{imei(2 * number)},{imei(2 * number + 1)}" for number in range(6)), header="imei,imei2")
#: The same devices backwards, their IMEIs the other way round.
BACKWARDS = csv_of(*(f"{imei(2 * n + 1)},{imei(2 * n)}" for n in reversed(range(6))), header="imei,imei2")


@pytest.fixture
def small_transactions(monkeypatch):
    """Two devices a transaction, so that a small chunk takes several."""
    monkeypatch.setattr("rollcall.store.claims.TRANSACTION_ACTIONS", 4)


@pytest.fixture
def two_files(chain, cloud, small_transactions):
    """Two files with the same devices, planned, and the message of the one chunk of each."""
    keys = (NORTHWIND, NORTHWIND.replace("a.csv", "b.csv"))
    planned = [chain.plan(key, cloud.put(key, body)) for key, body in zip(keys, (PAIRS, BACKWARDS), strict=True)]
    return chain.chunks.take(), [Report(cloud, one.upload) for one in planned]


def assert_shared(cloud, reports):
    """Each of the six devices went to one of the two, and the other was told why not."""
    assert_right(cloud, *reports)
    assert sum(report.summary["stored"] for report in reports) == 6
    assert sum(report.summary["refused"] for report in reports) == 6
    for report in reports:
        assert set(report.summary["by_code"]) <= {"DUPLICATE_SAME_CUSTOMER"}
    assert len(cloud.scan("DevicesTable")) == 12


@pytest.mark.feature("B4")
@pytest.mark.feature("B11")
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_two_files_with_the_same_devices_one_within_the_other(chain, cloud, two_files, turn):
    """All of the second file is stored just before the first one's n-th transaction."""
    (one, other), reports = two_files
    transactions = []

    def intrude(operation, _params):
        if operation == "TransactWriteItems":
            transactions.append(operation)
            if len(transactions) == turn + 1:
                chain.load(other)

    with watching(before=intrude):
        chain.load(one)
    chain.drain()

    assert_shared(cloud, reports)
    assert [report.summary["stored"] for report in reports] == [2 * turn, 6 - 2 * turn]


@pytest.mark.feature("B4")
@pytest.mark.feature("B11")
@pytest.mark.parametrize("operations", [{"TransactWriteItems"}, {"TransactWriteItems", "BatchGetItem"}])
def test_two_files_with_the_same_devices_taking_turns(chain, cloud, two_files, operations):
    """A transaction of the one, a transaction of the other, from both ends of the same devices."""
    messages, reports = two_files
    turns = Turns(2)
    loads = [lambda message=message: chain.load(message) for message in messages]

    with watching(before=lambda operation, _params: turns.hand_over() if operation in operations else None):
        turns.run(loads)
    chain.drain()

    assert_shared(cloud, reports)
    assert min(report.summary["stored"] for report in reports) > 0


class Turns:
    """Threads of which one runs at a time; each hands over to the next that is not done."""

    def __init__(self, count):
        self._condition = threading.Condition()
        self._waiting = list(range(count))
        self._place = threading.local()
        self._errors = []

    def run(self, jobs):
        threads = [threading.Thread(target=self._run, args=(number, job)) for number, job in enumerate(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not self._errors, self._errors

    def hand_over(self):
        with self._condition:
            self._waiting.append(self._waiting.pop(0))
            self._condition.notify_all()
            self._wait()

    def _run(self, number, job):
        self._place.number = number
        with self._condition:
            self._wait()
        try:
            job()
        except Exception as error:  # noqa: BLE001 - told by the thread that started this one
            self._errors.append(error)
        with self._condition:
            self._waiting.remove(number)
            self._condition.notify_all()

    def _wait(self):
        assert self._condition.wait_for(lambda: self._waiting[0] == self._place.number, timeout=30)
