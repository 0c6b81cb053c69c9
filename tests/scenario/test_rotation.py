"""Tokens that end after twelve hours: exchanged ahead of time, by one worker, and told where that fails."""

from __future__ import annotations

import time

import pytest

from rollcall.accounts import Person
from rollcall.installing.rotation import AHEAD, Rotation
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.queues import Queue
from rollcall.store.sealing import Seal
from rollcall.store.secrets import Secrets
from rollcall.store.workspaces import WorkspacesStore
from tests.cloud import REGION
from tests.office import words
from tests.visitor import Visitor

pytestmark = pytest.mark.feature("B25")
RAE = Person("T0ACME", "U0RAE")
HOURS = 3_600


class Clockwork:
    """The clock's function with hands that a test moves."""

    def __init__(self, office, monkeypatch):
        settings = office.cloud.settings
        self.late = 0.0
        self.workspaces = WorkspacesStore("AccountsTable", region=REGION)
        self.store = DynamoInstallationStore("AccountsTable", seal=Seal(settings.tokens_key), region=REGION)
        # slack_sdk looks at the clock by itself.
        now = time.time
        monkeypatch.setattr("slack_sdk.oauth.token_rotation.rotator.time", lambda: now() + self.late)
        self.rotation = Rotation(
            workspaces=self.workspaces,
            installations=self.store,
            secrets=Secrets(settings.slack_secrets),
            notices=Queue(office.cloud.client("sqs"), settings.notices_queue_url),
            api_url=office.slack.api_url,
            clock=lambda: now() + self.late,
        )

    def sweep(self, hours=0.0):
        self.late = hours * HOURS
        return self.rotation.sweep()

    def bot(self):
        return self.store.find_bot(enterprise_id=None, team_id="T0ACME")


@pytest.fixture
def clock(office, monkeypatch):
    """A workspace whose tokens end, and the clock."""
    office.slack.oauth.rotates = True
    office.slack.world.teams["T0ACME"].installed = False
    assert Visitor(office).install() == 200
    office.later("notices")
    office.drain()
    return Clockwork(office, monkeypatch)


def found(office):
    return InstallationsStore.from_settings(office.cloud.settings).find("T0ACME")


def test_a_token_is_exchanged_two_hours_before_it_ends_and_not_sooner(office, clock):
    before = clock.bot()
    assert clock.workspaces.get("T0ACME").expires_at == before.bot_token_expires_at
    assert clock.sweep(12 - AHEAD / 60 - 0.1).exchanged == ()
    assert clock.sweep(12 - AHEAD / 60 + 0.1).exchanged == ("T0ACME",)
    after = clock.bot()
    assert after.bot_token == office.slack.world.teams["T0ACME"].token == found(office).bot_token != before.bot_token
    assert after.bot_refresh_token != before.bot_refresh_token
    assert after.bot_token_expires_at > before.bot_token_expires_at
    assert clock.workspaces.get("T0ACME").expires_at == after.bot_token_expires_at
    assert clock.sweep(12 - AHEAD / 60 + 0.1).exchanged == (), "once"
    assert clock.sweep(22.1).exchanged == ("T0ACME",), "and again"
    assert "You are *Rae*" in words(office.command(RAE, "/rollcall me")["blocks"])


def test_an_installation_without_an_end_is_left_alone(office, clock):
    assert "T0NW" in {one.id for one in clock.workspaces.all()}
    assert clock.sweep(10_000).exchanged == ("T0ACME",)


def test_of_two_workers_one_does_it(office, clock):
    assert clock.store.lease("T0ACME", now=time.time() + 11 * HOURS, until=time.time() + 11 * HOURS + 60)
    assert clock.sweep(11).exchanged == ()
    assert clock.sweep(11.1).exchanged == ("T0ACME",), "the other one is dead"


def test_a_worker_that_dies_after_it_wrote_the_token_does_no_harm(office, clock, monkeypatch):
    original = clock.store.exchange
    row = clock.workspaces.get("T0ACME").expires_at

    def dies(place, bot):
        original(place, bot)
        clock.store._workspaces(sk=place).update(actions=[type(clock.store._workspaces(sk=place)).expires_at.set(row)])
        raise OSError("killed")

    monkeypatch.setattr(clock.store, "exchange", dies)
    assert clock.sweep(11).put_off == (("T0ACME", "OSError"),)
    monkeypatch.undo()
    token = clock.bot().bot_token
    assert clock.sweep(11).exchanged == ()
    assert clock.bot().bot_token == token
    assert clock.workspaces.get("T0ACME").expires_at > row


@pytest.mark.parametrize(
    "fault", [{"kind": "error", "code": "internal_error"}, {"kind": "rate_limited"}, {"kind": "broken"}]
)
def test_trouble_of_slacks_is_tried_again(office, clock, fault):
    before = clock.bot().bot_token
    office.slack.control.change("fault", {"method": "oauth.v2.access", **fault})
    assert [place for place, _ in clock.sweep(11).put_off] == ["T0ACME"]
    assert clock.bot().bot_token == before
    assert clock.sweep(11.1).exchanged == ("T0ACME",)


def test_a_workspace_that_gets_no_new_token_is_told_and_left_in_peace(office, clock):
    office.slack.oauth.refreshes.clear()
    assert clock.sweep(11).refused == (("T0ACME", "invalid_refresh_token"),)
    assert clock.workspaces.get("T0ACME").trouble == "invalid_refresh_token"
    assert clock.sweep(11.1).refused == ()
    office.later("notices")
    office.drain()
    told = words(office.messages(RAE, "C0ACME")[-1]["blocks"])
    assert "could not renew its access" in told, "the old token is still good for a while"
    assert "/slack/install" in told
    assert Visitor(office).install() == 200
    assert clock.workspaces.get("T0ACME").works


def test_who_was_late_tells_what_could_not_be_told(office, clock):
    assert clock.sweep(13).exchanged == ("T0ACME",)
    assert [message["kind"] for message in office.waiting("notices")] == ["arrival"]


def test_an_installation_that_is_made_anew_meanwhile_keeps_its_tokens(office, clock, monkeypatch):
    original = clock.store.exchange

    def overtaken(place, bot):
        office.slack.world.teams["T0ACME"].installed = False
        assert Visitor(office).install() == 200
        original(place, bot)

    monkeypatch.setattr(clock.store, "exchange", overtaken)
    clock.sweep(11)
    assert clock.bot().bot_token == office.slack.world.teams["T0ACME"].token


def test_an_installation_that_ends_meanwhile_stays_ended(office, clock, monkeypatch):
    original = clock.store.exchange

    def overtaken(place, bot):
        InstallationsStore.from_settings(office.cloud.settings).silence(place, happened_at=time.time() + HOURS)
        original(place, bot)

    monkeypatch.setattr(clock.store, "exchange", overtaken)
    clock.sweep(11)
    assert found(office) is None
