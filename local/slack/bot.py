"""The way to the bot: signed requests with three seconds to answer, and events with Slack's retries."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from local.slack.world import APP_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.world import Team, World

VERIFICATION_TOKEN: Final = "local-verification-token"  # noqa: S105 - Slack's old token, sent but trusted by nobody
FORM: Final = "application/x-www-form-urlencoded"
DEFAULT_EVENTS: Final = frozenset(
    {"app_home_opened", "app_uninstalled", "tokens_revoked", "message.im", "file_shared", "member_joined_channel"}
)
_OK: Final = 200


class BotFailedError(Exception):
    """The bot did not answer as it should.

    Attributes:
        reason: Slack's word for it: ``http_timeout``, ``connection_failed`` or ``http_error``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered, with status 200."""

    body: bytes
    content_type: str

    def json(self) -> dict[str, Any]:
        """Return the body as an object; an empty one for no body or for anything else."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(slots=True)
class Bot:
    """The bot's endpoint.

    Attributes:
        url: where requests are posted; empty until the bot is there.
        secret: the signing secret.
        seconds: how long the bot may take for an answer.
        retries: seconds to wait before each retry of an event. Slack: at once, a minute, five minutes.
        events: the names of the events that the app asks for.
    """

    world: World
    url: str = ""
    secret: str = ""
    seconds: float = 3.0
    retries: tuple[float, ...] = (0.0, 2.0, 5.0)
    events: frozenset[str] = DEFAULT_EVENTS
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Send no more retries."""
        self._stopped.set()

    def send(self, body: str, content_type: str = FORM, extra: Mapping[str, str] | None = None) -> Answer:
        """Post one signed request.

        Raises:
            BotFailedError: no answer in time, no connection, or a status other than 200.
        """
        target = urlsplit(self.url)
        if not target.hostname:
            raise BotFailedError("connection_failed")
        secure = target.scheme == "https"
        kind = HTTPSConnection if secure else HTTPConnection
        connection = kind(target.hostname, target.port or (443 if secure else 80), timeout=self.seconds)
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        try:
            connection.request("POST", path, body.encode(), {**self._headers(body, content_type), **(extra or {})})
            response = connection.getresponse()
            answer = Answer(response.read(), response.headers.get("Content-Type", ""))
        except TimeoutError as error:
            raise BotFailedError("http_timeout") from error
        except (OSError, HTTPException) as error:
            raise BotFailedError("connection_failed") from error
        finally:
            connection.close()
        if response.status != _OK:
            raise BotFailedError("no_retry" if response.headers.get("X-Slack-No-Retry") == "1" else "http_error")
        return answer

    def _headers(self, body: str, content_type: str) -> dict[str, str]:
        at = str(int(self.world.now()))
        digest = hmac.new(self.secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={digest}",
        }

    def command(self, fields: Mapping[str, str]) -> Answer:
        """Send a slash command.

        Raises:
            BotFailedError: see ``send``.
        """
        return self._noted(fields["command"], urlencode(fields))

    def interact(self, payload: Mapping[str, Any]) -> Answer:
        """Send a click, a submission, a shortcut or a request for options.

        Raises:
            BotFailedError: see ``send``.
        """
        return self._noted(str(payload["type"]), urlencode({"payload": json.dumps(payload)}))

    def _noted(self, what: str, body: str) -> Answer:
        started = self.world.now()
        outcome = "ok"
        try:
            return self.send(body)
        except BotFailedError as error:
            outcome = error.reason
            raise
        finally:
            self.world.note(kind="request", what=what, outcome=outcome, seconds=round(self.world.now() - started, 3))

    def emit(self, team: Team, kind: str, event: Mapping[str, Any], name: str = "") -> None:
        """Send an event in the background, if the app asks for it.

        Args:
            team: where it happened.
            kind: the event's ``type``.
            event: its other fields.
            name: the name in the manifest where it is not ``kind``, such as ``message.im``.
        """
        if (name or kind) not in self.events:
            return
        ts = self.world.mint_ts()
        envelope = {
            "token": VERIFICATION_TOKEN,
            "team_id": team.id,
            "enterprise_id": team.enterprise or None,
            "context_team_id": team.id,
            "context_enterprise_id": team.enterprise or None,
            "api_app_id": APP_ID,
            "event": {"type": kind, **event, "event_ts": event.get("event_ts", ts)},
            "type": "event_callback",
            "event_id": self.world.mint("Ev"),
            "event_time": int(self.world.now()),
            "authorizations": [
                {
                    "enterprise_id": team.enterprise or None,
                    "team_id": None if team.org_wide else team.id,
                    "user_id": team.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": team.org_wide,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{kind}-{team.id}",
        }
        threading.Thread(target=self._deliver, args=(kind, json.dumps(envelope)), daemon=True).start()

    def _deliver(self, kind: str, body: str) -> None:
        reason = ""
        for number, wait in enumerate((0.0, *self.retries)):
            if self._stopped.wait(wait):
                return
            headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
            try:
                self.send(body, "application/json", headers)
            except BotFailedError as error:
                reason = error.reason
                self.world.note(kind="event", what=kind, outcome=reason, attempt=number)
                if reason == "no_retry":
                    return
            else:
                self.world.note(kind="event", what=kind, outcome="ok", attempt=number)
                return
