"""A customer decides: on one, on several, on all of an upload, by a list; and takes it back."""

from __future__ import annotations

import csv
import io
import json

import pytest

from rollcall.accounts import CustomerRole, Registration
from rollcall.approvals import Approver, Decided, Denied, NeedsRegistration, Queued, Stale, Taken, Wish
from rollcall.jobs import JobState
from rollcall.lists import pasted, template
from rollcall.store.grants import Grant
from rollcall.ticking.resuming import Resumed, job_resumer
from rollcall.waiting import Selection
from tests.approvals import MAX, NIA, REJECT, Office
from tests.books import right_books
from tests.faults import Killed, watching
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
BOLT = "uploads/RSL-BOLTWAVE/CUST-FABRIKAM/b.csv"
FABRIKAM = Approver("CUST-FABRIKAM", CustomerRole.APPROVER, "person:T0FAB:U0FAY")


@pytest.fixture
def office(cloud):
    return Office(cloud)


@pytest.fixture
def stored(chain):
    """Uploads phones for Northwind, numbered from 1, and gives the upload's id."""

    def store(count, *, key=KEY, first=1, model="M", orders=1):
        rows = [f"{imei(one)},{model},PO-{one % orders}" for one in range(first, first + count)]
        return chain.upload(key, csv_of(*rows, header="imei,model,order_number")).upload_id

    return store


def other_key(name):
    return KEY.replace(".csv", f"-{name}.csv")


@pytest.fixture
def small(monkeypatch):
    """Everything above five devices is a job."""
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 5)
    monkeypatch.setattr("rollcall.approvals.upload_steps.PAGE", 7)
    monkeypatch.setattr("rollcall.lists.PAGE", 7)
    monkeypatch.setattr("rollcall.approvals.starter.PAGE", 7)
    monkeypatch.setattr("rollcall.approvals.list_files.PAGE", 7)


def report(cloud, job, name="summary.json"):
    return cloud.get(f"reports/{job.account}/{job.id}/{name}")


# ---- one and several ------------------------------------------------------------------------------------------------


@pytest.mark.feature("P22")
@pytest.mark.feature("P25")
def test_one_and_several(office, stored):
    stored(4)
    one, several = office.accept(1), office.reject(2, 3, reason="not ordered")

    assert isinstance(one, Decided)
    assert len(several.outcome.decided) == 2
    assert [office.status(number) for number in (1, 2, 3, 4)] == ["VERIFIED", "REJECTED", "REJECTED", "PENDING"]
    assert several.decision.until == "2026-03-01T10:10:00Z"


@pytest.mark.parametrize("role", [CustomerRole.VIEWER])
def test_who_may_not_decide_is_told_so(office, stored, role):
    upload = stored(1)
    viewer = Approver("CUST-NORTHWIND", role, "person:T0NW:U0VIC")
    wish = Wish("x")
    answers = [
        office.approvals.decide(viewer, [], wish),
        office.approvals.decide_upload(viewer, upload, 0, wish),
        office.approvals.decide_list(viewer, (), wish),
        office.approvals.undo(viewer, "D-1", once="x"),
        office.approvals.register(viewer, "RSL-ACME", Registration.BLOCKED),
    ]

    assert [answer.faults[0].code for answer in answers] == ["DECISION_NOT_ALLOWED"] * 5


@pytest.mark.feature("P23")
def test_an_approval_id_is_for_a_single_device(office, stored):
    upload = stored(3)
    answers = [
        office.accept(1, 2, approval_id="BANK 7"),
        office.approvals.decide_upload(NIA, upload, 0, Wish("a", approval_id="BANK 7")),
        office.approvals.decide_list(NIA, pasted(imei(1)), Wish("b", approval_id="BANK 7")),
    ]

    assert [answer.faults[0].code for answer in answers] == ["APPROVAL_ID_SINGLE"] * 3
    assert office.accept(1, approval_id=" BANK 7 ").outcome.decided[0].approval_id == "BANK 7"
    assert office.reject(2, reason="x" * 501).faults[0].code == "VALUE_TOO_LONG"


