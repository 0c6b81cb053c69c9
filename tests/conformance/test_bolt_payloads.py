"""Payloads of every kind that Slack sends, as Bolt's own tests keep them, posted signed to the real handler."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode

import pytest

from local.slack.blockkit import problems
from rollcall.installations import Installation
from rollcall.store.installations import InstallationsStore
from tests.corpora import DATA, needs
from tests.gateway import signed
from tests.office import running_office
from tests.stock import ROLES

PAYLOADS = DATA / "slack" / "bolt-python"
pytestmark = needs(PAYLOADS)
NAMES = sorted(path.name for path in PAYLOADS.glob("*") if path.suffix in (".json", ".txt"))
#: Top-level types that come as JSON and not in a form.
EVENTS = ("event_callback", "url_verification", "app_rate_limited")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def office(open_office):
    open_office.set_back()
    return open_office


def places(payload):
    """Every workspace and organisation that a payload speaks of."""
    if isinstance(payload, dict):
        named = [
            value
            for key, value in payload.items()
            if isinstance(value, str) and key in ("team_id", "id", "enterprise_id") and value[:1] in "TE"
        ]
        return {*named, *(place for part in payload.values() for place in places(part))}
    return {place for part in payload for place in places(part)} if isinstance(payload, list) else set()


def request_of(office, name):
    """A recorded payload as a signed request; it is answered at a response URL of the local workspace."""
    text = (PAYLOADS / name).read_text(encoding="utf-8")
    payload = dict(parse_qsl(text, keep_blank_values=True)) if name.endswith(".txt") else json.loads(text)
    if "response_url" in payload:
        payload["response_url"] = office.response_url(ROLES["reseller admin"])
    for item in payload.get("response_urls") or ():
        item["response_url"] = office.response_url(ROLES["reseller admin"])
    if "command" in payload:
        body, headers = urlencode(payload).encode(), {}
    elif payload.get("type") in EVENTS:
        body, headers = json.dumps(payload).encode(), {"content_type": "application/json"}
    else:
        body, headers = urlencode({"payload": json.dumps(payload)}).encode(), {}
    return payload, body, signed(body, **headers)


def test_there_are_payloads_of_every_kind():
    assert len(NAMES) > 70


@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "plain"])
@pytest.mark.parametrize("installed", [True, False], ids=["installed", "not-installed"])
@pytest.mark.parametrize("name", NAMES)
def test_each_is_answered_and_breaks_nothing(office, monkeypatch, name, installed, encoded):
    payload, body, headers = request_of(office, name)
    monkeypatch.setattr(office.gateway, "encodes", lambda _: encoded)
    if installed:
        store = InstallationsStore.from_settings(office.cloud.settings)
        team = office.slack.world.teams["T0ACME"]
        for place in places(payload):
            store.put(Installation(place, team.token, team.bot_id, team.bot_user))

    status, answer = office.post(body, headers)

    assert status == 200
    assert not office.gateway.crashes
    assert not [line for line in office.lines if line["level"] == "ERROR"]
    assert not [line for line in office.others if "Traceback" in line]
    if payload.get("type") == "url_verification":
        assert json.loads(answer) == {"challenge": payload["challenge"]}
    elif "ssl_check" in payload:
        assert answer == ""
    elif "command" in payload and installed:
        told = json.loads(answer)
        assert not problems(told, "message")
        assert told["response_type"] == "ephemeral"
    elif payload.get("type") == "block_suggestion" and installed and places(payload):
        assert json.loads(answer) == {"options": []}


@pytest.mark.parametrize("name", [name for name in NAMES if "ssl_check" not in (PAYLOADS / name).read_text()])
def test_none_is_taken_without_its_signature(office, name):
    _, body, headers = request_of(office, name)
    assert office.post(body, {**headers, "X-Slack-Signature": "v0=" + "0" * 64})[0] == 401
    assert office.waiting("notices") == []
