"""The buttons below a list."""

from __future__ import annotations

import json

import pytest

from rollcall.views.message import compose
from rollcall.views.pager import pager, position, to_dm
from tests.unit.views.sample import actions, elements, fits, page

QUESTION = "devices list status:pending"


def shown(*args, **more):
    return fits(compose("x", [{"type": "divider"}, *pager(*args, **more)]))


@pytest.mark.feature("P2")
@pytest.mark.parametrize(
    ("items", "more", "text"),
    [
        (5, {"total": 43}, "1-5 of 43"),
        (5, {"first": 6}, "6-10"),
        (1, {"first": 43, "total": 43}, "43 of 43"),
        (0, {}, "0"),
        (5, {"first": 1_001, "total": 5_000}, "1,001-1,005 of 5,000"),
    ],
)
def test_a_list_says_where_one_stands(items, more, text):
    assert position(page(range(items), **more)) == text


@pytest.mark.feature("P2")
def test_the_buttons_carry_the_question_and_the_place():
    message = shown(page(range(5), before="B", after="A", first=6), QUESTION, cursor="C", as_table=False)

    assert {element["action_id"]: json.loads(element["value"]) for element in elements(message)} == {
        "page.prev": {"q": QUESTION, "c": "B", "n": 1},
        "page.next": {"q": QUESTION, "c": "A", "n": 11},
        "page.table": {"q": QUESTION, "c": "C", "n": 6},
        "page.dm": {"q": QUESTION, "c": "C", "n": 6},
    }


def test_a_table_leads_to_tables():
    message = shown(page(range(5), after="A"), QUESTION, as_table=True)

    assert actions(message) == ["page.next", "page.dm"]
    assert all(json.loads(element["value"])["t"] == 1 for element in elements(message))


def test_a_list_without_a_table_does_not_offer_one():
    assert actions(shown(page(range(5)), QUESTION)) == ["page.dm"]


def test_an_empty_end_of_a_list_leads_back():
    assert actions(shown(page([], before="B"), QUESTION)) == ["page.prev"]


def test_nothing_to_page_through_has_no_buttons():
    assert pager(page([]), QUESTION) == []


def test_a_question_that_is_too_long_for_a_button_gets_none_and_a_reason():
    message = shown(page(range(5), after="A"), "devices find " + "1" * 2_000)

    assert actions(message) == []
    assert "shorter" in message.blocks[-1]["elements"][0]["text"]
    assert to_dm("x" * 2_000) == []
