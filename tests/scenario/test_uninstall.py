"""Rollcall is removed from a workspace: tokens go at once, its companies hear of it elsewhere, and it can come back."""

from __future__ import annotations

import dataclasses
import itertools
import json
import time

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import NotifyTarget, Person
from rollcall.notices import workspace_notice
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.sealing import Seal
from rollcall.store.secrets import AGAIN, KEPT, SIGNING_SECRET, Secrets
from rollcall.store.workspaces import WorkspacesStore
from rollcall.views import workspaces as views
from tests.cloud import REGION, SECRETS, put_secrets
from tests.gateway import signed
from tests.office import bot, words
from tests.visitor import Visitor

pytestmark = [pytest.mark.feature("B25"), pytest.mark.feature("B26")]
RAE, OLU = Person("T0ACME", "U0RAE"), Person("T0OPS", "U0OPS")
#: Ours is somewhat behind Slack's clock, or the other way round; no test is that quick.
LATER = 60


@pytest.fixture
def elsewhere(office):
    """Acme's channel is in the operators' workspace, so that something is left when its own is gone."""
    profile = office.cloud.accounts.reseller("RSL-ACME")
    channel = next(key[1] for key in office.slack.world.channels if key[0] == "T0OPS" and key[1].startswith("C"))
    office.cloud.accounts.put_reseller(dataclasses.replace(profile, notify=NotifyTarget("T0OPS", channel)))
    return channel


def farewell(office, event, team="T0ACME", at=None, **fields):
    """Posts one of Slack's events by hand."""
    body = {
        "type": "event_callback",
        "team_id": team,
        "event_id": f"Ev{event['type']}",
        "event_time": int(time.time() + LATER if at is None else at),
        "event": event,
        "authorizations": [{"team_id": team, "enterprise_id": None, "is_enterprise_install": False}],
        **fields,
    }
    return office.post_event(body)[0]


UNINSTALLED = {"type": "app_uninstalled"}
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOTACME"]}}


def find(office, team="T0ACME", enterprise=""):
    return InstallationsStore.from_settings(office.cloud.settings).find(team, enterprise)


def store(office):
    return DynamoInstallationStore("AccountsTable", seal=Seal(office.cloud.settings.tokens_key), region=REGION)


def rows(office, team="T0ACME"):
    return [item for item in office.cloud.scan("AccountsTable") if item["pk"]["S"] == f"workspace#{team}"]


@pytest.mark.parametrize("events", list(itertools.permutations([UNINSTALLED, REVOKED])), ids=["removed", "revoked"])
def test_tokens_go_at_once_and_the_company_is_told_where_it_still_can_be(office, elsewhere, events):
    for event in events:
        assert farewell(office, event) == 200
        assert find(office) is None, "before anything is taken out of a queue"
    assert farewell(office, events[0]) == 200, "Slack says it again"
    office.drain()
    assert rows(office) == []
    assert WorkspacesStore("AccountsTable", region=REGION).get("T0ACME").left_at
    (told,) = [
        message for message in office.messages(OLU, elsewhere) if "out of a workspace" in words(message["blocks"])
    ]
    assert "Acme Mobile" in words(told["blocks"])
    assert "/slack/install" in words(told["blocks"])
    assert problems({"blocks": told["blocks"], "text": told["text"]}, "message") == []
    assert not [line for line in office.lines if line["level"] == "ERROR"]


def test_where_nobody_is_left_it_waits_for_the_operators(office):
    assert farewell(office, UNINSTALLED) == 200
    office.drain()
    waiting = NoticesStore("UploadsTable", region=REGION).list_undelivered(limit=10)
    (waiting,) = [kept for kept in waiting if kept.notice == workspace_notice("T0ACME", "RSL-ACME")]
    assert {code for _, code in waiting.trouble} == {"not_installed"}


