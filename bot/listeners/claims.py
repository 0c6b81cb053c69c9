"""Which rooms of listeners a request concerns, by what it names; all of them where that is not known here.

What stands here only saves time: a name that is missing is answered all the same. A name that is claimed for the wrong
room would not be, so a test asks every listener there is whether its room is among those that are claimed for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.commands import typed
from rollcall.commands import Command
from rollcall.grammar import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The rooms that are entered when something names them, in the order in which their listeners are asked. Those behind
#: them, `LAST`, every app has: they answer what only asks, and what no other room knows.
ALL: Final = (
    "uploads",
    "approvals",
    "approval_lists",
    "rules",
    "channels",
    "devices",
    "operator",
    "insights",
    "people",
    "setup",
)
LAST: Final = ("commands", "actions", "events", "failures")
_NONE: Final[tuple[str, ...]] = ()

#: (area, word) of the commands that open a form or change something; those in `_ASKS` only ask.
_COMMANDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("devices", "delete"): ("devices",),
    ("devices", "tag"): ("devices",),
    ("devices", "exchange"): ("devices",),
    ("uploads", "new"): ("uploads",),
    ("uploads", "undo"): ("devices",),
    ("approvals", "accept"): ("approvals",),
    ("approvals", "reject"): ("approvals",),
    ("approvals", "bulk"): ("approval_lists",),
    ("", "join"): ("people",),
    ("", "invite"): ("people",),
}
_ASKS: Final = frozenset(
    {
        *(("devices", word) for word in ("find", "list", "history", "export", "refresh", "help")),
        *(("uploads", word) for word in ("list", "open", "errors", "export", "link", "quality", "help")),
        *(("approvals", word) for word in ("list", "resellers", "history", "rules", "orders", "help")),
        *(("", word) for word in ("help", "me", "customers", "setup", "keys")),
    }
)
#: Names of buttons, menus and forms that are answered elsewhere than the rest of their family.
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("devices.open", "devices.history"), _NONE),
    **dict.fromkeys(("uploads.open", "uploads.errors", "uploads.devices"), _NONE),
    **dict.fromkeys([f"uploads.{report}" for report in ("resend", "errors_csv", "results", "notes_csv")], _NONE),
    "uploads.undo": ("devices",),
    "uploads.nudge": ("approval_lists",),
    **dict.fromkeys(("rule_resellers", "order_reseller"), ("rules",)),
}
#: The first part of such a name → the rooms that answer the family.
_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "page": _NONE,
    "accounts": _NONE,
    "customers": _NONE,
    "uploads": ("uploads",),
    "devices": ("devices",),
    "approvals": ("approvals", "approval_lists"),
    "rules": ("rules",),
    "orders": ("rules",),
    "notices": ("channels",),
    "operator": ("operator", "insights"),
    "people": ("people",),
    "setup": ("setup",),
}
_EVENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "app_home_opened": _NONE,
    "message": ("uploads",),  # with a file in it; without one it costs the same as a command
    "message_metadata_posted": ("channels",),
    "channel_shared": ("channels",),
    "channel_unshared": ("channels",),
    "user_change": ("channels",),
}


def rooms_of(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The rooms that may answer a request besides those that every app has.

    Args:
        body: what Slack sent; its signature may not have been checked yet.
    """
    if not isinstance(body, dict):
        return _NONE
    if isinstance(body.get("command"), str):
        return _of_command(body)
    if isinstance(event := body.get("event"), dict):
        return _EVENTS.get(str(event.get("type")), ALL)
    named = list(_names(body))
    if not named:
        return ALL if body.get("type", "url_verification") != "url_verification" else _NONE
    wanted = {room for name in named for room in _of_name(name)}
    return tuple(room for room in ALL if room in wanted)


def _of_command(body: Mapping[str, Any]) -> tuple[str, ...]:
    if not isinstance(body.get("text", ""), str):
        return _NONE
    command = parse(typed(body))
    if not isinstance(command, Command):
        return ("operator",)  # what is no word of everybody may be one of theirs
    asked = (command.area, command.word)
    return _NONE if asked in _ASKS else _COMMANDS.get(asked, ALL)


def _of_name(name: str) -> tuple[str, ...]:
    return _NAMES[name] if name in _NAMES else _FAMILIES.get(name.partition(".")[0], ALL)


def _names(body: Mapping[str, Any]) -> Iterator[str]:
    """What was clicked, picked from, opened or sent."""
    view, actions = body.get("view"), body.get("actions")
    if body.get("type") in ("view_submission", "view_closed"):
        if isinstance(view, dict):
            yield str(view.get("callback_id", ""))
        return
    for action in actions if isinstance(actions, list) else ():
        if isinstance(action, dict):
            yield str(action.get("action_id", ""))
    for key in ("action_id", "callback_id"):
        if key in body:
            yield str(body[key])