@pytest.mark.feature("P22")
def test_several_at_once_are_from_one_reseller(office, stored):
    stored(2)
    stored(1, key="uploads/RSL-ACME/CUST-CONTOSO/c.csv", first=10)
    stored(1, key="uploads/RSL-BOLTWAVE/MSP-CONTOSO/d.csv", first=20)
    contoso = Approver("CUST-CONTOSO", CustomerRole.APPROVER, "person:T0CON:U0CY")

    assert office.decide(10, 20, by=contoso, kind=REJECT).faults[0].code == "SEVERAL_RESELLERS"
    assert office.status(10) == "PENDING"


@pytest.mark.feature("P24")
def test_accepting_from_an_unregistered_reseller_asks_first(office, stored):
    stored(3, key=BOLT)
    asked = office.accept(1, by=FABRIKAM)

    assert asked == NeedsRegistration("RSL-BOLTWAVE", Registration.UNREGISTERED)
    assert office.status(1) == "PENDING"
    assert isinstance(office.reject(1, by=FABRIKAM), Decided)
    assert isinstance(office.accept(2, by=FABRIKAM, only_this_time=True), Decided)
    assert isinstance(office.accept(3, by=FABRIKAM), NeedsRegistration)
    assert office.approvals.register(FABRIKAM, "RSL-BOLTWAVE", Registration.REGISTERED) is None
    assert isinstance(office.accept(3, by=FABRIKAM), Decided)


@pytest.mark.feature("P24")
def test_what_came_before_a_block_is_left_to_review(office, stored):
    stored(2, key=BOLT)
    office.approvals.register(FABRIKAM, "RSL-BOLTWAVE", Registration.BLOCKED)

    assert office.accept(1, by=FABRIKAM) == NeedsRegistration("RSL-BOLTWAVE", Registration.BLOCKED)
    assert isinstance(office.accept(1, by=FABRIKAM, only_this_time=True), Decided)


def test_the_same_click_later_says_what_it_said(office, stored):
    stored(1)
    first = office.accept(1, once="click")
    office.wait(minutes=3)

    assert office.accept(1, once="click") == first


# ---- all of an upload -----------------------------------------------------------------------------------------------


@pytest.mark.feature("P22")
@pytest.mark.feature("B6")
def test_two_who_press_all_at_once_have_one_winner(office, stored):
    upload = stored(4)
    won = office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    lost = office.approvals.decide_upload(MAX, upload, 0, Wish("b", REJECT))

    assert len(won.outcome.decided) == 4
    assert isinstance(lost, Stale)
    assert (lost.pending.total, lost.by.by, lost.by.kind) == (0, NIA.by, "accept")


@pytest.mark.feature("P22")
def test_all_of_a_large_upload_is_a_job_that_nobody_gets_between(office, stored, small):
    upload = stored(60)
    office.reject(5)
    queued = office.approvals.decide_upload(NIA, upload, 1, Wish("a"))
    lost = office.approvals.decide_upload(MAX, upload, 1, Wish("b", REJECT))
    faster = office.reject(7, by=MAX)
    again = office.approvals.decide_upload(NIA, upload, 1, Wish("a"))
    job = office.work()

    assert isinstance(queued, Queued)
    assert queued.job.decision.until == "2026-03-02T10:00:00Z"  # more than fifty
    assert lost == Taken(queued.job.decision)
    assert isinstance(faster, Decided)
    assert again.job.id == queued.job.id
    assert (job.state, job.total, job.decided, job.by_code) == (JobState.DONE, 59, 58, {"NOT_PENDING": 1})
    assert {office.status(number) for number in range(1, 61)} == {"VERIFIED", "REJECTED"}
    figures = office.decisions.parts.figures(upload, "CUST-NORTHWIND")
    assert (figures.verified, figures.settled) == (58, 60)
    part = office.decisions.parts.get(upload, "CUST-NORTHWIND")
    assert (part.deciding, part.whole.by) == ("", NIA.by)
    assert office.decisions.get(job.decision.id).devices == 58


