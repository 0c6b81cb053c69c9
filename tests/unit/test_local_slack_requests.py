"""What a person does reaches the bot as Slack would send it, and the bot's answers do what they do in Slack."""

from __future__ import annotations

import json
import threading
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.unit.slack_bot import SECRET, ask, running


@pytest.fixture
def slack(tmp_path):
    with running(tmp_path) as (workspace, bot):
        yield workspace, bot


@pytest.fixture
def workspace(slack):
    return slack[0]


@pytest.fixture
def bot(slack):
    return slack[1]


def messages(workspace, channel="C0ACME", team="T0ACME"):
    return workspace.control.look("messages", {"team": team, "channel": channel})["messages"]


def answer_url(url, **sent):
    status, _, body = ask(url, json.dumps(sent), {"Content-Type": "application/json"})
    return status, json.loads(body).get("error")


def buttons(**more):
    button = {"type": "button", "text": {"type": "plain_text", "text": "Accept"}, "action_id": "accept", "value": "v1"}
    return {"text": "Decide", "blocks": [{"type": "actions", "block_id": "b", "elements": [button]}], **more}


WHERE = {"block_id": "b", "action_id": "accept"}


def test_a_command_comes_signed_with_slacks_fields(workspace, bot):
    bot.app.command("/rollcall")(lambda ack: ack("done"))
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall devices list status:PENDING & <more>")
    headers, body = bot.seen[0]
    form = {name: values[0] for name, values in parse_qs(body).items()}

    assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert (
        form.items()
        >= {
            "command": "/rollcall",
            "text": "devices list status:PENDING & <more>",
            "team_id": "T0ACME",
            "team_domain": "acme-mobile",
            "channel_id": "C0ACME",
            "channel_name": "rollcall",
            "user_id": "U0RAE",
            "user_name": "rae",
            "is_enterprise_install": "false",
        }.items()
    )
    assert messages(workspace)[0]["text"] == "done"
    assert messages(workspace)[0]["only_for"] == "U0RAE"


def test_a_command_in_a_direct_message_names_no_channel(workspace, bot):
    bot.app.command("/rollcall")(lambda ack: ack())
    workspace.desk.command("T0ACME", "U0RAE", "D0ACME0RAE", "/rollcall help")

    assert parse_qs(bot.seen[0][1])["channel_name"] == ["directmessage"]


def test_a_command_that_the_app_has_not_is_no_command(workspace, bot):
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/nope")

    assert bot.seen == []
    assert messages(workspace)[0]["text"].startswith("/nope is not a valid command.")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ((500, {}, "oops"), '/rollcall failed with the error "dispatch_failed"'),
        (
            (200, {"Content-Type": ["application/json"]}, '{"blocks": [{"type": "section"}]}'),
            '/rollcall failed with the error "invalid_command_response"',
        ),
    ],
)
def test_a_failing_command_is_told_by_slackbot(workspace, bot, answer, text):
    bot.answer = answer
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")

    assert [(message["user"], message["text"]) for message in messages(workspace)] == [("USLACKBOT", text)]


def test_a_bot_that_takes_too_long_is_told_as_a_timeout(workspace, bot):
    workspace.desk.bot.seconds = 0.2
    bot.hold = threading.Event()
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")

    assert messages(workspace)[0]["text"] == '/rollcall failed with the error "operation_timeout"'


def test_a_response_url_works_five_times_within_half_an_hour(workspace, bot):
    bot.app.command("/rollcall")(lambda ack: ack())
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")
    url = parse_qs(bot.seen[0][1])["response_url"][0]

    assert answer_url(url, text="for all", response_type="in_channel") == (200, None)
    assert answer_url(url, text="for one") == (200, None)
    assert answer_url(url, text="not replaced", replace_original=True) == (200, None)
    assert answer_url(url, blocks=[{"type": "section"}]) == (400, "invalid_blocks")
    assert answer_url(url, text="five") == (200, None)
    assert answer_url(url, text="six") == (404, "used_url")
    assert [(message["text"], message.get("only_for")) for message in messages(workspace)] == [
        ("for all", None),
        ("for one", "U0RAE"),
        ("not replaced", "U0RAE"),
        ("five", "U0RAE"),
    ]
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")
    late = parse_qs(bot.seen[1][1])["response_url"][0]
    now = workspace.world.now()
    workspace.world.now = lambda: now + 1801
    assert answer_url(late, text="late") == (404, "expired_url")


def test_a_click_carries_message_value_and_state(workspace, bot):
    client = bot.app.client
    client.token = "xoxb-local-T0ACME"
    ts = client.chat_postMessage(channel="C0ACME", **buttons())["ts"]
    bot.app.action("accept")(lambda ack, respond: (ack(), respond("Accepted", replace_original=True)))
    notice = workspace.desk.click("T0ACME", "U0RAE", {**WHERE, "channel": "C0ACME", "ts": ts}, None, {})
    payload = bot.requests("block_actions")[0]

    assert notice == ""
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0ACME",
        "is_ephemeral": False,
    }
    assert payload["actions"][0].items() >= {"action_id": "accept", "block_id": "b", "value": "v1"}.items()
    assert payload["message"]["ts"] == ts
    assert payload["user"] == {"id": "U0RAE", "username": "rae", "name": "rae", "team_id": "T0ACME"}
    assert payload["state"] == {"values": {}}
    assert [message["text"] for message in messages(workspace)] == ["Accepted"]


