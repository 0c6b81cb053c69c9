"""A deployment whose commands have a suffix: nothing that people meet names a command that is not there."""

from __future__ import annotations

import json
import os
from unittest.mock import patch

import pytest

from rollcall.command_names import use_suffix
from tests.approvers import Approvals
from tests.office import buttons, forget, words
from tests.reception import Reception
from tests.stock import ROLES
from tests.unit.test_command_names import BARE

UMA, RAE, NIA, TAM = (
    ROLES[role] for role in ("reseller uploader", "reseller admin", "customer approver", "in two accounts")
)


#: One command of each area, and some that are none or ask for nothing that is there. They are typed without the suffix,
#: the only way that the workspace of the tests knows: so none of it comes from what was typed.
ASKED = (
    "help",
    "me",
    "uploads",
    "devices list",
    "approvals",
    "setup",
    "keys",
    "unknown",
    "uploads U-0000000",
    "as:X me",
)


@pytest.fixture
def office(open_office):
    """The office of a deployment with a suffix."""
    open_office.set_back()
    with patch.dict(os.environ, COMMAND_SUFFIX="-acme"):
        forget()
        yield open_office
    forget()
    use_suffix("")


def seen_by(office, *people):
    """All that people see: messages, App Home, modals."""
    for person in people:
        yield from office.messages(person)
        yield from office.modals(person)
        if home := office.home(person):
            yield home


def assert_real(office, *people):
    shown = [json.dumps(one, ensure_ascii=False) for one in seen_by(office, *people)]
    assert any("/rollcall-acme" in one for one in shown)
    assert [one for one in shown if BARE.search(one)] == []


@pytest.mark.parametrize("role", ROLES)
def test_answers_home_and_what_buttons_lead_to_name_the_commands_that_exist(office, stock, role):
    person = ROLES[role]
    office.open_home(person)
    for typed in ASKED:
        answer = office.command(person, f"/rollcall {typed}")
        for button in ("devices.open", "uploads.open", "page.dm", "page.next", "accounts.choose"):
            if any(element["action_id"].startswith(button) for _, element in buttons(answer)):
                office.click(person, answer, button)
    office.say(person, "help")
    office.say(person, "nonsense")
    office.drain()
    assert_real(office, person)


def test_notices_name_them(office, stock):
    reception = Reception(office)
    picked = {"uploads.customer": {"text": {"type": "plain_text", "text": "x"}, "value": "CUST-NORTHWIND"}}
    message = reception.drop(UMA, reception.file(UMA, "a.csv", b"imei\n490154203237518\n123\n"))
    reception.press(UMA, message, "uploads.dropped.import", picked)
    reception.settle()
    clean = Approvals(office, stock.clean.upload_id)
    clean.tell()
    clean.tell_reseller()
    office.command(UMA, "/rollcall me")
    office.command(NIA, "/rollcall approvals accept 1")
    office.drain()
    assert_real(office, UMA, NIA)


def test_who_is_asked_for_which_company_is_told_the_command_that_exists(office, stock):
    reception = Reception(office)
    told = office.command(TAM, "/devices list")
    assert "/rollcall-acme devices list" in words(told["blocks"])
    office.click(TAM, told, "accounts.choose")
    reception.drop(RAE, reception.file(RAE, "a.xlsx", b"PK"))
    assert "`/rollcall-acme uploads new`" in words(office.messages(RAE)[-1]["blocks"])
    assert_real(office, TAM, RAE)
