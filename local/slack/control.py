"""What a test may look at and change under ``/_control/``: messages, files, faults, people, channels, the install."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from local.slack.faults import Fault, SlackError
from local.slack.objects import file_object, user_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.slack.desk import Desk
    from local.slack.modals import Modals
    from local.slack.webapi import WebApi


@dataclass(slots=True)
class Control:
    """Answers ``GET`` and ``POST /_control/<what>``; arguments are the query or a JSON object."""

    desk: Desk
    modals: Modals
    api: WebApi

    def look(self, what: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a ``GET``: ``messages``, ``files``, ``views``, ``home`` or ``log``.

        Raises:
            SlackError: there is no such thing.
        """
        world = self.desk.world
        team = str(args.get("team", ""))
        with world.lock:
            if what == "messages":
                channel = world.channel(team, str(args.get("channel", "")))
                return {
                    "messages": [
                        {**message.body, **({"only_for": message.only_for} if message.only_for else {})}
                        for message in world.messages[team, channel.id]
                    ]
                }
            if what == "files":
                return {"files": [file_object(world, file) for file in world.files.values() if team in {"", file.team}]}
            if what == "views":
                return {"views": [view.body for view in world.stacks.get((team, str(args.get("user"))), [])]}
            if what == "home":
                home = world.homes.get((team, str(args.get("user"))))
                return {"view": home.body if home else None}
            if what == "log":
                return {"log": list(world.log)}
        raise SlackError("unknown_method")

    def change(self, what: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a ``POST``; see the methods below for what there is.

        Raises:
            SlackError: there is no such thing.
        """
        does: Callable[[Mapping[str, Any]], None] | None = {
            "fault": self._fault,
            "archive": self._archive,
            "share": self._share,
            "member": self._member,
            "person": self._person,
            "install": self._install,
            "rate_limits": self._rate_limits,
            "bot": self._bot,
            "clear": self._clear,
        }.get(what)
        if does is None:
            raise SlackError("unknown_method")
        does(args)
        return {}

    def _fault(self, args: Mapping[str, Any]) -> None:
        """Order a fault: ``method`` (or ``*``), ``kind``, ``times``, ``seconds``, ``code``."""
        self.desk.world.faults.append(
            Fault(
                str(args.get("method", "*")),
                args["kind"],
                int(args.get("times", 1)),
                float(args.get("seconds", 1)),
                str(args.get("code", "internal_error")),
            )
        )

    def _archive(self, args: Mapping[str, Any]) -> None:
        """Archive a ``channel`` of a ``team``, or bring it back with ``archived: false``."""
        self.desk.world.channel(args["team"], args["channel"]).archived = bool(args.get("archived", True))
        self.desk.world.touch(args["team"])

    def _share(self, args: Mapping[str, Any]) -> None:
        """Share a ``channel`` of a ``team`` with another team (``with``), or end that with ``shared: false``."""
        world, other = self.desk.world, str(args["with"])
        team = world.teams[args["team"]]
        with world.lock:
            if args.get("shared", True):
                world.share(team.id, args["channel"], other)
                self.desk.bot.emit(team, "channel_shared", {"channel": args["channel"], "connected_team_id": other})
            else:
                world.unshare(team.id, args["channel"], other)
                left = {"channel": args["channel"], "previously_connected_team_id": other, "is_ext_shared": False}
                self.desk.bot.emit(team, "channel_unshared", left)
        for one in (team.id, other):
            world.touch(one)

    def _member(self, args: Mapping[str, Any]) -> None:
        """Take ``user`` (or the bot, where none is named) out of a channel, or put it in with ``present: true``."""
        world = self.desk.world
        team = world.teams[args["team"]]
        channel = world.channel(team.id, args["channel"])
        user = str(args.get("user") or team.bot_user)
        if args.get("present", False) and user not in channel.members:
            channel.members.append(user)
            joined = {"user": user, "channel": channel.id, "channel_type": "C", "team": team.id}
            self.desk.bot.emit(team, "member_joined_channel", joined)
        elif not args.get("present", False) and user in channel.members:
            channel.members.remove(user)
        world.touch(team.id)

    def _person(self, args: Mapping[str, Any]) -> None:
        """Deactivate a ``user`` (``deactivated``), or give them another time zone (``tz``)."""
        world = self.desk.world
        key = args["team"], args["user"]
        person = world.person(*key)
        if "deactivated" in args:
            (world.deactivated.add if args["deactivated"] else world.deactivated.discard)(key)
            self.desk.bot.emit(world.teams[key[0]], "user_change", {"user": user_object(world, person)})
        if "tz" in args:
            world.people[key] = replace(person, zone=str(args["tz"]))
        world.touch(key[0])

    def _install(self, args: Mapping[str, Any]) -> None:
        """Uninstall the app from a ``team`` (``installed: false``), or install it again."""
        team = self.desk.world.teams[args["team"]]
        team.installed = bool(args.get("installed", False))
        if not team.installed:
            self.desk.uninstalled(team)
        self.desk.world.touch(team.id)

    def _rate_limits(self, args: Mapping[str, Any]) -> None:
        """Let Slack's rate limits hold (``on``) or not."""
        self.api.limited = bool(args.get("on", True))

    def _bot(self, args: Mapping[str, Any]) -> None:
        """Post requests to another ``url``."""
        self.desk.bot.url = str(args["url"])

    def _clear(self, _: Mapping[str, Any]) -> None:
        """Forget all messages, files, views and faults."""
        world = self.desk.world
        with world.lock:
            for messages in world.messages.values():
                messages.clear()
            for kept in (world.files, world.homes, world.stacks, world.faults, world.log):
                kept.clear()
        for team in world.teams:
            world.touch(team)
