"""The bot's direct messages: a text is a command, an answer is asked once for whom, and everything is sent once."""

from __future__ import annotations

import json

import pytest

from rollcall.desk import Desk
from rollcall.slack.sender import Sender
from tests.office import buttons, labels, words
from tests.stock import OTHERS, ROLES, imei

RAE, NIA, TWO = ROLES["reseller admin"], ROLES["customer approver"], ROLES["in two accounts"]


def answers(office, person):
    """What the bot wrote into the DM for good."""
    return [message for message in office.messages(person) if message.get("bot_id") and "only_for" not in message]


# -- a text is a command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["me", "uploads", "Devices LIST sort:uploaded", "help", "/rollcall me", "devces list"]
)
def test_a_text_in_the_dm_is_answered_as_a_command_is(office, stock, typed):
    office.say(RAE, typed)
    assert office.drain() == [True]

    (answer,) = answers(office, RAE)
    command = office.command(RAE, typed if typed.startswith("/") else f"/rollcall {typed}")
    assert words(answer["blocks"]) == words(command["blocks"])
    assert answer["text"] == command["text"]


@pytest.mark.parametrize(
    "copied",
    ["`/uploads`", "```\n/uploads list\n```", "*/uploads*", "> _/uploads_ list", "• /uploads", "`/rollcall` uploads"],
)
def test_a_command_copied_out_of_one_of_our_messages_is_understood(office, stock, copied):
    """Slack hands the marks over by which the words were set off."""
    office.say(RAE, copied)
    office.say(RAE, "/uploads")
    office.drain()

    first, second = answers(office, RAE)
    assert words(first["blocks"]) == words(second["blocks"])
    assert first["text"] == second["text"]


@pytest.mark.feature("P4")
def test_an_imei_alone_finds_its_device(office, stock):
    value = stock.rows("clean")[0]["imei"]
    office.say(RAE, value)
    office.say(RAE, f"{value}\n{imei('35693803564370')}")
    office.drain()
    card, several = answers(office, RAE)
    assert words(card["blocks"]).startswith(f"Device {value}")
    assert words(several["blocks"]).startswith("1 of 2 devices found")


def test_what_is_no_question_to_the_bot_is_left_alone(office):
    """Its own messages, edits and deletions, other apps, and what is said in channels."""
    base = {
        "type": "event_callback",
        "team_id": "T0ACME",
        "api_app_id": "A0ROLLCALL",
        "event_id": "Ev1",
        "authorizations": [{"team_id": "T0ACME", "enterprise_id": None, "is_bot": True, "user_id": "U0BOTACME"}],
    }
    im = {"type": "message", "channel": "D0ACME0RAE", "channel_type": "im", "user": "U0RAE", "text": "me", "ts": "1.1"}
    for event in (
        {**im, "bot_id": "B0OTHER"},
        {**im, "user": "U0BOTACME", "bot_id": "B0BOTACME"},
        {**im, "subtype": "message_changed", "message": {"text": "me"}, "hidden": True},
        {**im, "subtype": "message_deleted", "hidden": True},
        {**im, "channel": "C0ACME", "channel_type": "channel"},
        {key: value for key, value in im.items() if key != "user"},
    ):
        assert office.post_event({**base, "event": event})[0] == 200
    assert office.waiting("notices") == []
    assert office.lines == []


def test_an_empty_text_and_one_of_thousands_of_characters_are_answered(office):
    for typed in ("   .", "x" * 3_900, '"', "as:", "<script>", "*_~`"):
        office.say(RAE, typed)
    assert set(office.drain()) == {True}
    assert len(answers(office, RAE)) == 6
    assert not office.log("refused")


# -- sent once ---------------------------------------------------------------------------------------------------------


def test_an_event_that_slack_repeats_is_answered_once(office):
    event = {
        "type": "event_callback",
        "team_id": "T0ACME",
        "event_id": "Ev0001",
        "event": {"type": "message", "channel_type": "im", "user": "U0RAE", "text": "me", "channel": "D", "ts": "1.1"},
    }
    assert office.post_event(event)[0] == 200
    for number, reason in ((1, "http_timeout"), (2, "http_error"), (3, "connection_failed")):
        headers = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        assert office.post_event(event, **headers)[0] == 200
    assert set(office.drain()) == {True}
    assert len(answers(office, RAE)) == 1


