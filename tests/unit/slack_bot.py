"""A small bolt app behind a real HTTP server, for the tests of the local Slack workspace."""

from __future__ import annotations

import json
import logging
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from local.slack.serve import start

SECRET = "local-signing-secret"
ACCOUNTS = """
operators: [{team: T0OPS, user: U0OPS, name: Olu Ops}]
resellers:
  - id: RSL-ACME
    name: Acme Mobile
    members:
      - {team: T0ACME, user: U0RAE, name: Rae, email: rae@acme.example, role: admin, tz: America/New_York}
      - {team: T0ACME, user: U0UMA, name: Uma, email: uma@acme.example, role: uploader}
    notify: {team: T0ACME, channel: C0ACME}
customers:
  - id: CUST-NORTHWIND
    name: Northwind Logistics
    members: [{team: T0NW, user: U0NIA, name: Nia, email: nia@northwind.example, role: approver}]
    notify: {team: T0NW, channel: C0NWIT}
"""


def ask(url, body=None, headers=None):
    """Return status, content type and body of the answer; POST where there is a body."""
    target = urlsplit(url)
    connection = HTTPConnection(target.hostname, target.port, timeout=10)
    try:
        path = target.path + (f"?{target.query}" if target.query else "")
        connection.request("GET" if body is None else "POST", path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()
    finally:
        connection.close()


class SmallBot:
    """The bot: a bolt app, the requests it got, and where it listens."""

    def __init__(self, api_url):
        self.seen = []
        quiet = logging.getLogger("small-bot")
        quiet.setLevel(logging.CRITICAL)
        self.app = App(
            client=WebClient(base_url=api_url),
            signing_secret=SECRET,
            authorize=lambda team_id, **_: AuthorizeResult(
                enterprise_id=None,
                team_id=team_id,
                bot_token=f"xoxb-local-{team_id}",
                bot_user_id=f"U0BOT{team_id[2:]}",
            ),
            process_before_response=True,
            logger=quiet,
        )
        self.answer = None  # (status, headers, body) to give in place of the app's
        self.hold = None  # an event to wait for before answering
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                bot.seen.append((dict(self.headers.items()), body))
                if bot.hold is not None:
                    bot.hold.wait(10)
                status, headers, text = bot.answer or bot.dispatch(body, self.headers)
                try:
                    self.send_response(status)
                    for name, values in headers.items():
                        for value in values:
                            self.send_header(name, value)
                    self.send_header("Content-Length", str(len(text.encode())))
                    self.end_headers()
                    self.wfile.write(text.encode())
                except OSError:
                    pass  # the workspace did not wait

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/slack/events"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def dispatch(self, body, headers):
        answer = self.app.dispatch(BoltRequest(body=body, headers={name: [value] for name, value in headers.items()}))
        return answer.status, answer.headers, answer.body or ""

    def stop(self):
        if self.hold is not None:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def requests(self, kind):
        """Return the payloads of that type which came, oldest first."""
        sent = [dict(parse_qsl(body)) for headers, body in self.seen if "urlencoded" in headers["Content-Type"]]
        payloads = [json.loads(form["payload"]) for form in sent if "payload" in form]
        return [payload for payload in payloads if payload["type"] == kind]

    def events(self, kind):
        """Return headers and event of the events of that type which came, oldest first."""
        sent = [(headers, json.loads(body)) for headers, body in self.seen if "json" in headers["Content-Type"]]
        return [(headers, body) for headers, body in sent if body["event"]["type"] == kind]

    def wait_for(self, kind, count=1):
        """Wait until so many events of that type came; they are sent in the background."""
        for _ in range(500):
            if len(self.events(kind)) >= count:
                break
            time.sleep(0.02)
        return self.events(kind)


@contextmanager
def running(folder, **options):
    """Yield a workspace and its bot, both stopped afterwards."""
    accounts = folder / "accounts.yaml"
    accounts.write_text(ACCOUNTS, encoding="utf-8")
    workspace = start(accounts, signing_secret=SECRET, manifest_path=None, **options)
    bot = SmallBot(workspace.api_url)
    workspace.bot_url = bot.url
    workspace.desk.bot.retries = (0.0, 0.0, 0.0)
    try:
        yield workspace, bot
    finally:
        bot.stop()
        workspace.stop()
