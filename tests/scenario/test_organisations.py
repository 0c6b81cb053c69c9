"""Organisations of several workspaces: payloads that name no team, and people who are in more than one of them."""

from __future__ import annotations

import pytest

from local.slack.directory import Person as Someone
from local.slack.directory import TeamPlan
from rollcall.accounts import Person
from rollcall.desk.compatriots import BELIEVED
from rollcall.installations import Installation
from rollcall.store.homes import HomesStore
from rollcall.store.installations import InstallationsStore
from rollcall.views import pager
from tests.cloud import REGION
from tests.office import forget, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA, RAE = ROLES["reseller uploader"], ROLES["reseller admin"]
ORG = "E0ORG"


@pytest.fixture
def office(reception):
    return reception.office


@pytest.fixture
def installed_for_the_organisation(office):
    """Acme's workspace is one of an organisation, and has no installation of its own."""
    team = office.slack.world.teams["T0ACME"]
    team.enterprise, team.org_wide, team.token = ORG, True, "xoxb-local-of-the-organisation"
    settings = office.cloud.settings
    store = InstallationsStore.from_settings(settings)
    office.cloud.client("dynamodb").delete_item(
        TableName=settings.accounts_table, Key={"pk": {"S": "workspace#T0ACME"}, "sk": {"S": "installation"}}
    )
    assert store.find("T0ACME") is None
    forget()  # which organisation speaks for whom is remembered
    store.put(Installation(ORG, team.token, team.bot_id, team.bot_user, "Acme Group", ORG))


# -- installed for all workspaces at once ------------------------------------------------------------------------------


@pytest.mark.usefixtures("installed_for_the_organisation")
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


@pytest.mark.usefixtures("installed_for_the_organisation")
@pytest.mark.feature("P8")
def test_files_dropped_into_the_dm_are_asked_about_and_fetched(reception):
    """The first that Rollcall hears from this workspace is an event, which does not say for which team it is."""
    question = reception.drop(RAE, reception.file(RAE, "a.csv"))
    assert "a.csv" in words(question["blocks"])


@pytest.mark.usefixtures("installed_for_the_organisation")
def test_a_text_in_the_dm_is_answered(office):
    office.say(RAE, "me")
    assert office.drain() == [True]
    assert "You are *Rae*" in words(office.messages(RAE)[-1]["blocks"])


@pytest.mark.usefixtures("installed_for_the_organisation")
def test_app_home_is_drawn(office):
    office.open_home(RAE)
    office.drain()
    assert "Acme Mobile" in words(office.home(RAE)["blocks"])


@pytest.mark.usefixtures("installed_for_the_organisation")
def test_a_shortcut_opens_the_form(reception):
    assert reception.shortcut(RAE)["callback_id"] == "uploads.new"


# -- one person in several workspaces ----------------------------------------------------------------------------------


@pytest.fixture
def settle(office):
    """Adds a workspace in which Rollcall is installed: ``settle("T0BRANCH", "U0RAE", enterprise="E0ORG")``."""

    def add(team_id, *users, enterprise):
        world = office.slack.world
        people = {user: Someone(team_id, user, "Rae", "", "Etc/UTC") for user in users}
        world.settle([TeamPlan(team_id, team_id, people=people)])
        team = world.teams[team_id]
        team.enterprise = enterprise
        store = InstallationsStore.from_settings(office.cloud.settings)
        store.put(Installation(team_id, team.token, team.bot_id, team.bot_user, team_id, enterprise))
        forget()  # who is who is remembered

    office.slack.world.teams["T0ACME"].enterprise = ORG
    return add


def me(office, person):
    return words(office.command(person, "/rollcall me")["blocks"])


