"""Real Slack without a public address: its Socket Mode envelopes are posted to the bot as signed requests.

The bot is the one that runs in Lambda; it does not know the difference.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from slack_sdk.socket_mode.client import BaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

#: Seconds; Slack waits three for an acknowledgement.
_PATIENCE: Final = 5
_FORM: Final = "application/x-www-form-urlencoded"


@contextmanager
def bridged(app_token: str, bot_url: str, signing_secret: str, api_url: str) -> Iterator[None]:
    """Keeps a connection to Slack for the length of a ``with`` block.

    Args:
        app_token: begins with ``xapp-``; has the scope ``connections:write``.
        bot_url: where the bot takes requests.
        signing_secret: what the bot checks them with; need not be Slack's.
        api_url: Slack's Web API, ending in ``/api/``.
    """
    client = SocketModeClient(app_token=app_token, web_client=WebClient(base_url=api_url))

    def on_request(connection: BaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = post(bot_url, signing_secret, *as_http(request.type, request.payload))
        connection.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client.socket_mode_request_listeners.append(on_request)
    client.connect()
    try:
        yield
    finally:
        client.close()


def as_http(kind: str, payload: Mapping[str, Any]) -> tuple[str, str]:
    """Body and content type of the HTTP request that Slack would have sent.

    Args:
        kind: of the envelope: ``slash_commands``, ``interactive`` or ``events_api``.
        payload: its payload.
    """
    if kind == "slash_commands":
        return urlencode(payload), _FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), _FORM
    return json.dumps(payload), "application/json"


def post(bot_url: str, signing_secret: str, body: str, content_type: str) -> dict[str, Any] | None:
    """Posts a signed request to the bot; its answer, None where that is empty, no object, or the bot failed."""
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(signing_secret).generate_signature(timestamp=timestamp, body=body)
    request = urllib.request.Request(  # noqa: S310 - the bot's own address, on this machine
        bot_url,
        data=body.encode(),
        headers={
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature or "",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - likewise
            text = answer.read().decode()
    except urllib.error.URLError:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
