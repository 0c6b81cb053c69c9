"""The requests that Slack sends when a person does something, field for field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.bot import VERIFICATION_TOKEN
from local.slack.world import APP_ID

if TYPE_CHECKING:
    from local.slack.directory import Person
    from local.slack.world import Channel, Message, Team, View


def _user(person: Person) -> dict[str, str]:
    name = person.name.lower().replace(" ", ".")
    return {"id": person.id, "username": name, "name": name, "team_id": person.team}


def _base(kind: str, team: Team, person: Person) -> dict[str, Any]:
    return {
        "type": kind,
        "user": _user(person),
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "team": None if team.org_wide else _team(team),
        "enterprise": {"id": team.enterprise, "name": team.enterprise} if team.enterprise else None,
        "is_enterprise_install": team.org_wide,
    }


def _team(team: Team) -> dict[str, str]:
    enterprise = {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise} if team.enterprise else {}
    return {"id": team.id, "domain": team.domain, **enterprise}


def channel_name(channel: Channel) -> str:
    """Return the name that Slack sends: a direct message has none of its own."""
    return "directmessage" if channel.kind == "im" else channel.name


def command(
    team: Team, person: Person, channel: Channel, words: tuple[str, str], rights: tuple[str, str]
) -> dict[str, str]:
    """Return the form of a slash command.

    Args:
        team: where it was typed.
        person: who typed it.
        channel: where in the team.
        words: the command with its slash, and the text after it.
        rights: response URL and trigger id.
    """
    enterprise = {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise} if team.enterprise else {}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        **enterprise,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": _user(person)["name"],
        "command": words[0],
        "text": words[1],
        "api_app_id": APP_ID,
        "is_enterprise_install": "true" if team.org_wide else "false",
        "response_url": rights[0],
        "trigger_id": rights[1],
    }


def on_message(team: Team, person: Person, channel: Channel, message: Message) -> dict[str, Any]:
    """Return what a click in a message has in common; an ephemeral message itself is not sent along."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if "thread_ts" in message.body:
        container["thread_ts"] = message.body["thread_ts"]
    shown = {} if message.only_for else {"message": message.body}
    return {
        **_base("block_actions", team, person),
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        **shown,
    }


def on_view(team: Team, person: Person, view: View) -> dict[str, Any]:
    """Return what a click in a modal or on a Home tab has in common."""
    return {
        **_base("block_actions", team, person),
        "container": {"type": "view", "view_id": view.id},
        "view": view.body,
    }


def submission(team: Team, person: Person, view: View, trigger: str, urls: list[dict[str, str]]) -> dict[str, Any]:
    """Return a view_submission."""
    return {
        **_base("view_submission", team, person),
        "trigger_id": trigger,
        "view": view.body,
        "response_urls": urls,
    }


def closed(team: Team, person: Person, view: View, *, cleared: bool) -> dict[str, Any]:
    """Return a view_closed; ``cleared`` says that the whole stack went."""
    return {**_base("view_closed", team, person), "view": view.body, "is_cleared": cleared}


def shortcut(team: Team, person: Person, callback_id: str, ts: str, trigger: str) -> dict[str, Any]:
    """Return a global shortcut."""
    return {
        **_base("shortcut", team, person),
        "action_ts": ts,
        "callback_id": callback_id,
        "trigger_id": trigger,
    }
