"""Modals follow Slack's rules: triggers, the stack, hashes, what is filled in, what the bot answers."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from slack_sdk.errors import SlackApiError

from local.slack import manifest
from local.slack.faults import SlackError
from local.slack.serve import MANIFEST
from tests.unit.slack_bot import running


@pytest.fixture
def slack(tmp_path):
    with running(tmp_path) as (workspace, bot):
        bot.app.client.token = "xoxb-local-T0ACME"
        bot.app.command("/rollcall")(lambda ack: ack())
        yield workspace, bot


@pytest.fixture
def workspace(slack):
    return slack[0]


@pytest.fixture
def bot(slack):
    return slack[1]


@pytest.fixture
def client(bot):
    return bot.app.client


def plain(text):
    return {"type": "plain_text", "text": text}


def entry(block_id, element, **more):
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


REASON = entry("reason", {"type": "plain_text_input", "action_id": "r", "min_length": 3})
CHOICE = entry(
    "choice",
    {
        "type": "static_select",
        "action_id": "c",
        "options": [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}],
    },
    optional=True,
)
MORE = {
    "type": "actions",
    "block_id": "more",
    "elements": [{"type": "button", "action_id": "go", "text": plain("More")}],
}


def modal(*blocks, **more):
    view = {"type": "modal", "callback_id": "ask", "title": plain("Reject"), "submit": plain("Send")}
    return {**view, "blocks": list(blocks) or [REASON, CHOICE], **more}


def trigger(workspace, bot):
    """Type a command; return its trigger id."""
    workspace.desk.command("T0ACME", "U0RAE", "C0ACME", "/rollcall x")
    return parse_qs(bot.seen[-1][1])["trigger_id"][0]


def refused(call, **kwargs):
    with pytest.raises(SlackApiError) as caught:
        call(**kwargs)
    return caught.value.response["error"]


@pytest.fixture
def opened(workspace, bot, client):
    """Return the id of an open modal."""
    return client.views_open(trigger_id=trigger(workspace, bot), view=modal(notify_on_close=True))["view"]["id"]


def stack(workspace):
    return workspace.control.look("views", {"team": "T0ACME", "user": "U0RAE"})["views"]


FILLED = {"reason": {"r": "stolen"}, "choice": {"c": "2"}}


def test_a_trigger_opens_one_modal_within_three_seconds(workspace, bot, client):
    first = trigger(workspace, bot)
    client.views_open(trigger_id=first, view=modal())
    second = trigger(workspace, bot)
    now = workspace.world.now()
    workspace.world.now = lambda: now + 3.1

    assert refused(client.views_open, trigger_id=first, view=modal()) == "exchanged_trigger_id"
    assert refused(client.views_open, trigger_id=second, view=modal()) == "expired_trigger_id"
    assert refused(client.views_open, trigger_id="made.up", view=modal()) == "invalid_trigger_id"


def test_a_refused_view_says_where(workspace, bot, client):
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=trigger(workspace, bot), view=modal(title=plain("x" * 25)))

    assert caught.value.response["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in caught.value.response["response_metadata"]["messages"][0]


def test_what_is_filled_in_reaches_the_bot(workspace, bot, opened):
    bot.app.view("ask")(lambda ack: ack())
    answer = workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED)
    values = bot.requests("view_submission")[0]["view"]["state"]["values"]

    assert answer == {}
    assert values == {
        "reason": {"r": {"type": "plain_text_input", "value": "stolen"}},
        "choice": {"c": {"type": "static_select", "selected_option": {"text": plain("Two"), "value": "2"}}},
    }
    assert stack(workspace) == []


@pytest.mark.parametrize(
    ("picks", "error"),
    [
        ({}, "Please complete this required field."),
        ({"reason": {"r": "ab"}}, "Please enter at least 3 characters."),
    ],
)
def test_what_slack_itself_refuses_never_reaches_the_bot(workspace, bot, opened, picks, error):
    answer = workspace.modals.submit("T0ACME", "U0RAE", opened, picks)

    assert answer == {"errors": {"reason": error}}
    assert bot.requests("view_submission") == []


def test_the_bots_errors_stand_under_their_fields(workspace, bot, opened):
    bot.app.view("ask")(lambda ack: ack(response_action="errors", errors={"reason": "Say more."}))

    assert workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED) == {"errors": {"reason": "Say more."}}
    assert len(stack(workspace)) == 1


def test_errors_for_no_field_are_trouble(workspace, bot, opened):
    bot.app.view("ask")(lambda ack: ack(response_action="errors", errors={"nowhere": "x"}))

    assert "notice" in workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED)


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title=plain("Next"))}, ["Next"]),
        ({"response_action": "push", "view": modal(title=plain("On top"))}, ["Reject", "On top"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_a_submission_can_change_the_stack(workspace, bot, opened, answer, titles):
    bot.app.view("ask")(lambda ack: ack(**answer))
    workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED)

    assert [view["title"]["text"] for view in stack(workspace)] == titles


def test_a_bad_view_in_the_answer_is_trouble_and_logged(workspace, bot, opened):
    bot.app.view("ask")(lambda ack: ack(response_action="update", view={"type": "modal", "blocks": []}))

    assert "notice" in workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED)
    assert workspace.control.look("log", {})["log"][-1]["outcome"] == "invalid view"


def test_three_modals_are_the_most(workspace, bot, client):
    client.views_open(trigger_id=trigger(workspace, bot), view=modal(MORE))
    outcomes = []

    def push(ack, body, client):
        ack()
        try:
            outcomes.append(client.views_push(trigger_id=body["trigger_id"], view=modal(MORE))["view"]["root_view_id"])
        except SlackApiError as error:
            outcomes.append(error.response["error"])

    bot.app.action("go")(push)
    for _ in range(3):
        where = {"view_id": stack(workspace)[-1]["id"], "block_id": "more", "action_id": "go"}
        workspace.modals.click("T0ACME", "U0RAE", where, None, {})

    root = stack(workspace)[0]["id"]
    assert outcomes == [root, root, "push_limit_reached"]
    assert stack(workspace)[2]["previous_view_id"] == stack(workspace)[1]["id"]


def test_only_a_modal_can_be_pushed_upon(workspace, bot, client):
    assert refused(client.views_push, trigger_id=trigger(workspace, bot), view=modal()) == "invalid_trigger_id"


def test_an_update_keeps_what_was_filled_in_and_minds_the_hash(workspace, bot, client, opened):
    old = stack(workspace)[0]["hash"]
    bot.app.view("ask")(lambda ack: ack(response_action="errors", errors={"reason": "No."}))
    workspace.modals.submit("T0ACME", "U0RAE", opened, FILLED)
    client.views_update(view_id=opened, hash=old, view=modal(REASON))

    assert stack(workspace)[0]["state"]["values"] == {"reason": {"r": {"type": "plain_text_input", "value": "stolen"}}}
    assert refused(client.views_update, view_id=opened, hash=old, view=modal()) == "hash_conflict"


def test_a_closed_modal_is_gone_and_its_closing_told(workspace, bot, client, opened):
    bot.app.view_closed("ask")(lambda ack: ack())
    workspace.modals.close("T0ACME", "U0RAE", opened)

    assert bot.requests("view_closed")[0]["is_cleared"] is False
    assert refused(client.views_update, view_id=opened, view=modal()) == "not_found"


def test_an_external_id_is_there_once(workspace, bot, client):
    client.views_open(trigger_id=trigger(workspace, bot), view=modal(external_id="one"))
    client.views_update(external_id="one", view=modal(external_id="one", title=plain("New")))
    assert stack(workspace)[0]["title"]["text"] == "New"

    workspace.desk.command("T0ACME", "U0UMA", "C0ACME", "/rollcall x")
    uma = parse_qs(bot.seen[-1][1])["trigger_id"][0]
    assert refused(client.views_open, trigger_id=uma, view=modal(external_id="one")) == "duplicate_external_id"


def test_nobody_touches_anothers_modal(workspace, opened):
    with pytest.raises(SlackError, match="not_found"):
        workspace.modals.submit("T0ACME", "U0UMA", opened, FILLED)


def test_an_external_menu_asks_the_bot(workspace, bot, client):
    search = entry("search", {"type": "external_select", "action_id": "s", "min_query_length": 0})
    opened = client.views_open(trigger_id=trigger(workspace, bot), view=modal(search))["view"]["id"]
    options = [{"text": plain("Northwind"), "value": "nw"}]
    bot.app.options("s")(lambda ack: ack(options=options))
    where = {"view_id": opened, "block_id": "search", "action_id": "s"}

    assert workspace.modals.suggest("T0ACME", "U0RAE", where, "nor") == {"options": options}
    assert (
        bot.requests("block_suggestion")[0].items() >= {"value": "nor", "action_id": "s", "block_id": "search"}.items()
    )

    bot.app.view("ask")(lambda ack: ack())
    workspace.modals.submit("T0ACME", "U0RAE", opened, {"search": {"s": options[0]}})
    values = bot.requests("view_submission")[0]["view"]["state"]["values"]
    assert values["search"]["s"]["selected_option"] == options[0]


def test_without_an_address_for_options_no_menu_gets_any(workspace, bot, client, tmp_path):
    search = entry("search", {"type": "external_select", "action_id": "s", "min_query_length": 0})
    opened = client.views_open(trigger_id=trigger(workspace, bot), view=modal(search))["view"]["id"]
    bot.app.options("s")(lambda ack: ack(options=[{"text": plain("Northwind"), "value": "nw"}]))
    source = json.loads(MANIFEST.read_text(encoding="utf-8"))
    del source["settings"]["interactivity"]["message_menu_options_url"]
    without = tmp_path / "manifest.json"
    without.write_text(json.dumps(source), encoding="utf-8")

    assert manifest.read(MANIFEST).asks_for_options
    workspace.desk.manifest = manifest.read(without)
    answer = workspace.modals.suggest(
        "T0ACME", "U0RAE", {"view_id": opened, "block_id": "search", "action_id": "s"}, ""
    )

    assert answer == {"notice": "The options could not be loaded."}
    assert bot.requests("block_suggestion") == []
    assert workspace.desk.world.log[-1]["outcome"] == "no_options_url"


PICKED = [
    ({"type": "multi_static_select", "options": CHOICE["element"]["options"]}, ["1", "2"], "selected_options", 2),
    ({"type": "checkboxes", "options": CHOICE["element"]["options"]}, ["1"], "selected_options", 1),
    ({"type": "radio_buttons", "options": CHOICE["element"]["options"]}, "1", "selected_option", None),
    ({"type": "datepicker"}, "2026-11-22", "selected_date", "2026-11-22"),
    ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
    ({"type": "users_select"}, "U0UMA", "selected_user", "U0UMA"),
    ({"type": "multi_users_select"}, ["U0UMA"], "selected_users", ["U0UMA"]),
    ({"type": "conversations_select"}, "C0ACME", "selected_conversation", "C0ACME"),
    ({"type": "number_input", "is_decimal_allowed": False}, "12", "value", "12"),
    ({"type": "email_text_input"}, "rae@acme.example", "value", "rae@acme.example"),
]


@pytest.mark.parametrize(("element", "picked", "key", "value"), PICKED, ids=[row[0]["type"] for row in PICKED])
def test_each_input_has_its_own_shape_of_state(workspace, bot, client, element, picked, key, value):
    view = modal(entry("b", {**element, "action_id": "a"}))
    opened = client.views_open(trigger_id=trigger(workspace, bot), view=view)["view"]["id"]
    bot.app.view("ask")(lambda ack: ack())
    assert workspace.modals.submit("T0ACME", "U0RAE", opened, {"b": {"a": picked}}) == {}
    state = bot.requests("view_submission")[0]["view"]["state"]["values"]["b"]["a"]

    assert state["type"] == element["type"]
    got = state[key]
    if isinstance(value, int):
        got = len(got)
    assert got == (CHOICE["element"]["options"][0] if value is None else value)


def test_the_home_tab_opens_with_an_event_and_its_buttons_work(workspace, bot, client):
    workspace.desk.opened("T0ACME", "U0RAE", "home")
    assert bot.wait_for("app_home_opened")[0][1]["event"].items() >= {"tab": "home", "user": "U0RAE"}.items()

    home = client.views_publish(user_id="U0RAE", view={"type": "home", "blocks": [MORE]})["view"]
    bot.app.action("go")(lambda ack: ack())
    where = {"view_id": home["id"], "block_id": "more", "action_id": "go"}
    assert workspace.modals.click("T0ACME", "U0RAE", where, None, {}) == ""
    assert bot.requests("block_actions")[0]["container"] == {"type": "view", "view_id": home["id"]}
