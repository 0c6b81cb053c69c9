"""What goes wrong in Slack: forged and broken requests, old buttons, workspaces without Rollcall, faults of our own."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from local.slack import answers
from local.slack.blockkit import Problem, problems
from rollcall.desk import Desk, Outbox
from rollcall.store.installations import InstallationsStore
from tests.gateway import FORM, signed
from tests.office import PUBLIC_URL, bot, buttons, words
from tests.stock import ROLES

RAE, NIA = ROLES["reseller admin"], ROLES["customer approver"]


def broken(*_, **__):
    raise ZeroDivisionError("a secret that nobody outside should read")


def errors(office):
    return [line for line in office.lines if line["level"] == "ERROR"]


def click(person, action_id="page.next", **more):
    """A click of Slack's, with a trigger and no response URL unless one is given."""
    return {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team, "domain": "x"},
        "trigger_id": "1.2.3",
        "actions": [
            {"type": "button", "action_id": action_id, "block_id": "b", "value": '{"q":"me"}', "action_ts": "1.1"}
        ],
        **more,
    }


def message_event(person, text="me", event_id="Ev0001"):
    return {
        "type": "event_callback",
        "team_id": person.team,
        "event_id": event_id,
        "event": {
            "type": "message",
            "channel_type": "im",
            "user": person.user,
            "text": text,
            "channel": "D",
            "ts": "1",
        },
    }


# -- who may ask at all ------------------------------------------------------------------------------------------------


def unsigned(body):
    return {"Content-Type": FORM}


def other_secret(body):
    return signed(body, secret="another secret")


def of_another_body(body):
    return signed(body + b"&text=help")


def stale(body):
    return signed(body, at=time.time() - 301)


def from_the_future(body):
    return signed(body, at=time.time() + 400)


def without_a_time(body):
    return {name: value for name, value in signed(body).items() if name != "X-Slack-Request-Timestamp"}


def with_a_time_that_is_none(body):
    return {**signed(body), "X-Slack-Request-Timestamp": "now"}


def with_an_empty_signature(body):
    return {**signed(body), "X-Slack-Signature": ""}


def of_an_older_kind(body):
    headers = signed(body)
    return {**headers, "X-Slack-Signature": headers["X-Slack-Signature"].replace("v0=", "v1=")}


@pytest.mark.parametrize(
    "headers",
    [
        unsigned,
        other_secret,
        of_another_body,
        stale,
        from_the_future,
        without_a_time,
        with_a_time_that_is_none,
        with_an_empty_signature,
        of_an_older_kind,
    ],
)
@pytest.mark.parametrize("kind", ["command", "click", "event"])
def test_a_request_that_slack_did_not_sign_is_refused_and_does_nothing(office, kind, headers):
    body, content_type = {
        "command": (urlencode({"command": "/rollcall", "text": "me", "team_id": "T0ACME", "user_id": "U0RAE"}), FORM),
        "click": (urlencode({"payload": json.dumps(click(RAE, "page.dm"))}), FORM),
        "event": (json.dumps(message_event(RAE)), "application/json"),
    }[kind]
    status, answer = office.post(body.encode(), {**headers(body.encode()), "Content-Type": content_type})

    assert status == 401
    assert "Rae" not in answer
    assert office.waiting("notices") == []
    assert office.lines == []
    assert not office.gateway.crashes


