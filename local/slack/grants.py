"""Short-lived rights that an interaction hands to the bot: trigger ids and response URLs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from local.slack.faults import SlackError

if TYPE_CHECKING:
    from local.slack.world import World

TRIGGER_SECONDS: Final = 3.0
RESPONSE_SECONDS: Final = 30 * 60
RESPONSE_USES: Final = 5


@dataclass(slots=True)
class Trigger:
    """A right to open one view for the person who clicked or typed; ``view`` is the modal it was clicked in."""

    team: str
    user: str
    made: float
    channel: str = ""
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A right to answer where something was clicked or typed.

    Attributes:
        original: ts of the message whose button was clicked; empty for a command, whose answers cannot be replaced.
        ephemeral: whether that message is one.
    """

    team: str
    channel: str
    user: str
    made: float
    original: str = ""
    ephemeral: bool = False
    thread: str = ""
    uses: int = 0


@dataclass(slots=True)
class Grants:
    """The rights handed out, by their secret."""

    world: World
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseUrl] = field(default_factory=dict)

    def new_trigger(self, team: str, user: str, channel: str = "", view: str = "") -> str:
        """Return a new trigger id."""
        secret = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self.triggers[secret] = Trigger(team, user, self.world.now(), channel, view)
        return secret

    def use_trigger(self, secret: str, team: str) -> Trigger:
        """Use a trigger up.

        Raises:
            SlackError: ``invalid_trigger_id``, ``exchanged_trigger_id`` (used already) or ``expired_trigger_id``.
        """
        trigger = self.triggers.get(secret)
        if trigger is None or trigger.team != team:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.world.now() - trigger.made > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_response(self, response: ResponseUrl) -> str:
        """Return the secret part of a new response URL."""
        secret = secrets.token_urlsafe(18)
        self.responses[secret] = response
        return secret

    def use_response(self, secret: str) -> ResponseUrl:
        """Use a response URL once more.

        Raises:
            SlackError: ``invalid_url``, ``expired_url`` (30 minutes) or ``used_url`` (five times).
        """
        response = self.responses.get(secret)
        if response is None:
            raise SlackError("invalid_url")
        if self.world.now() - response.made > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if response.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        response.uses += 1
        return response
