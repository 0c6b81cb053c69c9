"""What the workspace knows: teams, people, channels, messages, files, open views. In memory, under one lock."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from local.slack.faults import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from local.slack.directory import Person, TeamPlan
    from local.slack.faults import Fault

APP_ID = "A0ROLLCALL"
BOT_NAME = "Rollcall"


@dataclass(slots=True)
class Team:
    """A Slack team with the app in it; ``installed`` turns false when the app is removed.

    Attributes:
        token: the bot's; a new one when the app comes back.
        enterprise: id of its organisation; empty for none.
        org_wide: the app was installed for the whole organisation: payloads then name no team.
        emails: the scope ``users:read.email`` was granted.
    """

    id: str
    name: str
    domain: str
    kind: str = ""
    installed: bool = True
    token: str = ""
    enterprise: str = ""
    org_wide: bool = False
    emails: bool = True

    def __post_init__(self) -> None:
        self.token = self.token or f"xoxb-local-{self.id}"

    @property
    def bot_user(self) -> str:
        """The user id of the bot in this team."""
        return f"U0BOT{self.id[2:]}"

    @property
    def bot_id(self) -> str:
        """The bot id of the app in this team."""
        return f"B0BOT{self.id[2:]}"


@dataclass(slots=True)
class Channel:
    """A channel or a direct message with the bot (then ``user`` is the person).

    One that is shared is seen in the ``connected`` teams, too: there it has ``home``, the team it belongs to.
    """

    id: str
    team: str
    name: str
    kind: Literal["channel", "im"]
    members: list[str]
    archived: bool = False
    user: str = ""
    created: int = 0
    home: str = ""
    connected: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """One message: ``body`` as Slack's API shows it; ``only_for`` names the one reader of an ephemeral message."""

    team: str
    channel: str
    body: dict[str, Any]
    only_for: str = ""

    @property
    def ts(self) -> str:
        """Slack's id of the message in its channel."""
        return str(self.body["ts"])


@dataclass(slots=True)
class File:
    """A file; ``channels`` are where it is shared, ``content`` is None until its bytes came."""

    id: str
    team: str
    user: str
    name: str
    title: str
    created: int
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)
    length: int = 0


@dataclass(slots=True)
class View:
    """An open modal, or a person's Home tab: ``body`` is the view object as Slack sends it."""

    id: str
    team: str
    user: str
    body: dict[str, Any]
    channel: str = ""
    notice: str = ""


@dataclass(slots=True)
class World:
    """Everything in the workspace; hold ``lock`` while reading or changing it.

    Attributes:
        now: the clock, in seconds since 1970; a test puts its own here.
        url: the address of the workspace, without a slash at the end.
        log: the last requests to the bot and refusals of its calls, newest last.
    """

    now: Callable[[], float] = time.time
    url: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    deactivated: set[tuple[str, str]] = field(default_factory=set)
    channels: dict[tuple[str, str], Channel] = field(default_factory=dict)
    messages: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    homes: dict[tuple[str, str], View] = field(default_factory=dict)
    stacks: dict[tuple[str, str], list[View]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=500))
    listeners: list[Callable[[str], None]] = field(default_factory=list)
    _count: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _last_ts: float = 0.0

    def settle(self, plans: Iterable[TeamPlan]) -> None:
        """Add the teams of ``plans``, and what is new in those that are there already."""
        for plan in plans:
            team = self.teams.setdefault(plan.id, Team(plan.id, plan.name, plan.domain, plan.kind))
            general = f"C{plan.id[1:]}GEN"
            for channel, name in {general: "general", **plan.channels}.items():
                self._open(Channel(channel, plan.id, name, "channel", [team.bot_user]))
            for person in plan.people.values():
                self.people[plan.id, person.id] = person
                direct = f"D{plan.id[1:]}{person.id[1:]}"
                self._open(Channel(direct, plan.id, "directmessage", "im", [], user=person.id))
                for channel in (general, *plan.channels, direct):
                    members = self.channels[plan.id, channel].members
                    members.extend({person.id, team.bot_user} - set(members) if channel == direct else ())
                    if person.id not in members and (person.labels or channel == general):
                        members.append(person.id)

    def _open(self, channel: Channel) -> None:
        channel.created = int(self.now())
        self.channels.setdefault((channel.team, channel.id), channel)
        self.messages.setdefault((channel.team, channel.id), [])

    def mint(self, prefix: str) -> str:
        """Return a new id such as ``F000A1B2C3``."""
        return f"{prefix}{next(self._count):03X}{secrets.token_hex(4).upper()}"

    def mint_ts(self) -> str:
        """Return a new timestamp id, later than every one before."""
        self._last_ts = max(round(self.now(), 6), round(self._last_ts + 0.000001, 6))
        return f"{self._last_ts:.6f}"

    def touch(self, team: str) -> None:
        """Tell the pages that something in ``team`` changed."""
        for listener in list(self.listeners):
            listener(team)

    def note(self, **entry: object) -> None:
        """Write a line of the log."""
        self.log.append({"at": round(self.now(), 3), **entry})

    def channel(self, team: str, channel: str) -> Channel:
        """Return a channel by id, by ``#name``, or a person's direct message by their user id.

        Raises:
            SlackError: ``channel_not_found``.
        """
        found = self.channels.get((team, channel))
        if found is None and channel:
            name = channel.removeprefix("#")
            for other in self.channels.values():
                if other.team == team and (other.user == channel or (other.kind == "channel" and other.name == name)):
                    return other
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def share(self, team: str, channel: str, other: str) -> None:
        """Let the people of another team into a channel: one list of messages, seen from both sides."""
        own = self.channel(team, channel)
        people = [user for (of, user), person in self.people.items() if of == other and person.labels]
        own.connected = sorted({*own.connected, other})
        self.channels[other, own.id] = Channel(
            own.id, other, own.name, "channel", people, created=own.created, home=team
        )
        self.messages[other, own.id] = self.messages[team, own.id]

    def unshare(self, team: str, channel: str, other: str) -> None:
        """Let another team out of a channel again."""
        own = self.channel(team, channel)
        own.connected = [one for one in own.connected if one != other]
        for kept in (self.channels, self.messages):
            kept.pop((other, own.id), None)

    def message(self, team: str, channel: str, ts: str) -> Message:
        """Return one message.

        Raises:
            SlackError: ``message_not_found``.
        """
        for message in reversed(self.messages.get((team, channel), [])):
            if message.ts == ts:
                return message
        raise SlackError("message_not_found")

    def person(self, team: str, user: str) -> Person:
        """Return one person.

        Raises:
            SlackError: ``user_not_found``.
        """
        found = self.people.get((team, user))
        if found is None:
            raise SlackError("user_not_found")
        return found

    def view(self, team: str, view: str) -> View:
        """Return an open modal or a Home tab by its id.

        Raises:
            SlackError: ``not_found``.
        """
        for stack in (*self.stacks.values(), list(self.homes.values())):
            for found in stack:
                if found.team == team and found.id == view:
                    return found
        raise SlackError("not_found")
