"""What a click came to, above what it was clicked in."""

from __future__ import annotations

from rollcall.views.below import below
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from tests.unit.views.sample import NIA, fits, said


def message(*texts):
    rows = [section(text) for text in texts]
    return compose("\n".join(texts), rows, [*actions([button("Next", "page.next", {})]), NIA.account_line()])


def test_the_account_is_named_once_and_the_answer_comes_first():
    shown = fits(below(message("Done."), message("One", "Two")))
    assert said(shown).count("Northwind Logistics · customer") == 1
    assert said(shown).index("Done.") < said(shown).index("One") < said(shown).index("Two")
    assert shown.text.startswith("Done.")
    assert said(shown).count("Next") == 2


def test_the_answers_own_buttons_can_be_left_out():
    assert said(below(message("Done."), message("One"), plainly=True)).count("Next") == 1


def test_what_is_too_long_is_cut_above_the_buttons():
    shown = fits(below(message("Done."), message(*("x" * 900 for _ in range(48)))))
    assert "left out" in said(shown)
    assert said(shown).count("Next") == 2
    assert said(shown).endswith("Northwind Logistics · customer")