def test_a_signed_request_is_taken_for_five_minutes(office):
    body = urlencode({"command": "/rollcall", "text": "me", "team_id": "T0ACME", "user_id": "U0RAE"}).encode()
    assert office.post(body, signed(body, at=time.time() - 290))[0] == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"null", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"{" + b'"a":{' * 50_000, "application/json"),
        (b"payload=%7B", FORM),
        (b"payload=null", FORM),
        (b"payload=[]", FORM),
        (b'{"event":1,"type":"event_callback"}', "application/json"),
        (b'{"user":[],"team":3,"type":"block_actions"}', "application/json"),
        (b'{"view":"x","type":"view_submission"}', "application/json"),
        (b'{"actions":{},"type":"block_actions"}', "application/json"),
        (b'{"authorizations":[null]}', "application/json"),
        (b"\xff\xfe\x00", FORM),
        (b"", FORM),
        (b"a=%ff%fe", FORM),
        (b"x" * 200_000, "text/plain"),
    ],
)
def test_a_body_that_is_none_of_slacks_is_refused_and_crashes_nothing(office, body, content_type):
    assert office.post(body, {"Content-Type": content_type})[0] in (400, 401)
    assert office.post(body, {**signed(body), "Content-Type": content_type})[0] in (200, 400, 401, 500)
    assert not office.gateway.crashes
    assert "xoxb" not in office.out.getvalue()


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize(
    "text", ["find 日本語", "find ünïcödé 🦊", "find payload", "list tag:payload=x", "find a+b%20c&d"]
)
def test_any_text_arrives_as_it_was_typed_whether_the_gateway_encodes_it_or_not(office, monkeypatch, text, encoded):
    monkeypatch.setattr(office.gateway, "encodes", lambda _: encoded)
    status, answer = office.post_command(RAE, f"/devices {text}")
    assert status == 200
    told = words(answer["blocks"])
    for part in text.partition(" ")[2].replace("&", "&amp;").split():
        assert part in told
    assert not office.gateway.crashes


def test_slack_trying_the_address_gets_what_it_asks_for(office):
    assert office.post(b"ssl_check=1&token=x", {"Content-Type": FORM})[0] == 200
    body = json.dumps({"type": "url_verification", "challenge": "c0ffee", "token": "x"}).encode()
    status, answer = office.post(body, signed(body, content_type="application/json"))
    assert (status, json.loads(answer)) == (200, {"challenge": "c0ffee"})
    assert office.post(body, {"Content-Type": "application/json"})[0] == 401


# -- workspaces --------------------------------------------------------------------------------------------------------


def forget_installation(office, team):
    key = {"pk": {"S": f"workspace#{team}"}, "sk": {"S": "installation"}}
    office.cloud.client("dynamodb").delete_item(TableName="AccountsTable", Key=key)


def test_in_a_workspace_where_rollcall_is_not_installed_people_are_told_so(office):
    old = office.command(RAE, "/uploads")
    forget_installation(office, "T0ACME")

    answer = office.command(RAE, "/rollcall me")
    assert "not installed in this workspace any more" in answer["text"]
    assert f"install it again: {PUBLIC_URL}/slack/install." in answer["text"]
    assert office.click(RAE, old, "page.next") == ""
    assert "not installed" in office.messages(RAE)[-1]["text"]
    assert office.post_event(message_event(RAE))[0] == 200
    assert office.waiting("notices") == []
    assert not office.gateway.crashes


def test_an_installation_of_the_whole_organisation_serves_its_workspaces(office):
    found = InstallationsStore("AccountsTable").find("T0ACME")
    forget_installation(office, "T0ACME")
    item = {"bot_token": found.bot_token, "bot_id": found.bot_id, "bot_user": found.bot_user}
    office.cloud.client("dynamodb").put_item(
        TableName="AccountsTable",
        Item={
            "pk": {"S": "workspace#E0ORG"},
            "sk": {"S": "installation"},
            **{key: {"S": value} for key, value in item.items()},
        },
    )
    status, answer = office.post_command(RAE, "/rollcall me", enterprise_id="E0ORG")
    assert status == 200
    assert "You are *Rae*" in words(answer["blocks"])


