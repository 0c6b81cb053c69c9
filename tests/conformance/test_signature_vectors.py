"""Signatures that Slack's documentation and three libraries agree on, checked the way our requests are."""

from __future__ import annotations

import json

import boto3
import pytest
from slack_bolt.context.respond import Respond
from slack_sdk.signature import Clock

import handler as bot
from tests.cloud import REGION, put_secrets
from tests.corpora import DATA, needs
from tests.gateway import FORM, LambdaContext, gateway_event
from tests.office import running_office

FILE = DATA / "slack" / "signature_vectors.json"
pytestmark = needs(FILE)
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))["vectors"] if FILE.is_file() else []


@pytest.fixture(scope="module", autouse=True)
def office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


def status_of(monkeypatch, vector, *, later=0, encoded=True, names=str):
    """What the handler answers to a request with these headers, at the time it was made and ``later`` seconds on."""
    put_secrets(boto3.client("ssm", region_name=REGION), signing_secret=vector["signing_secret"])
    monkeypatch.setattr(Clock, "now", lambda _: int(vector["timestamp"]) + later)
    monkeypatch.setattr(Respond, "__call__", lambda *_, **__: None)  # the recorded response URLs are Slack's own
    bot.app.cache_clear()
    headers = {
        names("Content-Type"): FORM,
        names("X-Slack-Request-Timestamp"): vector["timestamp"],
        names("X-Slack-Signature"): vector["signature"],
    }
    event = gateway_event("/slack/events", {}, vector["body"].encode(), encoded=encoded)
    event["headers"] = headers
    try:
        return bot.handle(event, LambdaContext("vector"))["statusCode"]
    finally:
        bot.app.cache_clear()


@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "plain"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["source"].split()[0])
def test_a_vector_is_judged_as_its_source_judges_it(monkeypatch, vector, encoded):
    assert (status_of(monkeypatch, vector, encoded=encoded) != 401) == vector["valid"]


@pytest.mark.parametrize(
    "vector", [vector for vector in VECTORS if vector["valid"]], ids=lambda vector: vector["source"]
)
@pytest.mark.parametrize(("later", "taken"), [(-301, False), (-300, True), (300, True), (301, False), (86_400, False)])
def test_a_valid_one_is_taken_for_five_minutes(monkeypatch, vector, later, taken):
    assert (status_of(monkeypatch, vector, later=later) != 401) == taken


@pytest.mark.parametrize("names", [str.lower, str.upper, str])
def test_headers_may_be_written_in_any_case(monkeypatch, names):
    assert status_of(monkeypatch, next(vector for vector in VECTORS if vector["valid"]), names=names) != 401
