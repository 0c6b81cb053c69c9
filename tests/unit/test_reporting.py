"""Reports on more rows than one worker gets done: in groups and rounds, and the same as if written at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.chain import reporting
from rollcall.chain.reporting import Reporting
from rollcall.chunks import Outcome, context_to_json, outcome_to_json
from rollcall.errors import Fault
from rollcall.rows import FileContext
from rollcall.store.objects import Objects
from rollcall.store.upload_chunks import ChunkResult
from rollcall.uploads import Figures, Split, Upload
from tests.fakes.s3 import FakeS3

PREFIX = "reports/RSL-ACME/U-1/"
UPLOAD = replace(
    Upload(**dict.fromkeys(Upload.__dataclass_fields__, "")), id="U-1", reseller="RSL-ACME", many=True, chunks=7
)
CONTEXT = FileContext(headings=("customer_id", "imei"), columns=("customer_id", "imei"), customer="")
NOTES = (Fault("COLUMN_UNKNOWN", "colour"),)
CHUNKS, ROWS = 7, 4


class KilledError(BaseException):
    """The worker is gone."""


class Bucket(FakeS3):
    """A bucket that notes what is put, and in which a worker may die."""

    def __init__(self):
        super().__init__()
        self.puts, self.calls, self.dies_at = [], 0, None

    def put_object(self, *, Key, **named):  # noqa: N803 - boto3's names
        super().put_object(Key=Key, **named)
        self.puts.append(Key)

    def _call(self, operation):
        super()._call(operation)
        if self.calls == self.dies_at:
            raise KilledError
        self.calls += 1


def outcome(line):
    """Every third row is stored; the others are refused for one reason or two."""
    cells, customer = (f"CUST-{line % 5}", str(line)), f"CUST-{line % 5}"
    if line % 3 == 0:
        return Outcome(line, cells, True, customer, {"imei": str(line)}, "PENDING", (), (Fault("IMEISV_SHORTENED"),))  # noqa: FBT003 - as it is stored
    faults = (Fault("IMEI_LENGTH", "imei", "12"), Fault("CUSTOMER_UNKNOWN"))[: line % 3]
    return Outcome(line, cells, False, customer, {}, "", faults, ())  # noqa: FBT003 - likewise


@pytest.fixture
def bucket():
    return filled()


def filled():
    bucket = Bucket()
    objects = Objects(bucket, "b")
    for number in range(CHUNKS):
        rows = [outcome(2 + ROWS * number + place) for place in range(ROWS)]
        objects.put_lines(f"work/{number}", [context_to_json(CONTEXT), *map(outcome_to_json, rows)])
    bucket.puts, bucket.calls = [], 0
    return bucket


RESULTS = [ChunkResult(number, f"work/{number}", Figures(rows=Split(1, ROWS - 1))) for number in range(CHUNKS)]


def write(bucket, seconds=1_000.0):
    return Reporting(Objects(bucket, "b")).write(UPLOAD, RESULTS, None, NOTES, seconds_left=lambda: seconds)


def reports_of(bucket):
    return {key: body for key, body in bucket.objects.items() if key.startswith(PREFIX)}


@pytest.fixture
def at_once():
    bucket = filled()
    shares = write(bucket)
    assert {key.removeprefix(PREFIX) for key in bucket.puts} == {f"{name}.csv" for name in reporting._SHEETS}
    assert reports_of(bucket)[f"{PREFIX}results.csv"].count(b"\r\n") == 1 + CHUNKS * ROWS
    return shares, reports_of(bucket)


@pytest.mark.feature("P13", "P10")
@pytest.mark.parametrize("rows", [1, 9, 20])
def test_groups_come_to_the_same_as_one(bucket, at_once, monkeypatch, rows):
    monkeypatch.setattr(reporting, "_GROUP_ROWS", rows)

    assert (write(bucket), reports_of(bucket)) == at_once
    assert any(key.startswith("work/U-1/reports/000001/") for key in bucket.puts)


@pytest.mark.feature("P10", "B19")
def test_a_worker_without_time_gets_one_group_done_and_leaves_the_rest(bucket, at_once, monkeypatch):
    """So that each round comes further, however little time it has; and no group is written twice."""
    monkeypatch.setattr(reporting, "_GROUP_ROWS", 1)
    shares, rounds = None, 0
    while shares is None:
        assert reports_of(bucket) == {}
        shares, rounds = write(bucket, seconds=0.0), rounds + 1

    assert (shares, reports_of(bucket)) == at_once
    assert rounds == CHUNKS + 1
    assert len(bucket.puts) == len(set(bucket.puts)) == 5 * CHUNKS + 4


@pytest.mark.feature("B4", "B19")
@pytest.mark.parametrize("call", range(0, 80, 3))
def test_a_worker_killed_at_any_call_leaves_nothing_twice_and_nothing_out(bucket, at_once, monkeypatch, call):
    monkeypatch.setattr(reporting, "_GROUP_ROWS", 1)
    bucket.dies_at = call
    with pytest.raises(KilledError):
        write(bucket)
    done = {key for key in bucket.puts if key.endswith(reporting._SHARES)}
    bucket.dies_at, bucket.puts = None, []

    assert (write(bucket), reports_of(bucket)) == at_once
    assert not done & set(bucket.puts)


@pytest.mark.feature("P13")
def test_a_file_that_failed_before_any_row_has_its_reports():
    bucket, fault = Bucket(), Fault("HEADER_UNKNOWN")
    shares = Reporting(Objects(bucket, "b")).write(replace(UPLOAD, chunks=0), [], fault, ())

    assert shares == ()
    assert b",HEADER_UNKNOWN," in bucket.objects[f"{PREFIX}errors.csv"]
    assert len(bucket.objects) == 4


@given(st.integers(1, 60), st.lists(st.integers(0, 30), max_size=20))
def test_groups_are_whole_chunks_in_order_each_with_enough_rows(least, rows):
    results = [ChunkResult(number, "", Figures(rows=Split(count, 0))) for number, count in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reporting, "_GROUP_ROWS", least)
        groups = list(reporting._groups(results))

    assert [one for group in groups for one in group] == results
    assert len(groups) >= 1
    assert all(sum(one.figures.rows.total for one in group) >= least for group in groups[:-1])
    assert all(groups) or not results
