"""The Slack app's manifest for a deployment: real addresses, and the names that the commands have there."""

from __future__ import annotations

import copy
import json
from typing import Any, Final
from urllib.parse import urlsplit

from ops import ROOT

SOURCE: Final = ROOT / "bot" / "manifest.json"
#: What stands in the source where the deployment's own address belongs.
PLACEHOLDER: Final = "https://example.com"


def load() -> dict[str, Any]:
    """The manifest as it is in the repository."""
    manifest: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return manifest


def filled(manifest: dict[str, Any], *, url: str, suffix: str = "") -> dict[str, Any]:
    """The manifest of one deployment.

    Args:
        manifest: with the placeholder's addresses; it is not changed.
        url: where Slack posts, ending in ``/slack/events``.
        suffix: behind each command, and behind the app's name, so that two in one workspace are told apart.
    """
    parts = urlsplit(url)
    own = f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('/slack/events')}"
    made: dict[str, Any] = json.loads(json.dumps(copy.deepcopy(manifest)).replace(PLACEHOLDER, own))
    if suffix:
        made["display_information"]["name"] += f" {suffix.strip('-_')}"
        made["features"]["bot_user"]["display_name"] += f" {suffix.strip('-_')}"
        for command in made["features"]["slash_commands"]:
            command["command"] += suffix
    return made


def text(manifest: dict[str, Any]) -> str:
    """As Slack's form takes it."""
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
