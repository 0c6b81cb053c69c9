"""How good uploads are: asked by a reseller, by a customer of each reseller, and told once a week (row B22)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Person
from tests.approvers import NED, NIA, RAE
from tests.chain import Chain
from tests.files_of import csv_of, imei
from tests.office import labels, running_office, words
from tests.reminding import START, Reminding
from tests.stock import ROLES

pytestmark = pytest.mark.feature("B22")
FAY = Person("T0FABRIKAM", "U0FAY")
WEEKLY = "in the week of 2026-03-02"


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """An office without devices."""
    with running_office(tmp_path_factory.mktemp("quality"), chunk_rows=40) as running:
        running.keep()
        yield running


@pytest.fixture
def world(open_office, monkeypatch):
    open_office.set_back()
    monkeypatch.setattr("rollcall.desk.quality.datetime", Frozen)
    monkeypatch.setattr("rollcall.desk.exporter.datetime", Frozen)
    return Reminding(open_office)


class Frozen(datetime):
    """It is Wednesday of the week in which the files come."""

    @classmethod
    def now(cls, zone=None):
        return datetime(2026, 3, 4, 12, tzinfo=zone or UTC)


def upload(world, body, *, place="RSL-ACME/CUST-NORTHWIND", name="phones.csv"):
    chain = Chain(world.office.cloud)
    chain.now = world.now
    return chain.upload(f"uploads/{place}/{name}", body, uploaded_by="rae@acme.example").upload_id


def fits(message):
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")
    return words(message["blocks"])


def test_a_reseller_asks_about_itself_and_its_customer_about_it(world):
    upload(world, csv_of(imei(1), imei(2), imei(3), "12"))
    answer = world.office.command(RAE, "/uploads quality")
    told = fits(answer)
    assert "4 rows in 1 file: error rate 25.0 %, first-time-right 75.0 %" in told
    assert "`IMEI_LENGTH` 1 row, 25.0 % · " in told
    assert "median time to approval: nothing was accepted yet" in told
    assert "Not counted" not in told
    assert "counted in steps of hours" in told
    theirs = fits(world.office.command(NIA, "/uploads quality period:week"))
    assert "*Acme Mobile*" in theirs
    assert "error rate 25.0 %" in theirs
    assert "this week, since 2026-03-02" in theirs
    assert "nothing accepted" in fits(world.office.command(FAY, "/uploads quality"))
    stranger = world.office.command(ROLES["stranger"], "/uploads quality")
    assert "error rate" not in words(stranger["blocks"])


def test_a_period_is_chosen_by_a_button_and_one_that_there_is_not_is_said(world):
    upload(world, csv_of(imei(1)))
    answer = world.office.command(RAE, "/uploads quality period:week")
    assert labels(answer) == ["The last 4 weeks", "The last 13 weeks", "CSV file", "Send to my DM"]
    assert world.office.click(RAE, answer, "uploads.quality.quarter") == ""
    assert "the last 13 weeks, since 2025-12-08" in words(world.office.messages(RAE)[-1]["blocks"])
    assert "week, month, quarter" in words(world.office.command(RAE, "/uploads quality period:year")["blocks"])


def test_the_figures_come_as_a_file_for_whoever_asks(world):
    upload(world, csv_of(imei(1), "12"))
    answer = world.office.command(NIA, "/uploads quality")
    assert world.office.click(NIA, answer, "uploads.quality.csv") == ""
    world.office.drain()
    lines = world.office.file("quality.csv").decode("utf-8-sig").splitlines()
    assert lines[0].startswith("since,until,company_id,company,files,")
    assert lines[2].startswith(
        "2026-02-09,2026-03-02,RSL-ACME,Acme Mobile,1,0,2,1,1,0.5000,2,1,0.5000,0,,,IMEI_LENGTH:1"
    )
    assert len(lines) == 3


def test_app_home_says_it_in_a_line(world):
    upload(world, csv_of(imei(1), "12"))
    world.office.open_home(RAE)
    world.office.drain()
    home = world.office.home(RAE)
    assert "*Quality*, the last 4 weeks: error rate 50.0 %, first-time-right 50.0 %" in words(home["blocks"])
    assert "Quality" in labels(home)
    world.office.open_home(FAY)
    world.office.drain()
    assert "Quality" not in labels(world.office.home(FAY))


def test_each_account_is_told_once_on_its_monday_if_there_was_something(world):
    upload(world, csv_of(imei(1), imei(2), "12"))
    world.tick(days=6, hours=22)  # Monday, 7:30
    assert told_weekly(world, RAE, "C0ACME") == []
    world.tick(minutes=30)
    (reseller,) = told_weekly(world, RAE, "C0ACME")
    assert "3 rows in 1 file: error rate 33.3 %, first-time-right 66.7 %" in reseller
    (customer,) = told_weekly(world, NIA, "C0NWIT")
    assert "*Acme Mobile*" in customer
    for message in (*world.messages(RAE, WEEKLY, "C0ACME"), *world.messages(NIA, WEEKLY, "C0NWIT")):
        fits(message)
    everywhere = [str(sent) for place, sent in world.office.slack.world.messages.items() if place[0] == "T0FABRIKAM"]
    assert WEEKLY not in "".join(everywhere)
    for _ in range(5):
        world.tick(hours=30)
    assert len(told_weekly(world, RAE, "C0ACME")) == len(told_weekly(world, NIA, "C0NWIT")) == 1


def told_weekly(world, person, channel):
    return world.told(person, WEEKLY, channel)


def test_who_does_not_want_the_digest_gets_none(world):
    world.office.command(NED, "/rollcall setup hours")
    page = world.office.messages(NED)[-1]
    assert world.office.click(NED, page, "setup.hours") == ""
    view = world.office.modals(NED)[-1]
    values = {"zone": {"zone": ""}, "digest": {"digest": []}}
    assert not world.office.slack.modals.submit(NED.team, NED.user, view["id"], values).get("errors")
    assert not world.office.cloud.accounts.customer("CUST-NORTHWIND").digest
    upload(world, csv_of(imei(1)))
    world.tick(days=6, hours=22.5)
    assert told_weekly(world, NIA, "C0NWIT") == []
    assert len(told_weekly(world, RAE, "C0ACME")) == 1
    assert "changed the weekly digest: `on Mondays` → `none`" in words(
        world.office.command(NED, "/rollcall setup history")["blocks"]
    )


def test_a_digest_that_is_days_late_is_left_out(world):
    upload(world, csv_of(imei(1)))
    world.tick(days=9)
    assert told_weekly(world, RAE, "C0ACME") == []


def test_acceptances_in_slack_are_counted_and_an_undo_takes_them_back(world):
    upload(world, csv_of(imei(1), imei(2)))
    shown = world.office.command(NIA, "/approvals")
    world.office.click(NIA, shown, "approvals.accept_all")
    world.office.drain()
    counted = Chain(world.office.cloud).quality().of_customer("CUST-NORTHWIND", "2026-01-05", "2030-12-30")
    assert counted["RSL-ACME"].accepted == 2
    undo = next(one for one in reversed(world.office.messages(NIA)) if "Undo" in labels(one))
    world.office.click(NIA, undo, "approvals.undo")
    world.office.drain()
    counted = Chain(world.office.cloud).quality().of_customer("CUST-NORTHWIND", "2026-01-05", "2030-12-30")
    assert counted["RSL-ACME"].accepted == 0
    assert START.weekday() == 0


def test_operators_see_rates_of_all_resellers_and_nothing_of_what_was_uploaded(world, monkeypatch):
    monkeypatch.setattr("rollcall.desk.operator_quality.datetime", Clock)
    upload(world, csv_of(imei(1), "12"), name="secret-name.csv")
    answer = world.office.command(ROLES["operator"], "/rollcall operator quality week")
    told = fits(answer)
    assert "*Acme Mobile* (`RSL-ACME`)" in told
    assert "error rate 50.0 %" in told
    assert "*Boltwave* (`RSL-BOLTWAVE`)\nnothing in this time" in told
    assert "secret-name" not in told
    assert "Northwind" not in told
    refused = words(world.office.command(RAE, "/rollcall operator quality week")["blocks"])
    assert "error rate" not in refused
    assert "There are week, month, quarter" in words(
        world.office.command(ROLES["operator"], "/rollcall operator quality year")["blocks"]
    )


class Clock(datetime):
    """The same day, for who asks the clock for seconds."""

    @classmethod
    def fromtimestamp(cls, _, zone=None):
        return datetime(2026, 3, 4, 12, tzinfo=zone or UTC)
