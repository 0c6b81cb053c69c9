"""The objects of Slack's API as JSON: users, channels, files, messages; shaped as real Slack sends them."""

from __future__ import annotations

import mimetypes
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.directory import Person
    from local.slack.world import Channel, File, Team, World

from local.slack.world import APP_ID, BOT_NAME


def offset_of(zone: str, at: float) -> int:
    """Return the seconds east of UTC in ``zone`` at Unix time ``at``; 0 for a zone that is not known."""
    try:
        offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    return int(offset.total_seconds()) if offset else 0


def user_object(world: World, person: Person) -> dict[str, Any]:
    """Return a person as ``users.info`` does."""
    deleted = (person.team, person.id) in world.deactivated
    enterprise = world.teams[person.team].enterprise if person.team in world.teams else ""
    teams = [team.id for team in world.teams.values() if team.enterprise and team.enterprise == enterprise]
    teams = [team for team in teams if (team, person.id) in world.people]
    known = {"id": person.id, "enterprise_id": enterprise, "enterprise_name": enterprise, "teams": teams}
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.name.lower().replace(" ", "."),
        "deleted": deleted,
        "real_name": person.name,
        "tz": person.zone,
        "tz_label": person.zone,
        "tz_offset": offset_of(person.zone, world.now()),
        "is_bot": False,
        "is_app_user": False,
        "is_admin": False,
        "is_restricted": False,
        "updated": int(world.now()),
        "profile": {
            "real_name": person.name,
            "display_name": person.name,
            "team": person.team,
            **({"email": person.email} if world.teams[person.team].emails else {}),
        },
        **({"enterprise_user": known} if enterprise else {}),
    }


def bot_object(team: Team) -> dict[str, Any]:
    """Return the bot's own user."""
    return {
        "id": team.bot_user,
        "team_id": team.id,
        "name": BOT_NAME.lower(),
        "deleted": not team.installed,
        "real_name": BOT_NAME,
        "is_bot": True,
        "is_app_user": False,
        "profile": {"real_name": BOT_NAME, "display_name": BOT_NAME, "bot_id": team.bot_id, "api_app_id": APP_ID},
    }


def channel_object(world: World, channel: Channel) -> dict[str, Any]:
    """Return a channel or direct message as ``conversations.info`` does."""
    base: dict[str, Any] = {"id": channel.id, "created": channel.created, "is_archived": channel.archived}
    if channel.kind == "im":
        return {**base, "is_im": True, "user": channel.user, "is_user_deleted": _gone(world, channel), "is_open": True}
    bot = world.teams[channel.team].bot_user
    return {
        **base,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_general": channel.name == "general",
        "is_member": bot in channel.members,
        "context_team_id": channel.team,
        "is_shared": bool(channel.connected or channel.home),
        "is_ext_shared": bool(channel.connected or channel.home),
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "connected_team_ids": channel.connected,
        "num_members": len(channel.members),
        "topic": {"value": ""},
        "purpose": {"value": ""},
    }


def _gone(world: World, channel: Channel) -> bool:
    return (channel.team, channel.user) in world.deactivated


def file_object(world: World, file: File) -> dict[str, Any]:
    """Return a file as ``files.info`` and ``message`` events do."""
    place = f"{world.url}/files-pri/{file.team}-{file.id}"
    name = quote(file.name)
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "filetype": file.name.rpartition(".")[2].lower() if "." in file.name else "binary",
        "pretty_type": file.name.rpartition(".")[2].upper() or "Binary",
        "user": file.user,
        "user_team": file.team,
        "editable": False,
        "size": len(file.content or b""),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{name}",
        "url_private_download": f"{place}/download/{name}",
        "permalink": f"{world.url}/files/{file.user}/{file.id}/{name}",
        "channels": [channel for channel in file.channels if channel.startswith("C")],
        "groups": [],
        "ims": [channel for channel in file.channels if channel.startswith("D")],
        "has_rich_preview": False,
        "file_access": "visible",
    }


def with_block_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``blocks`` with a block_id on each and an action_id on each button, as Slack adds them."""
    done = []
    for block in blocks:
        named = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(3)}
        for key in ("elements", "actions"):
            if isinstance(named.get(key), list):
                named[key] = [_with_action_id(item) for item in named[key]]
        done.append(named)
    return done


def _with_action_id(item: object) -> object:
    if isinstance(item, dict) and item.get("type") in {"button", "workflow_button"} and "action_id" not in item:
        return {**item, "action_id": secrets.token_urlsafe(3)}
    return item


def bot_message(team: Team, ts: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message that the bot's call with ``args`` makes."""
    body: dict[str, Any] = {
        "type": "message",
        "user": team.bot_user,
        "bot_id": team.bot_id,
        "app_id": APP_ID,
        "team": team.id,
        "text": str(args.get("text") or ""),
        "ts": ts,
        "bot_profile": {
            "id": team.bot_id,
            "app_id": APP_ID,
            "name": args.get("username") or BOT_NAME,
            "team_id": team.id,
        },
    }
    if args.get("blocks"):
        body["blocks"] = with_block_ids(args["blocks"])
    if args.get("attachments"):
        body["attachments"] = [
            {**item, "blocks": with_block_ids(item["blocks"])} if item.get("blocks") else item
            for item in args["attachments"]
        ]
    for key in ("thread_ts", "metadata"):
        if args.get(key):
            body[key] = args[key]
    return body
