"""What the page asks for: who there is, and what one person sees; and what it asks to be done."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from local.slack.faults import SlackError
from local.slack.methods_files import new_file
from local.slack.objects import file_object
from local.slack.world import BOT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.slack.desk import Desk
    from local.slack.modals import Modals
    from local.slack.world import Channel

_SHOWN: Final = 300  # messages of a place; older ones are not drawn
_SAMPLE: Final = re.compile(r"^data:[^,]*,")
MAX_FILE: Final = 64 * 1024 * 1024


@dataclass(slots=True)
class People:
    """Answers ``GET`` and ``POST /ui/<what>`` for the page."""

    desk: Desk
    modals: Modals

    def directory(self) -> dict[str, Any]:
        """Return the teams, the people in them, and the commands they can type."""
        world = self.desk.world
        with world.lock:
            teams = [
                {
                    "id": team.id,
                    "name": team.name,
                    "kind": team.kind,
                    "bot": team.bot_user,
                    "people": [
                        {"id": person.id, "name": person.name, "labels": person.labels, "zone": person.zone}
                        for (owner, _), person in world.people.items()
                        if owner == team.id
                    ],
                }
                for team in world.teams.values()
            ]
        commands = [
            {"name": command.name, "description": command.description, "usage": command.usage}
            for command in self.desk.manifest.commands
        ]
        shortcuts = [
            {"name": shortcut.name, "kind": shortcut.kind, "callback_id": shortcut.callback_id}
            for shortcut in self.desk.manifest.shortcuts
        ]
        return {"app": BOT_NAME, "teams": teams, "commands": commands, "shortcuts": shortcuts}

    def state(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """Return what person ``user`` of ``team`` sees: places, the messages of ``place``, Home tab, modals.

        Raises:
            SlackError: ``team_not_found`` or ``user_not_found``.
        """
        world = self.desk.world
        team, user = str(args.get("team")), str(args.get("user"))
        with world.lock:
            if team not in world.teams:
                raise SlackError("team_not_found")
            person = world.person(team, user)
            mine = [channel for (owner, _), channel in world.channels.items() if owner == team and _sees(channel, user)]
            home = world.homes.get((team, user))
            messages = []
            place = str(args.get("place", ""))
            if any(channel.id == place for channel in mine):
                messages = [
                    {**message.body, "only_you": bool(message.only_for)}
                    for message in world.messages[team, place]
                    if message.only_for in {"", user}
                ][-_SHOWN:]
            return {
                "me": {"id": user, "team": team, "name": person.name, "zone": person.zone, "labels": person.labels},
                "deactivated": (team, user) in world.deactivated,
                "installed": world.teams[team].installed,
                "install_url": self._install_url(team),
                "bot": world.teams[team].bot_user,
                "names": {id_: one.name for (owner, id_), one in world.people.items() if owner == team},
                "places": [self._place(channel, user) for channel in mine],
                "messages": messages,
                "home": home.body if home else None,
                "modals": [view.body for view in world.stacks.get((team, user), [])],
            }

    def _place(self, channel: Channel, user: str) -> dict[str, Any]:
        messages = self.desk.world.messages[channel.team, channel.id]
        last = next((message for message in reversed(messages) if message.only_for in {"", user}), None)
        return {
            "id": channel.id,
            "name": channel.name,
            "kind": channel.kind,
            "archived": channel.archived,
            "shared": bool(channel.connected or channel.home),
            "last": last.ts if last and last.body.get("user") != user else "",
        }

    def act(self, what: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a person does on the page.

        Raises:
            SlackError: it cannot be done; the code is shown on the page.
        """
        does: Callable[[str, str, Mapping[str, Any]], dict[str, Any]] | None = {
            "send": self._send,
            "click": self._click,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "opened": self._opened,
            "shortcut": self._shortcut,
            "upload": self._upload,
            "uninstall": self._uninstall,
        }.get(what)
        if does is None:
            raise SlackError("unknown_method")
        return does(str(args.get("team")), str(args.get("user")), args)

    def _click(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        room = self.modals if args["where"].get("view_id") else self.desk
        return {"notice": room.click(team, user, args["where"], args.get("picked"), args.get("picks") or {})}

    def _suggest(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        return self.modals.suggest(team, user, args["where"], str(args.get("typed", "")))

    def _submit(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        return self.modals.submit(team, user, str(args["view_id"]), args.get("picks") or {})

    def _close(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        self.modals.close(team, user, str(args["view_id"]), everything=bool(args.get("everything")))
        return {}

    def _opened(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        self.desk.opened(team, user, str(args.get("tab", "home")))
        return {}

    def _shortcut(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        return {"notice": self.desk.shortcut(team, user, str(args["callback_id"]))}

    def _install_url(self, team: str) -> str:
        """Where the app is installed; the bot's pages lie beside its endpoint."""
        url = self.desk.bot.url
        page = f"{url.removesuffix('/slack/events')}/slack/install?{urlencode({'team': team})}"
        return page if url.endswith("/slack/events") else ""

    def _uninstall(self, team: str, user: str, _: Mapping[str, Any]) -> dict[str, Any]:
        self.desk.uninstall(team, user)
        return {}

    def _send(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        text, channel = str(args.get("text", "")), str(args.get("channel"))
        files = tuple(str(file) for file in args.get("files") or ())
        if text.lstrip().startswith("/") and not files:
            self.desk.command(team, user, channel, text)
        else:
            self.desk.say(team, user, channel, text, files=files, thread=str(args.get("thread", "")))
        return {}

    def _upload(self, team: str, user: str, args: Mapping[str, Any]) -> dict[str, Any]:
        content = base64.b64decode(_SAMPLE.sub("", str(args.get("content", "")), count=1))
        if len(content) > MAX_FILE:
            raise SlackError("file_too_large")
        world = self.desk.world
        with world.lock:
            self.desk.who(team, user)
            name = str(args.get("name") or "file")
            file = new_file(world, team=team, user=user, name=name, content=content, length=len(content))
            return {"file": file_object(world, file)}


def _sees(channel: Channel, user: str) -> bool:
    return channel.user == user if channel.kind == "im" else user in channel.members
