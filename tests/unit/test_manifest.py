"""The app's manifest: within Slack's limits, every command handled, no scope without a reason."""

from __future__ import annotations

import json
import re

import pytest

from listeners.commands import COMMANDS
from ops import manifest
from ops.environments import Environment
from rollcall.installing.flow import REDIRECT_PATH
from rollcall.slack.scopes import BOT_SCOPES
from rollcall.views import help as help_views
from tests.cloud import ROOT

MANIFEST = json.loads((ROOT / "bot/manifest.json").read_text(encoding="utf-8"))
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]
#: Scope → what of ours needs it, as a pattern that stands in our sources.
REASONS = {
    "commands": r"app\.(command|shortcut)\(",
    "chat:write": r"chat_postMessage",
    "files:write": r"files_upload_v2",
    "files:read": r"url_private",
    "im:write": r"conversations_open",
    "channels:read": r"conversations_info",
    "groups:read": r"conversations_info",
    "users:read": r"users_info",
    "users:read.email": r"\"profile\"\).*\"email\"",
    "metadata.message:read": r"\"message_metadata_posted\"",
    "im:history": r"\"message\.im\"|app\.event\(\"message\"\)",
}


def sources():
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "layers/common/rollcall").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_names_and_descriptions_keep_slacks_limits():
    shown = MANIFEST["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(shown.get("long_description", "")) <= 4_000
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert len(FEATURES["bot_user"]["display_name"]) <= 80
    assert len(FEATURES["slash_commands"]) <= 50
    for command in FEATURES["slash_commands"]:
        assert re.fullmatch(r"/[a-z][a-z_-]{0,30}", command["command"])
        assert len(command["description"]) <= 2_000
        assert len(command["usage_hint"]) <= 1_000
        assert len(command["url"]) <= 3_000
    assert len(FEATURES.get("shortcuts", [])) <= 10
    for shortcut in FEATURES.get("shortcuts", []):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert len(shortcut["description"]) <= 150
    assert len(SETTINGS["event_subscriptions"]["bot_events"]) <= 100


def test_every_command_is_one_that_is_handled_and_help_prints_no_other():
    commands = {command["command"] for command in FEATURES["slash_commands"]}
    assert all(COMMANDS.fullmatch(name) for name in commands)
    assert commands == set(help_views.COMMANDS.values())


@pytest.mark.parametrize("suffix", ["-dev", "_2", "-acme-test"])
def test_a_deployment_may_give_all_commands_a_suffix(suffix):
    assert all(COMMANDS.fullmatch(command["command"] + suffix) for command in FEATURES["slash_commands"])
    assert not COMMANDS.fullmatch("/rollcallx")


def test_every_scope_is_needed_and_every_need_has_its_scope():
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    assert sorted(scopes) == sorted(set(scopes))
    text = sources()
    assert [scope for scope in scopes if not re.search(REASONS[scope], text)] == []
    assert [scope for scope, reason in REASONS.items() if re.search(reason, text) and scope not in scopes] == []


def test_an_install_asks_for_the_manifests_scopes():
    assert list(BOT_SCOPES) == MANIFEST["oauth_config"]["scopes"]["bot"]
    assert "user" not in MANIFEST["oauth_config"]["scopes"], "nobody's own token is asked for"


def test_an_optional_scope_is_one_of_those_that_are_asked_for():
    """Slack takes a scope as optional that stands in both lists."""
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) < set(scopes["bot"])


def test_every_event_and_shortcut_that_is_subscribed_has_a_listener():
    text = sources()
    for event in SETTINGS["event_subscriptions"]["bot_events"]:
        # Farewells are heard at the gate, where no installation is looked for any more.
        assert re.search(rf'(app\.event\(|_FAREWELLS).*"{event.split(".")[0]}"', text), event
    for shortcut in FEATURES.get("shortcuts", []):
        assert f'"{shortcut["callback_id"]}"' in text


def test_all_addresses_are_the_one_endpoint():
    urls = {command["url"] for command in FEATURES["slash_commands"]}
    urls |= {SETTINGS["event_subscriptions"]["request_url"], SETTINGS["interactivity"]["request_url"]}
    urls |= {SETTINGS["interactivity"]["message_menu_options_url"]}
    assert urls == {"https://example.com/slack/events"}
    (redirect,) = MANIFEST["oauth_config"]["redirect_urls"]
    assert redirect == f"https://example.com{REDIRECT_PATH}"
    assert SETTINGS["interactivity"]["is_enabled"]
    assert FEATURES["app_home"]["home_tab_enabled"]
    assert not FEATURES["app_home"]["messages_tab_read_only_enabled"], "people write to the bot"


def test_menus_that_ask_for_their_options_have_an_address_to_ask_at():
    """Slack asks for options over HTTP at an address of its own, and at no other."""
    assert re.search(r'"(multi_)?external_select"', sources()), "no menu asks any more: the address can go"
    assert re.search(r"app\.options\(", sources())
    for suffix in ("", "-dev", "_2"):
        environment = Environment(name="dev", region="eu-central-1", prefix="rollcall", suffix=suffix)
        url = "https://x1.execute-api.eu-central-1.amazonaws.com/prod/slack/events"
        made = manifest.filled(manifest.load(), url=url, suffix=environment.suffix)["settings"]["interactivity"]
        assert made["message_menu_options_url"] == made["request_url"] == url
