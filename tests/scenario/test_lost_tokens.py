"""Slack took a token back without a word: whatever call meets that ends the installation, and a new one heals it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from rollcall.accounts import NotifyTarget, Person
from rollcall.notice_kinds import NoticeKind
from rollcall.slack.endings import ENDED, Endings
from rollcall.store.installations import InstallationsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.workspaces import Workspaces
from tests.cloud import REGION
from tests.office import forget, running_office, words
from tests.stock import ROLES
from tests.visitor import Visitor

pytestmark = [pytest.mark.feature("B25"), pytest.mark.feature("B26")]
RAE, OLU, OPS = Person("T0ACME", "U0RAE"), Person("T0OPS", "U0OPS"), ROLES["operator"]


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office"), chunk_rows=40) as running:
        running.keep()
        yield running


@pytest.fixture(autouse=True)
def _heard_of_nothing():
    """No function remembers that it has announced anything lately."""
    forget()


@pytest.fixture
def elsewhere(office):
    """Acme's channel is in the operators' workspace, so that something is left when its own is silent."""
    profile = office.cloud.accounts.reseller("RSL-ACME")
    channel = next(key[1] for key in office.slack.world.channels if key[0] == "T0OPS" and key[1].startswith("C"))
    office.cloud.accounts.put_reseller(dataclasses.replace(profile, notify=NotifyTarget("T0OPS", channel)))
    return channel


def lose(office, code, team="T0ACME"):
    """Slack knows the token of a workspace no more, and says nothing of it."""
    if code == "token_revoked":
        office.slack.control.change("fault", {"method": "*", "kind": "error", "code": code, "times": 2})
    elif code == "account_inactive":
        office.slack.world.teams[team].installed = False
    else:
        office.slack.world.teams[team].token = "xoxb-another-one"


def workspace(office, team="T0ACME"):
    return WorkspacesStore("AccountsTable", region=REGION).get(team)


def token(office, team="T0ACME"):
    found = InstallationsStore.from_settings(office.cloud.settings).find(team)
    return found.bot_token if found else ""


def say(office, person=RAE):
    """Has something told to somebody, as an answer that was asked for into their messages."""
    event = {"type": "message", "channel_type": "im", "user": person.user, "text": "help", "ts": "1.1"}
    payload = {"type": "event_callback", "team_id": person.team, "event_id": "E1", "event": {**event}}
    assert office.post_event(payload)[0] == 200
    office.drain()


def told(office, channel):
    return [one["text"] for one in office.messages(OLU, channel) if "workspace" in words(one["blocks"])]


@pytest.mark.parametrize("code", sorted(ENDED))
def test_a_message_that_meets_it_ends_the_installation_at_once(office, elsewhere, code):
    lose(office, code)
    say(office)
    assert workspace(office).trouble == code
    assert token(office) == ""
    (said,) = told(office, elsewhere)
    assert "Acme Mobile" in said
    shown = office.command(OPS, "/rollcall operator channels")
    assert "T0ACME" in words(shown["blocks"])
    assert "/slack/install" in words(shown["blocks"])
    assert "Rollcall cannot speak in 1 workspace" in words(office.command(OPS, "/rollcall operator")["blocks"])
    assert "xoxb" not in office.out.getvalue()


def test_what_comes_later_goes_other_ways_without_asking_slack_again(office, elsewhere):
    lose(office, "invalid_auth")
    say(office)
    before = len(office.log("refused"))
    say(office)
    assert len(office.log("refused")) == before
    assert len(told(office, elsewhere)) == 1


def test_a_new_installation_heals_it(office, elsewhere):
    lose(office, "account_inactive")
    say(office)
    assert Visitor(office).install() == 200
    office.later("notices")
    office.drain()
    assert workspace(office).works
    assert "Rollcall can speak in every" in words(office.command(OPS, "/rollcall operator channels")["blocks"])
    (said,) = told(office, elsewhere)
    assert "again" in said
    say(office)
    assert office.messages(RAE)[-1]["text"]


def test_one_refusal_proves_nothing(office):
    """Slack says the same of the messages with a person whose account is deactivated."""
    office.slack.control.change("fault", {"method": "chat.postMessage", "kind": "error", "code": "account_inactive"})
    say(office)
    assert workspace(office).works
    assert token(office)


@pytest.mark.parametrize("kind", ["rate_limited", "broken"])
def test_slack_is_asked_again_where_it_does_not_say(office, kind):
    lose(office, "invalid_auth")
    office.slack.control.change("fault", {"method": "auth.test", "kind": kind})
    office.slack.world.teams["T0ACME"].token = "xoxb-another-one"
    say(office)
    office.slack.world.faults.clear()
    office.later("notices")
    office.drain()
    assert workspace(office).trouble == "invalid_auth"


def test_a_worker_that_is_killed_in_between_is_made_up_for(office, elsewhere, monkeypatch):
    lose(office, "invalid_auth")
    original = Workspaces.silent

    def killed(*_):
        raise RuntimeError("killed")

    monkeypatch.setattr(Workspaces, "silent", killed)
    say(office)
    assert token(office) == ""
    assert told(office, elsewhere) == []
    monkeypatch.setattr(Workspaces, "silent", original)
    office.later("notices")
    office.drain()
    assert len(told(office, elsewhere)) == 1
    office.others.clear()


def test_late_word_leaves_a_newer_installation_alone(office):
    lose(office, "invalid_auth")
    say_ended = {"kind": "ended", "id": "T0ACME", "team": "T0ACME"}
    assert Visitor(office).install() == 200
    office.later("notices")
    office.drain()
    new = token(office)
    sqs, url = office.cloud.client("sqs"), office.cloud.queues["notices"]
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(say_ended))
    office.drain()
    assert token(office) == new
    assert workspace(office).works


def test_a_click_that_meets_it_tells_of_it_too(office):
    """The bot has no right to end an installation; it has it looked into."""
    shown = office.command(RAE, "/rollcall setup")
    lose(office, "invalid_auth")
    office.click(RAE, shown, "setup.channel")
    heard = [message for message in office.waiting("notices") if message["kind"] == "ended"]
    assert [message["team"] for message in heard] == ["T0ACME"]
    office.drain()
    assert workspace(office).trouble == "invalid_auth"
    office.others.clear()


def test_where_nobody_is_left_it_waits_for_the_operators(office):
    lose(office, "invalid_auth")
    say(office)
    kinds = [kept.notice.kind for kept in NoticesStore("UploadsTable", region=REGION).list_undelivered(limit=10)]
    assert NoticeKind.WORKSPACE in kinds


def test_a_burst_of_refusals_is_one_message():
    sent, now = [], [100.0]

    class Queue:
        def send(self, messages):
            sent.extend(messages)

    endings = Endings(Queue(), clock=lambda: now[0])
    for _ in range(50):
        endings.met("T0ACME", "invalid_auth")
        endings.met("T0NW", "channel_not_found")
        endings.met("T0NW", "token_expired")
    assert [one["team"] for one in sent] == ["T0ACME"]
    now[0] += 61
    endings.met("T0ACME", "token_revoked")
    assert len(sent) == 2
