"""What customers and resellers see of decisions: the message of an upload, the forms, the answers to clicks."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.decided import Outcome, Record, Settled, Undone
from rollcall.decisions import Decision, DecisionKind, Target
from rollcall.errors import Fault
from rollcall.jobs import Touched
from rollcall.queries import Page
from rollcall.standing import Standing
from rollcall.transitions import Act, Status
from rollcall.views import approval_forms as forms
from rollcall.views import approval_parts as parts
from rollcall.views import decision_answers as answers
from rollcall.views.approvals import decided_line, upload_message
from rollcall.views.devices import card
from rollcall.views.rejections import message as rejection
from rollcall.views.upload_decisions import decision_lines
from rollcall.views.waiting_lists import pending_list
from rollcall.waiting import PendingPart, WaitingTotal
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, device, elements, entry, fits, said

NOW, UNTIL = "2026-03-01T09:35:00Z", "2026-03-01T09:40:00Z"
BY = "person:T0NW:U0NIA"
MODELS = {"SM-S921B": 15, "SM-A155F": 6, "SM-X910": 3, "<!channel>": 1}


def buttons(message):
    return list(elements(message))


def pending(total=25, version=0, models=None, orders=None):
    models = MODELS if models is None else models
    orders = {"PO 17": total} if orders is None else orders
    return PendingPart(UPLOAD, "CUST-NORTHWIND", "RSL-ACME", version, total, models, orders, total)


def standing(total=25, **more):
    values = {"file_name": "phones.csv", "order_number": "PO 17", "uploaded_at": AT, "stored": 25, "verified": 0}
    waits = more.pop("pending", pending(total))
    return Standing(waits, **values | more)


def decision(kind=DecisionKind.ACCEPT, **more):
    return Decision("D-7K3F9QMC2V5R", kind, "CUST-NORTHWIND", BY, AT, until=UNTIL, **more)


def record(kind=DecisionKind.ACCEPT, devices=25, undone=None, **more):
    return Record(decision(kind, **more), ("RSL-ACME",), devices, UPLOAD, undone=undone)


@pytest.mark.feature("P21")
def test_the_message_says_who_sent_what_how_many_of_which_model_and_what_can_be_done():
    shown = fits(upload_message(standing(), NIA, now=NOW))
    told = said(shown)
    for part in ("*25 devices from Acme Mobile wait for your decision*", "`phones.csv`", "order `PO 17`"):
        assert part in told
    assert "15 `SM-S921B`, 6 `SM-A155F`, 3 `SM-X910`, and 1 more model" in told
    assert "<!channel>" not in told
    accept, review, menu = buttons(shown)
    assert (accept["text"]["text"], accept["action_id"]) == ("Accept 25", "approvals.accept_all")
    assert json.loads(accept["value"]) == {"u": UPLOAD, "v": 0}
    assert accept["confirm"]["confirm"]["text"] == "Accept 25"
    assert review["action_id"] == "approvals.review"
    assert [one["text"]["text"] for one in menu["options"]] == [
        "Reject…",
        "Accept a part…",
        "Who can approve this?",
    ]
    assert all(len(one["value"]) <= 75 for one in menu["options"])


@pytest.mark.parametrize("more", [{"total": 51, "stored": 60}, {"registered": False}])
def test_what_a_form_asks_anyway_is_not_asked_twice(more):
    shown = fits(upload_message(standing(**more), NIA, now=NOW))
    assert "confirm" not in buttons(shown)[0]
    assert ("is not among your registered resellers" in said(shown)) == ("registered" in more)


@pytest.mark.feature("B7")
def test_a_decision_can_be_undone_until_its_window_closes():
    decided = standing(0, verified=25, last=record())
    open_ = fits(upload_message(decided, NIA, now=NOW))
    assert "25 devices accepted by Nia" in said(open_)
    assert "May be undone until <!date^" in said(open_)
    assert [json.loads(one["value"]) for one in buttons(open_)] == [{"d": "D-7K3F9QMC2V5R"}]
    closed = fits(upload_message(decided, NIA, now=UNTIL))
    assert "This is final" in said(closed)
    assert buttons(closed) == []
    undone = standing(last=record(undone=Undone("D-2", "person:T0NW:U0NED", NOW, 25)))
    assert "Taken back by" in said(upload_message(undone, NIA, now=NOW))


def test_while_a_job_decides_nobody_is_offered_to():
    shown = fits(upload_message(standing(deciding=True, last=record()), NIA, now=NOW))
    assert "Nia is accepting them now" in said(shown)
    assert buttons(shown) == []


@pytest.mark.feature("P21")
def test_a_page_of_what_waits_fits_with_ten_uploads_and_says_how_many_wait_elsewhere():
    page = Page((standing(),) * 10, first=1, after="x")
    shown = fits(pending_list(page, "approvals list", NIA, now=NOW, total=WaitingTotal(900), may_undo=True))
    assert "900 devices waiting for your decision, 250 of them on this page" in said(shown)
    assert "`/rollcall approvals history`" in said(shown)
    very_many = WaitingTotal(30_000, is_all=False)
    told = said(fits(pending_list(page, "approvals list", NIA, now=NOW, total=very_many)))
    assert "More than 30,000 devices waiting for your decision, 250 of them on this page" in told
    behind = said(pending_list(page, "approvals list", NIA, now=NOW, total=WaitingTotal(3)))
    assert "250 devices waiting for your decision, 250 of them" in behind, "an index may lag; what is shown is read"
    assert "\n250 devices waiting for your decision\n" in f"\n{said(pending_list(page, 'q', NIA, now=NOW))}\n"
    assert "Nothing waits for your decision" in said(pending_list(Page(()), "approvals list", NIA, now=NOW))


@pytest.mark.feature("P25")
def test_the_form_of_a_rejection_says_what_it_means_and_until_when_it_can_be_undone():
    for view in (
        forms.reject_form(standing(), NIA, until=UNTIL),
        forms.reject_device_form(device(), {"id": device().primary.key}, NIA, until=UNTIL),
    ):
        assert problems(view, "modal") == []
        assert view["callback_id"] == "approvals.reject"
        assert "the reseller sees your reason" in view["blocks"][0]["text"]["text"]
        assert "<!date^" in view["blocks"][0]["text"]["text"]
    assert forms.reason_problem(" a ")
    assert forms.reason_problem("x" * 301)
    assert not forms.reason_problem("not ordered")


@pytest.mark.feature("B9")
def test_a_part_is_picked_by_order_or_model_and_never_by_the_beginning_of_another_model():
    waits = pending(6, models={"SM-S921": 1, "SM-S921B": 2, "SM-X910": 3}, orders={"A": 2, "B": 4})
    view = forms.accept_form(standing(pending=waits), NIA, until=UNTIL)
    assert problems(view, "modal") == []
    options = [one["value"] for one in view["blocks"][1]["element"]["options"]]
    picked = [parts.selection_of(standing(pending=waits), value) for value in options]
    assert picked == [("", ""), ("A", ""), ("B", ""), ("", "SM-S921B"), ("", "SM-X910")]
    with pytest.raises(ValueError, match="no choice"):
        parts.selection_of(standing(pending=waits), "m:9")


@pytest.mark.feature("B9")
@pytest.mark.parametrize(
    ("models", "text", "value", "picked"),
    [
        ({"A": 1, "B": 2, "C": 3}, "All 7", "all", "all"),
        ({"A": 1, "C": 3}, "Model C (4)", "m:2", "m:1"),
        ({"A": 1, "C": 3}, "Model B (4)", "m:1", None),
        ({"A": 1}, "Model B (4)", "m:1", None),
    ],
)
def test_a_part_that_was_picked_before_something_changed_is_the_same_part_or_none(models, text, value, picked):
    option = {"text": {"type": "plain_text", "text": text}, "value": value}
    state = {"which": {"which": {"selected_option": option}}, "reason": {"reason": {"value": "Not ours"}}}
    waits = pending(sum(models.values()), models=models)
    view = forms.reject_form(standing(pending=waits), NIA, until=UNTIL, sent={"state": {"values": state}})
    assert problems(view, "modal") == []
    assert "has changed since this form was opened" in view["blocks"][0]["text"]["text"]
    blocks = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert blocks["reason"]["initial_value"] == "Not ours"
    assert blocks["which"].get("initial_option", {}).get("value") == picked


@pytest.mark.feature("P24")
@pytest.mark.parametrize("value", [{}, {"u": UPLOAD, "v": 3}])
def test_the_question_about_a_reseller_carries_on_what_was_asked(value):
    view = forms.register_form("RSL-ACME", value, NIA)
    assert problems(view, "modal") == []
    assert json.loads(view["private_metadata"]) == {**value, "r": "RSL-ACME"}


@pytest.mark.feature("B6")
def test_who_comes_second_is_told_who_was_first():
    refused = Settled(
        Target("imei#490154203237518"),
        fault=Fault("NOT_PENDING", details={"status": "VERIFIED"}),
        entry=entry(Act.ACCEPTED, BY, Status.VERIFIED),
    )
    told = said(fits(answers.decided(decision(), Outcome((refused,)), NIA, now=NOW)))
    assert "Already accepted by Nia" in told
    gone = Settled(Target("imei#490154203237518"), fault=Fault("NOT_FOUND"))
    assert "Not there any more as it was shown" in said(
        fits(answers.decided(decision(), Outcome((gone, refused)), NIA, now=NOW))
    )
    many = Outcome((Settled(Target("imei#1"), done=True, device=device()), *[refused] * 30))
    told = said(fits(answers.decided(decision(), many, NIA, now=NOW)))
    assert "*1 device accepted.*" in told
    assert "and 20 more" in told


@pytest.mark.feature("P22")
def test_an_old_copy_shows_the_fresh_counts():
    told = said(fits(answers.stale(pending(7, 3), None, NIA)))
    assert "*7 devices*" in told
    told = said(fits(answers.stale(pending(0, 3), decision(), NIA)))
    assert "Already accepted by Nia" in told
    for shown in (
        answers.taken(decision(), NIA),
        answers.taken(None, NIA),
        answers.denied((Fault("UNDO_TOO_LATE", details={"until": UNTIL}),), NIA),
        answers.only_approvers(),
        answers.unregistered("RSL-ACME", NIA),
        answers.out_of_time(NIA),
        answers.registered("RSL-ACME", "blocked", NIA),
    ):
        fits(shown)


@pytest.mark.feature("B7")
def test_a_reseller_reads_who_rejected_why_and_until_when_that_may_change():
    rejected = record(DecisionKind.REJECT, reason="Ordered the `black` ones")
    line = decided_line(rejected, RAE, now=NOW)
    assert "25 devices rejected by Nia (Northwind Logistics)" in line
    assert "Reason: `Ordered the 'black' ones`" in line
    assert "May be undone until" in line
    lines = decision_lines([standing(0, last=rejected)], RAE, now=NOW)
    assert lines[0] == "Northwind Logistics: 25 rejected or being exchanged"
    shown = fits(rejection(rejected, [Touched(UPLOAD, "RSL-ACME", 7, ("imei#490154203237518",))], RAE, now=NOW))
    assert "`490154203237518` and 6 more" in said(shown)


def test_a_card_offers_decisions_to_those_who_may_take_them():
    assert [one["action_id"] for one in buttons(fits(card(device(), NIA, now=NOW)))][:2] == [
        "approvals.accept",
        "approvals.reject",
    ]
    theirs = {one["action_id"] for one in buttons(card(device(), RAE, now=NOW))}
    assert {one for one in theirs if one.startswith("approvals.")} == {"approvals.who"}
    decided = device(status=Status.VERIFIED, decision="D-1", decided_until=UNTIL)
    assert buttons(card(decided, NIA, now=NOW))[0]["action_id"] == "approvals.undo"
    assert buttons(card(decided, NIA, now=UNTIL))[0]["action_id"] != "approvals.undo"
