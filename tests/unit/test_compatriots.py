"""People of an organisation are recognised by what Slack says of them, and by nothing else."""

from __future__ import annotations

import pytest

from rollcall.accounts import Person
from rollcall.desk.compatriots import BELIEVED, Compatriots
from rollcall.slack.people import People
from rollcall.slack.refusals import SlackDownError, UndeliverableError
from rollcall.store.homes import Home

RAE, BRANCH = Person("T0ACME", "W0RAE"), Person("T0BRANCH", "W0RAE")
ORG = "E0ORG"


class World:
    """Accounts, homes and Slack in one: who is known where, what is remembered, what Slack says and how often."""

    def __init__(self, *known):
        self.known, self.kept, self.now, self.asked = set(known), {}, 1_000_000.0, 0
        self.says = (ORG, "T0ACME", "T0BRANCH")

    def memberships(self, person):
        return ("a place",) if person in self.known else ()

    def operator(self, _person):
        return None

    def get(self, person):
        return self.kept.get(person)

    def put(self, person, team, *, now):
        self.kept[person] = Home(team, now)

    def forget(self, person):
        del self.kept[person]

    def workspaces(self, _person, _enterprise):
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def recognise(self, person, enterprise=ORG):
        """As another execution environment does, which remembers nothing by itself."""
        return Compatriots(self, self, self, lambda: self.now).recognise(person, enterprise)


def test_somebody_is_known_in_the_second_workspace_and_slack_is_asked_once_a_day():
    world = World(RAE)
    assert world.recognise(BRANCH) == RAE
    assert world.recognise(BRANCH) == RAE
    assert world.asked == 1

    world.now += BELIEVED
    assert world.recognise(BRANCH) == RAE
    assert world.asked == 2


def test_at_home_and_without_an_organisation_nobody_is_asked():
    world = World(RAE)
    assert world.recognise(RAE) == RAE
    assert world.recognise(BRANCH, "") == BRANCH
    assert world.recognise(Person("T0BRANCH", "")) == Person("T0BRANCH", "")
    assert world.asked == 0


def test_a_place_of_their_own_in_the_second_workspace_counts_there():
    assert World(RAE, BRANCH).recognise(BRANCH) == BRANCH


def test_whose_place_is_kept_under_the_organisation_is_found_there():
    assert World(Person(ORG, "W0RAE")).recognise(BRANCH) == Person(ORG, "W0RAE")


@pytest.mark.parametrize("says", [None, (), (ORG, "T0OTHER"), SlackDownError("down")])
def test_without_slacks_word_a_stranger_stays_one(says):
    world = World(RAE)
    world.says = says
    assert world.recognise(BRANCH) == BRANCH
    assert world.kept == {}


@pytest.mark.parametrize(("says", "who"), [(None, RAE), (SlackDownError("down"), RAE), ((), BRANCH)])
def test_what_slack_said_stands_until_it_says_something_else(says, who):
    world = World(RAE)
    world.recognise(BRANCH)
    world.says, world.now = says, world.now + BELIEVED
    assert world.recognise(BRANCH) == who
    world.says = None
    assert world.recognise(BRANCH) == who, "what it took back is not remembered"


class Slack(People):
    """Answers as ``users.info`` does."""

    def __init__(self, answer):
        self.answer = answer

    def _client(self, _team):
        return type("Client", (), {"users_info": None})()

    def _call(self, _method, **_):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def info(user="W0RAE", org=ORG, teams=("T0ACME", "T0BRANCH")):
    return {"user": {"enterprise_user": {"id": user, "enterprise_id": org, "teams": list(teams)}}}


@pytest.mark.parametrize(
    ("answer", "teams"),
    [
        (info(), (ORG, "T0ACME", "T0BRANCH")),
        (info(org="E0OTHER"), ()),
        (info(user="W0ELSE"), ()),
        (info(teams=("T0ACME",)), ()),
        ({"user": {"id": "W0RAE"}}, ()),
        (UndeliverableError("user_not_found"), None),
        (UndeliverableError("not_installed"), None),
    ],
    ids=["one of it", "another's", "an id of before", "not in this workspace", "of none", "unknown", "not installed"],
)
def test_workspaces_are_those_in_which_this_very_id_is_one_person(answer, teams):
    assert Slack(answer).workspaces(BRANCH, ORG) == teams


@pytest.mark.parametrize(
    ("answer", "email"),
    [
        ({"user": {"profile": {"email": "rae@acme.example"}}}, "rae@acme.example"),
        ({"user": {"profile": {}}}, ""),
        ({"user": {}}, ""),
        (UndeliverableError("user_not_found"), ""),
        (SlackDownError("down"), ""),
    ],
)
def test_an_address_that_slack_leaves_out_is_none(answer, email):
    assert Slack(answer).email(BRANCH) == email
