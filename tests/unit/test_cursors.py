"""Cursors: positions that travel, and texts that are none."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.cursors import END, LAST_LINE, Cursor, CursorError, Gap, decode, encode

GROUP = "2026-03-01T09:30:00Z#U-7K3F-9QMC-2V5R-8TXA"
cursors = st.builds(
    Cursor,
    st.builds(Gap, st.just(GROUP), st.integers(0, END), st.integers(0, LAST_LINE)),
    st.integers(0, LAST_LINE),
)


@given(cursors, st.text())
def test_a_cursor_comes_back_as_it_was(cursor, name):
    text = encode(cursor, of=name)
    assert decode(text, of=name) == cursor
    assert re.fullmatch(r"[0-9A-Za-z_-]{1,300}", text)


@given(cursors, st.text(), st.text())
def test_a_cursor_of_another_list_is_refused(cursor, name, other):
    if name != other:
        with pytest.raises(CursorError):
            decode(encode(cursor, of=name), of=other)


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


DIGEST = json.loads(base64.urlsafe_b64decode(encode(Cursor(Gap(GROUP), 0), of="x") + "=="))[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "a",
        "é",
        "AAAA\n",
        "A" * 400,
        packed([]),
        packed({"a": 1}),
        packed("text"),
        packed(1e400),
        packed([DIGEST, GROUP, 0, 0]),
        packed([DIGEST, GROUP, 0, 0, 0, 0]),
        packed([DIGEST, GROUP, -1, 0, 0]),
        packed([DIGEST, GROUP, 0, LAST_LINE + 1, 0]),
        packed([DIGEST, GROUP, END + 1, 0, 0]),
        packed([DIGEST, GROUP, 0, 0, -1]),
        packed([DIGEST, GROUP, True, 0, 0]),
        packed([DIGEST, GROUP, 0.0, 0, 0]),
        packed([DIGEST, GROUP, "0", 0, 0]),
        packed([DIGEST, "", 0, 0, 0]),
        packed([DIGEST, "\ud800", 0, 0, 0]),
        packed([DIGEST, "x" * 101, 0, 0, 0]),
        packed([DIGEST, None, 0, 0, 0]),
        packed(["", GROUP, 0, 0, 0]),
    ],
)
def test_a_malformed_text_is_refused(text):
    with pytest.raises(CursorError):
        decode(text, of="x")


@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(packed)))
def test_no_text_does_any_harm(text):
    with pytest.raises(CursorError):
        decode(text, of="x")
