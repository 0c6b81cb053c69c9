"""``make up`` with somebody else's Slack: another process, which knows of the bot nothing but its address."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import boto3
import pytest

from local.slack.serve import start
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.office import words

pytestmark = pytest.mark.stack

PATIENCE = 120  # seconds; cold functions on a busy machine
SECRET = "secret-of-another-slack"
TEAM, RAE = "T0ACME", "U0RAE"


def until(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


@pytest.fixture
def slack():
    directory = ROOT / "local" / "directory.yaml"
    workspace = start(directory, signing_secret=SECRET, ack_seconds=PATIENCE)
    yield workspace
    workspace.stop()


@pytest.fixture
def written(slack, tmp_path):
    """What ``stack.json`` says while it runs."""
    named = {
        "ROLLCALL_STATE": str(tmp_path),
        "ROLLCALL_PORT": "4780",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.tokens[TEAM],
        "SLACK_SIGNING_SECRET": SECRET,
    }
    command = [sys.executable, "-m", "local.up"]
    variables = {**os.environ, **named}
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own
        try:
            file = tmp_path / "stack.json"
            until(lambda: file.exists() or process.poll() is not None, file)
            yield json.loads(file.read_text())
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
    assert not file.exists()


def test_it_is_asked_answered_and_told_there(slack, written):
    assert written["slack_api_url"] == slack.api_url
    assert written["slack_bot_token"] == slack.tokens[TEAM]
    assert written["slack_signing_secret"] == SECRET
    assert written["workspace_url"] == ""
    slack.bot_url = written["bot_url"]

    channels = slack.world.channels.values()
    dm = next(one.id for one in channels if (one.team, one.user) == (TEAM, RAE))

    def shown(channel):
        found = slack.control.look("messages", {"team": TEAM, "channel": channel})["messages"]
        return [words(one.get("blocks")) for one in found]

    slack.desk.command(TEAM, RAE, dm, "/rollcall me")
    assert "Acme Mobile" in shown(dm)[-1]

    s3 = boto3.client(
        "s3",
        endpoint_url=written["aws_endpoint"],
        region_name=written["region"],
        aws_access_key_id=written["aws_access_key_id"],
        aws_secret_access_key=written["aws_secret_access_key"],
    )
    s3.put_object(Bucket=written["bucket"], Key="uploads/RSL-ACME/CUST-NORTHWIND/few.csv", Body=csv_of(imei(1)))
    places = [one.id for one in channels if one.team == TEAM]
    until(lambda: any("few.csv" in text for place in places for text in shown(place)), "the result")
