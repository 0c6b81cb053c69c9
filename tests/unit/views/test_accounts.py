"""Companies and people."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rollcall.accounts import CustomerRole, Link, Member, Operator, Person, Registration, ResellerRole
from rollcall.acting import Stranger, Undecided
from rollcall.views.accounts import choose, customers, me, only_resellers, operator_me, stranger
from tests.unit.views.sample import NAMES, NIA, RAE, actions, elements, fits, page, said

NORTHWIND = Link("RSL-ACME", "CUST-NORTHWIND", "NW-17", Registration.REGISTERED)
OTHER_PLACE = Member("CUST-NORTHWIND", "T0ACME", "U0RAE", "Rae", CustomerRole.VIEWER)


@pytest.mark.feature("P1")
def test_customers_come_with_the_resellers_own_reference():
    msp = Link("RSL-ACME", "CUST-CONTOSO", via_msp=True)
    blocked = Link("RSL-ACME", "CUST-FABRIKAM", registered=Registration.BLOCKED)
    shown = fits(customers(page([NORTHWIND, msp, blocked], total=3), "customers", RAE))

    text = said(shown)
    assert "Customers: 1-3 of 3" in text
    assert "*Northwind Logistics* · `CUST-NORTHWIND` · your reference `NW-17` · has registered you\n" in text
    assert "*CUST-CONTOSO* · `CUST-CONTOSO` · through its MSP id · has not registered you yet\n" in text
    assert "does not accept uploads from you" in text
    assert json.loads(next(elements(shown))["value"]) == {"id": "CUST-NORTHWIND"}
    assert actions(shown) == ["customers.open"] * 3 + ["page.dm"]


@pytest.mark.parametrize("number", [0, 1, 50, 5_000])
def test_a_list_of_any_length_fits(number):
    fits(customers(page([NORTHWIND] * number), "customers", RAE))


def test_without_customers_it_says_how_one_appears():
    assert "links it to your company" in said(customers(page([]), "customers", RAE))
    assert "uploads`" in said(fits(only_resellers(NIA)))


def test_me_says_who_and_what_one_may_do():
    text = said(fits(me(RAE, [RAE.acting.member])))

    assert "You are *Rae*, admin of *Acme Mobile* (reseller, `RSL-ACME`)." in text
    assert "delete" in text
    assert "`U0RAE` of team `T0ACME`" in text
    assert "as:" not in text


def test_me_says_for_whom_else_one_could_act():
    text = said(fits(me(RAE, [RAE.acting.member, OTHER_PLACE], operator=Operator("T0ACME", "U0RAE", "Rae"))))

    assert "Northwind Logistics (`CUST-NORTHWIND`) as viewer" in text
    assert "`as:CUST-NORTHWIND`" in text
    assert "operator of Rollcall as well" in text
    assert "accept" not in said(fits(me(replace(NIA, acting=replace(NIA.acting, member=OTHER_PLACE)), [OTHER_PLACE])))


def test_an_operator_belongs_to_no_company():
    assert "*Olu Ops*, an operator" in said(fits(operator_me(Operator("T0OPS", "U0OPS", "Olu Ops"))))


@pytest.mark.parametrize("question", ["devices find 490154203237518", "devices find " + "1" * 5_000])
def test_a_member_of_several_companies_is_asked_once(question):
    shown = fits(choose(Undecided((RAE.acting.member, OTHER_PLACE)), question, NAMES))

    assert "You belong to 2 companies" in said(shown)
    assert actions(shown) == ["accounts.choose"] * 2
    values = [json.loads(element["value"]) for element in elements(shown)]
    assert [value["id"] for value in values] == ["RSL-ACME", "CUST-NORTHWIND"]
    assert {value["q"] for value in values} == {question if len(question) < 1_500 else ""}


def test_a_member_of_very_many_companies_can_still_name_one():
    members = tuple(Member(f"RSL-{number}", "T", "U", "Rae", ResellerRole.VIEWER) for number in range(200))

    assert "`as:RSL-0`" in said(fits(choose(Undecided(members), "me", {})))


def test_a_stranger_is_told_the_ids_and_how_to_join():
    text = said(fits(stranger(Stranger(Person("T0X", "U0X")))))

    assert "You are user *`U0X`* of team *`T0X`*." in text
    assert "send both ids to an admin" in text


def test_a_member_who_names_another_company_is_told_the_own_ones():
    who = Stranger(Person("T0ACME", "U0RAE"), "RSL-<!here>", (RAE.acting.member,))

    text = said(fits(stranger(who, NAMES)))
    assert "not a member of `RSL-&lt;!here&gt;`" in text
    assert "Acme Mobile `as:RSL-ACME`" in text
