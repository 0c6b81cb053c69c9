"""How long a decision can be undone is what the customer's admins set; the deployment's window holds for the others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rollcall.account_changes import Change, What
from rollcall.accounts import Person
from rollcall.approvals import Decided, Denied
from rollcall.decisions import Windows
from tests.approvals import NIA, Office
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.feature("B7")
FABRIKAM, NORTHWIND = "CUST-FABRIKAM", "CUST-NORTHWIND"
NED, FIN = Person("T0NW", "U0NED"), Person("T0FABRIKAM", "U0FIN")


@pytest.fixture
def office(cloud):
    return Office(cloud)


@pytest.fixture
def stored(chain):
    chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1), imei(2)))


def set_window(office, account, by, seconds):
    change = Change(account, by, "2026-03-01T10:00:00Z", What.UNDO_WINDOW_SET)
    office.cloud.accounts.set_undo_seconds(seconds, change)


def test_a_decision_can_be_undone_as_long_as_the_customer_set(office, stored):
    set_window(office, FABRIKAM, FIN, 60)
    before = office.accept(1)
    set_window(office, NORTHWIND, NED, 3600)
    after = office.accept(2)

    assert before.decision.until == "2026-03-01T10:10:00Z"
    assert after.decision.until == "2026-03-01T11:00:00Z"
    office.wait(minutes=59)
    assert isinstance(office.approvals.undo(NIA, before.decision.id, once="a"), Denied)
    assert isinstance(office.approvals.undo(NIA, after.decision.id, once="b"), Decided)
    assert [office.status(number) for number in (1, 2)] == ["VERIFIED", "PENDING"]


def test_a_window_that_is_made_shorter_leaves_what_was_said_before(office, stored):
    decided = office.accept(1)
    set_window(office, NORTHWIND, NED, 60)
    office.wait(minutes=9)

    assert isinstance(office.approvals.undo(NIA, decided.decision.id, once="a"), Decided)


@pytest.mark.feature("P26")
def test_a_list_can_be_undone_as_long_as_the_customer_set(office, stored):
    set_window(office, NORTHWIND, NED, 3600)

    assert office.send_list(csv_of(imei(1))).decision.until == "2026-03-01T11:00:00Z"


def test_many_devices_are_never_final_sooner_than_few():
    windows = Windows(few=timedelta(minutes=10), many=timedelta(hours=24), many_from=50)

    assert windows.of_customer(None) == windows
    assert windows.of_customer(60) == Windows(timedelta(minutes=1), timedelta(hours=24), 50)
    assert windows.of_customer(3 * 86_400) == Windows(timedelta(days=3), timedelta(days=3), 50)
