"""What the app's manifest says about commands, shortcuts, events and menus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from local.slack.bot import DEFAULT_EVENTS

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command with the texts that the composer shows."""

    name: str
    description: str = ""
    usage: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut; ``kind`` is ``global`` or ``message``."""

    name: str
    kind: str
    callback_id: str
    description: str = ""


_AREAS: Final = (
    Command("/rollcall", "Everything about your devices", "help · me · devices … · uploads … · approvals …"),
    Command("/devices", "Find and list devices", "<id> · list status:PENDING · help"),
    Command("/uploads", "Upload a CSV, see what became of it", "new · list · <upload id> · help"),
    Command("/approvals", "Accept or reject what arrived", "accept <id> · reject <id> reason:… · help"),
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of the manifest that the workspace needs.

    Attributes:
        commands: the slash commands.
        shortcuts: the shortcuts.
        events: names of the events that are subscribed to.
        optional: scopes that whoever installs may leave out.
        asks_for_options: the options of an external menu are asked for. Slack asks at an address of its own, the
            manifest's ``message_menu_options_url``, and nowhere without one: such menus stay empty.
    """

    commands: tuple[Command, ...] = _AREAS
    shortcuts: tuple[Shortcut, ...] = ()
    events: frozenset[str] = DEFAULT_EVENTS
    optional: tuple[str, ...] = ()
    asks_for_options: bool = True

    def command(self, name: str) -> Command | None:
        """Return the command of that name, with its slash."""
        return next((command for command in self.commands if command.name == name.lower()), None)

    def names(self) -> str:
        """Return the commands, to be read."""
        return ", ".join(command.name for command in self.commands)


def read(path: Path | None) -> Manifest:
    """Return the manifest at ``path``, or the commands that every installation has where there is none.

    Raises:
        ValueError: the file is no JSON.
    """
    if path is None or not path.is_file():
        return Manifest()
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    features = raw.get("features") or {}
    commands = tuple(
        Command(
            str(item["command"]).lower(),
            item.get("description", ""),
            item.get("usage_hint", ""),
            bool(item.get("should_escape")),
        )
        for item in features.get("slash_commands") or ()
    )
    shortcuts = tuple(
        Shortcut(item["name"], item["type"], item["callback_id"], item.get("description", ""))
        for item in features.get("shortcuts") or ()
    )
    settings = raw.get("settings") or {}
    events = (settings.get("event_subscriptions") or {}).get("bot_events")
    interactivity = settings.get("interactivity") or {}
    return Manifest(
        commands or _AREAS,
        shortcuts,
        frozenset(events) if events else DEFAULT_EVENTS,
        tuple(((raw.get("oauth_config") or {}).get("scopes") or {}).get("bot_optional") or ()),
        asks_for_options=bool(interactivity.get("message_menu_options_url")),
    )