@pytest.mark.feature("P22")
def test_what_is_decided_while_the_job_runs_is_told(office, stored, small):
    upload = stored(20)
    office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    office.seconds_left = iter([60.0] * 4 + [5.0] * 2 + [60.0] * 1000).__next__
    first = office.runner().run(office.queue.take()[0]["id"])
    office.reject(20, by=MAX)
    job = office.work()

    assert (first.state, first.decided < 20) == (JobState.RUNNING, True)
    assert (job.state, job.total, job.decided, job.by_code) == (JobState.DONE, 20, 19, {"NOT_PENDING": 1})
    assert job.refused[0].value == imei(20)


@pytest.mark.feature("P22")
def test_a_large_upload_that_changed_before_its_job_began_is_left_alone(office, stored, small):
    upload = stored(20)
    clicked = []

    def click(operation, _params):
        if operation == "TransactWriteItems" and not clicked:
            clicked.append(True)
            office.reject(3, by=MAX)

    with watching(before=click):
        answer = office.approvals.decide_upload(NIA, upload, 0, Wish("a"))

    assert isinstance(answer, Stale)
    assert answer.pending.total == 19
    assert office.work() is None
    assert office.status(1) == "PENDING"
    assert office.decisions.parts.get(upload, "CUST-NORTHWIND").deciding == ""


def test_a_click_that_died_behind_its_first_write_is_checked_by_the_job(office, stored, small):
    upload = stored(20)
    calls = []

    def strike(operation, _params):
        calls.append(operation)
        if calls.count("TransactWriteItems") == 1 and operation == "TransactWriteItems":
            office.reject(3, by=MAX)
        elif operation == "TransactWriteItems":
            raise Killed

    with pytest.raises(Killed), watching(after=strike):
        office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    (stuck,) = office.jobs.stuck(before="2026-03-02T00:00:00Z")
    job = office.runner().run(stuck.id)

    assert (job.state, job.fault) == (JobState.REFUSED, "UPLOAD_CHANGED")
    assert office.decisions.parts.get(upload, "CUST-NORTHWIND").deciding == ""


@pytest.mark.feature("B9")
def test_a_part_of_a_large_upload(office, stored, small):
    upload = stored(20, orders=2)
    office.approvals.decide_upload(NIA, upload, 0, Wish("a", REJECT), selection=Selection(order="po-1"))
    job = office.work()

    assert (job.state, job.decided) == (JobState.DONE, 10)
    assert [office.status(number) for number in (1, 2, 3)] == ["REJECTED", "PENDING", "REJECTED"]


def test_an_upload_of_somebody_else_is_not_there(office, stored):
    upload = stored(2)
    answer = office.approvals.decide_upload(FABRIKAM, upload, 0, Wish("a"))

    assert isinstance(answer, Denied)
    assert answer.faults[0].code == "NOT_FOUND"


def test_a_part_of_a_file_for_many_customers(office, chain, small):
    owners = ["CUST-NORTHWIND", "CUST-CONTOSO"]
    rows = [f"{owners[number % 2]},{imei(number)}" for number in range(1, 101)]
    upload = chain.upload("uploads/RSL-ACME/_many/m.csv", csv_of(*rows, header="customer_id,imei")).upload_id
    office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    job = office.work()

    assert (job.state, job.total, job.decided) == (JobState.DONE, 50, 50)
    assert [office.status(number) for number in (1, 2)] == ["PENDING", "VERIFIED"]
    assert office.decisions.parts.figures(upload, "CUST-CONTOSO").version == 0


def test_an_upload_in_progress_waits(office, chain, cloud):
    version = cloud.put(KEY, csv_of(*map(imei, range(1, 4))))
    planned = chain.plan(KEY, version)
    for message in chain.chunks.take():
        chain.load(message)

    assert office.approvals.decide_upload(NIA, planned.upload.id, 0, Wish("a")).faults[0].code == "NOT_FOUND"
    assert isinstance(office.accept(1), Decided)
    chain.drain()
    assert office.decisions.pending_of(planned.upload.id, "CUST-NORTHWIND").total == 2


