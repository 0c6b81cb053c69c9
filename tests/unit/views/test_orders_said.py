"""What is said of orders is said to its end."""

from __future__ import annotations

from rollcall.desk import orders as desk
from rollcall.views import orders
from tests.unit.views.sample import NIA, fits, said


def test_a_sentence_of_ours_is_not_cut():
    for sentence in (desk._LATE, desk._CHANGED, desk._GONE):
        assert sentence in said(fits(orders.said(sentence, NIA)))
