"""What Slack would refuse is found before Slack sees it, with Slack's code and the place."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.slack.blockkit import Problem, problems, slack_error


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text="Hello", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**more):
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def entry(**more):
    return {
        "type": "input",
        "label": plain("Reason"),
        "element": {"type": "plain_text_input", "action_id": "a"},
        **more,
    }


def options(count, **more):
    return [{"text": plain(f"o{number}"), "value": f"v{number}", **more} for number in range(count)]


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}


def message(*blocks, **more):
    return {"text": "Hello", "blocks": list(blocks), **more}


GOOD_MESSAGES = {
    "text alone": {"text": "Hello"},
    "blocks alone": {"blocks": [section()]},
    "fifty blocks": message(*[section()] * 50),
    "link button": message(actions(button(), {"type": "button", "text": plain("Docs"), "url": "https://example.com"})),
    "confirm": message(actions(button(confirm={"title": plain("Sure?"), "text": plain("All 43"), "style": "danger"}))),
    "table": message(
        {"type": "table", "rows": [[{"type": "raw_text", "text": "A"}], [{"type": "raw_text", "text": "1"}]]}
    ),
    "data table": message(
        {"type": "data_table", "caption": "C", "rows": [[{"type": "raw_text", "text": "A"}]] * 101, "page_size": 10}
    ),
    "markdown": message({"type": "markdown", "text": "**bold**"}),
    "card": message({"type": "card", "title": {"type": "mrkdwn", "text": "A"}, "actions": [button()]}),
    "text in emoji counts characters": message({"type": "header", "text": plain("😀" * 150)}),
}


@pytest.mark.parametrize("payload", GOOD_MESSAGES.values(), ids=GOOD_MESSAGES.keys())
def test_a_message_within_the_rules_is_taken(payload):
    assert problems(payload, "message") == []


group = {"label": plain("G"), "options": options(1)}
BAD_MESSAGES = {
    "nothing": ({}, "no_text", ""),
    "blocks not a list": ({"blocks": "[{}]"}, "invalid_blocks_format", "/blocks"),
    "block not an object": ({"blocks": ["x"]}, "invalid_blocks_format", "/blocks"),
    "fifty-one blocks": (message(*[section()] * 51), "invalid_blocks", "/blocks"),
    "unknown block": (message({"type": "sectoin"}), "invalid_blocks", "/blocks/0"),
    "type is a list": (message({"type": ["section"]}), "invalid_blocks", "/blocks/0"),
    "unknown key": (message(section(colour="red")), "invalid_blocks", "/blocks/0"),
    "empty text": (message(section("")), "invalid_blocks", "/blocks/0/text/text"),
    "long text": (message(section("x" * 3001)), "invalid_blocks", "/blocks/0/text/text"),
    "text as a bare string": (message({"type": "section", "text": "x"}), "invalid_blocks", "/blocks/0/text"),
    "mrkdwn in a header": (
        message({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
        "invalid_blocks",
        "/blocks/0/text/type",
    ),
    "neither text nor fields": (message({"type": "section"}), "invalid_blocks", "/blocks/0"),
    "eleven fields": (message(section(fields=[plain("x")] * 11)), "invalid_blocks", "/blocks/0/fields"),
    "long field": (message(section(fields=[plain("x" * 2001)])), "invalid_blocks", "/blocks/0/fields/0/text"),
    "no actions": (message(actions()), "invalid_blocks", "/blocks/0/elements"),
    "no context": (message({"type": "context", "elements": []}), "invalid_blocks", "/blocks/0/elements"),
    "no options": (
        message(actions({"type": "overflow", "action_id": "o", "options": []})),
        "invalid_blocks",
        "/blocks/0/elements/0/options",
    ),
    "six overflow options": (
        message(actions({"type": "overflow", "action_id": "o", "options": options(6)})),
        "invalid_blocks",
        "/blocks/0/elements/0/options",
    ),
    "option value of 76": (
        message(actions({"type": "static_select", "action_id": "s", "options": options(1, value="x" * 76)})),
        "invalid_blocks",
        "/blocks/0/elements/0/options/0/value",
    ),
    "options and groups": (
        message(actions({"type": "static_select", "action_id": "s", "options": options(1), "option_groups": [group]})),
        "invalid_blocks",
        "/blocks/0/elements/0",
    ),
    "button leads nowhere": (
        message(actions({"type": "button", "text": plain("x")})),
        "invalid_blocks",
        "/blocks/0/elements/0",
    ),
    "button style": (message(actions(button(style="red"))), "invalid_blocks", "/blocks/0/elements/0/style"),
    "image without alt": (
        message({"type": "image", "image_url": "https://e.com/x.png"}),
        "invalid_blocks",
        "/blocks/0",
    ),
    "same block_id": (message(section(block_id="b"), section(block_id="b")), "invalid_blocks", "/blocks/1/block_id"),
    "same action_id": (message(actions(button(), button())), "invalid_blocks", "/blocks/0/elements/1/action_id"),
    "input in a message": (message(entry()), "invalid_blocks", "/blocks/0"),
    "alert in a message": (message({"type": "alert", "text": plain("x")}), "invalid_blocks", "/blocks/0"),
    "two tables": (
        message(*[{"type": "table", "rows": [[{"type": "raw_text", "text": "A"}]]}] * 2),
        "invalid_blocks",
        "/blocks",
    ),
    "ragged table": (
        message(
            {"type": "table", "rows": [[{"type": "raw_text", "text": "A"}], [{"type": "raw_text", "text": "A"}] * 2]}
        ),
        "invalid_blocks",
        "/blocks/0/rows",
    ),
    "data table of 102 rows": (
        message({"type": "data_table", "caption": "C", "rows": [[{"type": "raw_text", "text": "A"}]] * 102}),
        "invalid_blocks",
        "/blocks/0/rows",
    ),
    "data table without caption": (
        message({"type": "data_table", "rows": [[{"type": "raw_text", "text": "A"}]] * 2}),
        "invalid_blocks",
        "/blocks/0",
    ),
    "12,001 characters": (message(*[section("x" * 3000)] * 4, section("x")), "msg_blocks_too_long", "/blocks"),
    "block in an attachment": (
        {"attachments": [{"blocks": [section("")]}]},
        "invalid_attachments",
        "/attachments/0/blocks/0/text/text",
    ),
    "long message text": ({"text": "x" * 40_001}, "msg_too_long", "/text"),
}


@pytest.mark.parametrize(("payload", "code", "pointer"), BAD_MESSAGES.values(), ids=BAD_MESSAGES.keys())
def test_a_message_against_the_rules_is_refused_at_its_place(payload, code, pointer):
    found = problems(payload, "message")

    assert [(code, pointer)] == [(problem.code, problem.pointer) for problem in found]


GOOD_VIEWS = {
    "input": modal(entry()),
    "alert": modal({"type": "alert", "text": plain("Careful"), "level": "warning"}),
    "file": modal({"type": "input", "label": plain("CSV"), "element": {"type": "file_input", "action_id": "f"}}),
    "hundred blocks": modal(*[section()] * 100),
    "no submit, no input": {"type": "modal", "title": plain("Loading"), "blocks": [section()]},
    "home": home(section(), entry()),
}


@pytest.mark.parametrize("view", GOOD_VIEWS.values(), ids=GOOD_VIEWS.keys())
def test_a_view_within_the_rules_is_taken(view):
    assert problems(view, view["type"]) == []


BAD_VIEWS = {
    "title of 25": (modal(section(), title=plain("x" * 25)), "invalid_arguments", "/title/text"),
    "submit of 25": (modal(section(), submit=plain("x" * 25)), "invalid_arguments", "/submit/text"),
    "close of 25": (modal(section(), close=plain("x" * 25)), "invalid_arguments", "/close/text"),
    "metadata of 3001": (modal(section(), private_metadata="x" * 3001), "invalid_arguments", "/private_metadata"),
    "101 blocks": (modal(*[section()] * 101), "invalid_arguments", "/blocks"),
    "no blocks": (modal(), "invalid_arguments", "/blocks"),
    "no title": ({"type": "modal", "blocks": [section()]}, "invalid_arguments", ""),
    "input without submit": ({"type": "modal", "title": plain("T"), "blocks": [entry()]}, "invalid_arguments", ""),
    "markdown in a modal": (modal({"type": "markdown", "text": "x"}), "invalid_arguments", "/blocks/0"),
    "alert on Home": (home({"type": "alert", "text": plain("x")}), "invalid_arguments", "/blocks/0"),
    "file on Home": (
        home({"type": "input", "label": plain("CSV"), "element": {"type": "file_input", "action_id": "f"}}),
        "invalid_arguments",
        "/blocks/0/element",
    ),
    "unknown key": (modal(section(), colour="red"), "invalid_arguments", ""),
    "eleven files": (
        modal(
            {"type": "input", "label": plain("C"), "element": {"type": "file_input", "action_id": "f", "max_files": 11}}
        ),
        "invalid_arguments",
        "/blocks/0/element/max_files",
    ),
}


@pytest.mark.parametrize(("view", "code", "pointer"), BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_a_view_against_the_rules_is_refused_at_its_place(view, code, pointer):
    found = problems(view, view["type"])

    assert [(code, pointer)] == [(problem.code, problem.pointer) for problem in found]


def test_a_view_over_250_kb_is_too_large():
    view = modal(*[section("x" * 2900)] * 90)

    assert slack_error(problems(view, "modal")) == "view_too_large"


def test_a_view_of_another_kind_is_refused():
    assert problems(home(section()), "modal")[0].pointer == "/type"


def test_a_problem_reads_as_slack_writes_it():
    problem = Problem("invalid_arguments", "/blocks/0", "unsupported type: x")

    assert problem.line("/view") == "[ERROR] unsupported type: x [json-pointer:/view/blocks/0]"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aé😀<", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "blocks", "rows", "element", "options", "x"]),
            inner,
            max_size=4,
        )
    ),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(block=st.dictionaries(st.sampled_from(["text", "elements", "element", "rows", "fields", "accessory"]), JSON))
@pytest.mark.parametrize("kind", ["section", "actions", "context", "input", "table", "data_table", "rich_text", "card"])
def test_whatever_stands_in_a_block_is_answered_and_never_raises(kind, block):
    payload = {"blocks": [{"type": kind, **block}]}

    assert all(json.dumps(problem.message) for problem in problems(payload, "message"))