def test_a_finisher_that_comes_late_leaves_decisions_alone(office, chain, stored):
    upload = stored(3)
    office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    before = office.decisions.parts.get(upload, "CUST-NORTHWIND")
    found = office.uploads.get(upload)
    office.uploads.put_part(
        found, "CUST-NORTHWIND", found.figures.rows, found.status, chunks=b"", at="2026-03-01T09:30:00Z"
    )

    assert before.whole is not None
    assert office.decisions.parts.get(upload, "CUST-NORTHWIND") == before


# ---- undo -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B7")
def test_any_approver_undoes_within_the_window_and_nobody_after_it(office, stored):
    stored(2)
    first, second = office.accept(1), office.reject(2)
    office.wait(minutes=9)
    undone = office.approvals.undo(MAX, first.decision.id, once="u")
    office.wait(minutes=1)
    late = office.approvals.undo(MAX, second.decision.id, once="v")

    assert len(undone.outcome.decided) == 1
    assert late.faults[0].code == "UNDO_TOO_LATE"
    assert [office.status(number) for number in (1, 2)] == ["PENDING", "REJECTED"]
    assert office.approvals.undo(MAX, first.decision.id, once="u").outcome.done == 1  # the same click, late
    assert office.approvals.undo(FABRIKAM, first.decision.id, once="w").faults[0].code == "NOT_FOUND"


@pytest.mark.feature("B7")
def test_a_decision_on_a_large_upload_is_undone_by_a_job(office, stored, small):
    upload = stored(20)
    decided = office.approvals.decide_upload(NIA, upload, 0, Wish("a", REJECT))
    office.work()
    office.wait(minutes=5)
    queued = office.approvals.undo(MAX, decided.job.decision.id, once="u")
    taken = office.approvals.undo(NIA, decided.job.decision.id, once="v")
    job = office.work()

    assert isinstance(queued, Queued)
    assert isinstance(taken, Taken)
    assert (job.state, job.decided) == (JobState.DONE, 20)
    pending = office.decisions.pending_of(upload, "CUST-NORTHWIND")
    assert (pending.total, pending.counted) == (20, 20)
    record = office.decisions.get(decided.job.decision.id)
    assert (record.undone.by, record.undone.devices) == (MAX.by, 20)


def test_an_undo_waits_while_somebody_decides_on_the_whole_upload(office, stored, small):
    upload = stored(20)
    one = office.accept(1)
    queued = office.approvals.decide_upload(MAX, upload, 1, Wish("a"))
    undone = office.approvals.undo(NIA, one.decision.id, once="u")
    office.work()

    assert undone == Taken(queued.job.decision)
    assert office.status(1) == "VERIFIED"
    assert len(office.approvals.undo(NIA, one.decision.id, once="u").outcome.decided) == 1


# ---- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P26")
def test_a_list_may_mix_resellers_each_registered(office, cloud, stored, small):
    stored(20, key="uploads/RSL-ACME/CUST-CONTOSO/a.csv")
    stored(3, key="uploads/RSL-BOLTWAVE/MSP-CONTOSO/b.csv", first=30)
    stored(1, first=50)
    contoso = Approver("CUST-CONTOSO", CustomerRole.APPROVER, "person:T0CON:U0CY")
    office.approvals.register(contoso, "RSL-ACME", Registration.REGISTERED)
    office.reject(2, by=contoso)
    text = "\n".join([*map(imei, range(1, 21)), imei(30), imei(50), imei(1), "123", ""])
    queued = office.approvals.decide_list(contoso, pasted(text), Wish("a"))
    job = office.work()

    assert queued.job.total == job.total == 24
    assert job.by_code == {
        "NOT_PENDING": 1,
        "RESELLER_NOT_REGISTERED": 1,
        "NOT_FOUND": 1,
        "DUPLICATE_IN_FILE": 1,
        "IMEI_LENGTH": 1,
    }
    assert (job.state, job.decided) == (JobState.DONE, 19)
    assert [office.status(number) for number in (1, 2, 30, 50)] == ["VERIFIED", "REJECTED", "PENDING", "PENDING"]
    summary = json.loads(report(cloud, job))
    assert (summary["total"], summary["accepted"], summary["refused"]) == (24, 19, 5)
    rows = list(csv.DictReader(io.StringIO(report(cloud, job, "errors.csv").decode("utf-8-sig"), newline="")))
    assert [(row["line"], row["value"], row["code"]) for row in rows] == [
        ("2", imei(2), "NOT_PENDING"),
        ("21", imei(30), "RESELLER_NOT_REGISTERED"),
        ("22", imei(50), "NOT_FOUND"),
        ("23", imei(1), "DUPLICATE_IN_FILE"),
        ("24", "123", "IMEI_LENGTH"),
    ]


