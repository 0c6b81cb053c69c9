"""What the buttons below a list carry, read back; whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.desk.turns import Turn, question_of, read_turn, start_of
from rollcall.queries import Page
from rollcall.views import pager


@pytest.mark.parametrize(
    ("value", "action_id", "expected"),
    [
        ({"q": "devices list", "c": "x", "n": 6}, pager.NEXT, Turn("x")),
        ({"q": "devices list", "c": "x", "n": 6}, pager.PREVIOUS, Turn("x", backwards=True)),
        ({"q": "devices list", "c": "x", "n": 6}, pager.TABLE, Turn("x", as_table=True)),
        ({"q": "devices list", "c": "x", "t": 1}, pager.NEXT, Turn("x", as_table=True)),
        ({"q": "devices list", "c": "x", "t": 1}, pager.PREVIOUS, Turn("x", backwards=True, as_table=True)),
        ({"q": "devices list", "c": ""}, pager.DM, Turn()),
        ({"c": 7, "t": "yes"}, pager.NEXT, Turn()),
        ({}, "", Turn()),
    ],
)
def test_a_button_says_which_page(value, action_id, expected):
    assert read_turn(value, action_id) == expected


@given(st.dictionaries(st.sampled_from(["q", "c", "n", "t"]), st.none() | st.booleans() | st.integers() | st.text()))
def test_anything_else_in_a_button_is_the_first_page_of_nothing(value):
    turn = read_turn(value, pager.NEXT)
    assert turn.cursor is None or turn.cursor == value["c"]
    assert isinstance(question_of(value), str)


def test_every_paging_button_of_a_list_leads_where_it_says():
    page = Page(("a", "b"), first=3, total=9, before="before", after="after")
    blocks = pager.pager(page, "devices list", cursor=start_of(page), as_table=False)
    found = {element["action_id"]: element["value"] for element in blocks[0]["elements"]}
    assert set(found) == {pager.PREVIOUS, pager.NEXT, pager.TABLE, pager.DM}
    assert start_of(page) == "before"
    assert start_of(Page(())) == ""
