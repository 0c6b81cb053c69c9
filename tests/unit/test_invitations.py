"""Codes as people type them, what is kept of them, and the ids of the accounts that come of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.accounts import CUSTOMER_ID, RESELLER_ID, Person
from rollcall.invitations import (
    SECONDS,
    Invitation,
    Invited,
    Refusal,
    account_id,
    code_digest,
    display,
    read_code,
)

pytestmark = pytest.mark.feature("B25")
NORA = Person("T0NEW", "U0NEW")
CODE = "J-7K3F-9QMC-2V5R-8TXA"


def invitation(**changed):
    values = {"id": "d" * 64, "kind": Invited.CUSTOMER, "by": Person("T0OPS", "U0OPS"), "by_account": "", "until": 1000}
    return Invitation(**{**values, **changed})


@given(st.binary(min_size=10, max_size=10))
def test_a_code_is_read_as_it_is_shown(random):
    code = display(random)

    assert read_code(code) == code
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code(code.removeprefix("J-").replace("-", "")) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        " J 7K3F 9QMC 2V5R 8TXA ",
        "j7k3f9qmc2v5r8txa",
        "7K3F-9QMC-2V5R-8TXA",
        f"`{CODE}`",
        f"https://example.com/slack/install?join={CODE}",
        f"https://example.com/slack/install?a=b&join={CODE}&c=d",
    ],
)
def test_a_code_is_understood_however_it_was_passed_on(typed):
    assert read_code(typed) == CODE


def test_letters_that_look_like_digits_are_those_digits():
    assert read_code("J-OOOO-IIII-LLLL-0101") == "J-0000-1111-1111-0101"


@pytest.mark.parametrize(
    "typed", ["", "J-", "J-7K3F", CODE + "A", CODE[:-1], "U-7K3F-9QMC-2V5R-8TXA", "J-UUUU-UUUU-UUUU-UUUU"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text):
    code = read_code(text)

    assert code == "" or read_code(code) == code


def test_of_a_code_only_a_digest_is_kept():
    assert len(code_digest(CODE)) == 64
    assert "7K3F" not in code_digest(CODE)
    assert code_digest(CODE) != code_digest(CODE[:-1] + "B")


@pytest.mark.parametrize(
    ("changed", "now", "expected"),
    [
        ({}, 999, None),
        ({}, 1000, Refusal.EXPIRED),
        ({"used_by": NORA}, 0, Refusal.USED),
        ({"used_by": NORA, "revoked": True}, 2000, Refusal.USED),
        ({"revoked": True}, 2000, Refusal.REVOKED),
    ],
)
def test_what_makes_an_invitation_void(changed, now, expected):
    assert invitation(**changed).refusal(now) is expected


def test_a_code_is_good_for_a_week():
    assert SECONDS == 7 * 24 * 3600


@pytest.mark.parametrize(
    ("kind", "company", "begins"),
    [
        (Invited.CUSTOMER, "Northwind Logistics", "CUST-NORTHWIND-"),
        (Invited.RESELLER, "Äcmé Möbile", "RSL-ACME-"),
        (Invited.CUSTOMER, "'4U' Phones & More", "CUST-4U-"),
        (Invited.CUSTOMER, "북풍", "CUST-"),
    ],
)
def test_an_account_is_called_after_its_company(kind, company, begins):
    made = account_id(kind, company, "d" * 64)

    assert made.startswith(begins)
    assert (RESELLER_ID if kind is Invited.RESELLER else CUSTOMER_ID).fullmatch(made)
    assert account_id(kind, company, "d" * 64) == made
    assert account_id(kind, company, "d" * 64, attempt=1) != made
    assert account_id(kind, company, "e" * 64) != made


@given(st.text(max_size=200))
def test_every_name_makes_an_account_id(company):
    assert CUSTOMER_ID.fullmatch(account_id(Invited.CUSTOMER, company, "0"))
