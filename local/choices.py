"""What whoever starts the local stack can choose, through the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS: Final = range(1024, 65000)
REAL_SLACK: Final = "https://slack.com/api/"


class ChoiceError(Exception):
    """What was chosen cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller can choose.

    Attributes:
        state: folder that keeps the stack's state.
        port: first of the TCP ports used, on loopback.
        directory: accounts file.
        slack_api_url: another Slack's Web API, ending in ``/api/``; empty for the built-in workspace.
        slack_bot_token: of that Slack; empty for the built-in workspace.
        slack_signing_secret: likewise; empty for a dummy.
        slack_app_token: with it the bot also listens to real Slack, in Socket Mode.
    """

    state: Path
    port: int
    directory: Path
    slack_api_url: str = ""
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Choices:
        """Reads ``ROLLCALL_STATE``, ``ROLLCALL_PORT``, ``ROLLCALL_DIRECTORY``, and ``SLACK_…`` for another Slack.

        Args:
            env: the variables, usually ``os.environ``.

        Raises:
            ChoiceError: the port is not one.
        """
        port = env.get("ROLLCALL_PORT") or "4600"
        if not (port.isascii() and port.isdigit() and int(port) in _PORTS):
            raise ChoiceError(f"ROLLCALL_PORT must be a port from {_PORTS[0]} to {_PORTS[-1]}, not {port!r}.")
        directory = env.get("ROLLCALL_DIRECTORY") or "local/directory.yaml"
        return cls(state=Path(env.get("ROLLCALL_STATE") or ".local"), port=int(port), directory=Path(directory))
