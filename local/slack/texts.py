"""What a person types, in Slack's form: escaped, with mentions as ids, and as a rich_text block."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from local.slack.world import World

_MENTION: Final = re.compile(r"(?<![\w@#])([@#])([\w.-]*\w)|(https?://[^\s<>]+)")


def escaped(text: str, world: World, team: str) -> str:
    """Return ``text`` with ``&``, ``<`` and ``>`` escaped, and known people, channels and addresses marked up."""
    return "".join(_markup(piece) for piece in _pieces(text, world, team))


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markup(piece: dict[str, Any]) -> str:
    if piece["type"] == "user":
        return f"<@{piece['user_id']}>"
    if piece["type"] == "channel":
        return f"<#{piece['channel_id']}>"
    if piece["type"] == "link":
        return f"<{_plain(piece['url'])}>"
    return _plain(piece["text"])


def rich_text(text: str, world: World, team: str) -> dict[str, Any]:
    """Return ``text`` as the block that Slack makes of a typed message."""
    section = {"type": "rich_text_section", "elements": list(_pieces(text, world, team))}
    return {"type": "rich_text", "block_id": secrets.token_urlsafe(3), "elements": [section]}


def _pieces(text: str, world: World, team: str) -> list[dict[str, Any]]:
    names = {person.name.lower(): person.id for (owner, _), person in world.people.items() if owner == team}
    names["rollcall"] = world.teams[team].bot_user
    places = {
        channel.name.lower(): channel.id
        for (owner, _), channel in world.channels.items()
        if owner == team and channel.kind == "channel"
    }
    pieces: list[dict[str, Any]] = []
    last = 0
    for match in _MENTION.finditer(text):
        sign, name, url = match.groups()
        found: dict[str, Any] | None = None
        if url:
            found = {"type": "link", "url": url}
        elif sign == "@" and name.lower() in names:
            found = {"type": "user", "user_id": names[name.lower()]}
        elif sign == "#" and name.lower() in places:
            found = {"type": "channel", "channel_id": places[name.lower()]}
        if found is None:
            continue
        if match.start() > last:
            pieces.append({"type": "text", "text": text[last : match.start()]})
        pieces.append(found)
        last = match.end()
    if last < len(text):
        pieces.append({"type": "text", "text": text[last:]})
    return pieces
