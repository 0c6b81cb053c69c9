"""Rules take what they may and no more, whatever comes in whatever order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.model_names import MOST, is_named, models_problem, read_models
from rollcall.orders import Expectation
from rollcall.rules import (
    Candidate,
    Hindrance,
    Made,
    Rule,
    RuleStanding,
    Ruling,
    concerned,
    hindrance,
    in_order,
    ruling_from_json,
    ruling_to_json,
)
from rollcall.rules import plan as planned
from tests.unit.views.sample import listed

PHONES = Rule(
    "AR-1", "CUST-NORTHWIND", "Office phones", ("RSL-ACME",), on=True, version=3, made_at="2026-03-01T00:00:00Z"
)
MODELS = ("SM-S921B", "SM-A546B")


def candidate(number=1, expectation=Expectation.EXPECTED, model="SM-S921B"):
    return Candidate(listed(number, model=model), expectation)


@st.composite
def standings(draw):
    """A few rules with rooms of their own."""
    some = []
    for number in range(draw(st.integers(1, 4))):
        rule = replace(
            PHONES,
            id=f"AR-{number}",
            models=draw(st.sampled_from([(), MODELS[:1], MODELS])),
            needs_order=draw(st.booleans()),
        )
        stopped = draw(st.sampled_from([None, None, None, Hindrance.NEW_RESELLER]))
        some.append(RuleStanding(rule, draw(st.integers(-1, 6)), draw(st.integers(-1, 6)), stopped))
    return some


CANDIDATES = st.lists(st.tuples(st.sampled_from(list(Expectation)), st.sampled_from([*MODELS, ""])), max_size=15).map(
    lambda some: [candidate(n, *one) for n, one in enumerate(some, 1)]
)


@pytest.mark.feature("B16")
@given(standings(), CANDIDATES)
def test_caps_are_never_exceeded_and_every_device_is_taken_once_or_left_with_a_reason(rules, candidates):
    plan = planned(rules, candidates)

    taken = [one for some in plan.takes.values() for one in some]
    assert sorted(one.device.id for one in [*taken, *(one for one, _ in plan.left)]) == sorted(
        one.device.id for one in candidates
    )
    for one in rules:
        mine = plan.takes[one.rule.id]
        assert len(mine) <= max(0, min(one.upload_room, one.day_room))
        assert not (mine and one.stopped)
        assert all(hindrance(one.rule, each) is None for each in mine)
    for each, why in plan.left:
        assert why in {hindrance(one.rule, each) or one.stopped or Hindrance.UPLOAD_CAP for one in rules} | {
            Hindrance.DAY_CAP
        }


@pytest.mark.feature("B16")
@given(st.permutations(range(4)))
def test_rules_are_asked_in_the_order_in_which_they_were_made(order):
    rules = [replace(PHONES, id=f"AR-{n}", made_at=f"2026-03-0{1 + n // 2}T00:00:00Z") for n in range(4)]

    assert in_order(rules[n] for n in order) == rules
    assert concerned([replace(rules[0], on=False), *rules[1:]], "RSL-ACME") == rules[1:]
    assert concerned(rules, "RSL-BOLTWAVE") == []


@pytest.mark.feature("B16")
@pytest.mark.parametrize(
    ("expectation", "why"),
    [
        (Expectation.EXPECTED, None),
        (Expectation.NONE, Hindrance.NO_ORDER),
        (Expectation.UNKNOWN, Hindrance.ORDER_UNKNOWN),
        (Expectation.CLOSED, Hindrance.ORDER_CLOSED),
        (Expectation.OTHER_MODEL, Hindrance.ORDER_MODEL),
        (Expectation.OVER, Hindrance.ORDER_FULL),
    ],
)
def test_a_rule_that_needs_an_order_takes_only_what_an_order_expects(expectation, why):
    assert hindrance(PHONES, candidate(expectation=expectation)) is why
    assert hindrance(replace(PHONES, needs_order=False), candidate(expectation=expectation)) is None


@pytest.mark.feature("B16")
def test_the_reason_that_is_told_is_that_of_the_rule_which_was_nearest():
    other = replace(PHONES, id="AR-2", models=("SM-X",))
    full = RuleStanding(PHONES, 0, 5)

    assert planned([RuleStanding(other, 5, 5), full], [candidate()]).left[0][1] is Hindrance.UPLOAD_CAP
    assert planned([full, RuleStanding(other, 5, 5)], [candidate()]).left[0][1] is Hindrance.UPLOAD_CAP
    assert planned([RuleStanding(PHONES, 5, 0)], [candidate()]).left[0][1] is Hindrance.DAY_CAP
    assert planned([], [candidate()]).left == ()


def test_models_are_whole_names_in_any_case_or_tacs():
    ids = listed().ids
    tac = ids["imei"].value[:8]

    assert is_named((), "", ids)
    assert is_named(("sm-s921b",), "SM-S921B", ids)
    assert is_named((tac,), "whatever", ids)
    assert not is_named(("SM-S921",), "SM-S921B", ids)
    assert not is_named((tac[:7],), "", ids)
    assert not is_named(("SM-X",), "", ids)
    assert read_models(" SM-A \n sm-a, Tab  S9;\n") == ("sm-a", "Tab S9")
    assert models_problem([str(n) for n in range(MOST + 1)])[1] == {"number": MOST + 1, "most": MOST}
    assert models_problem(["x" * 101])[1] == {"most": 100, "number": 101}
    assert models_problem(["SM-A"]) == ("", {})


def test_a_ruling_is_read_back_as_it_was_stored():
    ruling = Ruling(done=True, made=(Made("D-1", "AR-1"),), left={"upload_cap": 2})

    assert ruling_from_json(ruling_to_json(ruling)) == ruling