@pytest.mark.feature("B25")
def test_somebody_is_the_same_in_the_second_workspace_of_their_organisation(reception, settle):
    office, branch = reception.office, Person("T0BRANCH", RAE.user)
    settle("T0BRANCH", RAE.user, enterprise=ORG)

    assert "You are *Rae*" in me(office, branch)
    assert "Acme Mobile" in me(office, branch)
    office.say(branch, "me")
    office.drain()
    assert "You are *Rae*" in words(office.messages(branch)[-1]["blocks"])
    office.open_home(branch)
    office.drain()
    assert "Acme Mobile" in words(office.home(branch)["blocks"])


@pytest.mark.feature("B25")
def test_what_they_do_there_is_done_by_whom_their_company_knows(reception, settle):
    branch = Person("T0BRANCH", UMA.user)
    settle("T0BRANCH", UMA.user, enterprise=ORG)
    reception.command(branch)

    assert reception.submit(branch, customer="CUST-NORTHWIND", files=[reception.file(branch, "a.csv")]) == {}
    (report,) = reception.settle()

    assert reception.upload(report.upload_id).person == UMA.key


@pytest.mark.feature("B25")
def test_rights_that_were_taken_away_at_home_are_gone_everywhere(reception, settle):
    office, branch = reception.office, Person("T0BRANCH", UMA.user)
    settle("T0BRANCH", UMA.user, enterprise=ORG)
    assert "You are *Uma*" in me(office, branch)

    office.cloud.accounts.remove_member("RSL-ACME", UMA)

    assert "Acme" not in me(office, branch)


@pytest.mark.feature("B25")
@pytest.mark.parametrize(
    ("team", "enterprise"),
    [("T0FOREIGN", ""), ("T0OTHERORG", "E0OTHER")],
    ids=["a workspace of no organisation", "another organisation's"],
)
def test_the_same_user_id_in_a_foreign_workspace_is_somebody_else(reception, settle, team, enterprise):
    """Their click in a channel that both companies share names the organisation that Rollcall was asked in: Acme's."""
    office, foreigner = reception.office, Person(team, RAE.user)
    settle(team, RAE.user, enterprise=enterprise)
    url = office.response_url(RAE)
    payload = {
        "type": "block_actions",
        "user": {"id": foreigner.user, "team_id": foreigner.team},
        "team": {"id": "T0ACME", "enterprise_id": ORG},
        "enterprise": {"id": ORG, "name": ORG},
        "is_enterprise_install": False,
        "api_app_id": "A0ROLLCALL",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C0ACME", "is_ephemeral": False},
        "channel": {"id": "C0ACME", "name": "rollcall"},
        "trigger_id": "1.2.x",
        "response_url": url,
        "actions": [{"action_id": pager.NEXT, "type": "button", "block_id": "b", "value": '{"q": "me"}'}],
    }

    assert office.post_interaction(payload)[0] == 200
    told = words(office.messages(RAE)[-1]["blocks"])
    assert foreigner.team in told, "a stranger is told their ids"
    assert "Acme" not in told
    assert "Acme" not in me(office, foreigner)


@pytest.mark.feature("B25")
def test_where_slack_does_not_say_somebody_stays_a_stranger(reception, settle):
    office, branch = reception.office, Person("T0BRANCH", RAE.user)
    settle("T0BRANCH", RAE.user, enterprise=ORG)
    office.slack.control.change("fault", {"method": "users.info", "kind": "error", "code": "missing_scope", "times": 9})

    assert "T0BRANCH" in me(office, branch)
    assert "Acme" not in me(office, branch)


@pytest.mark.feature("B25")
def test_who_left_the_organisation_is_a_stranger_there_from_the_next_day_on(reception, settle):
    office, branch = reception.office, Person("T0BRANCH", RAE.user)
    settle("T0BRANCH", RAE.user, enterprise=ORG)
    assert "You are *Rae*" in me(office, branch)

    homes = HomesStore(office.cloud.settings.accounts_table, region=REGION)
    homes.put(branch, "T0ACME", now=homes.get(branch).seen_at - BELIEVED - 1)
    office.slack.world.teams["T0ACME"].enterprise = "E0SOLD"
    forget()

    assert "Acme" not in me(office, branch)
    assert homes.get(branch) is None
