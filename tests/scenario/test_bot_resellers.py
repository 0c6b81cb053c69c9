"""A customer's resellers in Slack: shown, registered, blocked, let in again; and one that asks for a decision."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Registration
from rollcall.notices import approval_notice
from tests.approvers import CHANNEL, NAT, NIA, RAE, VIC, Approvals
from tests.office import elements, labels, words
from tests.scenario.test_bot_approvals import FAY, all_messages
from tests.stock import ROLES, imei


@pytest.fixture
def others(office, stock):
    """Two devices of Boltwave's, which Fabrikam has not registered."""
    return Approvals(office, stock.others.upload_id, "CUST-FABRIKAM", "RSL-BOLTWAVE")


def link(office):
    return office.cloud.accounts.link("RSL-BOLTWAVE", "CUST-FABRIKAM").registered


def pressed(office, person, message, action_id, entry=None):
    """Clicks in an ephemeral answer, which is replaced; as it reads then."""
    block, element = next(found for found in elements(message) if found[1]["action_id"] == action_id)
    where = {key: message[key] for key in ("channel", "ts")} | {"block_id": block["block_id"], "action_id": action_id}
    picked = next((one["value"] for one in element.get("options", ()) if one["text"]["text"] == entry), None)
    assert office.slack.desk.click(person.team, person.user, where, picked, {}) == ""
    return office.messages(person, message["channel"])[-1]


@pytest.mark.feature("P24")
def test_resellers_are_listed_blocked_and_let_in_again(office, others):
    answer = office.command(FAY, "/approvals resellers")
    told = words(answer["blocks"])
    assert "*Boltwave* (`RSL-BOLTWAVE`)\nnot registered" in told
    assert labels(answer)[0] == "Register"
    assert problems(answer, "message") == []

    blocked = pressed(office, FAY, answer, "approvals.reseller_block", entry="Block…")
    assert link(office) is Registration.BLOCKED
    assert "*Boltwave* is blocked: what it uploads for you from now on is refused" in words(blocked["blocks"])
    assert labels(blocked)[0] == "Let in again"
    assert problems(blocked, "message") == []

    let_in = pressed(office, FAY, blocked, "approvals.reseller")
    assert link(office) is Registration.UNREGISTERED
    assert "is let in again" in words(let_in["blocks"])
    registered = pressed(office, FAY, let_in, "approvals.reseller")
    assert link(office) is Registration.REGISTERED
    assert "✓ registered" in words(registered["blocks"])


@pytest.mark.feature("P24")
def test_the_messages_about_waiting_devices_follow(office, others):
    others.send(approval_notice(others.upload, others.customer))

    def told():
        (text,) = [words(one["blocks"]) for one in all_messages(office, FAY) if not one.get("only_for")]
        return text

    assert "is not among your registered resellers" in told()
    pressed(office, FAY, office.command(FAY, "/approvals resellers"), "approvals.reseller")
    others.drain()
    assert "is not among your registered resellers" not in told()


@pytest.mark.feature("P24")
def test_what_a_blocked_reseller_sent_before_does_not_reach_the_channel_and_waits_in_the_list(office, others):
    pressed(office, FAY, office.command(FAY, "/approvals resellers"), "approvals.reseller_block", entry="Block…")
    for _ in range(2):
        others.send(approval_notice(others.upload, others.customer))
    assert [one for one in all_messages(office, FAY) if not one.get("only_for")] == []
    assert others.upload in words(office.command(FAY, "/approvals")["blocks"])


@pytest.mark.feature("P24")
def test_who_may_not_decide_sees_the_list_without_buttons_and_changes_nothing(office, stock):
    answer = office.command(NAT, "/approvals resellers")
    assert "*Acme Mobile*" in words(answer["blocks"])
    assert labels(answer) == ["Send to my DM"]
    assert "Decisions are the customer's" in words(office.command(RAE, "/approvals resellers")["blocks"])
    shown = office.command(NIA, "/approvals resellers")
    _, menu = next(found for found in elements(shown) if found[1]["action_id"] == "approvals.reseller_block")
    for person, told in (
        (NAT, "As viewer you may not decide"),
        (VIC, "You cannot decide"),
        (FAY, "No reseller `RSL-ACME`"),
        (ROLES["stranger"], "You cannot decide"),
    ):
        payload = {
            "type": "block_actions",
            "team": {"id": person.team},
            "user": {"id": person.user, "team_id": person.team},
            "trigger_id": f"1.2.{person.user}",
            "response_url": office.response_url(person),
            "channel": {"id": office.dm(person)},
            "container": {"type": "message", "channel_id": office.dm(person)},
            "actions": [
                {
                    "type": "overflow",
                    "action_id": "approvals.reseller_block",
                    "block_id": "b",
                    "selected_option": menu["options"][0],
                }
            ],
        }
        assert office.post_interaction(payload)[0] == 200
        assert told in words(office.messages(person)[-1]["blocks"])
    assert office.cloud.accounts.link("RSL-ACME", "CUST-NORTHWIND").is_registered


def nudged(office, person, upload):
    """Clicks Nudge on the card of an upload; what the clicker is told."""
    card = office.command(person, f"/uploads {upload}")
    assert office.click(person, card, "uploads.nudge") == ""
    return words(office.messages(person)[-1]["blocks"])