@pytest.mark.parametrize(("at_home", "at"), [(True, "T0NW"), (False, "T0ACME")])
def test_a_click_in_a_channel_shared_with_another_company_is_answered_at_home(office, stock, monkeypatch, at_home, at):
    """Nia of Northwind clicks in a channel of Acme's: she acts as herself, whatever the workspace of the app."""
    if not at_home:
        forget_installation(office, "T0NW")
    world = office.slack.world
    monkeypatch.setitem(world.people, ("T0ACME", NIA.user), world.people[NIA.team, NIA.user])
    members = [NIA.user, world.teams["T0ACME"].bot_user]
    there = replace(world.channel(NIA.team, NIA.user), team="T0ACME", id="D0ACME0NIA", members=members)
    monkeypatch.setitem(world.channels, (there.team, there.id), there)
    monkeypatch.setitem(world.messages, (there.team, there.id), [])
    before = sent(office)
    url = office.response_url(NIA)
    asks = click(NIA, "page.dm", team={"id": "T0ACME", "domain": "acme"}, response_url=url)
    asks["actions"][0]["value"] = json.dumps({"q": "uploads list"})
    several = click(NIA, "page.dm", team={"id": "T0ACME", "domain": "acme"}, response_url=url, trigger_id="1.2.4")
    several["actions"][0]["value"] = json.dumps({"q": "devices find 490154203237518 356938035643809"})
    report = click(NIA, "uploads.results", team={"id": "T0ACME", "domain": "acme"}, response_url=url)
    report["actions"][0]["value"] = json.dumps({"id": "U-0000-0000-0000-0000"})
    for shared in (asks, several, report):
        assert office.post_interaction(shared)[0] == 200
    (notice,) = office.waiting("notices")
    assert "Northwind Logistics · customer" in words(notice["blocks"])
    office.drain()
    new = sent(office) - before
    assert {team: new[team] for team in ("T0ACME", "T0NW")} == {"T0ACME": 0, "T0NW": 0, at: 3}


def sent(office):
    """How many messages, seen not only once, there are in the DMs of each workspace's bot."""
    messages = office.slack.world.messages.items()
    return Counter(team for (team, place), told in messages for one in told if place[0] == "D" and not one.only_for)


# -- what no listener knows --------------------------------------------------------------------------------------------


def test_a_button_of_an_older_version_says_what_to_do(office):
    message = office.command(RAE, "/uploads")
    block, element = buttons(message)[0]
    kept = office.slack.world.message(RAE.team, office.dm(RAE), message["ts"])
    for candidate, item in buttons(kept.body):
        if candidate["block_id"] == block["block_id"]:
            item["action_id"] = "devices.approve_everything_v1"
    element["action_id"] = "devices.approve_everything_v1"

    assert office.click(RAE, {**message, "blocks": kept.body["blocks"]}, "devices.approve_everything_v1") == ""
    below = office.messages(RAE)[-1]
    assert "belongs to an older message" in words(below["blocks"])
    assert "/rollcall help" in words(below["blocks"])
    assert words(office.messages(RAE)[0]["blocks"]) == words(message["blocks"])


@pytest.mark.parametrize("value", ["", "null", "[]", "{", '"text"', "7", '{"q":7}', '{"q":"me","c":[]}', "x" * 2000])
@pytest.mark.parametrize(
    "action_id",
    ["page.next", "page.table", "page.dm", "devices.open", "uploads.open", "customers.open", "accounts.choose"],
)
def test_a_button_that_carries_nothing_of_ours_is_answered(office, action_id, value):
    message = office.command(RAE, "/uploads")
    kept = office.slack.world.message(RAE.team, office.dm(RAE), message["ts"])
    _, element = buttons(kept.body)[0]
    element |= {"action_id": action_id, "value": value}
    assert office.click(RAE, {**message, "blocks": kept.body["blocks"]}, action_id) == ""
    assert errors(office) == []
    assert not office.gateway.crashes


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "shortcut", "callback_id": "old", "trigger_id": "1"},
        {"type": "message_action", "callback_id": "old", "trigger_id": "1", "message": {}},
        {
            "type": "view_submission",
            "view": {"id": "V1", "type": "modal", "callback_id": "old", "blocks": [], "state": {"values": {}}},
        },
        {"type": "view_closed", "view": {"id": "V1", "type": "modal", "callback_id": "old"}},
        {"type": "block_suggestion", "action_id": "old", "block_id": "b", "value": "x"},
        {"type": "dialog_submission", "callback_id": "old", "submission": {}},
        {"type": "workflow_step_edit", "callback_id": "old", "workflow_step": {}},
        {"type": "something_new_of_2031"},
    ],
    ids=lambda payload: payload["type"],
)
def test_an_interaction_that_nobody_knows_gets_an_answer_that_slack_takes(office, payload):
    whole = {"user": {"id": "U0RAE", "team_id": "T0ACME"}, "team": {"id": "T0ACME", "domain": "x"}, **payload}
    status, text = office.post_interaction(whole)
    assert status == 200
    answer = json.loads(text or "{}")
    if payload["type"] == "view_submission":
        assert answer["response_action"] == "update"
        assert not problems(answer["view"], "modal")
    elif payload["type"] == "block_suggestion":
        assert answer == {"options": []}
    assert not office.gateway.crashes


