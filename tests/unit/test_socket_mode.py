"""Socket Mode: each envelope becomes the request that Slack would have sent over HTTP."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from local.socket_mode import as_http, post

SECRET = "a-secret"


@pytest.fixture
def bot():
    """A bot that keeps what it got and answers what it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.got.append((dict(self.headers.items()), body))
            status, text = server.answer
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answer = [], (200, "")
    server.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_each_kind_of_envelope_has_the_form_it_has_over_http():
    body, kind = as_http("slash_commands", {"command": "/devices", "text": "find a&b=ü"})
    assert kind == "application/x-www-form-urlencoded"
    assert parse_qs(body) == {"command": ["/devices"], "text": ["find a&b=ü"]}

    click = {"type": "block_actions", "actions": [{"value": "ü&="}]}
    body, kind = as_http("interactive", click)
    assert kind == "application/x-www-form-urlencoded"
    assert json.loads(parse_qs(body)["payload"][0]) == click

    event = {"type": "event_callback", "event": {"type": "message", "text": "ü"}}
    body, kind = as_http("events_api", event)
    assert (json.loads(body), kind) == (event, "application/json")


def test_a_request_is_signed_so_that_the_bot_takes_it(bot):
    assert post(bot.url, SECRET, "command=%2Frollcall&text=me", "application/x-www-form-urlencoded") is None
    ((headers, body),) = bot.got
    assert body == "command=%2Frollcall&text=me"
    assert SignatureVerifier(SECRET).is_valid(body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"])
    assert not SignatureVerifier("another").is_valid(
        body, headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"]
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, '{"text":"hi"}'), {"text": "hi"}),
        ((200, ""), None),
        ((200, "not installed"), None),
        ((200, "[1]"), None),
        ((401, '{"error":"invalid request"}'), None),
        ((500, ""), None),
    ],
)
def test_only_an_object_is_passed_on_as_an_answer(bot, answer, expected):
    bot.answer = answer
    assert post(bot.url, SECRET, "a=1", "text/plain") == expected


def test_a_bot_that_is_not_there_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", SECRET, "a=1", "text/plain") is None
