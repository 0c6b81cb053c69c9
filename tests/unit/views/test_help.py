"""Help and hints."""

from __future__ import annotations

import pytest

from rollcall.grammar import Command, parse
from rollcall.permissions import Act
from rollcall.views.help import show_help
from rollcall.views.hints import ambiguous, expired, not_allowed, not_there, show_hint, timed_out, unexpected
from rollcall.words import WORDS, areas
from tests.unit.views.sample import NIA, RAE, fits, said


def test_help_has_every_word_of_the_table():
    text = said(fits(show_help(account_line=RAE.account_line())))

    for word in WORDS:
        assert (
            f"/rollcall {word.area} {word.usage}".replace("  ", " ").replace("<", "&lt;").replace(">", "&gt;") in text
        )
        assert word.help.replace("<", "&lt;").replace(">", "&gt;") in text
    assert "Acme Mobile · reseller" in text


@pytest.mark.parametrize("area", areas())
def test_help_of_an_area_has_its_words_only(area):
    text = said(fits(show_help(area)))

    assert f"Help: {area}" in text
    assert [other for other in areas() if f"/rollcall {other} " in text] == [area]
    assert "/rollcall customers" not in text


def test_help_prints_the_names_that_commands_really_have():
    text = said(fits(show_help("devices", {"": "/rollcall-dev", "devices": "/devices-dev"})))

    assert "`/devices-dev` is short for `/rollcall-dev devices`" in text
    assert "/rollcall " not in text


def test_without_an_alias_none_is_promised():
    assert "short for" not in said(fits(show_help("devices", {"": "/rollcall"})))


def test_a_hint_says_what_was_meant_and_what_works():
    hint = parse("devices list stat*us:<!here>")
    text = said(fits(show_hint(hint, "/rollcall-dev")))

    assert "`/rollcall-dev devices" in text
    assert isinstance(parse(hint.example), Command)
    assert "Did you mean *`customers`*?" in said(fits(show_hint(parse("custmers"))))


def test_an_example_with_special_characters_is_shown_as_it_is_typed():
    shown = fits(show_hint(parse("devices list order:A&amp;B 17")))

    assert '`/rollcall devices list order:"A&amp;B 17"`' in said(shown)


@pytest.mark.feature("B23")
def test_an_unexpected_error_has_a_reference():
    assert "the reference `R-7K3F9QMC`" in said(fits(unexpected("R-7K3F9QMC")))
    assert "the reference `R-7K3F9QMC`" in unexpected("R-7K3F9QMC").text


def test_a_time_out_repeats_the_question():
    text = said(fits(timed_out("devices list order:A&amp;B", "R-7K3F9QMC")))

    assert "`/rollcall devices list order:A&amp;B`" in text
    assert "R-7K3F9QMC" in text


@pytest.mark.parametrize(
    ("act", "reader", "who"),
    [
        (Act.DECIDE, NIA, "approver or admin"),
        (Act.DELETE, RAE, "the role admin;"),
        (Act.DECIDE, RAE, "Your customers do that."),
        (Act.OPERATE, NIA, "Those who run Rollcall do that."),
    ],
)
def test_who_may_not_is_told_who_may(act, reader, who):
    text = said(fits(not_allowed(act, reader)))

    assert f"you may not {act.value}" in text
    assert who in text


def test_what_is_not_there_reads_like_what_one_may_not_see():
    assert "No upload `U-7K3F-9Q` is known." in said(fits(not_there("upload", "U-7K3F-9Q", NIA)))
    assert "2 uploads begin with `U-7K3F-9Q`" in said(fits(ambiguous("U-7K3F-9Q", 2, NIA)))
    assert "`/rollcall uploads list`" in said(fits(expired("uploads list")))
