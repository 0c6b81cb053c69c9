"""Lists in pieces: whichever runs die, are repeated or overlap, each at its own pace, one whole file comes of them."""

from __future__ import annotations

import tempfile
from collections import deque
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.desk import export_jobs
from rollcall.desk.export_jobs import ExportJobs
from rollcall.desk.exporter import Export
from rollcall.store.objects import Objects
from tests.fakes.s3 import FakeS3

ROWS = 40
PAGE = 3
JOB = {"id": "R-1", "team": "T", "user": "U", "home_team": "T", "account": "RSL-ACME", "question": "devices export"}


class KilledError(BaseException):
    """The worker is gone."""


class Counted:
    """A list of numbers, a page of which is three."""

    def write(self, _person, _account, _question, path, *, cursor=None, enough):
        at = begin = int(cursor or 0)
        with path.open("wb") as file:
            while True:
                page = range(at, min(at + PAGE, ROWS))
                file.write(b"".join(b"%d\n" % number for number in page))
                file.flush()
                at += len(page)
                if at == ROWS or enough():
                    break
        end = at == ROWS
        return Export("reader", "list.csv" if end else "", at - begin, "row", None if end else str(at), "all" * end)


class World:
    """Everything around the jobs."""

    def __init__(self):
        self.s3, self.queue, self.kept, self.sent = FakeS3(), deque([dict(JOB)]), None, []
        self.pages, self.dies = 10**9, ""
        self.jobs = ExportJobs(
            exporter=Counted(),
            desk=None,
            objects=Objects(self.s3, "b"),
            sender=self,
            copies=self,
            jobs=self,
            clock=lambda: 0.0,
        )

    def get(self, _job):
        return self.kept

    def put(self, _job, copy, *, now):
        self._die("before it is remembered")
        self.kept = copy

    def send(self, messages):
        self._die("before sending on")
        self.queue += messages
        self._die("after sending on")

    def file_to_person(self, _team, _user, *, name, content, comment):
        self.sent.append((name, content, comment))
        return "copy"

    def seconds_left(self):
        self.pages -= 1
        return 1_000.0 if self.pages > 0 else 0.0

    def _die(self, moment):
        if self.dies == moment:
            raise KilledError

    def run(self, pages, dies, *, again):
        """Delivers the first message; it stays in the queue when the worker dies, or if it is to come again."""
        self.pages, self.dies = pages, dies
        job = self.queue.popleft()
        try:
            self.jobs.run(job, seconds_left=self.seconds_left)
        except KilledError:
            again = True
        if again:
            self.queue.append(job)


STEPS = st.tuples(
    st.integers(1, 6),
    st.sampled_from(["", "before sending on", "after sending on", "before it is remembered"]),
    st.booleans(),
)


@pytest.mark.feature("P14", "B4", "B18")
@given(st.lists(STEPS, max_size=25))
def test_every_row_comes_and_comes_once(steps):
    world = World()
    for pages, dies, again in steps:
        if world.queue:
            world.run(pages, dies, again=again)
    while world.queue:
        world.run(2, "", again=False)

    whole = b"".join(b"%d\n" % number for number in range(ROWS))
    assert world.kept
    assert set(world.sent) == {("list.csv", whole, "all")}


@pytest.mark.feature("P14")
def test_a_copy_that_comes_after_the_file_was_sent_sends_nothing():
    world = World()
    while world.queue:
        world.run(2, "", again=False)
    assert len(world.sent) == 1
    for number in range(5):
        world.queue.append({**JOB, "piece": number, "cursor": str(6 * number), "rows": 6 * number})
        world.run(2, "", again=False)

    assert len(world.sent) == 1
    assert not world.queue


@pytest.mark.feature("P14", "B19")
def test_a_list_is_begun_anew_where_its_first_pieces_are_gone():
    """They are kept for a day, and a dead letter may be replayed after two weeks."""
    world = World()
    for _ in range(3):
        world.run(2, "", again=False)
    (late,) = world.queue
    for key in list(world.s3.objects)[:2]:
        del world.s3.objects[key]
    while world.queue:
        world.run(3, "", again=False)

    assert late["piece"] == 3
    ((_, content, _),) = world.sent
    assert content == b"".join(b"%d\n" % number for number in range(ROWS))


@pytest.mark.feature("P14")
def test_no_more_than_one_piece_lies_on_the_disk(monkeypatch, tmp_path):
    """A function's disk holds 512 MB, and a list may be longer than that."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(export_jobs, "_LARGEST_PIECE", 20)
    world, most = World(), []
    for operation in ("put_object", "get_object", "head_object"):
        original = getattr(world.s3, operation)

        def watched(*, original=original, **named):
            most.append(sum(file.stat().st_size for file in Path(tmp_path).rglob("*") if file.is_file()))
            return original(**named)

        monkeypatch.setattr(world.s3, operation, watched)
    while world.queue:
        world.run(10**9, "", again=False)

    assert world.sent[0][1].endswith(b"39\n")
    assert len(world.s3.objects) > 3
    assert 0 < max(most) < 20 + PAGE * 3


@pytest.mark.feature("P14")
def test_a_list_that_fits_into_a_message_leaves_nothing_in_the_bucket():
    world = World()
    world.run(10**9, "", again=False)

    assert world.s3.objects == {}
    assert len(world.sent) == 1
