"""Devices that a customer was asked to release: who has to answer is reminded after one day and three, once each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from local.slack.blockkit import problems
from rollcall.languages import Language
from rollcall.store.removals import RemovalsStore
from rollcall.views.setup_language import WHICH
from tests.approvers import NED, NIA, RAE, Approvals
from tests.hall import Hall
from tests.office import labels, words
from tests.reminding import Reminding
from tests.scenario.test_bot_removals import accept, imeis, question, typed

pytestmark = pytest.mark.feature("P15")
AGAIN = "This was asked"


@pytest.fixture
def clean(office, stock):
    approvals = Approvals(office, stock.clean.upload_id)
    approvals.tell()
    return approvals


@pytest.fixture
def clock(office, stock, clean):
    """A clock; Acme has just asked Northwind to release one device."""
    accept(clean, 1)
    typed(clean, RAE, f"/devices delete {imeis(stock, 1)[0]}")
    clean.submit(RAE)
    assert question(clean)
    clock = Reminding(office)
    clock.now = datetime.now(UTC)
    return clock


def reminded(clock, person=NIA, text=AGAIN):
    return clock.messages(person, text)


def test_who_has_to_answer_is_reminded_after_a_day_and_after_three_and_never_again(clock):
    clock.tick(hours=23)
    assert reminded(clock) == []
    clock.tick(hours=2)
    (first,) = reminded(clock)
    assert not problems({"text": first["text"], "blocks": first["blocks"]}, "message")
    assert "Acme Mobile wants to delete 1 device that you have accepted" in words(first["blocks"])
    assert labels(first) == ["Release 1 device", "Keep"]
    assert len(reminded(clock, NED)) == 1, "admins may answer, too"
    assert not [one for one in clock.office.messages(RAE) if AGAIN in one["text"]]
    for hours in (1, 20, 24):
        clock.tick(hours=hours)
    assert len(reminded(clock)) == 1
    clock.tick(hours=3)
    assert len(reminded(clock)) == 2
    for _ in range(5):
        clock.tick(hours=48)
    assert len(reminded(clock)) == 2


def test_an_answer_ends_it_and_stands_in_what_reminded(office, clock, clean):
    clock.tick(hours=25)
    (asked,) = reminded(clock)
    assert office.click(NIA, asked, "devices.keep") == ""
    clean.drain()
    (now,) = reminded(clock)
    assert now["ts"] == asked["ts"]
    assert "Kept by Nia" in words(now["blocks"])
    assert labels(now) == []
    clock.tick(hours=60)
    assert len(reminded(clock)) == 1


def test_nobody_is_reminded_of_what_was_answered(office, clock, clean):
    assert office.click(NIA, question(clean), "devices.release") == ""
    clean.drain()
    clock.tick(hours=25)
    clock.tick(hours=50)
    assert reminded(clock) == []


def test_a_clock_that_stood_still_reminds_once(clock):
    clock.tick(hours=200)
    clock.tick(hours=1)
    assert len(reminded(clock)) == 1


def test_a_tick_that_died_in_between_says_nothing_twice(clock, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(RemovalsStore, "put_off", lambda *_, **__: False)
        clock.tick(hours=25)
        clock.tick(minutes=1)
    clock.tick(minutes=1)
    assert len(reminded(clock)) == 1


def test_quiet_hours_are_kept_and_made_up_for(office, clock):
    accounts = office.cloud.accounts
    profile = accounts._table.profiles.get("account#CUST-NORTHWIND", "profile")
    profile.time_zone = "Pacific/Auckland"
    profile.save()
    begun = clock.now
    while not reminded(clock):
        clock.tick(hours=2)
        assert clock.now < begun + timedelta(days=6)
    local = clock.now.astimezone(ZoneInfo("Pacific/Auckland"))
    assert len(reminded(clock)) == 1
    assert local.weekday() < 5
    assert 8 <= local.hour < 18


def test_it_is_said_in_the_customers_language(office, clock):
    hall = Hall(office)
    hall.press(NED, hall.message(NED, "setup"), "setup.language")
    hall.fill(NED, **{WHICH: Language.GERMAN.value})
    clock.tick(hours=25)
    (asked,) = reminded(clock, text="Gefragt wurde das")
    assert labels(asked) == ["1 Gerät freigeben", "Behalten"]