@pytest.mark.feature("P26")
def test_a_list_in_the_bucket_speaks_with_a_grant_once_and_for_a_while(office, cloud, stored):
    stored(5)
    grant = office.grants.give(Grant("CUST-NORTHWIND", NIA.by), now=office.now.timestamp())
    body = csv_of(f"{imei(1)},,BANK 1", f"{imei(2)},,", f",{imei(3)},", header="imei,serial,approval_id")
    office.send_list(body, grant=grant)
    job = office.work()
    again = office.send_list(body, grant=grant, name="other.csv")
    office.wait(minutes=16)
    stale = office.grants.give(Grant("CUST-NORTHWIND", NIA.by), now=office.now.timestamp() - 16 * 60)
    late = office.send_list(body, grant=stale, name="late.csv")

    assert (job.state, job.total, job.decided, job.by_code) == (JobState.DONE, 3, 2, {"NOT_FOUND": 1})
    assert office.devices.find(f"imei#{imei(1)}").approval_id == "BANK 1"
    assert office.devices.find(f"imei#{imei(1)}").history[-1].by == NIA.by
    summary = json.loads(report(cloud, job))
    assert summary["source_key"] == "accept/CUST-NORTHWIND/list.csv"
    for refused in (again, late):
        assert refused.fault == "GRANT_INVALID"
        assert json.loads(report(cloud, refused))["by_code"] == {"GRANT_INVALID": 1}
        assert report(cloud, refused, "errors.csv").decode("utf-8-sig").splitlines()[1].startswith(",,,GRANT_INVALID,")


@pytest.mark.feature("P26")
def test_a_grant_speaks_for_its_customer_and_only_while_the_approver_is_one(office, cloud, stored):
    stored(1)
    viewer = Grant("CUST-NORTHWIND", "person:T0NW:U0NOBODY")
    texts = [
        office.grants.give(Grant("CUST-FABRIKAM", "person:T0FAB:U0FAY"), now=office.now.timestamp()),
        office.grants.give(viewer, now=office.now.timestamp()),
        "made up",
        "",
    ]

    assert [office.send_list(csv_of(imei(1)), grant=text).fault for text in texts] == ["GRANT_INVALID"] * 4
    assert office.send_list(csv_of(imei(1)), customer="CUST-NOBODY") is None
    assert office.status(1) == "PENDING"


def test_the_event_of_a_list_may_come_twice(office, stored):
    stored(2)
    first = office.send_list(csv_of(imei(1)), grant=None)
    new = type(
        "New", (), {"bucket": office.cloud.settings.bucket, "key": first.source, "version": first.source_version}
    )
    office.work()
    again = office.list_files().begin(new, reference="R-2")
    job = office.work()

    assert again.id == first.id
    assert (job.state, job.decided, job.reference) == (JobState.DONE, 1, "R-LIST")


def test_a_list_that_cannot_be_read_is_reported(office, cloud):
    job = office.send_list(b"\x89PNG\r\n\x1a\n")

    assert job.fault == "ENCODING"
    assert json.loads(report(cloud, job))["total"] == 0


def test_the_template_can_be_filled_in(office):
    assert template().decode("utf-8-sig") == "imei,serial,approval_id\r\n"


