"""A workspace installs Rollcall on the emulated AWS: with the functions' own rights, and over a restart."""

from __future__ import annotations

import http.cookiejar
import time
import urllib.error
import urllib.request
from html import unescape
from re import findall
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from local.choices import Choices
from local.laptop import running_laptop
from local.slack.directory import NEWCOMER
from tests.cloud import ROOT

pytestmark = [pytest.mark.stack, pytest.mark.feature("B25")]
PATIENCE = 60  # seconds; cold functions on a busy machine
GUEST, DM = "U0GUEST", "D0NEW0GUEST"


class Browser:
    """A browser that keeps our cookies on this machine, as real ones do without TLS on loopback."""

    def __init__(self):
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        jar = http.cookiejar.CookieJar(policy)
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def open(self, url, form=None):
        """Status, address and page where it ends."""
        data = urlencode(form).encode() if form else None
        try:
            with self._opener.open(url, data, timeout=PATIENCE) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, url, error.read().decode()

    def install(self, laptop, team):
        """From our page to Slack's and back."""
        start = laptop.bot_url.replace("/slack/events", "/slack/install")
        status, _, page = self.open(f"{start}?team={team}")
        assert status == 200, page
        (url,) = findall(r'class="go" href="([^"]+)"', page)
        asked = dict(parse_qsl(urlsplit(unescape(url)).query))
        form = {name: asked.get(name, "") for name in ("client_id", "redirect_uri", "state", "scope")}
        consent = f"{laptop.workspace.url}/oauth/v2/authorize"
        return self.open(consent, {**form, "who": f"{team} {GUEST}", "answer": "allow"})


def ask(laptop, typed):
    """Types a command as the newcomer's guest; the answer's text."""
    laptop.workspace.desk.command(NEWCOMER, GUEST, DM, typed)
    messages = laptop.workspace.control.look("messages", {"team": NEWCOMER, "channel": DM})["messages"]
    return str(messages[-1])


def tokens(laptop):
    """The rows of the newcomer's installation."""
    key = {":pk": {"S": f"workspace#{NEWCOMER}"}}
    table = laptop.stack.outputs["AccountsTableName"]
    client = laptop.stack.client("dynamodb")
    return client.query(TableName=table, KeyConditionExpression="pk = :pk", ExpressionAttributeValues=key)["Items"]


def wait(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_workspace_comes_stays_over_a_restart_goes_and_comes_back(tmp_path):
    choices = Choices(state=tmp_path, port=4870, directory=ROOT / "local" / "directory.yaml")
    with running_laptop(choices) as laptop:
        assert "not a valid command" in ask(laptop, "/rollcall me")
        browser = Browser()
        status, address, page = browser.install(laptop, NEWCOMER)
        assert (status, "Rollcall is in <b>New company</b>" in page) == (200, True), page
        assert browser.open(address)[0] == 410, "once"
        assert "not known" in ask(laptop, "/rollcall me") or "T0NEW" in ask(laptop, "/rollcall me")
        assert "xoxb" not in str(tokens(laptop))
    with running_laptop(choices) as laptop:
        assert "T0NEW" in ask(laptop, "/rollcall me"), "what was closed before opens after"
        laptop.workspace.desk.uninstall(NEWCOMER, GUEST)
        wait(lambda: tokens(laptop) == [])
        assert "not a valid command" in ask(laptop, "/rollcall me")

        # It comes back with a token that ends soon, which the clock exchanges.
        laptop.workspace.oauth.rotates, laptop.workspace.oauth.seconds = True, 3_600
        assert Browser().install(laptop, NEWCOMER)[0] == 200
        before = laptop.workspace.tokens[NEWCOMER]
        laptop.stack.client("lambda").invoke(FunctionName=laptop.stack.outputs["TickName"], Payload=b"{}")
        wait(lambda: laptop.workspace.tokens[NEWCOMER] != before)
        laptop.workspace.oauth.seconds = 43_200
        wait(lambda: "T0NEW" in ask(laptop, "/rollcall me"))
