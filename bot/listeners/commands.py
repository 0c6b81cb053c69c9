"""Slash commands: one grammar under ``/rollcall``, and aliases for its areas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from listeners.payloads import person_of
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import Ack, App

    from rollcall.desk import Desk, Outbox

#: A deployment may give all commands a suffix, since the app that was installed last takes a name that two apps claim.
COMMANDS = re.compile(r"^/(rollcall|devices|uploads|approvals)([-_][\w-]+)?$")


def main_command(name: str) -> str:
    """The real name of ``/rollcall`` in the deployment that a command came from.

    Args:
        name: of any of our commands, with its slash; anything else, such as "", is one without a suffix.
    """
    match = COMMANDS.fullmatch(name)
    return f"{COMMAND}{match[2] or ''}" if match else COMMAND


def typed(body: Mapping[str, Any]) -> str:
    """What a command stands for behind ``/rollcall``: an alias is its area."""
    match = COMMANDS.fullmatch(body["command"])
    area = match[1] if match and match[1] != "rollcall" else ""
    return f"{area} {body.get('text', '')}".strip()


def register(app: App, desk: Desk, outbox: Outbox) -> None:  # noqa: ARG001 - every room is registered alike
    """Adds the listener for every command of ours."""

    @app.command(COMMANDS)
    def on_command(ack: Ack, body: dict[str, Any]) -> None:
        """Answers in the response itself: no second call, nothing to expire, seen by the asker alone."""
        match = COMMANDS.fullmatch(body["command"])
        suffix = (match[2] or "") if match else ""
        answer = desk.answer(person_of(body), typed(body), suffix=suffix)
        ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)
