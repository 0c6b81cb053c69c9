"""Devices go by list and by upload: which do, which stay and why, who is asked and told, and never one too many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.approvals import Wish
from rollcall.approvals.answers import Denied
from rollcall.decisions import Target
from rollcall.life import Occasion
from rollcall.removals import Removal, RemovalState
from rollcall.removing.guards import Releases
from rollcall.store.account_places import PROFILE, account_pk
from rollcall.store.audit_items import audit_of
from rollcall.ticking.resuming import removal_resumer
from rollcall.uploads import utc
from tests.books import right_books
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.faults import watching
from tests.files_of import csv_of, imei
from tests.removers import BOB, ERP, FAY, KEY, NAT, NED, NIA, RAE, STATES, UMA, VIC, Removers


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=10) as cloud:
        cloud.accounts.apply(sample_directory())
        office = Removers(cloud)
        upload = office.stock(uploaded_by="uma@acme.example")
        yield cloud, upload, cloud.checkpoint()


@pytest.fixture
def office(world):
    cloud, upload, checkpoint = world
    cloud.restore(checkpoint, keep=KEY)
    office = Removers(cloud)
    office.upload = upload
    office.past = right_books(cloud, office, {})
    yield office
    office.past = right_books(cloud, office, office.past)


def gone(office):
    """Line → the steps of each device that is gone."""
    items = office.cloud.peek("UploadsTable")
    audits = [audit_of(item) for item in items if item["sk"]["S"].startswith("audit#")]
    return {one.generation.line: [(entry.act.value, entry.by) for entry in one.history] for one in audits}


def codes(denied):
    assert isinstance(denied, Denied)
    return [fault.code for fault in denied.faults]


def states(office):
    return {number: office.status(number) for number in STATES}


# -- by list ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P15")
def test_what_may_go_goes_and_the_rest_says_why_it_stays(office):
    removal = office.delete(1, 2, 3, 4, 5, 99)

    assert states(office) == {1: None, 2: "VERIFIED", 3: None, 4: "EXCHANGING", 5: None}
    assert office.status(50) is None
    assert (removal.state, removal.total, removal.done, removal.gone) == (RemovalState.DONE, 6, 6, 3)
    assert removal.by_code == {"RELEASE_NEEDED": 1, "DEVICE_EXCHANGING": 1, "NOT_FOUND": 1}
    assert {one.value: one.code for one in removal.refused}[imei(99)] == "NOT_FOUND"
    told = office.told()
    assert ("removal", removal.id, "RSL-ACME", RAE.person) in told
    assert ("removal", removal.id, "CUST-NORTHWIND", "") in told
    assert ("approval", office.upload, "CUST-NORTHWIND", "") in told
    assert ("upload", office.upload, "RSL-ACME", "") in told


@pytest.mark.feature("P15")
def test_a_verified_device_goes_once_its_customer_has_released_it(office):
    removal = office.delete(2)
    (asked,) = [one for one in office.told() if one[0] == "release"]
    answered, counted = office.removals.answer(NIA, asked[1], release=True)
    assert (counted, answered.state, office.status(2)) == (True, RemovalState.RUNNING, "VERIFIED")
    assert asked in office.told(), "the question says that it is answered"
    office.work()
    told = office.told()
    assert {asked, ("removal", asked[1], "RSL-ACME", RAE.person)} <= told
    ended = office.store.get(asked[1])

    assert asked[2] == "CUST-NORTHWIND"
    assert (ended.state, ended.gone, ended.parent) == (RemovalState.DONE, 1, removal.id)
    assert ended.removed["CUST-NORTHWIND"].verified == 1
    assert gone(office)[3][-2:] == [("released", NIA.by), ("deleted", RAE.by)]


@pytest.mark.feature("P15")
def test_what_the_customer_keeps_stays_and_the_first_answer_counts(office):
    office.delete(2)
    (asked,) = [one[1] for one in office.told() if one[0] == "release"]
    answered, counted = office.removals.answer(NED, asked, release=False)
    late, late_counted = office.removals.answer(NIA, asked, release=True)
    office.work()

    assert (counted, late_counted) == (True, False)
    assert (answered.state, answered.fault, late.answered_by) == (RemovalState.REFUSED, "RELEASE_DENIED", NED.by)
    assert office.status(2) == "VERIFIED"
    assert ("removal", asked, "RSL-ACME", RAE.person) in office.told()


@pytest.mark.feature("P15")
def test_only_those_who_may_release(office):
    office.delete(2)
    (asked,) = [one[1] for one in office.told() if one[0] == "release"]

    assert codes(office.removals.answer(NAT, asked, release=True)) == ["DECISION_NOT_ALLOWED"]
    assert codes(office.removals.answer(FAY, asked, release=True)) == ["NOT_FOUND"]
    assert codes(office.removals.answer(NIA, "J-NOTHING", release=True)) == ["NOT_FOUND"]
    assert office.store.get(asked).state is RemovalState.WAITING


@pytest.mark.feature("P15")
def test_a_customer_that_need_not_be_asked_is_not(office):
    release_verified(office, needed=False)
    removal = office.delete(2)

    assert (removal.gone, office.status(2)) == (1, None)
    assert not [one for one in office.told() if one[0] == "release"]


def test_whether_a_customer_is_asked_is_looked_up_for_each_act(office):
    """Whoever keeps the rooms furnished for hours sees a change of the setting at once."""
    releases = Releases(office.cloud.accounts)
    (device,) = office.decisions.changes.read([f"imei#{imei(2)}"]).values()
    assert releases.guard()(device).code == "RELEASE_NEEDED"
    release_verified(office, needed=False)
    assert releases.guard()(device) is None


def release_verified(office, *, needed):
    office.client.update_item(
        TableName="AccountsTable",
        Key={"pk": {"S": account_pk("CUST-NORTHWIND")}, "sk": {"S": PROFILE}},
        UpdateExpression="SET release_verified = :needed",
        ExpressionAttributeValues={":needed": {"BOOL": needed}},
    )


@pytest.mark.feature("P15")
def test_a_device_that_is_named_twice_counts_once(office):
    removal = office.removals.delete(ERP, [imei(1), imei(50), f" {imei(1)} ", "12", imei(99)], once="x")
    office.work()
    removal = office.store.get(removal.id)

    assert (removal.total, removal.gone) == (3, 1)
    assert sum(removal.by_code.values()) == 2
    assert removal.by_code["NOT_FOUND"] == 1
    assert not [one for one in office.told() if one[0] == "removal" and one[2] == "RSL-ACME"], "a key has no messages"


@pytest.mark.feature("P15")
@pytest.mark.feature("P20")
def test_the_same_request_is_one_job(office):
    first = office.removals.delete(ERP, [imei(1)], once="x")
    office.work()
    again = office.removals.delete(ERP, [imei(1), imei(3)], once="x")

    assert (again.id, again.gone) == (first.id, 1)
    assert office.status(3) == "REJECTED"
    assert office.removals.get(first.id, "RSL-ACME").id == first.id
    assert office.removals.get(first.id, "RSL-BOLTWAVE") is None


@pytest.mark.feature("P15")
def test_others_cannot_delete_and_what_is_anothers_is_not_there(office):
    assert codes(office.removals.delete(UMA, [imei(1)], once="x")) == ["DECISION_NOT_ALLOWED"]
    assert codes(office.removals.delete(VIC, [imei(1)], once="x")) == ["DECISION_NOT_ALLOWED"]
    assert codes(office.removals.delete(RAE, ["1"] * 10_001, once="x")) == ["LIST_TOO_LONG"]
    removal = office.delete(1, 99, by=BOB)

    assert removal.by_code == {"NOT_FOUND": 2}
    assert {one.message.replace(one.value, "…") for one in removal.refused} == {
        "There is nothing of this id (…) that you may see."
    }
    assert states(office) == STATES


# -- what was shown --------------------------------------------------------------------------------------------------


@pytest.mark.feature("P15")
def test_a_draft_does_nothing_until_it_is_confirmed_and_then_once(office):
    found = office.decisions.changes.read([f"imei#{imei(one)}" for one in (1, 3)])
    draft = office.removals.draft(RAE, list(found.values()), once="click")
    assert office.work() is None
    assert states(office) == STATES
    assert office.removal_runner().run(draft.id).state is RemovalState.DRAFT

    confirmed = office.removals.confirm(RAE, draft.id)
    again = office.removals.confirm(RAE, draft.id)
    office.work()
    assert (confirmed.state, confirmed.gone) == (RemovalState.DONE, 2), "a small one is done at the click"
    assert again.gone == 2
    assert not [one for one in office.told() if one[0] == "removal" and one[3]], "who clicked has read the answer"


@pytest.mark.feature("P15")
def test_a_draft_is_confirmed_by_who_may_now_and_by_nobody_else(office):
    found = office.decisions.changes.read([f"imei#{imei(1)}"])
    draft = office.removals.draft(RAE, list(found.values()), once="click")

    assert codes(office.removals.confirm(BOB, draft.id)) == ["NOT_FOUND"]
    assert codes(office.removals.confirm(UMA, draft.id)) == ["DECISION_NOT_ALLOWED"]
    assert codes(office.removals.confirm(RAE, "J-NOTHING")) == ["NOT_FOUND"]
    assert states(office) == STATES


@pytest.mark.feature("P15")
def test_a_draft_does_not_reach_what_was_uploaded_again_since(office):
    found = office.decisions.changes.read([f"imei#{imei(1)}"])
    draft = office.removals.draft(RAE, list(found.values()), once="click")
    office.delete(1)
    Chain(office.cloud).upload(KEY.replace("a.csv", "b.csv"), csv_of(imei(1)))
    confirmed = office.removals.confirm(RAE, draft.id)

    assert confirmed.by_code == {"NOT_FOUND": 1}
    assert office.status(1) == "PENDING"


def test_what_is_shown_before_is_why_it_would_stay(office):
    found = office.decisions.changes.read([f"imei#{imei(one)}" for one in STATES])
    faults = office.removals.judge([found[f"imei#{imei(one)}"] for one in STATES])

    assert [fault and fault.code for fault in faults] == [None, "RELEASE_NEEDED", None, "DEVICE_EXCHANGING", None]


def test_what_is_still_being_stored_is_not_deleted(office):
    chain = Chain(office.cloud)
    chain.plan(
        "uploads/RSL-ACME/CUST-NORTHWIND/c.csv", office.cloud.put(KEY.replace("a.csv", "c.csv"), csv_of(imei(70)))
    )
    for message in chain.chunks.take():
        chain.load(message)
    removal = office.delete(70)

    assert removal.by_code == {"UPLOAD_IN_PROGRESS": 1}
    assert office.status(70) == "PENDING"
    (upload,) = {device.generation.upload for device in office.devices.find_many([f"imei#{imei(70)}"]).values()}
    assert codes(office.removals.undo(RAE, office.uploads.get(upload), once="u")) == ["UPLOAD_IN_PROGRESS"]
    chain.drain()


# -- by upload -------------------------------------------------------------------------------------------------------


def undo(office, by=RAE, once="undo"):
    answer = office.removals.undo(by, office.uploads.get(office.upload), once=once, reference="R-1")
    if isinstance(answer, Removal):
        office.work()
        return office.store.get(answer.id)
    return answer


@pytest.mark.feature("B8")
def test_an_upload_is_taken_back_as_far_as_nothing_was_decided(office):
    removal = undo(office)

    assert states(office) == {1: None, 2: "VERIFIED", 3: "REJECTED", 4: "EXCHANGING", 5: None}
    assert (removal.state, removal.total, removal.gone) == (RemovalState.DONE, 5, 2)
    assert removal.stays == {"VERIFIED": 1, "REJECTED": 1, "EXCHANGING": 1}
    assert {steps[-1] for steps in gone(office).values()} == {("upload_undone", RAE.by)}
    assert office.removals.undone(office.upload).id == removal.id
    assert office.decisions.parts.figures(office.upload, "CUST-NORTHWIND").removed == 2
    told = office.told()
    assert ("removal", removal.id, "CUST-NORTHWIND", "") in told
    assert ("approval", office.upload, "CUST-NORTHWIND", "") in told


@pytest.mark.feature("B8")
@pytest.mark.feature("P15")
def test_the_same_file_can_be_uploaded_again_afterwards(office):
    undo(office)
    again = Chain(office.cloud).upload(KEY, csv_of(imei(1), imei(5)))

    assert again.upload_id != office.upload
    assert again.summary["stored"] == 2
    assert states(office)[1] == "PENDING"
    old = undo(office, once="another")
    assert old.gone == 0, "the old upload has nothing more to give"
    assert states(office)[1] == "PENDING"


@pytest.mark.feature("B8")
def test_who_may_take_an_upload_back(office):
    upload = office.uploads.get(office.upload)
    office.now = office.now.replace(day=1)
    judge = office.removals.undo_fault
    fresh = replace(upload, started_at=utc(office.now))
    assert judge(UMA, fresh) is None, "her own"
    assert judge(UMA, replace(fresh, uploaded_by="S3")).code == "UPLOAD_OF_OTHERS"
    assert judge(UMA, replace(fresh, uploaded_by="rae@acme.example")).code == "UPLOAD_OF_OTHERS"
    assert judge(UMA, replace(fresh, person=RAE.person)).code == "UPLOAD_OF_OTHERS"
    assert judge(UMA, replace(fresh, uploaded_by="", person=UMA.person)) is None
    assert judge(replace(UMA, email="", person=""), replace(fresh, uploaded_by="")).code == "UPLOAD_OF_OTHERS"
    office.wait(hours=24, seconds=1)
    assert judge(UMA, fresh).code == "UPLOAD_TOO_OLD"
    assert judge(RAE, fresh) is None, "an admin's right does not end"
    assert judge(VIC, fresh).code == "DECISION_NOT_ALLOWED"
    assert judge(BOB, fresh).code == "NOT_FOUND"
    assert judge(RAE, replace(fresh, check_only=True)).code == "UPLOAD_STORED_NOTHING"


@pytest.mark.feature("B8")
def test_of_a_file_for_many_customers_each_is_told(office):
    rows = [f"{customer},{imei(80 + number)}" for number, customer in enumerate(("CUST-NORTHWIND", "CUST-CONTOSO"))]
    body = csv_of(*rows, header="customer_id,imei")
    office.upload = Chain(office.cloud).upload("uploads/RSL-ACME/_many/m.csv", body).upload_id
    removal = undo(office)

    assert {customer: one.devices for customer, one in removal.removed.items()} == {
        "CUST-NORTHWIND": 1,
        "CUST-CONTOSO": 1,
    }
    told = {(kind, account) for kind, _, account, _ in office.told()}
    assert {("removal", "CUST-NORTHWIND"), ("removal", "CUST-CONTOSO"), ("approval", "CUST-CONTOSO")} <= told


# -- faults ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """Pages of two, nothing at the click, and each step is remembered."""
    monkeypatch.setattr("rollcall.removals.AT_ONCE", 0)
    monkeypatch.setattr("rollcall.removing.removals.PAGE", 2)
    monkeypatch.setattr("rollcall.removing.runner.PAGE", 1)
    monkeypatch.setattr("rollcall.removing.runner._STEPS", 1)
    monkeypatch.setattr("rollcall.removing.steps.PAGE", 2)
    monkeypatch.setattr("rollcall.removing.steps.PAGES", 2)


def by_list(office):
    office.removals.delete(RAE, [imei(one) for one in (*STATES, 99)], once="x")


def by_upload(office):
    office.removals.undo(RAE, office.uploads.get(office.upload), once="x")


def test_a_removal_that_runs_out_of_time_goes_on_later(office, small):
    by_upload(office)
    left = iter([60, 60, 60, 5])
    office.seconds_left = lambda: next(left, 5)
    (message,) = office.queue.take()
    first = office.run(message)
    assert first.state is RemovalState.RUNNING
    office.seconds_left = lambda: 60.0
    office.work()
    assert office.store.get(first.id).gone == 2


def test_a_removal_of_which_nothing_is_heard_is_sent_on(office):
    by_list(office)
    office.queue.take()
    resumer = removal_resumer(office.store, office.queue, office.clock)
    assert resumer.sweep().sent == ()
    office.wait(minutes=6)
    (sent,) = resumer.sweep().sent
    assert resumer.sweep().sent == ()
    office.work()
    assert office.store.get(sent.id).gone == 3


# -- races -----------------------------------------------------------------------------------------------------------


def interleaved(slow, fast):
    """Does ``fast`` between the reading and the writing of ``slow``; both answers."""
    answers = {}

    def overtake(operation, _params):
        if operation == "TransactWriteItems" and "fast" not in answers:
            answers["fast"] = None
            answers["fast"] = fast()

    with watching(before=overtake):
        answers["slow"] = slow()
    return answers["slow"], answers["fast"]


@pytest.mark.feature("P15")
def test_of_two_admins_who_delete_at_once_one_does(office):
    second = Removers(office.cloud)
    slow, fast = interleaved(lambda: office.delete(1), lambda: second.delete(1, once="other"))

    assert (fast.gone, slow.gone) == (1, 0)
    assert slow.by_code == {"NOT_FOUND": 1}


@pytest.mark.feature("P15")
def test_what_is_accepted_while_it_is_deleted_has_to_be_released(office):
    second = Removers(office.cloud)
    slow, fast = interleaved(lambda: office.delete(1), lambda: second.accept(1))

    assert fast.outcome.done == 1
    assert slow.by_code == {"RELEASE_NEEDED": 1}
    assert office.status(1) == "VERIFIED"


@pytest.mark.feature("P15")
def test_what_is_deleted_while_it_is_accepted_is_gone(office):
    second = Removers(office.cloud)
    slow, fast = interleaved(lambda: office.accept(1), lambda: second.delete(1))

    assert fast.gone == 1
    assert slow.outcome.refused[0].fault.code == "NOT_FOUND"


@pytest.mark.feature("B8")
def test_what_is_accepted_while_its_upload_is_taken_back_stays(office):
    second = Removers(office.cloud)
    slow, fast = interleaved(lambda: undo(office), lambda: second.accept(1))

    assert fast.outcome.done == 1
    assert (slow.gone, slow.stays["VERIFIED"]) == (1, 2)


@pytest.mark.feature("B8")
def test_all_of_an_upload_that_is_taken_back_meanwhile_is_not_what_was_shown(office):
    pending = office.decisions.pending_of(office.upload, "CUST-NORTHWIND")
    undo(office)
    answer = office.approvals.decide_upload(NIA, office.upload, pending.version, Wish("all"))

    assert type(answer).__name__ == "Stale"
    assert answer.pending.total == 0


@pytest.mark.feature("B21")
def test_what_is_exchanged_while_it_is_deleted_stays(office):
    second = Removers(office.cloud)

    def exchange():
        return second.swaps.begin(
            Occasion("X-1", RAE.by, utc(office.now), "R"), Target(f"imei#{imei(1)}"), reseller="RSL-ACME"
        )

    slow, fast = interleaved(lambda: office.delete(1), exchange)
    assert fast.done == 1
    assert slow.by_code == {"DEVICE_EXCHANGING": 1}


@pytest.mark.feature("P15")
@pytest.mark.feature("B7")
def test_a_release_covers_what_the_customer_has_taken_back_since(office):
    """Released, then undone by a colleague: the device waits, and the reseller may delete what waits."""
    accepted = office.accept(1, once="a")
    office.delete(1)
    (asked,) = [one[1] for one in office.told() if one[0] == "release"]
    office.removals.answer(NIA, asked, release=True)
    office.approvals.undo(NIA, accepted.decision.id, once="u")
    office.work()

    assert office.status(1) is None
    assert [act for act, _ in gone(office)[2]] == ["uploaded", "accepted", "undone", "deleted"]