def asked(office):
    return [words(one["blocks"]) for one in office.messages(NIA, CHANNEL) if "asks for your decision" in str(one)]


@pytest.mark.feature("B15")
def test_a_reseller_asks_once_a_day_and_is_answered_either_way(office, stock):
    clean = Approvals(office, stock.clean.upload_id)
    assert "Northwind Logistics is asked to decide on 25 devices." in nudged(office, RAE, clean.upload)
    again = nudged(office, RAE, clean.upload)
    assert "Northwind Logistics was asked by Rae" in again
    assert "You can ask again" in again
    clean.drain()
    (told,) = asked(office)
    assert "*Acme Mobile* asks for your decision: 25 devices of `clean_25.csv`" in told
    assert "rae@" not in told


@pytest.mark.feature("B15")
def test_a_nudge_about_what_was_decided_meanwhile_is_not_told(office, stock):
    clean = Approvals(office, stock.clean.upload_id)
    clean.tell()
    nudged(office, RAE, clean.upload)
    office._queue("notices")._messages[:] = []
    clean.click(NIA, clean.message(), "approvals.accept_all")
    office.cloud.client("sqs").send_message(
        QueueUrl=office.cloud.queues["notices"],
        MessageBody=json.dumps({"kind": "notice", "id": nudge_id(office)}),
    )
    clean.drain()
    assert asked(office) == []
    card = office.command(RAE, f"/uploads {clean.upload}")
    assert "Nudge" not in labels(card)


def nudge_id(office):
    (item,) = [one for one in office.cloud.scan("UploadsTable") if one.get("kind", {}).get("S") == "nudge"]
    return item["pk"]["S"].removeprefix("notice#")


@pytest.mark.feature("B15")
def test_who_can_approve_is_answered_on_both_sides_and_to_nobody_else(office, stock):
    clean = Approvals(office, stock.clean.upload_id)
    clean.tell()
    said = clean.click(NAT, clean.message(), "approvals.reject_all", entry="Who can approve this?")
    assert "Northwind Logistics: " in said
    assert "*Nia*" in said
    assert "*Ned*" in said
    assert "Nat" not in said
    card = office.command(RAE, f"/devices {stock.rows('clean')[0]['imei']}")
    assert office.click(RAE, card, "approvals.who") == ""
    theirs = words(office.messages(RAE)[-1]["blocks"])
    assert "*Nia*" in theirs
    assert "@" not in theirs
    _, element = next(found for found in elements(card) if found[1]["action_id"] == "approvals.who")
    for person in (FAY, ROLES["stranger"]):
        payload = {
            "type": "block_actions",
            "team": {"id": person.team},
            "user": {"id": person.user, "team_id": person.team},
            "trigger_id": f"1.2.{person.user}",
            "response_url": office.response_url(person),
            "channel": {"id": office.dm(person)},
            "container": {"type": "message", "channel_id": office.dm(person)},
            "actions": [{**element, "block_id": "b"}],
        }
        assert office.post_interaction(payload)[0] == 200
        assert "Nia" not in words(office.messages(person)[-1]["blocks"])


# -- accepted by command -----------------------------------------------------------------------------------------------


def typed(office, stock, choice):
    """Accepts both of Boltwave's devices by command, and says in the form that opens what shall happen."""
    imeis = [row["imei"] for row in stock.rows("others")]
    answer = office.command(FAY, f"/approvals accept {' '.join(imeis)}")
    assert "is not among your registered resellers, so nothing was accepted yet" in words(answer["blocks"])
    assert problems(answer, "message") == []
    assert office.click(FAY, answer, "approvals.register_reseller") == ""
    view = office.modals(FAY)[-1]
    (menu,) = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    assert [one["text"]["text"] for one in menu["options"]][:2] == ["Register it, and accept", "Accept only this time"]
    picks = {"what": {menu["action_id"]: choice}}
    assert office.slack.modals.submit(FAY.team, FAY.user, view["id"], picks) == {}
    return words(office.modals(FAY)[-1]["blocks"])


@pytest.mark.feature("P24", "P22")
@pytest.mark.parametrize(
    ("choice", "told", "registered", "states"),
    [
        ("once", "*2 devices accepted.*", Registration.UNREGISTERED, {"VERIFIED": 2}),
        ("registered", "*2 devices accepted.*", Registration.REGISTERED, {"VERIFIED": 2}),
        ("blocked", "is blocked", Registration.BLOCKED, {"PENDING": 2}),
    ],
)
def test_what_was_typed_goes_on_once_it_is_said_what_to_do_about_the_reseller(
    office, stock, others, choice, told, registered, states
):
    assert told in typed(office, stock, choice)
    assert link(office) is registered
    others.drain()
    assert others.states() == states


@pytest.mark.feature("P24")
def test_a_list_that_no_button_can_carry_is_asked_for_again(office, stock, others):
    held = [row["imei"] for row in stock.rows("others")]
    many = [*held, *(imei(f"35693803{number:06}") for number in range(200))]
    answer = office.command(FAY, f"/approvals accept {' '.join(many)}")
    assert "Register it, then ask again" in words(answer["blocks"])
    assert problems(answer, "message") == []
    assert others.states() == {"PENDING": 2}
