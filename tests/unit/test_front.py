"""The front answers each request with the rooms that may answer it, and imports no others before."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from unittest.mock import MagicMock

import pytest

from listeners.claims import ALL, LAST, rooms_of
from rollcall.words import WORDS
from tests.cloud import ROOT

#: A name for each pattern that listeners are added with.
SAMPLES = {
    "uploads.dropped.account": ("uploads.dropped.account.0", "uploads.dropped.account.1"),
    "uploads.dropped": ("uploads.dropped.import", "uploads.dropped.check"),
    "uploads.customer": ("uploads.customer", "uploads.stc"),
    "operator.open": ("operator.open.3",),
    "people.accept": ("people.accept", "people.link.1"),
    "setup.page": ("setup.page", "setup.page.2"),
    "accounts.choose": ("accounts.choose", "accounts.choose.1"),
    "uploads.(resend": ("uploads.resend", "uploads.errors_csv", "uploads.results", "uploads.notes_csv"),
}
TOOLS = {
    "uploads": 2,
    "approvals": 2,
    "approval_lists": 2,
    "rules": 1,
    "operator": 1,
    "insights": 1,
}
#: What a start may bring of a room, by the beginning of its modules' names: nothing of those that something opens.
HEAVY = (
    *(f"listeners.{room}" for room in ALL),
    "rollcall.desk.approvals",
    "rollcall.desk.counter",
    "rollcall.desk.devices",
    "rollcall.desk.removals",
    "rollcall.desk.setup",
    "rollcall.views.approvals",
    "rollcall.views.orders",
    "rollcall.views.removals",
    "rollcall.views.rules",
    "rollcall.views.setup",
    "rollcall.views.upload",
    "rollcall.store.decisions",
    "rollcall.store.device",
    "rollcall.store.upload",
    "aws_lambda_powertools.utilities.parameters",
    "aws_lambda_powertools.utilities.batch",
    "boto3",
    "pydantic",
    "slack_bolt.adapter",
    "yaml",
)


class Recorder:
    """An app that remembers what listeners were added for."""

    def __init__(self):
        self.added = []

    def __getattr__(self, kind):
        def add(what=None, *, matchers=()):
            self.added.append((kind, what, matchers))
            return lambda listener: listener

        return add

    def error(self, handler):
        return handler


def added_by(room):
    recorder = Recorder()
    tools = [MagicMock() for _ in range(TOOLS.get(room, 2))]
    import_module(f"listeners.{room}").register(recorder, *tools)
    return recorder.added


def names_of(what):
    if isinstance(what, str):
        return (what,)
    text = what.pattern.replace("\\", "")
    found = [names for begin, names in SAMPLES.items() if text.lstrip("^(").startswith(begin)]
    names = found[0] if found else (f"{text.strip('^$')}1",)
    assert all(what.match(name) for name in names), f"give a sample for {what.pattern}"
    return names


def payloads():
    """What Slack sends for everything that a listener is added for, and the room that the listener is of."""
    for room in (*ALL, *LAST):
        for kind, what, _ in added_by(room):
            if kind == "event":
                event = what if isinstance(what, dict) else {"type": what}
                yield room, {"type": "event_callback", "event": event}
            elif kind == "view":
                for name in names_of(what):
                    yield room, {"type": "view_submission", "view": {"callback_id": name}}
            elif kind == "shortcut":
                yield room, {"type": "shortcut", "callback_id": what}
            elif kind == "options":
                yield room, {"type": "block_suggestion", "action_id": what}
            elif kind == "action":
                for name in names_of(what):
                    yield room, {"type": "block_actions", "actions": [{"action_id": name}]}
            else:
                assert kind == "command"


@pytest.mark.parametrize(("room", "body"), list(payloads()), ids=str)
def test_whoever_answers_is_among_the_claimed(room, body):
    """Add the name to `listeners.claims` where this fails: nobody would answer it."""
    claimed = rooms_of(body)
    assert room in (*claimed, *LAST)
    assert len(claimed) < len(ALL), "known here, so that a first answer need not wait for all"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.area} {word.name}".strip())
def test_whoever_answers_a_command_is_among_the_claimed(word):
    """Each room with commands of its own says which they are."""
    body = {"command": "/rollcall", "text": f"{word.area} {word.example.removeprefix(word.area).strip()}".strip()}
    wanted = {
        room
        for room in ALL
        for kind, _, matchers in added_by(room)
        if kind == "command" and all(matches(body) for matches in matchers)
    }
    assert wanted <= set(rooms_of(body))
    assert len(rooms_of(body)) <= 1


@pytest.mark.parametrize(
    "body",
    [
        {"command": "/rollcall", "text": "operator"},
        {"command": "/uploads", "text": "new"},
        {"command": "/devices", "text": "nonsense"},
        {"command": "/rollcall"},
    ],
    ids=str,
)
def test_an_alias_and_a_word_that_is_none_are_claimed_likewise(body):
    wanted = {
        room
        for room in ALL
        for kind, _, matchers in added_by(room)
        if kind == "command" and all(matches(body) for matches in matchers)
    }
    assert wanted <= set(rooms_of(body))


@pytest.mark.parametrize(
    "body",
    [
        {"type": "new_kind"},
        {"type": "block_actions", "actions": [{"action_id": "new.thing"}]},
        {"type": "event_callback", "event": {"type": "new"}},
    ],
    ids=str,
)
def test_what_is_not_known_is_looked_for_everywhere(body):
    assert rooms_of(body) == ALL


@pytest.mark.parametrize(
    "body", [{}, [], None, {"type": "url_verification"}, {"command": "/rollcall", "text": []}], ids=str
)
def test_what_names_nothing_is_looked_for_nowhere(body):
    """Anybody may send that; whether Slack did is asked behind it."""
    assert rooms_of(body) == ()


def test_a_start_imports_no_room():
    """The first answer of an environment waits for all that is imported."""
    code = "import sys, handler; handler.app().app_for(()); print(*sys.modules)"
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT / "bot"), str(ROOT / "layers/common")]),
        "AWS_DEFAULT_REGION": "eu-central-1",
        "SLACK_SECRETS": "/rollcall/slack",
        "TOKENS_KEY": "x",
        **dict.fromkeys(("DEVICES_TABLE", "UPLOADS_TABLE", "ACCOUNTS_TABLE", "UPLOADS_BUCKET"), "x"),
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    imported = set(done.stdout.split())
    assert "listeners.commands" in imported
    assert sorted(name for name in imported if name.startswith(HEAVY)) == []