def test_a_click_in_an_ephemeral_message_can_replace_and_delete_it(workspace, bot):
    bot.app.command("/rollcall")(lambda ack: ack(buttons()))
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")
    where = {**WHERE, "channel": "C0ACME", "ts": messages(workspace)[0]["ts"]}
    bot.app.action("accept")(lambda ack: ack())
    workspace.desk.click("T0ACME", "U0RAE", where, None, {})
    payload = bot.requests("block_actions")[0]

    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    assert answer_url(payload["response_url"], replace_original="true", **buttons(text="Sure?")) == (200, None)
    assert [message["text"] for message in messages(workspace)] == ["Sure?"]
    assert messages(workspace)[0]["only_for"] == "U0RAE"
    assert answer_url(payload["response_url"], delete_original=True) == (200, None)
    assert messages(workspace) == []


def test_a_click_that_the_bot_does_not_take_is_trouble(workspace, bot):
    bot.app.client.token = "xoxb-local-T0ACME"
    ts = bot.app.client.chat_postMessage(channel="C0ACME", **buttons())["ts"]

    notice = workspace.desk.click("T0ACME", "U0RAE", {**WHERE, "channel": "C0ACME", "ts": ts}, None, {})
    assert notice == "We had some trouble connecting. Try again?"


def test_a_dropped_file_reaches_the_bot_as_two_events(workspace, bot):
    sent = {"team": "T0ACME", "user": "U0RAE"}
    people = workspace.control.api
    assert people is not None
    upload = ask(
        f"{workspace.url}/ui/upload",
        json.dumps({**sent, "name": "phones.csv", "content": "data:text/csv;base64,aW1laQo="}),
        {"Content-Type": "application/json"},
    )
    file = json.loads(upload[2])["file"]["id"]
    workspace.desk.say("T0ACME", "U0RAE", "D0ACME0RAE", "for <Northwind> & co", files=(file,))
    _, message = bot.wait_for("message")[0]
    _, shared = bot.wait_for("file_shared")[0]

    event = message["event"]
    assert (event["subtype"], event["channel_type"], event["user"]) == ("file_share", "im", "U0RAE")
    assert event["text"] == "for &lt;Northwind&gt; &amp; co"
    assert event["files"][0].items() >= {"id": file, "name": "phones.csv", "size": 5}.items()
    assert message["authorizations"][0]["user_id"] == "U0BOTACME"
    assert shared["event"]["file_id"] == file


def test_an_event_that_fails_comes_again_with_its_number_and_reason(workspace, bot):
    bot.answer = (500, {}, "oops")
    workspace.desk.opened("T0ACME", "U0RAE", "home")
    came = bot.wait_for("app_home_opened", 4)

    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in came]
    assert numbers == [None, "1", "2", "3"]
    assert came[1][0]["X-Slack-Retry-Reason"] == "http_error"
    assert len({body["event_id"] for _, body in came}) == 1


def test_a_bot_can_ask_for_no_retry(workspace, bot):
    bot.answer = (500, {"X-Slack-No-Retry": ["1"]}, "oops")
    workspace.desk.opened("T0ACME", "U0RAE", "home")
    bot.wait_for("app_home_opened")
    workspace.desk.opened("T0ACME", "U0UMA", "home")
    bot.wait_for("app_home_opened", 2)

    assert len(bot.events("app_home_opened")) == 2


def test_an_uninstall_and_a_join_are_told(workspace, bot):
    workspace.control.change("member", {"team": "T0ACME", "channel": "C0ACME", "user": "U0RAE"})
    workspace.control.change("member", {"team": "T0ACME", "channel": "C0ACME", "user": "U0RAE", "present": True})
    assert bot.wait_for("member_joined_channel")[0][1]["event"]["user"] == "U0RAE"

    workspace.control.change("install", {"team": "T0ACME", "installed": False})
    assert bot.wait_for("app_uninstalled")[0][1]["team_id"] == "T0ACME"
    assert bot.wait_for("tokens_revoked")


def test_mentions_that_a_person_types_become_ids(workspace):
    workspace.desk.say("T0ACME", "U0RAE", "C0ACME", "@Uma see #rollcall and https://example.com/?a=1&b=2")

    assert messages(workspace)[0]["text"] == "<@U0UMA> see <#C0ACME> and <https://example.com/?a=1&amp;b=2>"


def test_nobody_acts_in_anothers_direct_message(workspace):
    status, _, body = ask(
        f"{workspace.url}/ui/send",
        json.dumps({"team": "T0ACME", "user": "U0RAE", "channel": "D0ACME0UMA", "text": "x"}),
        {"Content-Type": "application/json"},
    )

    assert (status, json.loads(body)["error"]) == (400, "channel_not_found")


def test_messages_and_files_outlive_a_restart(tmp_path):
    with running(tmp_path, state_dir=tmp_path / "state") as (workspace, _):
        workspace.desk.say("T0ACME", "U0RAE", "C0ACME", "kept")
        workspace.control.change("archive", {"team": "T0NW", "channel": "C0NWIT"})
    with running(tmp_path, state_dir=tmp_path / "state") as (workspace, _):
        assert [message["text"] for message in messages(workspace)] == ["kept"]
        assert workspace.world.channel("T0NW", "C0NWIT").archived
