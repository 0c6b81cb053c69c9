"""Who joined by a code is named by their address where uploads are shown (row P5), if Slack is allowed to say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.desk.leavers import BELIEVED
from rollcall.store.presences import PresencesStore
from tests.cloud import REGION
from tests.hall import ACME_GUEST, FABRIKAM_GUEST, OPS, UMA, Hall
from tests.office import forget

pytestmark = pytest.mark.feature("P5", "B25")
ADDRESS = "gus@acme.example"


@pytest.fixture
def hall(office):
    world = office.slack.world
    before = dict(world.people)
    for person in (ACME_GUEST, FABRIKAM_GUEST):
        world.people[person.team, person.user] = replace(before[person.team, person.user], email=ADDRESS)
    forget()
    yield Hall(office)
    world.people.update(before)
    forget()


def member(hall, person):
    (found,) = hall.accounts.memberships(person)
    return found


def join(hall, person):
    code = hall.invite(OPS, 'reseller "Fourth Coffee"')
    hall.ask(person, f"join {code}")


def later(office, person):
    """An hour goes by."""
    presences = PresencesStore("AccountsTable", region=REGION)
    presences.put(person, left=False, now=presences.get(person).seen_at - BELIEVED - 1)
    forget()


def test_who_joins_has_the_address_that_slack_has(hall):
    join(hall, FABRIKAM_GUEST)
    assert member(hall, FABRIKAM_GUEST).email == ADDRESS
    assert member(hall, FABRIKAM_GUEST).role.value == "admin"


def test_where_the_workspace_did_not_grant_it_they_join_all_the_same_and_are_asked_about_later(hall):
    team = hall.slack.world.teams["T0FABRIKAM"]
    team.emails = False
    join(hall, FABRIKAM_GUEST)
    assert member(hall, FABRIKAM_GUEST).email == ""

    team.emails = True
    hall.ask(FABRIKAM_GUEST, "me")
    assert member(hall, FABRIKAM_GUEST).email == "", "Slack is asked once an hour"
    later(hall.office, FABRIKAM_GUEST)
    hall.ask(FABRIKAM_GUEST, "me")
    assert member(hall, FABRIKAM_GUEST).email == ADDRESS


def test_an_address_that_an_admin_wrote_down_stays(hall):
    forget()
    world = hall.slack.world
    world.people[UMA.team, UMA.user] = replace(world.people[UMA.team, UMA.user], email="other@acme.example")
    hall.ask(UMA, "me")
    later(hall.office, UMA)
    hall.ask(UMA, "me")
    assert member(hall, UMA).email == "uma@acme.example"


def test_nobody_gets_the_address_of_a_colleague(hall):
    """Uploads that were put into S3 belong to whom their address names."""
    join(hall, FABRIKAM_GUEST)
    first = member(hall, FABRIKAM_GUEST)
    second = replace(first, team=ACME_GUEST.team, user=ACME_GUEST.user, email="")
    hall.accounts.put_member(second)

    hall.accounts.learn_email(ACME_GUEST, ADDRESS.upper())

    assert member(hall, ACME_GUEST).email == ""


def test_a_role_that_changed_meanwhile_stays_changed(hall):
    join(hall, FABRIKAM_GUEST)
    account = member(hall, FABRIKAM_GUEST).account
    newcomer = replace(member(hall, FABRIKAM_GUEST), team=UMA.team, user="U0LATE", email="")
    hall.accounts.learn_email(newcomer.person, "late@acme.example")
    assert hall.accounts.member(account, newcomer.person) is None, "nobody becomes a member by being seen"
