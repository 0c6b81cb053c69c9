"""Looking into a company: what is read of the words, and what is left of an answer's buttons."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.slack.blockkit import problems
from rollcall.account_changes import Change, What
from rollcall.accounts import CustomerRole, Operator, Person, ResellerRole
from rollcall.audit import COLUMNS, look_row
from rollcall.commands import Command, render
from rollcall.grammar import parse
from rollcall.insights import (
    LEAST_REASON,
    MOST_REASON,
    READING,
    Insight,
    guest,
    hide_unknown,
    question_of,
    read_question,
    read_reason,
)
from rollcall.operator_words import OPERATOR_WORDS, names_operators
from rollcall.permissions import Act, allows
from rollcall.views import insights as views
from rollcall.views.blocks import actions, button, overflow, section
from rollcall.views.message import Message, compose
from rollcall.words import find_word

pytestmark = pytest.mark.feature("B25")

INSIGHT = Insight(
    "R-7K3F9QMC", "RSL-ACME", Person("T0OPS", "U0OPS"), "Olu", "Ticket 4711: missing", "2026-03-01T09:30:00Z", 1.0
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("operator content", ("", "")),
        ("  Operator   CONTENT  rsl-acme ", ("RSL-ACME", "")),
        ("operator content RSL-ACME uploads U-7K3F", ("RSL-ACME", "uploads U-7K3F")),
        ('operator content RSL-ACME devices list model:"a  b"', ("RSL-ACME", 'devices list model:"a  b"')),
        ("operator contents", None),
        ("operator letters", None),
        ("content RSL-ACME", None),
        ("", None),
    ],
)
def test_a_question_names_a_company_and_what_is_asked_of_it(text, meant):
    assert read_question(text) == meant


@given(st.from_regex(r"(RSL|CUST)-[A-Z0-9-]{1,60}", fullmatch=True), st.text(max_size=60))
def test_a_question_that_a_button_carries_is_read_as_it_was_written(account, order):
    asked = parse(render(Command("devices", "list", options={}, as_account="")))
    text = question_of(account, render(asked) + " " + " ".join(order.split()).replace("\0", ""))
    found = read_question(text)
    assert found is not None
    assert question_of(*found) == text.strip()
    assert names_operators(text) or '"' in order


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * (LEAST_REASON - 1), None),
        ("x" * LEAST_REASON, "x" * LEAST_REASON),
        ("x" * MOST_REASON, "x" * MOST_REASON),
        ("x" * (MOST_REASON + 1), None),
        (" \n" * 50, None),
        ("  Ticket 4711:\n rows missing ", "Ticket 4711: rows missing"),
    ],
)
def test_a_reason_says_something_on_one_line(text, reason):
    assert read_reason(text) == reason


@pytest.mark.parametrize(("account", "role"), [("RSL-ACME", ResellerRole.VIEWER), ("CUST-X", CustomerRole.VIEWER)])
def test_an_operator_may_no_more_than_a_viewer(account, role):
    member = guest(account, Operator("T0OPS", "U0OPS", "Olu"))
    assert member.role is role
    may = [act for act in Act if allows(member.role, act)]
    assert may == [Act.SEE_DEVICES, Act.SEE_UPLOADS]


def test_all_that_may_be_asked_is_a_word_of_the_grammar():
    assert all(find_word(area, word) for area, word in READING)
    assert find_word("operator", "content", OPERATOR_WORDS)


def test_what_is_not_the_companys_is_masked():
    asked = Command("devices", "find", ids=("490154203237518", "352099001761481"))
    assert hide_unknown(asked, {"490154203237518"}) == ("490154203237518", "…1481")


def test_only_buttons_that_ask_are_left_and_they_ask_under_the_insight():
    kept = {
        "uploads.open": ({"id": "U-1"}, "uploads U-1"),
        "uploads.errors": ({"id": "U-1"}, "uploads errors U-1"),
        "devices.open": ({"id": "imei#490154203237518"}, "devices find 490154203237518"),
        "devices.history": ({"id": "imei#490154203237518"}, "devices history 490154203237518"),
        "uploads.devices": ({"q": "devices list upload:U-1", "c": "", "n": 1}, "devices list upload:U-1"),
        "page.next": ({"q": "uploads list", "c": "x", "n": 6}, "uploads list"),
        "page.table": ({"q": "devices list", "c": "", "n": 1}, "devices list"),
    }
    gone = (
        "page.dm",
        "approvals.accept",
        "approvals.who",
        "uploads.undo",
        "uploads.import",
        "uploads.resend",
        "setup.key",
    )
    elements = [button("x", name, value) for name, (value, _) in kept.items()]
    elements += [button("x", name, {"id": "U-1"}) for name in gone]
    shown = compose(
        "x",
        [
            section("a", overflow("devices.more", [("Delete…", "{}")])),
            section("b", button("x", "uploads.open", {"id": "U-2"})),
        ],
        [*actions(elements), *actions([button("x", "page.dm", {"q": "me"})])],
    )
    answer = views.under(INSIGHT, shown)
    assert problems({"text": answer.text, "blocks": answer.blocks}, "message") == []
    accessories = [block.get("accessory") for block in answer.blocks if block["type"] == "section"]
    assert accessories[0] is None
    assert json.loads(accessories[1]["value"]) == {"q": "operator content RSL-ACME uploads U-2"}
    (row,) = [block for block in answer.blocks if block["type"] == "actions"]
    asked = {one["action_id"]: json.loads(one["value"]) for one in row["elements"]}
    assert {name: value["q"] for name, value in asked.items()} == {
        name: f"operator content RSL-ACME {question}" for name, (_, question) in kept.items()
    }
    assert asked["page.next"]["c"] == "x"


def test_the_messages_fit_into_slack():
    odd = Insight("R-1", "RSL-ACME", INSIGHT.operator, "<Olu>*", "`<!here>` " + "&" * 280, INSIGHT.at, 4e9)
    begun = Change(
        "RSL-ACME", odd.operator, odd.at, What.CONTENT_OPENED, about=odd.reason, by_name=odd.name, operator=True
    )
    messages = [
        views.overview([]),
        views.overview([(odd, "*Acme*")] * 3),
        views.begun(odd, "<Acme>"),
        views.not_open("RSL-X"),
        views.not_reading("RSL-X"),
        views.told(begun, "Acme *Mobile*", "RSL-ACME"),
        Message("x", views.lately([begun] * 3)),
    ]
    for message in messages:
        assert problems({"text": message.text, "blocks": message.blocks}, "message") == []
    for account in ("", "RSL-ACME"):
        assert problems(views.ask(account), "modal") == []
    assert "<!here>" not in json.dumps([message.blocks for message in messages])


@pytest.mark.feature("B18")
def test_a_look_is_a_line_of_the_audit_as_wide_as_all_others():
    change = Change(
        "RSL-ACME", INSIGHT.operator, INSIGHT.at, What.CONTENT_SEEN, "uploads list", after="why", by_name="Olu"
    )
    line = dict(zip(COLUMNS, look_row(change), strict=True))
    assert line["by"] == "Olu (operator of Rollcall)"
    assert line["note"] == "uploads list; because: why"
    assert line["device"] == line["status"] == line["reference"] == ""
