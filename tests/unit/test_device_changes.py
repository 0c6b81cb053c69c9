"""Changes of devices as transactions: none is too large for DynamoDB, and none touches an item twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rollcall import life
from rollcall.conflicts import Generation
from rollcall.decisions import DecisionKind
from rollcall.devices import HistoryEntry
from rollcall.identifiers import Identifier, IdKind
from rollcall.store.device_changes import FURTHER, DeviceChanges, TooManyError
from rollcall.store.transactions import TRANSACTION_ACTIONS
from rollcall.transitions import Act, Status
from tests.unit.test_decisions import decision, device

UNDO = decision(DecisionKind.UNDO, id="D-2", undoes="D-1", at="2026-03-09T12:00:00Z")
#: Acceptances of two weeks.
WEEKS = ("2026-03-01T12:00:00Z", "2026-03-05T12:00:00Z")


class Writing:
    """Transactions that remember what they were to write."""

    def __init__(self):
        self.written = []

    def write(self, actions):
        self.written.append(actions)
        return ()


def keys(actions):
    for action in actions:
        (what,) = action.values()
        yield what["TableName"], json.dumps(what.get("Key") or {k: what["Item"].get(k) for k in ("id", "pk", "sk")})


@st.composite
def devices(draw):
    """Devices of some uploads and customers, waiting, accepted or rejected, with one identifier to three."""
    found = []
    for number in range(draw(st.integers(1, 120))):
        born = Generation(
            draw(st.sampled_from(["RSL-ACME", "RSL-OTHER"])),
            draw(st.sampled_from(["CUST-A", "CUST-B"])),
            draw(st.sampled_from(["U-1", "U-2", "U-3"])),
            number + 2,
        )
        ids = {"imei": Identifier(IdKind.IMEI, f"{number:015}"), "serial": Identifier(IdKind.SERIAL, f"S{number:09}")}
        status = draw(st.sampled_from([Status.PENDING, Status.VERIFIED, Status.REJECTED]))
        acts = {Status.VERIFIED: Act.ACCEPTED, Status.REJECTED: Act.REJECTED}
        made = device(status, generation=born, ids=ids if draw(st.booleans()) else {"imei": ids["imei"]})
        if status in acts:
            entry = HistoryEntry(draw(st.sampled_from(WEEKS)), acts[status], "p", status, "R", decision="D-1")
            made = replace(made, history=(*made.history, entry), decision="D-1")
        found.append(made)
    return found


def step(_, one):
    if one.status is Status.PENDING:
        return life.apply(one, decision())
    return life.apply(one, UNDO)


def changes(writing):
    return DeviceChanges(writing, devices="DevicesTable", uploads="UploadsTable", clock=lambda: 1.0)


def further(number):
    return [
        {"Put": {"TableName": "UploadsTable", "Item": {"pk": {"S": f"further{n}"}, "sk": {"S": "x"}}}}
        for n in range(number)
    ]


@settings(max_examples=30)
@given(devices())
def test_transactions_are_never_too_large_and_touch_no_item_twice(some):
    writing = Writing()
    done = changes(writing).apply(some, step, act_id="D-2")

    assert [one.before for one in done] == some
    for actions in writing.written:
        assert 0 < len(actions) <= TRANSACTION_ACTIONS
        touched = list(keys(actions))
        assert len(set(touched)) == len(touched)


@settings(max_examples=30)
@given(devices(), st.integers(0, FURTHER))
def test_what_goes_with_changes_has_its_place_or_all_is_refused(some, number):
    writing = Writing()
    try:
        changes(writing).apply(some, step, act_id="D-2", extra=lambda _: further(number))
    except TooManyError:
        assert writing.written == []
        assert len(some) > TRANSACTION_ACTIONS // 2
    else:
        (actions,) = writing.written
        assert len(actions) <= TRANSACTION_ACTIONS


def test_no_more_goes_with_changes_than_the_constant_says():
    one = device()
    changes(Writing()).apply([one], step, act_id="D-1", extra=lambda _: further(FURTHER))
    writing = Writing()
    with pytest.raises(ValueError, match=f"{FURTHER + 1} further actions"):
        changes(writing).apply([one], step, act_id="D-1", extra=lambda _: further(FURTHER + 1))
    assert writing.written == []


def test_a_transaction_of_accepted_devices_is_filled_to_the_last_action():
    """95 devices of an upload, what their upload and their week share, and all that a rule adds."""
    some = [
        device(generation=Generation("R", "C", "U-1", n + 2), ids={"imei": Identifier(IdKind.IMEI, f"{n:015}")})
        for n in range(95)
    ]
    writing = Writing()
    changes(writing).apply(some, step, act_id="D-1", extra=lambda _: further(FURTHER))
    assert [len(actions) for actions in writing.written] == [TRANSACTION_ACTIONS]
