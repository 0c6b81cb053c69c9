"""What whoever starts the local stack can choose, through the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS: Final = range(1024, 65000)
_REAL_SLACK: Final = "https://slack.com/api/"
#: The bot's token with a Slack that does not look at it.
_DUMMY_TOKEN: Final = "xoxb-local"  # noqa: S105 - a dummy


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
        slack_app_token: with it the bot also listens to that Slack, in Socket Mode.
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

        An app token without an address means the real Slack. Without either the built-in workspace is used.

        Args:
            env: the variables, usually ``os.environ``.

        Raises:
            ChoiceError: the port is not one, the address is none of a Slack Web API, or the real Slack lacks a token.
        """
        port = env.get("ROLLCALL_PORT") or "4600"
        if not (port.isascii() and port.isdigit() and int(port) in _PORTS):
            raise ChoiceError(f"ROLLCALL_PORT must be a port from {_PORTS[0]} to {_PORTS[-1]}, not {port!r}.")
        directory = env.get("ROLLCALL_DIRECTORY") or "local/directory.yaml"
        app_token = env.get("SLACK_APP_TOKEN", "")
        api_url = env.get("SLACK_API_URL") or (_REAL_SLACK if app_token else "")
        if api_url and not (api_url.startswith(("http://", "https://")) and api_url.endswith("/api/")):
            raise ChoiceError(f"SLACK_API_URL must be an http address that ends in /api/, not {api_url!r}.")
        token = env.get("SLACK_BOT_TOKEN", "")
        if api_url == _REAL_SLACK and not token:
            raise ChoiceError("SLACK_BOT_TOKEN is missing: with the real Slack, name the token that begins with xoxb-.")
        return cls(
            state=Path(env.get("ROLLCALL_STATE") or ".local"),
            port=int(port),
            directory=Path(directory),
            slack_api_url=api_url,
            slack_bot_token=token or (_DUMMY_TOKEN if api_url else ""),
            slack_signing_secret=env.get("SLACK_SIGNING_SECRET", ""),
            slack_app_token=app_token,
        )