def test_a_message_that_sqs_delivers_twice_is_posted_once(office):
    office.say(RAE, "me")
    event = office.receive("notices")
    assert office.deliver("notices", event)
    assert office.deliver("notices", event)
    assert len(answers(office, RAE)) == 1


def test_two_clicks_are_two_messages(office):
    """Somebody who asks twice wants it twice; only repeats that nobody asked for are dropped."""
    message = office.command(RAE, "/uploads")
    for _ in range(2):
        assert office.click(RAE, message, "page.dm") == ""
    office.drain()
    assert len(answers(office, RAE)) == 2


# -- when Slack does not take it ---------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
def test_a_rate_limit_is_waited_out_for_as_long_as_slack_says(office):
    office.say(RAE, "me")
    office.slack.control.change("fault", {"method": "chat.postMessage", "kind": "rate_limited", "seconds": 300})

    assert office.drain() == [False]
    assert answers(office, RAE) == []
    (hidden,) = office.seconds_hidden("notices")
    assert 290 < hidden <= 301

    office.later("notices")
    assert office.drain() == [True]
    assert len(answers(office, RAE)) == 1


@pytest.mark.feature("B26")
@pytest.mark.parametrize("kind", ["broken", "error"])
def test_slack_having_trouble_leaves_the_message_in_the_queue(office, kind):
    office.say(RAE, "me")
    office.slack.control.change("fault", {"method": "chat.postMessage", "kind": kind, "code": "internal_error"})
    assert office.drain() == [False]
    assert len(office.waiting("notices")) == 1
    office.later("notices")
    assert office.drain() == [True]
    assert len(answers(office, RAE)) == 1


@pytest.mark.feature("B26")
@pytest.mark.parametrize("what", ["deactivated", "uninstalled", "never installed"])
def test_what_can_never_be_delivered_is_counted_and_not_tried_for_ever(office, capsys, what):
    office.say(RAE, "me")
    if what == "deactivated":
        office.slack.control.change("person", {"team": "T0ACME", "user": "U0RAE", "deactivated": True})
    elif what == "uninstalled":
        office.slack.world.teams["T0ACME"].installed = False
    else:
        key = {"pk": {"S": "workspace#T0ACME"}, "sk": {"S": "installation"}}
        office.cloud.client("dynamodb").delete_item(TableName="AccountsTable", Key=key)

    # What has no token any more is looked at once, and whom it concerns is told.
    assert all(office.drain())
    assert office.waiting("notices") == []
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert next(line["NoticesUndeliverable"] for line in metrics if "NoticesUndeliverable" in line) == [1.0]
    assert office.drain() == []
    assert any(line["level"] == "WARNING" for line in office.lines)


@pytest.mark.feature("B14")
def test_a_file_is_sent_again_after_a_rate_limit_and_only_once(office, stock):
    known = [row["imei"] for row in stock.rows("clean")[:3]]
    message = office.command(RAE, f"/devices {' '.join(known)}")
    assert office.click(RAE, message, "page.dm") == ""
    office.slack.control.change(
        "fault", {"method": "files.getUploadURLExternal", "kind": "rate_limited", "seconds": 90}
    )
    assert office.drain() == [False]
    assert 85 < office.seconds_hidden("jobs")[0] <= 91
    office.later("jobs")
    event = office.receive("jobs")
    assert office.deliver("jobs", event)
    assert office.deliver("jobs", event)
    assert len([message for message in office.messages(RAE) if message.get("files")]) == 1


@pytest.mark.feature("B14")
@pytest.mark.feature("B25")
def test_who_lost_their_place_meanwhile_gets_no_file_but_a_word(office, stock):
    """Rights come from what is stored when the file is made, not from when it was asked for."""
    known = [row["imei"] for row in stock.rows("clean")[:3]]
    message = office.command(RAE, f"/devices {' '.join(known)}")
    assert office.click(RAE, message, "page.dm") == ""
    table = "AccountsTable"
    for item in office.cloud.scan(table):
        if item.get("person", {}).get("S") == RAE.key:
            key = {"pk": item["pk"], "sk": item["sk"]}
            office.cloud.client("dynamodb").delete_item(TableName=table, Key=key)
    office.drain()
    assert [message for message in office.messages(RAE) if message.get("files")] == []
    (told,) = answers(office, RAE)
    assert "does not know you" in words(told["blocks"])


