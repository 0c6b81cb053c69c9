"""Whole numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.desk.rule_fields import order_of
from rollcall.desk.sent_forms import FieldError
from rollcall.orders import LARGEST_QUANTITY
from rollcall.typed_numbers import read_whole
from rollcall.views import order_forms

BETWEEN = ",.' \u2019\u00a0\u2007\u2009\u202f"


@given(number=st.integers(0, 10**12), between=st.sampled_from(["", *BETWEEN]), around=st.sampled_from(["", " ", "\t"]))
def test_a_number_is_read_whatever_stands_between_its_groups(number, between, around):
    assert read_whole(f"{around}{number:,}{around}".replace(",", between)) == number


@given(
    whole=st.integers(0, 10**6),
    between=st.sampled_from(BETWEEN),
    fraction=st.from_regex(r"[0-9]{1,2}|[0-9]{4,5}", fullmatch=True),
)
def test_a_fraction_is_no_whole_number(whole, between, fraction):
    assert read_whole(f"{whole}{between}{fraction}") is None


@given(st.text())
def test_no_text_is_read_as_another_number(text):
    number = read_whole(text)
    if number is not None:
        assert int("".join(filter(str.isdigit, text))) == number
        assert not set(text.strip()) - set("0123456789" + BETWEEN)


NONE = ["", " ", "1.000,5", "1,000.5", "1.000,000", "1 000.000", "1..000", ".000", "1000.000", "-1", "+1", "1e3"]


@pytest.mark.parametrize("typed", [*NONE, "\u0661\u0662", "\uff11"])
def test_what_is_no_number_is_none(typed):
    assert read_whole(typed) is None


@pytest.mark.parametrize(("typed", "quantity"), [("1.000", 1000), ("1\u202f000", 1000), ("12", 12), ("0012", 12)])
def test_an_order_takes_the_numbers_of_germany(typed, quantity):
    assert order_of(filled(typed), {"RSL-ACME"}).quantity == quantity


@pytest.mark.parametrize("typed", ["1,5", "0", "", str(LARGEST_QUANTITY + 1), "9" * 4_000])
def test_an_order_is_for_no_part_of_a_device(typed):
    with pytest.raises(FieldError) as raised:
        order_of(filled(typed), {"RSL-ACME"})
    assert raised.value.block == order_forms.QUANTITY


def filled(quantity):
    return {order_forms.RESELLER: "RSL-ACME", order_forms.NUMBER: "PO-1", order_forms.QUANTITY: quantity}
