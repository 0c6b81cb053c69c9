"""One call of the Web API: its arguments, however they were sent, and the registry of methods."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from local.slack.blockkit import problems, slack_error
from local.slack.faults import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from local.slack.blockkit_limits import Surface
    from local.slack.grants import Grants
    from local.slack.world import Team, World

_JSON_ARGUMENTS: Final = frozenset({"blocks", "attachments", "view", "files", "metadata"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call, already authorised.

    Attributes:
        world: the workspace, whose lock is held.
        grants: trigger ids and response URLs.
        team: the team that the token belongs to.
        args: the arguments; the JSON ones are decoded.
        emit: sends an event about the call to the bot.
    """

    world: World
    grants: Grants
    team: Team
    args: Mapping[str, Any]
    emit: Callable[[str, dict[str, Any]], None]

    def text(self, name: str, missing: str = "invalid_arguments") -> str:
        """Return a required argument.

        Raises:
            SlackError: ``missing``, where it is not there.
        """
        value = self.args.get(name)
        if value in (None, ""):
            raise SlackError(missing, (f"[ERROR] missing required field: {name}",))
        return str(value)

    def flag(self, name: str) -> bool:
        """Return a yes-or-no argument, false where it is not there."""
        return str(self.args.get(name, "")).lower() in {"true", "1"}

    def check(self, payload: Mapping[str, Any], surface: Surface, prefix: str = "") -> None:
        """Refuse blocks that Slack would refuse.

        Raises:
            SlackError: Slack's code, and what is wrong in ``messages``.
        """
        found = problems(payload, surface)
        if found:
            raise SlackError(slack_error(found), tuple(problem.line(prefix) for problem in found))

    def page(self, key: str, items: Sequence[object]) -> dict[str, Any]:
        """Return a page of ``items`` by the arguments ``limit`` and ``cursor``.

        Raises:
            SlackError: ``invalid_cursor`` or ``invalid_limit``.
        """
        try:
            limit = int(self.args.get("limit") or 100)
        except ValueError as error:
            raise SlackError("invalid_limit") from error
        try:
            start = int(base64.b64decode(str(self.args.get("cursor") or ""), validate=True) or 0)
        except (ValueError, binascii.Error) as error:
            raise SlackError("invalid_cursor") from error
        after = start + limit
        cursor = base64.b64encode(str(after).encode()).decode() if after < len(items) else ""
        return {key: list(items[start:after]), "response_metadata": {"next_cursor": cursor}}


Method = "Callable[[Call], dict[str, Any]]"
METHODS: Final[dict[str, Callable[[Call], dict[str, Any]]]] = {}


def method(name: str) -> Callable[[Callable[[Call], dict[str, Any]]], Callable[[Call], dict[str, Any]]]:
    """Return a decorator that registers a function as the Web API method ``name``."""

    def register(function: Callable[[Call], dict[str, Any]]) -> Callable[[Call], dict[str, Any]]:
        METHODS[name] = function
        return function

    return register


def arguments(body: bytes, content_type: str, query: str = "") -> dict[str, Any]:
    """Return the arguments of a call sent as a form, as JSON or in the address.

    Raises:
        SlackError: ``invalid_json``, or the code for an argument that is JSON inside the form and cannot be read.
    """
    args: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json"):
        try:
            sent = json.loads(body or b"{}")
        except ValueError as error:
            raise SlackError("invalid_json") from error
        if not isinstance(sent, dict):
            raise SlackError("json_not_object")
        args |= sent
    else:
        args |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    for name in _JSON_ARGUMENTS & args.keys():
        if isinstance(args[name], str):
            args[name] = _decoded(name, args[name])
    return args


def _decoded(name: str, text: str) -> object:
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_blocks_format" if name == "blocks" else "invalid_arguments") from error