def test_it_comes_back_and_what_waited_is_told(office, elsewhere):
    office.slack.control.change("install", {"team": "T0ACME", "installed": False})
    deadline = time.monotonic() + 10
    while len(office.gateway.answers) < 2:
        assert time.monotonic() < deadline, "the workspace says it in two events"
    assert find(office) is None
    office.drain()
    silent = NoticesStore("UploadsTable", region=REGION)
    assert Visitor(office).install() == 200
    office.later("notices")
    office.drain()
    assert silent.list_undelivered(limit=10) == []
    (told,) = [
        message for message in office.messages(OLU, elsewhere) if "is in the workspace" in words(message["blocks"])
    ]
    assert "again" in told["text"]
    assert "You are *Rae*" in words(office.command(RAE, "/rollcall me")["blocks"])


def test_it_goes_a_second_time_and_that_is_a_message_of_its_own(office, elsewhere):
    farewell(office, UNINSTALLED)
    office.drain()
    assert Visitor(office).install() == 200
    office.later("notices")
    office.drain()
    farewell(office, UNINSTALLED)
    office.drain()
    texts = [message["text"] for message in office.messages(OLU, elsewhere)]
    assert ["again" in text for text in texts] == [True, False]


def test_late_word_of_the_last_time_does_not_end_the_new_installation(office, elsewhere):
    farewell(office, UNINSTALLED)
    office.drain()
    office.slack.world.teams["T0ACME"].installed = False
    assert Visitor(office).install() == 200
    token = find(office).bot_token
    for event in (UNINSTALLED, REVOKED):
        assert farewell(office, event, at=time.time() - 3_600) == 200
    office.drain()
    assert find(office).bot_token == token


def test_a_persons_own_token_ends_without_the_bots(office):
    assert Visitor(office).install() == 200
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U0RAE"], "bot": []}}
    assert farewell(office, event) == 200
    office.drain()
    assert find(office)
    assert store(office).find_installation(enterprise_id=None, team_id="T0ACME", user_id="U0RAE") is None
    assert NoticesStore("UploadsTable", region=REGION).list_undelivered(limit=10) == []


def test_an_organisations_installation_ends_for_all_its_workspaces(office):
    for team in ("T0ACME", "T0NW"):
        office.slack.world.teams[team].installed = False
        office.slack.world.teams[team].enterprise = "E0ORG"
        office.cloud.client("dynamodb").delete_item(
            TableName="AccountsTable", Key={"pk": {"S": f"workspace#{team}"}, "sk": {"S": "installation"}}
        )
    assert Visitor(office).install(who="E0ORG U0RAE") == 200
    assert office.post_command(RAE, "/rollcall me", enterprise_id="E0ORG")[0] == 200
    assert find(office).team == "E0ORG"
    org_wide = [{"enterprise_id": "E0ORG", "team_id": None, "is_enterprise_install": True}]
    status = farewell(office, UNINSTALLED, enterprise_id="E0ORG", is_enterprise_install=True, authorizations=org_wide)
    assert status == 200
    assert find(office) is None
    office.later("notices")
    office.drain()
    waiting = NoticesStore("UploadsTable", region=REGION).list_undelivered(limit=10)
    assert workspace_notice("E0ORG", "RSL-ACME") in [kept.notice for kept in waiting]


@pytest.mark.parametrize(
    "event", [{"type": "tokens_revoked"}, {"type": "tokens_revoked", "tokens": []}, {"type": "app_uninstalled", "x": 1}]
)
def test_odd_farewells_break_nothing(office, event):
    assert farewell(office, event, authorizations=[], team="") == 200
    assert office.waiting("notices") == []
    assert not office.gateway.crashes


def test_a_farewell_that_nobody_signed_takes_nothing(office):
    body = json.dumps({"type": "event_callback", "team_id": "T0ACME", "event_time": 9e9, "event": UNINSTALLED}).encode()
    status, _ = office.post(body, signed(body, secret="guessed", content_type="application/json"))
    assert status == 401
    assert find(office)
    assert office.waiting("notices") == []


def test_the_messages_fit_into_slack():
    for message in (
        views.workspace_lost(
            "<Acme> & Co", "", "Acme *Mobile*", "RSL-ACME", install_url="https://x.example/slack/install"
        ),
        views.workspace_lost("Acme", "token_revoked", "Acme", "RSL-ACME", install_url=""),
        views.workspace_lost("Acme", "strange", "Acme", "RSL-ACME", install_url=""),
        views.workspace_back("Acme", "Acme", "RSL-ACME"),
    ):
        assert problems({"blocks": message.blocks, "text": message.text}, "message") == []


