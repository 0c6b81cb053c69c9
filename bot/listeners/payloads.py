"""What every listener needs to know of a payload."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.accounts import Person
from rollcall.desk import Click

if TYPE_CHECKING:
    from collections.abc import Mapping


#: Where the app keeps, in a payload that it was handed, who was recognised. Slack has no such key.
RECOGNISED: Final = "rollcall.person"


def person_of(body: Mapping[str, Any]) -> Person:
    """Who acts: the home workspace of the user, and the user.

    In a channel shared between companies the clicker's workspace differs from the one the app was asked in. Somebody
    who acts in a second workspace of their organisation is at home in the first.
    """
    recognised = body.get(RECOGNISED)
    return recognised if isinstance(recognised, Person) else actor_of(body)


def actor_of(body: Mapping[str, Any]) -> Person:
    """Who acts, under the workspace that the payload names."""
    user = body.get("user")
    if isinstance(user, dict):
        return Person(str(user.get("team_id") or team_of(body)), str(user.get("id") or ""))
    event = _part(body, "event")
    event_user = event.get("user")
    if isinstance(event_user, str):
        return Person(str(event.get("user_team") or event.get("team") or team_of(body)), event_user)
    return Person(str(body.get("team_id") or ""), str(body.get("user_id") or ""))


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace that the app was asked in: whose DM, whose App Home and whose token are meant.

    An installation for a whole organisation is told no team where something is clicked or sent, and none among the
    authorizations of an event. What is left are the workspace of the person and that of the view, in the order in which
    Bolt looks for the token of the answer; at last the organisation itself, whose installation speaks for all.
    """
    view, team = _part(body, "view"), body.get("team")
    authorized: list[dict[str, Any]] = body.get("authorizations") or [{}]
    places = (
        view.get("app_installed_team_id"),
        team if isinstance(team, str) else _part(body, "team").get("id"),
        authorized[0].get("team_id"),
        body.get("team_id"),
        _part(body, "user").get("team_id"),
        view.get("team_id"),
        _part(body, "enterprise").get("id"),
    )
    return str(next((place for place in places if place), ""))


def value_of(action: Mapping[str, Any]) -> dict[str, Any]:
    """What a button carries: a small JSON object; empty where it carries none or something else."""
    return _json_object(action.get("value"))


def picked_value(action: Mapping[str, Any]) -> dict[str, Any]:
    """What a button carries, or the entry of a menu that was picked."""
    picked = (action.get("selected_option") or {}).get("value")
    return value_of(action) if picked is None else _json_object(picked)


def click_of(body: Mapping[str, Any], context: Mapping[str, Any]) -> Click:
    """What somebody did, once."""
    reference = reference_of(context)
    return Click(person_of(body), str(body.get("trigger_id") or reference), reference)


def reference_of(context: Mapping[str, Any]) -> str:
    """The id under which the logs tell more of a request."""
    return str(context.get("reference") or "")


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in a payload; an empty one where there is none, or null."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _json_object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