def test_an_old_form_keeps_what_was_typed(office):
    form = {"type": "input", "block_id": "reason", "element": {"type": "plain_text_input", "action_id": "a"}}
    view = {"id": "V1", "type": "modal", "callback_id": "old", "blocks": [form], "state": {"values": {}}}
    whole = {"user": {"id": "U0RAE", "team_id": "T0ACME"}, "team": {"id": "T0ACME"}, "type": "view_submission"}
    answer = json.loads(office.post_interaction({**whole, "view": view})[1])
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["reason"]


@pytest.mark.parametrize("kind", ["app_mention", "reaction_added", "file_shared"])
def test_an_event_that_nobody_asked_for_is_taken_and_left(office, kind):
    event = {"type": kind, "user": "U0RAE", "channel": "C1", "text": "hi", "ts": "1.1"}
    assert office.post_event({"type": "event_callback", "team_id": "T0ACME", "event_id": "E", "event": event})[0] == 200
    assert office.waiting("notices") == []


# -- faults of ours ----------------------------------------------------------------------------------------------------


def apologised(office, told):
    """The reference that a person was told, which is also in the log, with what really happened."""
    assert "Something went wrong on our side" in told
    assert "secret" not in told
    assert "ZeroDivisionError" not in told
    line = next(line for line in errors(office) if "a secret that nobody" in line.get("exception", ""))
    assert f"`{line['reference']}`" in told
    return line


@pytest.mark.feature("B23")
def test_a_fault_behind_a_command_is_told_with_a_reference_that_is_in_the_log(office, monkeypatch):
    monkeypatch.setattr(Desk, "answer", broken)
    answer = office.command(RAE, "/rollcall me")
    assert answer["only_for"] == RAE.user
    assert not problems(answer, "message")
    assert apologised(office, words(answer["blocks"]))["kind"] == "/rollcall"
    assert "/rollcall-dev help" in office.post_command(RAE, "/uploads-dev")[1]["text"]


