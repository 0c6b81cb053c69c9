"""Blocks stay within what Slack takes, whatever is put into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.slack.blockkit import problems
from rollcall.views import blocks
from rollcall.views.message import MOST_BLOCKS, characters, compose, identified
from tests.unit.views.sample import fits

LONG = "x" * 20_000


def test_every_block_cuts_what_is_too_long():
    press = blocks.button(
        LONG, "devices.open", {"id": "x"}, label=LONG, confirm=blocks.confirmation(LONG, LONG, confirm=LONG)
    )
    body = [
        blocks.header(LONG),
        blocks.section(LONG, press),
        *blocks.fields([(LONG, LONG)] * 2),
        blocks.context(LONG),
        blocks.divider(),
        *blocks.actions([blocks.overflow("more", [(LONG, LONG)] * 9)]),
    ]

    assert [problem for block in body for problem in problems({"text": "x", "blocks": [block]}, "message")] == []


def test_every_block_holds_an_empty_text():
    press = blocks.button("", "devices.open", {}, label="")
    body = [
        blocks.header(""),
        blocks.section("", press),
        *blocks.fields([("A", "")]),
        blocks.context(""),
        blocks.table([["", ""]]),
    ]

    assert problems({"text": "x", "blocks": body}, "message") == []


def test_many_fields_and_lines_take_several_blocks():
    assert [len(block["fields"]) for block in blocks.fields([("a", "b")] * 11)] == [10, 1]
    assert [len(block["text"]["text"]) for block in blocks.paragraphs(["x" * 999] * 3)] == [1999, 999]


def test_no_buttons_make_no_block():
    assert blocks.actions([]) == []


def test_a_button_never_carries_more_than_slack_takes():
    assert len(blocks.button("a", "b", {"id": "x" * 1_991})["value"]) == 2_000
    assert not blocks.fits({"id": "x" * 1_992})
    with pytest.raises(ValueError, match=r"devices\.open"):
        blocks.button("a", "devices.open", {"id": "x" * 1_992})


def test_styles_and_questions_are_passed_on():
    ask = blocks.confirmation("Delete?", "They are gone.", confirm="Delete devices")
    press = blocks.button("Delete", "devices.delete", {"id": "x"}, style="danger", confirm=ask)

    assert press["style"] == "danger"
    assert press["confirm"]["confirm"]["text"] == "Delete devices"
    assert problems({"text": "x", "blocks": blocks.actions([press])}, "message") == []


def test_a_message_drops_its_end_before_slack_refuses_it_and_says_so():
    foot = blocks.context("Acme Mobile")
    many = compose("x", [blocks.divider()] * 80, [foot])
    much = compose("x", [blocks.section("y" * 2_999)] * 8, [foot])

    for message in (many, much):
        fits(message)
        assert "left out" in message.blocks[-2]["elements"][0]["text"]
        assert message.blocks[-1]["elements"][0]["text"] == "Acme Mobile"
    assert len(many.blocks) == MOST_BLOCKS
    assert characters(much.blocks) > 8_000


def test_a_block_that_changes_gets_a_new_id():
    before, same, after = (identified([blocks.section(text)])[0]["block_id"] for text in ("a", "a", "b"))

    assert before == same
    assert before != after


def test_equal_blocks_have_ids_of_their_own():
    first, second = identified([blocks.divider(), blocks.divider()])

    assert first["block_id"] != second["block_id"]


@given(st.lists(st.integers(0, 3_000), max_size=70), st.text(max_size=4_000))
def test_any_sizes_fit(sizes, text):
    message = compose(text or "x", [blocks.section("y" * size) for size in sizes])

    assert len(message.blocks) <= MOST_BLOCKS
    assert characters(message.blocks) <= 12_000
    assert len(message.text) <= 3_000
