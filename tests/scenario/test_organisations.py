"""Rollcall installed for a whole organisation: payloads then name no team, and everything still finds its way."""

from __future__ import annotations

import pytest

from rollcall.installations import Installation
from rollcall.store.installations import InstallationsStore
from rollcall.store.sealing import Seal
from rollcall.views import pager
from tests.office import forget, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA, RAE = ROLES["reseller uploader"], ROLES["reseller admin"]
ORG = "E0ORG"


@pytest.fixture
def office(reception):
    return reception.office


@pytest.fixture(autouse=True)
def installed_for_the_organisation(office):
    """Acme's workspace is one of an organisation, and has no installation of its own."""
    team = office.slack.world.teams["T0ACME"]
    team.enterprise, team.org_wide, team.token = ORG, True, "xoxb-local-of-the-organisation"
    settings = office.cloud.settings
    store = InstallationsStore(settings.accounts_table, seal=Seal(settings.tokens_key))
    office.cloud.client("dynamodb").delete_item(
        TableName=settings.accounts_table, Key={"pk": {"S": "workspace#T0ACME"}, "sk": {"S": "installation"}}
    )
    assert store.find("T0ACME") is None
    forget()  # which organisation speaks for whom is remembered
    store.put(Installation(ORG, team.token, team.bot_id, team.bot_user, "Acme Group", ORG))


@pytest.mark.feature("P8")
def test_files_sent_by_form_are_fetched(reception):
    reception.command(UMA)
    files = [reception.file(UMA, "a.csv"), reception.file(UMA, "b.csv", b"imei\n356938035643809\n")]
    assert reception.submit(UMA, customer="CUST-NORTHWIND", files=files) == {}
    told = upload_ids(words(reception.modal(UMA)["blocks"]))

    reports = reception.settle()

    assert {report.upload_id for report in reports} == set(told)
    assert [report.summary["stored"] for report in reports] == [1, 1]
    shown = reception.office.command(UMA, "/devices list")
    assert reception.office.click(UMA, shown, pager.DM) == ""
    reception.office.drain()
    assert "490154203237518" in words(reception.office.messages(UMA)[-1]["blocks"])


@pytest.mark.feature("P8")
def test_files_dropped_into_the_dm_are_asked_about_and_fetched(reception):
    """The first that Rollcall hears from this workspace is an event, which does not say for which team it is."""
    question = reception.drop(RAE, reception.file(RAE, "a.csv"))
    assert "a.csv" in words(question["blocks"])


def test_a_text_in_the_dm_is_answered(office):
    office.say(RAE, "me")
    assert office.drain() == [True]
    assert "You are *Rae*" in words(office.messages(RAE)[-1]["blocks"])


def test_app_home_is_drawn(office):
    office.open_home(RAE)
    office.drain()
    assert "Acme Mobile" in words(office.home(RAE)["blocks"])


def test_a_shortcut_opens_the_form(reception):
    assert reception.shortcut(RAE)["callback_id"] == "uploads.new"
