"""Keeps messages, files and Home tabs over a restart, in one JSON file."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from local.slack.world import File, Message, View

if TYPE_CHECKING:
    from pathlib import Path

    from local.slack.world import World

_FORMAT: Final = 1


def save(world: World, path: Path) -> None:
    """Write what should outlive a restart to ``path``, all or nothing. Open modals are not kept."""
    with world.lock:
        kept: dict[str, Any] = {
            "format": _FORMAT,
            "uninstalled": [team.id for team in world.teams.values() if not team.installed],
            "tokens": {team.id: team.token for team in world.teams.values()},
            "deactivated": sorted(world.deactivated),
            "channels": [
                {
                    "team": channel.team,
                    "id": channel.id,
                    "members": channel.members,
                    "archived": channel.archived,
                    "connected": channel.connected,
                }
                for channel in world.channels.values()
                if not channel.home
            ],
            "messages": [
                asdict(message)
                for (team, _), messages in world.messages.items()
                for message in messages
                if message.team == team
            ],
            "files": [
                {**asdict(file), "content": base64.b64encode(file.content).decode()}
                for file in world.files.values()
                if file.content is not None
            ],
            "homes": [asdict(view) for view in world.homes.values()],
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(kept), encoding="utf-8")
    new.replace(path)


def load(world: World, path: Path) -> None:
    """Read what ``save`` wrote, where there is something; what belongs to teams that are gone is left out.

    Raises:
        ValueError: the file is not one of ours.
    """
    if not path.is_file():
        return
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept.get("format") != _FORMAT:
        raise ValueError(f"{path} was written by another version; `make clean-state` drops it")
    _people(world, kept)
    for entry in kept["messages"]:
        if (entry["team"], entry["channel"]) in world.messages:
            world.messages[entry["team"], entry["channel"]].append(Message(**entry))
    for entry in kept["files"]:
        world.files[entry["id"]] = File(**{**entry, "content": base64.b64decode(entry["content"])})
    for entry in kept["homes"]:
        if (entry["team"], entry["user"]) in world.people:
            world.homes[entry["team"], entry["user"]] = View(**entry)


def _people(world: World, kept: dict[str, Any]) -> None:
    for team in kept["uninstalled"]:
        if team in world.teams:
            world.teams[team].installed = False
    for team, token in kept.get("tokens", {}).items():
        if team in world.teams:
            world.teams[team].token = token
            world.teams[team].installed = team not in kept["uninstalled"]
    world.deactivated |= {(team, user) for team, user in kept["deactivated"]}
    for entry in kept["channels"]:
        channel = world.channels.get((entry["team"], entry["id"]))
        if channel is not None:
            channel.archived = entry["archived"]
            channel.members = entry["members"]
            for other in entry.get("connected", ()):
                world.share(channel.team, channel.id, other)
