"""Other people's texts inside ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.views.text import (
    NOTHING,
    clean,
    code,
    command_line,
    count,
    cut,
    cut_mrkdwn,
    date,
    date_plain,
    escape,
    plain,
)
from tests.unit.views.sample import is_dead


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("PO 17", "`PO 17`"),
        ("a`b", "`a'b`"),
        ("<!channel>", "`&lt;!channel&gt;`"),
        ("A&B", "`A&amp;B`"),
        ("one\ntwo\t\x00three", "`one two three`"),
        ("\u202eevil\u200b", "`evil`"),
        ("", NOTHING),
        ("\u200b \n", NOTHING),
        ("x" * 61, "`" + "x" * 59 + "…`"),
        ("\ud800", NOTHING),
    ],
)
def test_a_value_is_a_code_span(text, shown):
    assert code(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme & Sons <x>", "Acme &amp; Sons &lt;x&gt;"),
        ("*bold* _it_ ~no~ `x` :smile:", "∗bold∗ ˍitˍ ∼no∼ ˋxˋ ∶smile∶"),  # noqa: RUF001 - the look-alikes are what is meant
        ("Devices: 12, at 09:30", "Devices: 12, at 09:30"),
        (":x", "∶x"),  # noqa: RUF001 - likewise
        ("", NOTHING),
    ],
)
def test_a_name_formats_nothing(text, shown):
    assert plain(text) == shown


@given(st.text())
def test_no_text_comes_alive(text):
    assert is_dead(code(text))
    assert is_dead(plain(text))
    assert is_dead(command_line("/rollcall", escape(text)))
    assert clean(clean(text)) == clean(text)


@given(
    st.lists(st.sampled_from([code("<@U1>`&"), date("2026-03-01T09:30:00Z"), plain("A&B"), " "]), min_size=1),
    st.integers(2, 90),
)
def test_a_cut_leaves_nothing_half(parts, limit):
    shown = cut_mrkdwn(" ".join(parts), limit)

    assert len(shown) <= limit
    assert is_dead(shown)
    assert not shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").count("&")


def test_a_cut_says_that_something_is_missing():
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"


def test_a_time_is_shown_in_the_readers_own_zone():
    assert date("2026-03-01T09:30:00Z") == "<!date^1772357400^{date_short_pretty} at {time}|2026-03-01 09:30 UTC>"
    assert date_plain("2026-03-01T09:30:00Z") == "2026-03-01 09:30 UTC"


def test_what_is_no_time_is_shown_as_it_is():
    assert date("<!here>") == "`&lt;!here&gt;`"
    assert date_plain("yesterday") == "yesterday"


@pytest.mark.parametrize(
    ("number", "nouns", "shown"),
    [
        (1234567, (), "1,234,567"),
        (1, ("row",), "1 row"),
        (0, ("row",), "0 rows"),
        (2, ("company", "companies"), "2 companies"),
    ],
)
def test_numbers_come_with_their_noun(number, nouns, shown):
    assert count(number, *nouns) == shown
