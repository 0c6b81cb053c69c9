"""What stands around decisions: resellers, history, lists, jobs, and a reseller that asks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import CustomerRole, Link, Member, Registration
from rollcall.decided import Record, Undone
from rollcall.decisions import Decision, DecisionKind
from rollcall.jobs import Job, JobKind, JobState, NamedRefusal, Touched, merged, touched_by
from rollcall.lists import LONGEST_PASTED, pasted_problem
from rollcall.nudges import Nudged
from rollcall.queries import Page
from rollcall.views import approval_bulk as bulk
from rollcall.views import approval_history as history
from rollcall.views import approval_resellers as resellers
from rollcall.views import nudges
from rollcall.views.jobs import job_message
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, device, elements, fits, imei, said
from tests.unit.views.test_approvals import standing

NOW, UNTIL = "2026-03-01T09:35:00Z", "2026-03-01T09:40:00Z"
BY = "person:T0NW:U0NIA"
NAT = replace(NIA, acting=replace(NIA.acting, member=replace(NIA.acting.member, role=CustomerRole.VIEWER)))


def decision(kind=DecisionKind.ACCEPT, **more):
    return Decision("D-7K3F9QMC2V5R", kind, "CUST-NORTHWIND", BY, AT, until=UNTIL, **more)


def record(undone=None, **more):
    return Record(decision(**more), ("RSL-ACME",), 25, job="J-1", undone=undone)


def job(**more):
    values = {"id": "J-7K3F", "kind": JobKind.BULK_ACCEPT, "account": "CUST-NORTHWIND", "created_at": AT, "total": 30}
    return Job(decision=more.pop("decision", decision()), **values | more)


def labels(message):
    return [one["text"]["text"] for one in elements(message) if one["type"] == "button"]


@pytest.mark.feature("P24")
def test_each_reseller_stands_with_what_can_be_done_about_it():
    links = [
        Link("RSL-ACME", "CUST-NORTHWIND", registered=Registration.REGISTERED),
        Link("RSL-NEW", "CUST-NORTHWIND", via_msp=True),
        Link("RSL-BAD", "CUST-NORTHWIND", registered=Registration.BLOCKED),
    ]
    page = Page(tuple(links), first=1, total=3)
    shown = fits(resellers.resellers(page, "approvals resellers", NIA))
    assert labels(shown) == ["Register", "Let in again", "Send to my DM"]
    told = said(shown)
    assert "*Acme Mobile* (`RSL-ACME`)" in told
    assert "through your MSP id" in told
    menus = [one for one in elements(shown) if one["type"] == "overflow"]
    assert [one["confirm"]["confirm"]["text"] for one in menus] == ["Block", "Block"]
    assert labels(fits(resellers.resellers(page, "approvals resellers", NAT))) == ["Send to my DM"]
    assert "No reseller can upload" in said(fits(resellers.resellers(Page(()), "approvals resellers", NIA)))


@pytest.mark.feature("B18")
def test_a_decision_says_who_what_when_and_whether_it_stands():
    page = Page(
        (record(), record(undone=Undone("D-2", BY, AT, 25)), record(kind=DecisionKind.REJECT, reason="no *way*"))
    )
    shown = fits(history.history(page, "approvals history", NIA, now=NOW))
    told = said(shown)
    assert "25 devices accepted by Nia" in told
    assert "Taken back by Nia" in told
    assert "`no *way*`" in told
    assert labels(shown).count("Undo") == 2
    assert "Undo" not in labels(fits(history.history(page, "approvals history", NAT, now=NOW)))
    assert "Undo" not in labels(fits(history.history(page, "approvals history", NIA, now="2026-03-02T00:00:00Z")))


@pytest.mark.feature("P26")
def test_the_form_of_a_list_says_how_much_fits_and_a_grant_how_long_it_is_good():
    assert problems(bulk.bulk_form(NIA), "modal") == []
    text = bulk.grant_text("bucket", "accept/CUST-NORTHWIND/list.csv", "s3cr-et_", until=UNTIL)
    view = bulk.bulk_form(NIA, grant=text)
    assert problems(view, "modal") == []
    shown = json.dumps(view)
    for part in ("About 180 IMEIs fit", "--metadata grant=s3cr-et_", "accept/CUST-NORTHWIND/list.csv", "<!date^"):
        assert part in shown


@pytest.mark.feature("P26")
def test_a_pasted_list_is_taken_whole_or_not_at_all():
    one = imei(1).value
    assert pasted_problem(one) == ""
    assert pasted_problem((f"{one}\n" * 180)[: LONGEST_PASTED - 1]) == ""
    assert "the end may be missing" in pasted_problem(f"{one} " * 200)
    assert "None of these" in pasted_problem("hello world")
    assert pasted_problem("") == ""


@pytest.mark.feature("P26")
@pytest.mark.parametrize(
    ("more", "told", "buttons"),
    [
        ({}, "This begins in a moment", []),
        ({"state": JobState.RUNNING, "done": 15}, "15 of 30 done", []),
        ({"state": JobState.DONE, "done": 30, "decided": 30}, "*30 devices accepted by the list*", ["Undo"]),
        (
            {
                "state": JobState.DONE,
                "done": 30,
                "decided": 28,
                "by_code": {"NOT_PENDING": 1, "IMEI_LENGTH": 1},
                "refused": (NamedRefusal("<!here>", "IMEI_LENGTH", "Too short."),),
            },
            "2 not accepted:",
            ["Undo"],
        ),
        ({"state": JobState.REFUSED, "fault": "GRANT_INVALID"}, "*Nothing was accepted by the list*", []),
    ],
)
def test_a_job_says_how_far_it_is_and_what_it_came_to(more, told, buttons):
    shown = fits(job_message(job(**more), record(), NIA, now=NOW, as_of=NOW))
    assert told in said(shown)
    assert labels(shown) == buttons
    assert "<!here>" not in said(shown)


@pytest.mark.feature("B7")
def test_a_job_that_was_taken_back_or_is_final_offers_no_undo():
    done = job(state=JobState.DONE, done=30, decided=30)
    undone = fits(job_message(done, record(undone=Undone("D-2", BY, AT, 30)), NIA, now=NOW))
    assert labels(undone) == []
    assert "Taken back by Nia" in said(undone)
    late = fits(job_message(done, record(), NIA, now="2026-03-02T00:00:00Z"))
    assert labels(late) == []
    assert "This is final" in said(late)


@pytest.mark.feature("B15")
def test_who_can_decide_is_named_without_an_address():
    able = {
        "CUST-NORTHWIND": (Member("CUST-NORTHWIND", "T0NW", "U0NIA", "Nia", CustomerRole.APPROVER, "nia@x.example"),)
    }
    for reader in (NIA, RAE):
        told = said(fits(nudges.who(UPLOAD, able, 3, reader)))
        assert "Northwind Logistics: *Nia*" in told
        assert "and 3 more customers" in told
        assert "@x.example" not in told
    assert "nobody yet" in said(fits(nudges.who(UPLOAD, {"CUST-NORTHWIND": ()}, 0, RAE)))
    assert "An admin has to invite one" in said(fits(nudges.who(UPLOAD, {"CUST-NORTHWIND": ()}, 0, NIA)))


@pytest.mark.feature("B15")
def test_a_nudge_is_answered_either_way_and_says_what_was_true_when_it_was_asked():
    asked = Nudged("CUST-NORTHWIND", 25, asked=True, at=AT, by="person:T0ACME:U0RAE")
    told = said(fits(nudges.answer(UPLOAD, [asked], RAE)))
    assert "Northwind Logistics is asked to decide on 25 devices" in told
    told = said(fits(nudges.answer(UPLOAD, [replace(asked, asked=False)] * 12, RAE)))
    assert "was asked by a colleague" in told
    assert "and 2 more customers" in told
    assert "nobody was asked" in said(fits(nudges.answer(UPLOAD, [], RAE)))
    shown = fits(nudges.nudge_message(standing(), AT, NIA))
    assert "*Acme Mobile* asks for your decision: 25 devices of `phones.csv`" in said(shown)
    assert "as of <!date^" in said(shown)
    assert asked.again == "2026-03-02T09:30:00Z"


def test_what_a_list_touched_is_added_up_by_upload():
    one, other = device(1), device(2)
    (both,) = merged([*touched_by([one]), *touched_by([other])])
    assert both == Touched(UPLOAD, "RSL-ACME", 2, (one.primary.key, other.primary.key))
    assert merged([]) == ()
