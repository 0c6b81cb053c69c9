"""A job dies at each of its calls in turn, before and behind its effect, and its message comes again."""

from __future__ import annotations

import json

import pytest

from rollcall.approvals import Wish
from rollcall.jobs import JobState
from rollcall.lists import pasted
from tests.approvals import MAX, NIA, REJECT, Office
from tests.books import right_books
from tests.faults import Killed, Killer
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
DEVICES = 3
READS = {"GetItem", "BatchGetItem", "Query", "GetObject", "HeadObject"}


@pytest.fixture
def office(cloud):
    return Office(cloud)


@pytest.fixture
def small(monkeypatch):
    """Pages of two, everything is a job, and each step is remembered."""
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 0)
    monkeypatch.setattr("rollcall.approvals.upload_steps.PAGE", 2)
    monkeypatch.setattr("rollcall.approvals.upload_steps.PAGES", 2)
    monkeypatch.setattr("rollcall.approvals.starter.PAGE", 2)
    monkeypatch.setattr("rollcall.approvals.runner._STEPS", 1)


def all_of_it(office, upload):
    office.approvals.decide_upload(NIA, upload, 0, Wish("all"))


def by_list(office, upload):
    office.reject(2)
    office.approvals.decide_list(NIA, pasted(" ".join(imei(one) for one in range(1, DEVICES + 2))), Wish("list"))


def undo(office, upload):
    decided = office.approvals.decide_upload(NIA, upload, 0, Wish("all", REJECT))
    office.work()
    office.approvals.undo(MAX, decided.job.decision.id, once="undo")


def run(office, killer=None):
    """Delivers the job's message until it has ended well, the first time with a killer; the job as it is then."""
    job = None
    while office.queue.messages:
        message = office.queue.messages[0]
        if killer and not killer.struck:
            try:
                with killer.stalking():
                    job = office.runner().run(message["id"])
            except Killed:
                continue
        else:
            job = office.runner().run(message["id"])
        office.queue.messages.remove(message)
    return job


def ending(office, job):
    """What is left for anybody to see; how often the job was remembered is nobody's business."""
    reports = office.cloud.client("s3").list_objects_v2(Bucket=office.cloud.settings.bucket, Prefix="reports/CUST")
    uploads = {}
    for item in office.cloud.peek("UploadsTable"):
        item.pop("revision", None)
        uploads[item["pk"]["S"], item["sk"]["S"]] = item
    return (
        sorted(map(str, office.cloud.peek("DevicesTable"))),
        uploads,
        {found["Key"]: office.cloud.get(found["Key"]) for found in reports.get("Contents", [])},
        (job.state, job.total, job.done, job.decided, job.by_code),
    )


@pytest.mark.feature("B19")
@pytest.mark.feature("P26")
@pytest.mark.parametrize("begin", [all_of_it, by_list, undo])
def test_a_job_that_dies_at_any_call_ends_as_if_it_had_not(office, chain, small, begin):
    upload = chain.upload(KEY, csv_of(*map(imei, range(1, DEVICES + 1)))).upload_id
    begin(office, upload)
    checkpoint, messages = office.cloud.checkpoint(), list(office.queue.messages)
    counter = Killer()
    job = run(office, counter)
    wanted = ending(office, job)
    assert job.state is JobState.DONE
    assert job.decided == DEVICES - (begin is by_list)

    for at, operation in enumerate(counter.calls):
        for effect in (False, True):
            if effect and operation in READS:
                continue  # to die behind a read is to die before the next call
            office.cloud.restore(checkpoint)
            office.queue.messages = list(messages)
            killer = Killer(at=at, effect=effect)
            job = run(office, killer)

            assert killer.struck
            assert ending(office, job) == wanted, f"killed at call {at}, {operation}"
    right_books(office.cloud, office, {})


def test_the_report_of_a_list_is_json_that_adds_up(office, chain, small):
    upload = chain.upload(KEY, csv_of(*map(imei, range(1, DEVICES + 1)))).upload_id
    by_list(office, upload)
    job = run(office)
    summary = json.loads(office.cloud.get(f"reports/{job.account}/{job.id}/summary.json"))

    assert summary["total"] == summary["accepted"] + summary["refused"] == DEVICES + 1
    assert summary["by_code"] == {"NOT_FOUND": 1, "NOT_PENDING": 1}
