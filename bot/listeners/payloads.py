"""What every listener needs to know of a payload."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rollcall.accounts import Person
from rollcall.desk import Click

if TYPE_CHECKING:
    from collections.abc import Mapping


def person_of(body: Mapping[str, Any]) -> Person:
    """Who acts: the home workspace of the user, and the user.

    In a channel shared between companies the clicker's workspace differs from the one the app was asked in.
    """
    user = body.get("user")
    if isinstance(user, dict):
        team = user.get("team_id") or (body.get("team") or {}).get("id") or ""
        return Person(team, user.get("id", ""))
    event = body.get("event") or {}
    event_user = event.get("user")
    if isinstance(event_user, str):
        return Person(event.get("user_team") or event.get("team") or body.get("team_id", ""), event_user)
    return Person(body.get("team_id", ""), body.get("user_id", ""))


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace that the app was asked in: whose DM and whose App Home are meant."""
    return str((body.get("team") or {}).get("id") or body.get("team_id") or "")


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


def _json_object(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