def test_a_decision_by_a_list_is_undone_by_a_job(office, stored, small):
    upload = stored(12)
    office.reject(3)
    queued = office.approvals.decide_list(NIA, pasted(" ".join(map(imei, range(1, 11)))), Wish("a"))
    office.work()
    office.approvals.undo(MAX, queued.job.decision.id, once="u")
    job = office.work()

    assert (job.state, job.decided, job.by_code) == (JobState.DONE, 9, {})
    assert office.decisions.pending_of(upload, "CUST-NORTHWIND").total == 11
    assert office.status(3) == "REJECTED"


# ---- jobs -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B19")
def test_a_job_stops_before_its_time_is_up_and_goes_on(office, stored, small):
    upload = stored(40)
    office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    runs = 0
    while office.queue.messages:
        office.seconds_left = iter([60.0] * 7 + [1.0] * 1000).__next__
        (message,) = office.queue.take()
        job = office.runner().run(message["id"])
        runs += 1
        assert runs < 50

    assert runs > 2
    assert (job.state, job.decided, job.done) == (JobState.DONE, 40, 40)
    assert list(office.jobs.stuck(before="2026-03-02T00:00:00Z")) == []


@pytest.mark.feature("B19")
def test_a_job_of_which_nothing_is_heard_is_sent_on(office, stored, small):
    """Its message was never sent, or is lost; a job that is done is left alone, and one that nobody can do."""
    upload = stored(8)
    queued = office.approvals.decide_upload(NIA, upload, 0, Wish("a"))
    office.queue.take()
    resumer = job_resumer(office.jobs, office.queue, office.clock)
    office.wait(minutes=5)
    soon = resumer.sweep().sent
    office.wait(seconds=1)
    sent, again = resumer.sweep().sent, resumer.sweep().sent
    job = office.work()
    office.wait(hours=1)

    assert (soon, again) == ((), ())
    assert [one.id for one in sent] == [queued.job.id]
    assert (job.state, job.decided) == (JobState.DONE, 8)
    assert resumer.sweep() == Resumed()
    dead = office.approvals.decide_upload(NIA, stored(8, key=other_key("dead"), first=11), 0, Wish("dead")).job.id
    office.wait(days=2)
    given_up = resumer.sweep()
    assert (given_up.sent, [one.id for one in given_up.given_up]) == ((), [dead])
    assert resumer.sweep() == Resumed(), "it is in nobody's way any more"
    office.work()
    assert office.jobs.get(dead).state is JobState.DONE, "its dead letter can still be sent back"


@pytest.mark.feature("B19")
def test_jobs_that_are_given_up_do_not_hide_one_that_is_stuck(office, stored, small, monkeypatch):
    """More of them than one request brings."""
    monkeypatch.setattr("rollcall.store.progress_records.PAGE", 2)

    def begin(number):
        upload = stored(8, key=other_key(number), first=10 * number)
        return office.approvals.decide_upload(NIA, upload, 0, Wish(f"{number}")).job.id

    dead = [begin(number) for number in range(1, 6)]
    office.wait(days=2)
    new = begin(6)
    office.wait(minutes=6)
    resumed = job_resumer(office.jobs, office.queue, office.clock).sweep()

    assert [one.id for one in resumed.sent] == [new]
    assert sorted(one.id for one in resumed.given_up) == sorted(dead)


@pytest.mark.feature("P22")
def test_devices_of_several_uploads_of_a_reseller_are_decided_on_at_once(office, stored):
    """Their uploads have figures of their own, and their week has one set for them all."""
    stored(3)
    stored(3, key=other_key("b"), first=11)
    decided = office.accept(1, 2, 11)
    assert decided.outcome.done == len((1, 2, 11))
    assert [office.status(number) for number in (1, 2, 3, 11, 12)] == [
        "VERIFIED",
        "VERIFIED",
        "PENDING",
        "VERIFIED",
        "PENDING",
    ]
    right_books(office.cloud, office, {})
    office.approvals.undo(NIA, decided.decision.id, once="u")
    assert [office.status(number) for number in (1, 11)] == ["PENDING", "PENDING"]
    right_books(office.cloud, office, {})
