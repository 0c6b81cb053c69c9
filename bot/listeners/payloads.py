"""What every listener needs to know of a payload."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rollcall.accounts import Person

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
    try:
        value = json.loads(action.get("value") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def reference_of(context: Mapping[str, Any]) -> str:
    """The id under which the logs tell more of a request."""
    return str(context.get("reference") or "")
