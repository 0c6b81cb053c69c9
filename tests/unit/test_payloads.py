"""Whose request it is and where it came from, whatever a payload leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import extract_team_id

from listeners.payloads import person_of, team_of
from rollcall.accounts import Person

homes = st.sampled_from(["T0ACME", "T0NW", "E0ORG"])
places = st.none() | homes
interactions = st.fixed_dictionaries(
    {
        "team": st.none() | st.fixed_dictionaries({"id": st.sampled_from(["T0ACME", "T0NW"])}),
        "user": st.fixed_dictionaries(
            {"id": st.just("U0RAE"), "team_id": st.sampled_from(["T0ACME", "T0NW", "E0ORG"])}
        ),
        "enterprise": st.none() | st.just({"id": "E0ORG", "name": "Acme Group"}),
    },
    optional={"view": st.fixed_dictionaries({"team_id": places, "app_installed_team_id": places})},
)
events = st.fixed_dictionaries(
    {
        "team_id": st.sampled_from(["T0ACME", "T0NW"]),
        "event": st.fixed_dictionaries({"user": st.just("U0RAE")}, optional={"team": st.just("T0ACME")}),
        "authorizations": st.lists(st.fixed_dictionaries({"team_id": places}), max_size=1),
    }
)
commands = st.fixed_dictionaries({"team_id": st.sampled_from(["T0ACME", "T0NW"]), "user_id": st.just("U0RAE")})


@given(st.one_of(interactions, events, commands))
def test_a_workspace_is_found_where_bolt_finds_it_and_also_where_bolt_does_not(body):
    found = extract_team_id(body)

    assert team_of(body) == found if found else team_of(body)
    assert person_of(body).team
    assert person_of(body).user == "U0RAE"


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team": None, "user": {"id": "W1", "team_id": "T1"}, "enterprise": {"id": "E1"}}, "T1"),
        ({"team": None, "user": {"id": "W1"}, "view": {"team_id": "T2"}, "enterprise": {"id": "E1"}}, "T2"),
        ({"team": None, "user": {"id": "W1"}, "enterprise": {"id": "E1"}}, "E1"),
        ({"team": {"id": "T1"}, "user": {"id": "W1"}, "view": {"app_installed_team_id": "T3"}}, "T3"),
        ({"team_id": "T1", "event": {"user": "W1"}, "authorizations": [{"team_id": None}]}, "T1"),
    ],
)
def test_what_an_organisation_wide_installation_leaves_out_stands_elsewhere(body, team):
    assert team_of(body) == team
    assert person_of(body) == Person(body.get("user", {}).get("team_id") or team, "W1")
