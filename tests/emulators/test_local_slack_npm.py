"""The same bot against a Slack that others wrote: local-slack from npm, over signed HTTP and in Socket Mode."""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest
import yaml

from local.socket_mode import bridged
from rollcall.accounts import Person
from rollcall.installations import Installation
from rollcall.slack.sender import Sender
from rollcall.store.installations import InstallationsStore
from rollcall.views.blocks import section
from rollcall.views.message import compose
from tests.cloud import REGION, ROOT
from tests.gateway import SECRET
from tests.office import buttons, forget, running_office, words
from tests.stock import fill

pytestmark = pytest.mark.emulators

PACKAGE, VERSION = "local-slack-linux-x64", "0.1.8"
ENGINES = ROOT / ".venv" / "engines"
TEAM, BOT, RAE = "T0ACME", "U0ROLLCALL", Person("T0ACME", "U0RAE")
TOKEN, APP_TOKEN = "xoxb-of-the-emulator", "xapp-of-the-emulator"
CHANNEL = "C0ACME"
PATIENCE = 30


@pytest.fixture(scope="session")
def program():
    """The emulator's program; fetched from npm the first time."""
    found = ENGINES / "node_modules" / PACKAGE / "bin" / "local-slack"
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip(f"{PACKAGE} is for Linux on x86-64")
    if not found.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is missing: install Node.js 18 or newer (https://nodejs.org), which brings it")
        options = ["--no-save", "--no-audit", "--no-fund", "--prefix", str(ENGINES)]
        done = subprocess.run(  # noqa: S603 - the npm of this machine
            [npm, "install", *options, f"{PACKAGE}@{VERSION}"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"npm could not install {PACKAGE}@{VERSION}: {done.stderr.strip()[-300:]}")
    return found


def fetch(url, data, headers):
    """What the emulator answers."""
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - on this machine
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - likewise
        return answer.read()


class Emulator:
    """The emulator, driven by its control API."""

    def __init__(self, url, office):
        self.url, self.office = url, office

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        return json.loads(fetch(f"{self.url}{path}", data, {"Content-Type": "application/json"}))

    def messages(self, channel=CHANNEL):
        return self.call(f"/_control/messages/{channel}")["messages"]

    def command(self, typed, channel=CHANNEL):
        """Types a command; the answer."""
        name, _, text = typed.partition(" ")
        before = len(self.messages(channel))
        self.call("/_control/command", {"channel": channel, "user": RAE.user, "command": name, "text": text})
        return until(lambda: self.messages(channel)[before:])[-1]

    def click(self, message, action_id):
        """Clicks the button of a message."""
        block, element = next(pair for pair in buttons(message) if pair[1]["action_id"] == action_id)
        action = {**element, "block_id": block["block_id"]}
        body = {"channel": message["channel"], "messageTs": message["ts"], "user": RAE.user, "action": action}
        self.call("/_control/interact", body)

    def dm(self):
        """The channel of the bot's messages with Rae."""
        channels = self.call("/_control/state")["channels"]
        return next(channel["id"] for channel in channels if channel["is_im"] and RAE.user in channel["members"])


def until(look):
    """What ``look`` finds, once it finds something: the emulator answers before it has heard from the bot."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    return found


@contextmanager
def emulating(program, office, folder, mode):
    """The emulator with Rae of Acme in it, and the bot turned to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app = {"appId": "A0ROLLCALL", "botUserId": BOT, "botName": "rollcall", "botToken": TOKEN, "appToken": APP_TOKEN}
    config = folder / f"{mode}.yaml"
    config.write_text(
        yaml.safe_dump(
            {
                "workspace": {"name": "Acme Mobile", "domain": "acme", "teamId": TEAM},
                "app": {**app, "signingSecret": SECRET, "mode": mode, "requestUrl": office.gateway.url},
                "users": [{"id": RAE.user, "name": "rae", "real_name": "Rae"}],
                "channels": [{"id": CHANNEL, "name": "rollcall", "members": [RAE.user, BOT]}],
            }
        ),
        encoding="utf-8",
    )
    url = f"http://127.0.0.1:{port}"
    InstallationsStore.from_settings(office.cloud.settings).put(Installation(TEAM, TOKEN, "B0ROLLCALL", BOT))
    before = os.environ["SLACK_API_URL"]
    os.environ["SLACK_API_URL"] = f"{url}/api/"
    forget()
    command = [str(program), "--config", str(config), "--port", str(port), "--base-host", "127.0.0.1"]
    with (folder / f"{mode}.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - what npm brought
        try:
            emulator = Emulator(url, office)

            def answers():
                assert process.poll() is None, (folder / f"{mode}.log").read_text()
                try:
                    return emulator.call("/_control/state")
                except urllib.error.URLError:
                    return None

            until(answers)
            yield emulator
        finally:
            process.terminate()
            process.wait(10)
            os.environ["SLACK_API_URL"] = before
            forget()


@pytest.fixture(scope="module")
def filled(program, tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office"), chunk_rows=40) as office:
        office.stock = fill(office.cloud, rows=12)
        yield office


@pytest.fixture(scope="module", params=["events", "socket"])
def slack(request, program, filled, tmp_path_factory):
    """The emulator that sends to the bot over signed HTTP, then the one that does in Socket Mode."""
    with emulating(program, filled, tmp_path_factory.mktemp("slack"), request.param) as emulator, ExitStack() as also:
        if request.param == "socket":
            also.enter_context(bridged(APP_TOKEN, filled.gateway.url, SECRET, f"{emulator.url}/api/"))
        yield emulator


def test_a_command_is_answered(slack):
    answer = slack.command("/rollcall me")
    assert "You are *Rae*, admin of *Acme Mobile*" in answer["text"]
    assert words(answer["blocks"]).endswith("Acme Mobile · reseller")


def test_a_button_shows_the_next_page_in_the_same_message(slack, filled):
    first = slack.command(f"/devices list upload:{filled.stock.clean.upload_id}")
    assert words(first["blocks"]).startswith("Devices: 1-5")

    slack.click(first, "page.next")
    edited = until(
        lambda: [
            message
            for message in slack.messages()
            if message["ts"] == first["ts"] and words(message["blocks"]).startswith("Devices: 6-10")
        ]
    )
    assert len(edited) == 1


def test_a_text_in_the_dm_is_answered_and_a_list_comes_as_a_file(slack, filled):
    known = [row["imei"] for row in filled.stock.rows("clean")[:3]]
    slack.call("/_control/open-home", {"user": RAE.user})
    until(lambda: filled.waiting("notices"))
    assert filled.drain() == [True]

    channel = slack.dm()
    slack.call("/_control/message", {"channel": channel, "user": RAE.user, "text": " ".join(known)})
    until(lambda: filled.waiting("notices"))
    assert filled.drain() == [True]
    answer = slack.messages(channel)[-1]
    assert words(answer["blocks"]).startswith("3 of 3 devices found")

    slack.click(answer, "page.dm")
    until(lambda: filled.waiting("jobs"))
    assert filled.drain() == [True]
    (file,) = until(lambda: [file for message in slack.messages(channel) for file in message.get("files", [])])
    assert file["name"] == "devices.csv"
    content = fetch(file["url_private"], None, {"Authorization": f"Bearer {TOKEN}"}).decode("utf-8-sig")
    assert [line.split(",")[0] for line in content.splitlines()[1:]] == known


def test_a_message_is_posted_and_changed_later(slack):
    sender = Sender(InstallationsStore("AccountsTable", region=REGION).find, f"{slack.url}/api/")
    copy = sender.to_person(TEAM, RAE.user, compose("37 of 50 rows", [section("37 of 50 rows")]))
    sender.edit(copy, compose("all 50 rows", [section("all 50 rows")]))
    (message,) = [message for message in slack.messages(copy.channel) if message["ts"] == copy.ts]
    assert words(message["blocks"]) == "all 50 rows"
