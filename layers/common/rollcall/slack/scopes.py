"""The scopes that an install asks for: those of the app's manifest, whose file lies in another bundle."""

from __future__ import annotations

from typing import Final

#: In the manifest's order, with those that whoever installs may leave out. A test holds the two to each other.
BOT_SCOPES: Final = (
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "metadata.message:read",
    "users:read",
    "users:read.email",
)
