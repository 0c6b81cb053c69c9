"""Menus of resellers: listed where all fit, searched where they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.rules import Rule
from rollcall.views.order_forms import order_form
from rollcall.views.reseller_menus import in_order, reseller_menu, reseller_options
from rollcall.views.rule_forms import rule_form
from tests.unit.views.sample import NIA

IDS = [f"RSL-{number:03}" for number in range(150)]
READER = replace(NIA, names={**NIA.names, **{one: f"Company {one[-3:]}" for one in IDS}})


@pytest.mark.parametrize("number", [1, 100, 101, 150])
def test_every_reseller_can_be_picked_and_what_was_picked_stays(number):
    menu = reseller_menu("x", IDS[:number], READER, placeholder="Resellers", picked=IDS[-2:], most=10)
    assert [one["value"] for one in menu["initial_options"]] == IDS[-2:]
    is_searched = number > 100
    assert menu["type"] == ("multi_external_select" if is_searched else "multi_static_select")
    assert is_searched or [one["value"] for one in menu["options"]] == IDS[:number]
    for view in (
        rule_form(IDS[:number], READER, "{}"),
        rule_form(
            IDS[:number],
            READER,
            "{}",
            rule=Rule("AR-1", "CUST-NORTHWIND", name="A", resellers=(IDS[0],), per_upload=1, per_day=1),
        ),
        order_form(IDS[:number], READER, "{}"),
    ):
        assert problems(view, "modal") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", IDS[:100]), ("  ", IDS[:100]), ("company 14", IDS[140:]), ("rsl-007", ["RSL-007"]), ("Nobody", [])],
)
def test_a_search_finds_by_name_and_by_id(typed, found):
    options = reseller_options(typed, in_order(reversed(IDS), READER), READER)
    assert [one["value"] for one in options] == found
