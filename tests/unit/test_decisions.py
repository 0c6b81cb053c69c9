"""Decisions as values: whom they may concern, how long they can be undone, why one is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall import life
from rollcall.conflicts import Generation
from rollcall.decided import (
    Outcome,
    Record,
    Settled,
    Undone,
    decision_from_json,
    decision_to_json,
    record_from_json,
    record_to_json,
)
from rollcall.decisions import (
    Decision,
    DecisionKind,
    Target,
    Verdict,
    Windows,
    decision_id,
    judge,
    request_faults,
    text_faults,
)
from rollcall.devices import Device, HistoryEntry
from rollcall.errors import Fault
from rollcall.identifiers import Identifier, IdKind
from rollcall.transitions import TABLE, Act, Status, TransitionError
from rollcall.waiting import Selection

BORN = Generation("RSL-ACME", "CUST-NORTHWIND", "U-1", 2)
OCCASION = life.Occasion("X-1", "rollcall", "2026-03-01T12:00:00Z", "R-9", "done")
NEW = Identifier(IdKind.IMEI, "356779103674072")


def device(status=Status.PENDING, **changes):
    before = Status.VERIFIED if status is Status.EXCHANGING else None
    entry = HistoryEntry("2026-03-01T09:30:00Z", Act.UPLOADED, "S3", status, "R-1")
    made = Device(
        generation=BORN,
        ids={"imei": Identifier(IdKind.IMEI, "356779103674064"), "serial": Identifier(IdKind.SERIAL, "R58N12ABCDE")},
        status=status,
        chunk=0,
        model="",
        order_number="",
        order_date="",
        tags=(),
        stc="",
        uploaded_at="2026-03-01T09:30:00Z",
        uploaded_by="S3",
        version=1,
        history=(entry,),
        before_exchange=before,
    )
    return replace(made, **changes)


def decision(kind=DecisionKind.ACCEPT, **changes):
    made = Decision(
        id="D-1",
        kind=kind,
        customer="CUST-NORTHWIND",
        by="person:T0NW:U0NIA",
        at="2026-03-01T10:00:00Z",
        until="" if kind is DecisionKind.UNDO else "2026-03-01T10:10:00Z",
        reference="R-2",
    )
    return replace(made, **changes)


def undo(**changes):
    made = decision(DecisionKind.UNDO, id="D-2", undoes="D-1", at="2026-03-01T10:05:00Z")
    return replace(made, **changes)


# ---- windows --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B7")
@pytest.mark.parametrize(
    ("devices", "until"), [(1, "10:10:00Z"), (50, "10:10:00Z"), (51, "2026-03-02T10:00:00Z"), (10**6, "2026-03-02")]
)
def test_ten_minutes_for_a_few_and_a_day_for_more_than_fifty(devices, until):
    assert until in Windows().until(datetime(2026, 3, 1, 10, tzinfo=UTC), devices)


def test_windows_can_be_set():
    windows = Windows(few=timedelta(seconds=5), many=timedelta(seconds=9), many_from=1)
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)

    assert [windows.until(at, devices)[-3:] for devices in (1, 2)] == ["05Z", "09Z"]


# ---- judging --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B6")
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", [DecisionKind.ACCEPT, DecisionKind.REJECT])
def test_only_what_is_pending_can_be_decided_on(status, kind):
    judgement = judge(device(status), decision(kind))

    if status is Status.PENDING:
        assert judgement.verdict is Verdict.APPLY
    else:
        assert judgement.fault.code == ("DEVICE_EXCHANGING" if status is Status.EXCHANGING else "NOT_PENDING")
        assert status is Status.EXCHANGING or status.value in judgement.fault.message
        assert judgement.entry.by == "S3"


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (None, None),
        (device(generation=replace(BORN, customer="CUST-FABRIKAM")), None),
        (device(), replace(BORN, line=3)),
        (device(), replace(BORN, upload="U-2")),
    ],
    ids=["none", "not yours", "another line", "another upload"],
)
def test_what_is_not_yours_or_not_what_was_shown_is_not_there(found, shown):
    for one in (decision(), undo()):
        judgement = judge(found, one, shown)
        assert judgement.fault.code == "NOT_FOUND"
        assert judgement.entry is None


def test_a_decision_knows_its_own_work():
    accepted = life.decide(device(), decision()).after

    assert judge(accepted, decision()).verdict is Verdict.DONE
    assert judge(life.undo(accepted, undo()).after, decision()).verdict is Verdict.DONE
    assert judge(life.undo(accepted, undo()).after, undo()).verdict is Verdict.DONE


@pytest.mark.feature("B7")
def test_undo_is_of_that_very_decision_and_in_time():
    accepted = life.decide(device(), decision()).after
    exchanging = life.begin_exchange(accepted, OCCASION).after
    again = life.decide(life.undo(accepted, undo(id="D-8")).after, decision(id="D-9")).after
    codes = {
        "in time": judge(accepted, undo()),
        "exchanging": judge(exchanging, undo()),
        "decided anew": judge(again, undo()),
        "never": judge(device(), undo()),
    }

    assert codes["in time"].verdict is Verdict.APPLY
    assert codes["exchanging"].fault.code == "DEVICE_EXCHANGING"
    assert codes["decided anew"].fault.code == "DECISION_GONE"
    assert codes["never"].verdict is Verdict.NOT_CONCERNED


@pytest.mark.feature("B7")
@pytest.mark.parametrize(("at", "verdict"), [("10:09:59", Verdict.APPLY), ("10:10:00", Verdict.REFUSED)])
def test_the_window_ends_at_its_second(at, verdict):
    accepted = life.decide(device(), decision()).after
    judgement = judge(accepted, undo(at=f"2026-03-01T{at}Z"))

    assert judgement.verdict is verdict
    assert judgement.fault is None or judgement.fault.details == {"until": "2026-03-01T10:10:00Z"}


# ---- what is asked for ----------------------------------------------------------------------------------------------


@pytest.mark.feature("P22")
@pytest.mark.feature("P23")
def test_what_is_wrong_with_a_request_is_said_at_once():
    other = device(generation=replace(BORN, reseller="RSL-BOLTWAVE"))
    wrong = decision(approval_id="x" * 101, reason="y" * 501)

    assert [fault.code for fault in request_faults(wrong, [device(), other])] == [
        "VALUE_TOO_LONG",
        "VALUE_TOO_LONG",
        "APPROVAL_ID_SINGLE",
        "SEVERAL_RESELLERS",
    ]
    assert request_faults(decision(approval_id="BANK 7", reason="y" * 500), [device()]) == ()
    assert request_faults(undo(), [device(), other]) == ()
    assert text_faults(decision(reason="ü" * 500)) == ()


def test_the_same_occasion_is_the_same_decision():
    assert decision_id("click", "x") == decision_id("click", "x") != decision_id("clic", "kx")
    assert decision_id("click").startswith("D-")


# ---- steps ----------------------------------------------------------------------------------------------------------


STEPS = {
    Act.ACCEPTED: lambda one: life.decide(one, decision()),
    Act.AUTO_ACCEPTED: lambda one: life.decide(one, decision(rule="known orders")),
    Act.REJECTED: lambda one: life.decide(one, decision(DecisionKind.REJECT)),
    Act.UNDONE: lambda one: life.undo(one, undo()),
    Act.HEALED: lambda one: life.heal(one, OCCASION),
    Act.EXCHANGE_BEGUN: lambda one: life.begin_exchange(one, OCCASION),
    Act.EXCHANGE_ENDED: lambda one: life.end_exchange(one, OCCASION),
    Act.DELETED: lambda one: life.delete(one, Act.DELETED, OCCASION),
    Act.UPLOAD_UNDONE: lambda one: life.delete(one, Act.UPLOAD_UNDONE, OCCASION),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("act", STEPS)
def test_each_step_is_the_tables_and_adds_one_entry(status, act):
    before = device(status)
    if (status, act) not in TABLE:
        with pytest.raises(TransitionError):
            STEPS[act](before)
        return
    change = STEPS[act](before)
    after = change.after

    assert (after.status if after else None) in TABLE[status, act]
    if after is None:
        assert [(one.act, one.decision) for one in change.last] == [(act, "X-1")]
    else:
        assert after.version == before.version + 1
        assert after.history[:-1] == before.history
        assert (after.history[-1].act, after.history[-1].status) == (act, after.status)
        assert after.history[-1].decision
    verified = int(after is not None and after.status is Status.VERIFIED) - int(status is Status.VERIFIED)
    settled = int(status is Status.PENDING) - int(after is not None and after.status is Status.PENDING)
    assert (change.verified, change.settled, change.reopens) == (verified, settled, settled < 0)


@pytest.mark.feature("P15")
@pytest.mark.parametrize("status", [Status.PENDING, Status.VERIFIED])
def test_a_release_stands_in_the_history_of_what_had_to_be_released(status):
    release = life.Occasion("X-1", "person:T0NW:U0NIA", "2026-03-01T10:00:00Z", "R-1")
    change = life.delete(device(status), Act.DELETED, release, release=release)

    acts = [(one.act, one.status) for one in change.last]
    released = [(Act.RELEASED, Status.VERIFIED)] if status is Status.VERIFIED else []
    assert acts == [*released, (Act.DELETED, status)]


def test_a_decision_leaves_its_id_its_window_and_its_words():
    rejected = life.decide(device(), decision(DecisionKind.REJECT, reason="not ordered")).after
    accepted = life.decide(device(), decision(), approval_id="BANK 7").after
    ruled = life.decide(device(), decision(rule="known orders")).after

    assert (rejected.decision, rejected.decided_until) == ("D-1", "2026-03-01T10:10:00Z")
    assert [one.history[-1].note for one in (rejected, accepted, ruled)] == [
        "not ordered",
        "approval ID BANK 7",
        "known orders",
    ]
    assert accepted.approval_id == "BANK 7"
    back = life.undo(accepted, undo()).after
    assert (back.decision, back.decided_until, back.approval_id) == ("", "", "")


@pytest.mark.feature("B21")
def test_an_exchange_keeps_the_old_identifier_for_finding():
    swapping = life.begin_exchange(device(), OCCASION).after
    swapped = life.end_exchange(swapping, OCCASION, slot="imei", replacement=NEW).after
    once_more = life.end_exchange(
        life.begin_exchange(swapped, OCCASION).after, OCCASION, slot="imei", replacement=device().ids["imei"]
    ).after
    serial = life.end_exchange(
        swapping, OCCASION, slot="serial", replacement=Identifier(IdKind.SERIAL, "R58N12ABCDF")
    ).after

    assert (swapped.id, swapped.primary) == ("imei#356779103674064", NEW)
    assert swapped.own_keys() == ("imei#356779103674064", NEW.key, "serial#R58N12ABCDE")
    assert set(once_more.own_keys()) == set(swapped.own_keys())
    assert once_more.id == swapped.id
    assert "serial#R58N12ABCDE" in serial.own_keys()
    assert swapped.status is Status.PENDING


# ---- kept and read back ---------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=8)
DECISIONS = st.builds(
    Decision,
    id=TEXTS.filter(bool),
    kind=st.sampled_from(DecisionKind),
    customer=TEXTS.filter(bool),
    by=TEXTS.filter(bool),
    at=TEXTS.filter(bool),
    until=TEXTS,
    reason=TEXTS,
    approval_id=TEXTS,
    undoes=TEXTS,
    rule=TEXTS,
    reference=TEXTS,
)


@given(DECISIONS)
def test_a_decision_comes_back_as_it_was_kept(one):
    assert decision_from_json(decision_to_json(one)) == one


@given(DECISIONS, TEXTS, st.booleans())
def test_a_record_comes_back_as_it_was_kept(one, text, flag):
    record = Record(
        decision=one,
        resellers=("RSL-ACME",),
        devices=3,
        upload=text,
        selection=Selection(order=text),
        targets=(Target("imei#1", BORN, text), Target("serial#2")),
        job=text,
        undone=Undone("D-2", "person:T:U", "2026", 2) if flag else None,
        only_this_time=flag,
    )
    undone = {"id": "D-2", "by": "person:T:U", "at": "2026", "devices": 2} if flag else None

    assert record_from_json(record_to_json(record), undone) == record


def test_an_outcome_counts():
    refused = [Settled(Target("a"), fault=Fault("NOT_FOUND")), Settled(Target("b"), fault=Fault("NOT_PENDING"))]
    outcome = Outcome((Settled(Target("c"), done=True, device=device()), *refused, refused[0], Settled(Target("d"))))

    assert (outcome.done, len(outcome.decided), len(outcome.refused)) == (1, 1, 3)
    assert outcome.by_code == {"NOT_FOUND": 2, "NOT_PENDING": 1}


@pytest.mark.feature("B9")
def test_a_selection_takes_by_order_and_by_the_beginning_of_a_model():
    part = Selection(order=" po  1", model="sm-a")

    assert part.takes("PO 1", "SM-A123")
    assert not part.takes("PO 2", "SM-A123")
    assert not part.takes("PO 1", "XM-A123")
    assert Selection().takes("", "")
    assert (bool(Selection()), bool(Selection(model=" ")), bool(part)) == (False, False, True)