def failed(capsys):
    """The dimensions under which requests that failed were counted since the last look."""
    lines = [json.loads(text) for text in capsys.readouterr().out.splitlines() if text.startswith('{"_aws"')]
    of = [line for line in lines if line.get("RequestsFailed") == [1.0]]
    named = [line["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0] for line in of]
    return [{name: line[name] for name in names} for line, names in zip(of, named, strict=True)]


@pytest.mark.feature("B26")
def test_a_fault_that_is_answered_with_an_apology_is_counted_for_the_version_that_met_it(office, monkeypatch, capsys):
    """The answer is 200, so that no figure of Lambda's or of the API's tells of it, and an alarm would see nothing."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_VERSION", "17")
    office.command(RAE, "/rollcall me")
    assert failed(capsys) == []

    monkeypatch.setattr(Desk, "answer", broken)
    office.command(RAE, "/rollcall me")
    assert sorted(failed(capsys), key=len) == [{"service": "bot"}, {"service": "bot", "version": "17"}]


@pytest.mark.feature("B26")
@pytest.mark.parametrize(("code", "counted"), [("internal_error", 0), ("ratelimited", 0), ("invalid_arguments", 2)])
def test_trouble_of_slacks_own_takes_no_version_back(office, monkeypatch, capsys, code, counted):
    def refuse(*_, **__):
        raise SlackApiError(
            code,
            SlackResponse(
                client=None,
                http_verb="POST",
                api_url="",
                req_args={},
                data={"ok": False, "error": code},
                headers={},
                status_code=200,
            ),
        )

    monkeypatch.setattr(Desk, "answer", refuse)
    office.command(RAE, "/rollcall me")
    assert len(failed(capsys)) == counted


@pytest.mark.feature("B26")
def test_what_fails_before_any_listener_is_counted_likewise(office, monkeypatch, capsys):
    monkeypatch.setattr(bot, "app", broken)
    assert office.post_event(message_event(RAE))[0] == 500
    assert len(failed(capsys)) == 2


@pytest.mark.feature("B23")
def test_a_fault_behind_a_click_is_told_below_the_message(office, monkeypatch):
    message = office.command(RAE, "/uploads")
    monkeypatch.setattr(Desk, "turn", broken)
    assert office.click(RAE, message, "page.next") == ""
    apologised(office, words(office.messages(RAE)[-1]["blocks"]))
    assert words(office.messages(RAE)[0]["blocks"]) == words(message["blocks"]), "what was there stays"


@pytest.mark.feature("B23")
def test_a_fault_behind_a_click_at_home_is_told_in_a_modal(office, monkeypatch):
    office.open_home(RAE)
    office.drain()
    home = office.home(RAE)
    monkeypatch.setattr(Desk, "open", broken)
    block, element = next(pair for pair in buttons(home) if pair[1]["action_id"] == "uploads.open")
    where = {"view_id": home["id"], "block_id": block["block_id"], "action_id": element["action_id"]}
    assert office.slack.modals.click(RAE.team, RAE.user, where, None, {}) == ""
    (modal,) = office.modals(RAE)
    apologised(office, words(modal["blocks"]))


@pytest.mark.feature("B23")
def test_a_fault_behind_a_text_in_the_dm_is_told_there(office, monkeypatch):
    monkeypatch.setattr(Outbox, "answer_in_dm", broken)
    office.say(RAE, "uploads")
    office.drain()
    apologised(office, words(office.messages(RAE)[-1]["blocks"]))


def test_a_fault_of_the_queue_has_slack_send_the_event_again(office, monkeypatch):
    """There is no way left to tell the person, but Slack repeats events for some minutes."""
    monkeypatch.setattr("rollcall.store.queues.Queue.send", broken)
    assert office.post_event(message_event(RAE))[0] == 500
    home = {"type": "app_home_opened", "user": "U0RAE", "tab": "home", "channel": "D"}
    opened = {"type": "event_callback", "team_id": "T0ACME", "event_id": "E2", "event": home}
    assert office.post_event(opened)[0] == 500
    monkeypatch.undo()
    assert office.post_event(message_event(RAE))[0] == 200
    assert office.drain() == [True]
    assert not office.gateway.crashes


@pytest.mark.feature("B23")
def test_a_table_that_does_not_answer_is_told_as_well(office, monkeypatch):
    """Even before it is known who asks: the very first read fails."""
    monkeypatch.setattr(InstallationsStore, "find", broken)
    status, answer = office.post_command(RAE, "/rollcall me")
    assert status == 200
    apologised(office, words(answer["blocks"]))


def test_a_response_url_that_is_used_up_leads_to_the_dm(office):
    """Slack takes five answers at one response URL, and none after half an hour."""
    message = office.command(RAE, "/uploads")
    world = office.slack.world
    url = f"{world.url}/actions/T0ACME/used-up"
    assert message
    assert office.post_interaction(click(RAE, response_url=url))[0] == 200
    assert office.drain() == [True]
    assert "Something went wrong" in words(office.messages(RAE)[-1]["blocks"])


def test_a_slack_without_tables_gets_its_rows_as_text(office, stock, monkeypatch):
    message = office.command(RAE, f"/devices list upload:{stock.clean.upload_id}")

    def choosy(sent, surface):
        tables = [block for block in sent.get("blocks") or () if block["type"] == "table"]
        return [Problem("invalid_blocks", "/blocks", "unsupported type: table")] if tables else []

    monkeypatch.setattr(answers, "problems", choosy)
    assert office.click(RAE, message, "page.table") == ""
    told = words(office.messages(RAE)[-1]["blocks"])
    assert told.count("PENDING") == 25
    assert "IMEI" in told or "Identifier" in told
    assert errors(office) == []


def test_nothing_secret_is_in_the_logs(office, stock, monkeypatch):
    """Tokens and response URLs let others speak for us; identifiers of devices are not for the log either."""
    imei = stock.rows("clean")[0]["imei"]
    message = office.command(RAE, f"/devices {imei}")
    monkeypatch.setattr(Desk, "open", broken)
    assert office.click(RAE, message, "devices.history") == ""
    written = office.out.getvalue() + "\n".join(office.others)
    assert "ZeroDivisionError" in written
    for secret in ("xoxb-", "hooks.slack", "/actions/T0ACME/", imei, "rae@acme.example"):
        assert secret not in written
