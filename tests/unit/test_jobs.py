"""Jobs as values: how far they are, what they came to, and back from where they are kept."""

from __future__ import annotations

import json
from dataclasses import replace

from rollcall.approvals.reports import summary
from rollcall.decisions import Decision, DecisionKind
from rollcall.jobs import (
    NAMED,
    Job,
    JobKind,
    JobState,
    NamedRefusal,
    Place,
    Progress,
    job_from_json,
    job_id,
    job_to_json,
)
from rollcall.waiting import Selection

DECISION = Decision("D-1", DecisionKind.ACCEPT, "CUST-NORTHWIND", "person:T:U", "2026-03-01T10:00:00Z")
JOB = Job("J-1", JobKind.BULK_ACCEPT, "CUST-NORTHWIND", DECISION, "2026-03-01T10:00:00Z", total=4)
FULL = replace(
    JOB,
    upload="U-1",
    selection=Selection("PO-1", "M"),
    version=0,
    pages_of="J-1",
    pages=2,
    only_this_time=True,
    source="accept/CUST-NORTHWIND/a.csv",
    source_version="v",
    reply={"team": "T"},
    state=JobState.RUNNING,
    done=3,
    decided=2,
    by_code={"NOT_FOUND": 1},
    refused=(NamedRefusal("1", "NOT_FOUND", "There is nothing."),),
    place=Place(1, 7),
    passes=1,
    finished_at="2026-03-01T10:00:01Z",
    fault="X",
    reference="R-1",
)


def test_a_job_comes_back_as_it_was_kept():
    for job in (JOB, FULL):
        assert job_from_json(json.loads(json.dumps(job_to_json(job))), 5) == replace(job, revision=5)


def test_steps_add_up_and_only_the_first_refusals_are_named():
    refusal = NamedRefusal("1", "NOT_FOUND", "There is nothing.")
    step = Progress(done=15, decided=3, by_code={"NOT_FOUND": 11, "NOT_PENDING": 1}, refused=(refusal,) * 12)
    job = JOB.advance(step, Place(1)).advance(step, Place(2))

    assert (job.state, job.done, job.decided, job.place) == (JobState.RUNNING, 30, 6, Place(2))
    assert job.by_code == {"NOT_FOUND": 22, "NOT_PENDING": 2}
    assert len(job.refused) == NAMED
    assert not job.is_over


def test_a_job_that_begins_again_counts_anew():
    again = FULL.begin_again()

    assert (again.done, again.decided, again.by_code, again.refused, again.place) == (0, 0, {}, (), Place())
    assert (again.passes, again.total, again.state) == (2, 4, JobState.RUNNING)


def test_a_job_that_is_refused_is_over():
    refused = JOB.refuse("UPLOAD_CHANGED", at="2026-03-01T10:00:02Z")

    assert refused.is_over
    assert (refused.fault, refused.finished_at) == ("UPLOAD_CHANGED", "2026-03-01T10:00:02Z")


def test_the_summary_adds_up_with_the_most_frequent_cause_first():
    job = replace(JOB, total=9, decided=4, by_code={"A": 1, "NOT_PENDING": 3, "B": 1}, state=JobState.DONE)
    figures = summary(job)

    assert figures["total"] == figures["accepted"] + figures["refused"]
    assert list(figures["by_code"]) == ["NOT_PENDING", "A", "B"]


def test_the_same_occasion_is_the_same_job():
    assert job_id("a", "b") == job_id("a", "b") != job_id("ab", "")
    assert job_id("a").startswith("J-")
