"""What may be asked for with a file, and what is wrong with the rest: all of it in one pass."""

import pytest

from rollcall.accounts import Link, Registration, Reseller, SoldToCode
from rollcall.layout import MANY
from rollcall.wishes import LONGEST_ORDER, Settled, Wish, settle

ONE = Reseller("RSL-ACME", "Acme", sold_to_codes=(SoldToCode("main", "1"),))
TWO = Reseller("RSL-BOLT", "Bolt", sold_to_codes=(SoldToCode("north", "1"), SoldToCode("south", "2")))
LINKS = {
    "CUST-A": Link("RSL-ACME", "CUST-A"),
    "CUST-B": Link("RSL-ACME", "CUST-B", registered=Registration.BLOCKED),
    "CUST-M": Link("RSL-ACME", "CUST-M", via_msp=True),
    "MSP-M": Link("RSL-ACME", "CUST-M", via_msp=True),
}


def test_a_wish_is_settled():
    wish = Wish("CUST-A", "", "  PO  17 ", "2026-03-01", check_only=True)
    assert settle(wish, ONE, LINKS) == Settled("CUST-A", "1", "PO 17", "2026-03-01", check_only=True)


@pytest.mark.feature("P9")
@pytest.mark.parametrize(
    ("reseller", "customer", "alias", "code"),
    [
        (ONE, "CUST-A", "", "1"),  # the only one is taken
        (TWO, "CUST-A", "", ""),
        (TWO, "CUST-A", "south", "2"),
        (ONE, MANY, "", ""),  # a file for many takes none
        (TWO, MANY, "", ""),
    ],
)
def test_the_code_in_force(reseller, customer, alias, code):
    assert settle(Wish(customer, alias), reseller, LINKS).stc == code


@pytest.mark.feature("P11")
def test_an_msp_is_named_by_its_account_or_its_msp_id():
    assert settle(Wish("MSP-M"), ONE, LINKS).customer == settle(Wish("CUST-M"), ONE, LINKS).customer == "CUST-M"


@pytest.mark.feature("P10")
def test_many_customers_are_nobody_in_particular():
    assert settle(Wish(MANY), ONE, {}).customer is None


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        (Wish(), {"customer"}),
        (Wish("CUST-X"), {"customer"}),
        (Wish("CUST-B"), {"customer"}),
        (Wish("CUST-A", "west"), {"stc"}),
        (Wish(MANY, "main"), {"stc"}),
        (Wish("CUST-A", "", "9" * (LONGEST_ORDER + 1)), {"order_number"}),
        (Wish("CUST-A", "", "", "01/03/2026"), {"order_date"}),
        (Wish("", "west", "9" * 999, "x"), {"customer", "stc", "order_number", "order_date"}),
    ],
)
def test_all_that_is_wrong_is_said_at_its_field(wish, fields):
    problems = settle(wish, ONE, LINKS)
    assert set(problems) == fields
    assert all(text.endswith(".") for text in problems.values())


def test_an_order_number_of_just_the_length_is_kept_whole():
    assert settle(Wish("CUST-A", "", "9" * LONGEST_ORDER), ONE, LINKS).order_number == "9" * LONGEST_ORDER