# -- the signing secret ------------------------------------------------------------------------------------------------


class Ssm:
    """Parameter Store with one value, or out of order."""

    class exceptions:  # noqa: N801 - as botocore calls it
        class ParameterNotFound(Exception):  # noqa: N818 - likewise
            pass

    def __init__(self, value):
        self.value, self.reads = value, 0

    def get_parameter(self, Name, WithDecryption):  # noqa: N803 - likewise
        self.reads += 1
        if isinstance(self.value, Exception):
            raise self.value
        if self.value is None:
            raise self.exceptions.ParameterNotFound
        return {"Parameter": {"Value": self.value}}


def test_a_new_signing_secret_is_in_use_without_a_deploy(office):
    body = b"command=%2Frollcall&text=me&team_id=T0ACME&user_id=U0RAE&channel_id=D&trigger_id=1.2.x&response_url="
    assert office.post(body, signed(body))[0] == 200
    put_secrets(office.cloud.client("ssm"), signing_secret="the new one")
    try:
        now = time.monotonic()
        secrets = bot.app().app_for()._before_authorize._verifier._secrets
        secrets._clock = lambda: now + AGAIN + 1
        assert office.post(body, signed(body, secret="the new one"))[0] == 200
        assert office.post(body, signed(body))[0] == 401, "and the old one is over"
    finally:
        put_secrets(office.cloud.client("ssm"))
        bot.app.cache_clear()


def test_forged_requests_make_us_ask_for_the_secret_only_now_and_then():
    ssm, now = Ssm("right"), [0.0]
    secrets = Secrets("/slack", client=ssm, clock=lambda: now[0])
    assert secrets.get(SIGNING_SECRET) == "right"
    for _ in range(100):
        secrets.renewed(SIGNING_SECRET)
    assert ssm.reads == 1
    now[0] = AGAIN
    for _ in range(100):
        secrets.renewed(SIGNING_SECRET)
    assert ssm.reads == 2


def test_a_secret_is_kept_for_minutes_and_outlives_a_store_that_does_not_answer():
    ssm, now = Ssm("right"), [0.0]
    secrets = Secrets("/slack/", client=ssm, clock=lambda: now[0])
    secrets.get(SIGNING_SECRET)
    now[0] = KEPT - 1
    secrets.get(SIGNING_SECRET)
    assert ssm.reads == 1
    ssm.value = OSError("away")
    now[0] = KEPT
    assert [secrets.get(SIGNING_SECRET) for _ in range(3)] == ["right"] * 3
    assert ssm.reads == 2
    ssm.value = "newer"
    now[0] = KEPT + AGAIN
    assert secrets.get(SIGNING_SECRET) == "newer"


def test_while_the_secret_cannot_be_read_nobody_is_answered_and_events_come_again(office, monkeypatch):
    def away(*_):
        raise OSError("Parameter Store is away")

    monkeypatch.setattr(Secrets, "_fetch", away)
    bot.app.cache_clear()
    try:
        event = {"type": "message", "channel_type": "im", "user": "U0RAE", "text": "help", "ts": "1.1"}
        payload = {"type": "event_callback", "team_id": "T0ACME", "event_id": "E1", "event": event}
        assert office.post_event(payload) == (503, "")
        assert office.post_command(RAE, "/rollcall me") == (503, {})
        assert office.waiting("notices") == []
        assert [line for line in office.lines if line["level"] == "ERROR"]
    finally:
        bot.app.cache_clear()


def test_without_a_signing_secret_nothing_is_taken(office):
    put_secrets(office.cloud.client("ssm"), signing_secret=" ")
    bot.app.cache_clear()
    try:
        for secret in ("", " ", SECRETS["signing-secret"]):
            body = b"command=%2Frollcall&text=me&team_id=T0ACME&user_id=U0RAE"
            assert office.post(body, signed(body, secret=secret))[0] == 401
    finally:
        put_secrets(office.cloud.client("ssm"))
        bot.app.cache_clear()