@pytest.mark.feature("B26")
def test_a_fault_of_ours_is_logged_counted_and_tried_again(office, stock, monkeypatch, capsys):
    """The message stays in its queue, so that dead letters end up where an operator finds them."""

    def broken(*_, **__):
        raise ZeroDivisionError("a fault of ours")

    message = office.command(RAE, f"/devices {' '.join(row['imei'] for row in stock.rows('clean')[:3])}")
    assert office.click(RAE, message, "page.dm") == ""
    office.say(RAE, "me")
    monkeypatch.setattr(Desk, "sheet", broken)
    monkeypatch.setattr(Sender, "to_person", broken)
    assert office.drain() == [False, False]

    assert [len(office.waiting(queue)) for queue in ("jobs", "notices")] == [1, 1]
    failed = [line for line in office.lines if line["level"] == "ERROR"]
    assert [line["message"] for line in failed] == ["Job failed", "Notice failed"]
    assert all("a fault of ours" in line["exception"] for line in failed)
    written = capsys.readouterr().out
    assert '"JobsFailed":[1.0]' in written
    assert '"NoticesFailed":[1.0]' in written


# -- for whom ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B25")
def test_a_person_in_two_companies_is_asked_once_for_whom_and_it_is_remembered(office, stock):
    question = f"/devices {OTHERS[0]['imei']}"
    asked = office.command(TWO, question)
    assert "You belong to 2 companies" in words(asked["blocks"])
    names = [line.split("`")[1] for line in words(asked["blocks"]).splitlines() if "`RSL-" in line or "`CUST-" in line]
    assert sorted(names) == ["CUST-FABRIKAM", "RSL-BOLTWAVE"]

    assert office.click(TWO, asked, "accounts.choose", nth=names.index("CUST-FABRIKAM")) == ""
    (answer,) = office.messages(TWO)
    assert words(answer["blocks"]).startswith(f"Device {OTHERS[0]['imei']}"), "what had been asked is answered"
    assert words(answer["blocks"]).endswith("Fabrikam Field Service · customer")

    assert words(office.command(TWO, question)["blocks"]).endswith("Fabrikam Field Service · customer")
    once = words(office.command(TWO, f"{question} as:rsl-boltwave")["blocks"])
    assert once.endswith("Boltwave · reseller")
    assert words(office.command(TWO, question)["blocks"]).endswith("Fabrikam Field Service · customer")
    told = words(office.command(TWO, "/rollcall me")["blocks"])
    assert "You also belong to Boltwave (`RSL-BOLTWAVE`) as viewer." in told


@pytest.mark.feature("B25")
def test_a_remembered_account_that_one_left_is_asked_for_anew(office):
    office.cloud.client("dynamodb").put_item(
        TableName="AccountsTable",
        Item={"pk": {"S": f"person#{TWO.key}"}, "sk": {"S": "choice"}, "account": {"S": "RSL-ACME"}},
    )
    assert "You belong to 2 companies" in words(office.command(TWO, "/uploads")["blocks"])


def test_choosing_an_account_that_is_not_ones_own_chooses_nothing(office):
    asked = office.command(TWO, "/uploads")
    block, element = buttons(asked)[0]
    forged = json.dumps({"q": "uploads", "id": "RSL-ACME"})
    world_message = office.slack.world.message(TWO.team, office.dm(TWO), asked["ts"])
    for candidate, item in buttons(world_message.body):
        if item["action_id"] == element["action_id"] and candidate["block_id"] == block["block_id"]:
            item["value"] = forged
    assert office.click(TWO, asked, element["action_id"]) == ""
    told = words(office.messages(TWO)[-1]["blocks"])
    assert "Acme" not in told
    assert "You belong to 2 companies" in words(office.command(TWO, "/uploads")["blocks"])


def test_labels_of_what_can_be_chosen_tell_them_apart(office):
    asked = office.command(TWO, "/uploads")
    assert labels(asked) == ["Choose", "Choose"]
    hints = {element.get("accessibility_label") for _, element in buttons(asked)}
    assert hints == {"Act for RSL-BOLTWAVE", "Act for CUST-FABRIKAM"}
