"""Customers decide in Slack: at the click, in forms, by command; the first wins, and everybody is told the truth."""

from __future__ import annotations

import json
import re
import time

import pytest

from local.slack.blockkit import problems
from local.slack.grants import ResponseUrl
from rollcall.accounts import Person
from rollcall.notices import approval_notice
from tests.approvers import CHANNEL, NAT, NED, NIA, RAE, VIC, Approvals
from tests.office import elements, forget, labels, words
from tests.stock import ROLES

FAY = Person("T0FABRIKAM", "U0FAY")


@pytest.fixture
def clean(office, stock):
    """Acme's 25 devices for Northwind, all waiting; Northwind has been told."""
    approvals = Approvals(office, stock.clean.upload_id)
    approvals.tell()
    return approvals


def failing(*_):
    raise ConnectionError("the queue is out of reach")


@pytest.fixture
def brief_windows(monkeypatch):
    """Decisions that can be undone for a second; lets that pass."""
    monkeypatch.setenv("UNDO_SECONDS", "1")
    forget()
    yield lambda: time.sleep(2.1)  # the window is real time: what is shown is drawn by the functions themselves
    forget()


def card(approvals, stock, person=NIA, name="clean"):
    return approvals.office.command(person, f"/devices {stock.rows(name)[0]['imei']}")


@pytest.mark.feature("P21")
def test_a_customer_is_told_who_sent_what_and_how_many_wait(clean):
    message = clean.message()
    told = words(message["blocks"])
    assert "*25 devices from Acme Mobile wait for your decision*" in told
    assert "`clean_25.csv`" in told
    assert "Northwind Logistics · customer" in told
    assert "rae@acme.example" not in told, "people of another company are never shown by email"
    assert labels(message) == ["Accept 25", "Review"]
    assert problems(message, "message") == []


@pytest.mark.feature("P21")
def test_what_waits_is_listed_by_reseller_and_upload(office, stock, clean):
    for typed in ("/approvals", "/rollcall approvals list", "/approvals list"):
        answer = office.command(NIA, typed)
        told = words(answer["blocks"])
        assert "devices waiting for your decision" in told
        assert told.count("From *Acme Mobile*") == 1
        for upload in (stock.clean, stock.messy, stock.serials, stock.many):
            assert upload.upload_id in told
        assert stock.meids.upload_id not in told, "another customer's"
    assert "Decisions are the customer's" in words(office.command(RAE, "/approvals")["blocks"])
    said = clean.click(NIA, clean.message(), "approvals.review")
    assert f"status:pending upload:{stock.clean.upload_id}" in said


@pytest.mark.feature("P22")
@pytest.mark.feature("B6")
def test_all_of_an_upload_is_accepted_at_the_click(clean):
    clean.tell_reseller()
    said = clean.click(NIA, clean.message(), "approvals.accept_all")
    assert "*25 devices accepted.*" in said
    assert "May be undone until" in said
    assert clean.states() == {"VERIFIED": 25}
    message = clean.message()
    told = words(message["blocks"])
    assert "25 devices from Acme Mobile: all decided" in told
    assert "25 devices accepted by Nia · " in told
    assert labels(message) == ["Undo"]
    theirs = words(clean.reseller_message()["blocks"])
    assert "Northwind Logistics: 25 accepted" in theirs
    assert "25 devices accepted by Nia (Northwind Logistics)" in theirs


@pytest.mark.feature("B6")
def test_app_home_follows_on_both_sides(office, stock, clean):
    assert clean.press(NIA, clean.message(), "approvals.accept_all") == ""
    clean.drain(homes=True)
    for person in (NIA, NED, RAE):
        waiting = words(office.home(person)["blocks"]).split("Recent uploads")[0].split("waiting for")[-1]
        assert stock.messy.upload_id in waiting
        assert stock.clean.upload_id not in waiting


@pytest.mark.feature("B6")
def test_of_two_approvers_one_wins_and_the_other_is_told_by_whom(clean):
    old = clean.message()
    assert "*25 devices accepted.*" in clean.click(NIA, old, "approvals.accept_all")
    old_blocks = {**clean.message(), "blocks": old["blocks"]}
    assert old_blocks["ts"] == old["ts"]
    said = repeated(clean, NED, old, "approvals.accept_all")
    assert "Already accepted by Nia" in said
    assert "your click changed nothing" in said
    said = repeated(clean, NIA, old, "approvals.accept_all")
    assert "Already accepted by Nia" in said, "a double click is one decision"
    assert clean.states() == {"VERIFIED": 25}
    assert "accepted by Nia" in words(clean.message()["blocks"])


@pytest.mark.feature("P22")
def test_what_changed_since_it_was_shown_is_shown_anew_and_nothing_is_decided(office, stock, clean):
    old = clean.message()
    clean.click(NIA, card(clean, stock), "approvals.accept")
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}
    said = repeated(clean, NED, old, "approvals.accept_all")
    assert "Nothing was decided by your click" in said
    assert "*24 devices*" in said
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}
    told = words(clean.message()["blocks"])
    assert "*24 devices from Acme Mobile wait for your decision*" in told
    assert "24 waiting, 1 accepted" in told


@pytest.mark.feature("P22")
@pytest.mark.feature("B13")
def test_one_device_is_accepted_from_its_card_and_its_history_says_by_whom(office, stock, clean):
    shown, theirs = card(clean, stock), card(clean, stock, NED)
    assert labels(shown)[:2] == ["Accept", "Reject…"]
    said = clean.click(NIA, shown, "approvals.accept")
    assert "*1 device accepted.*" in said
    again = clean.click(NED, theirs, "approvals.accept")
    assert "Already accepted by Nia" in again
    assert labels(card(clean, stock))[0] == "Undo"
    imei = stock.rows("clean")[0]["imei"]
    assert "*Accepted* by Nia, then VERIFIED" in words(office.command(NED, f"/devices history {imei}")["blocks"])
    seen = words(office.command(RAE, f"/devices history {imei}")["blocks"])
    assert "*Accepted* by Nia (Northwind Logistics), then VERIFIED" in seen


@pytest.mark.feature("P25")
@pytest.mark.feature("B7")
def test_a_rejection_needs_a_reason_says_what_it_means_and_the_reason_reaches_the_reseller(clean):
    clean.tell_reseller()
    assert clean.click(NIA, clean.message(), "approvals.reject_all", entry="Reject…") == ""
    form = clean.form(NIA)
    told = words(form["blocks"])
    assert "Only the reseller deleting and uploading them again brings them back." in told
    assert "You can take this back until" in told
    assert clean.states() == {"PENDING": 25}
    assert "reason" in clean.submit(NIA, reason="no")
    assert clean.states() == {"PENDING": 25}
    assert clean.submit(NIA, reason="Ordered the *black* ones") == ""
    assert clean.states() == {"REJECTED": 25}
    assert "*25 devices rejected.*" in words(clean.form(NIA)["blocks"])
    theirs = words(clean.reseller_message()["blocks"])
    assert "25 devices rejected by Nia (Northwind Logistics)" in theirs
    assert "Reason: `Ordered the *black* ones`" in theirs
    assert "May be undone until" in theirs


@pytest.mark.feature("P25")
def test_a_reason_outlives_a_colleague_who_was_faster(office, stock, clean):
    clean.click(NIA, clean.message(), "approvals.reject_all", entry="Reject…")
    clean.click(NED, card(clean, stock, NED), "approvals.accept")
    assert clean.submit(NIA, reason="Ordered the black ones") == ""
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}, "nothing is decided on what was not shown"
    form = clean.form(NIA)
    told = words(form["blocks"])
    assert "has changed since this form was opened" in told
    assert "*24 devices* from *Acme Mobile*" in told
    assert [block["element"]["initial_value"] for block in form["blocks"] if block["block_id"] == "reason"] == [
        "Ordered the black ones"
    ]
    assert clean.submit(NIA, reason="Ordered the black ones") == ""
    assert clean.states() == {"REJECTED": 24, "VERIFIED": 1}


def test_a_reason_outlives_a_decision_that_took_too_long(clean, monkeypatch):
    clean.click(NIA, clean.message(), "approvals.reject_all", entry="Reject…")
    with monkeypatch.context() as slow:
        slow.setattr("rollcall.desk.deciding.Deciding.all", lambda *_, **__: None)
        assert clean.submit(NIA, reason="Ordered the black ones") == ""
    form = clean.form(NIA)
    told = words(form["blocks"])
    assert "This took longer than Slack waits" in told
    assert problems({name: form[name] for name in ("type", "title", "submit", "close", "blocks")}, "modal") == []
    assert "Ordered the black ones" in json.dumps(form["blocks"])
    assert clean.submit(NIA, reason="Ordered the black ones") == ""
    assert clean.states() == {"REJECTED": 25}


def test_a_form_for_which_it_is_too_late_is_asked_for_once_more_and_nothing_changes(office, clean):
    office.slack.control.change("fault", {"method": "views.open", "kind": "error", "code": "expired_trigger_id"})

    told = clean.click(NIA, clean.message(), "approvals.reject_all", entry="Reject…")

    assert "Press the button once more" in told
    assert [line["level"] for line in office.lines if line["level"] != "INFO"] == ["WARNING"]
    assert clean.click(NIA, clean.message(), "approvals.reject_all", entry="Reject…") == ""
    assert office.modals(NIA)


@pytest.mark.feature("P25")
@pytest.mark.feature("B7")
def test_the_rejection_of_one_device_finds_the_reseller_too(office, stock, clean):
    shown, theirs = card(clean, stock), card(clean, stock, NED)
    assert clean.click(NIA, shown, "approvals.reject") == ""
    assert clean.submit(NIA, reason="Not ours") == ""
    assert clean.states() == {"PENDING": 24, "REJECTED": 1}
    imei = stock.rows("clean")[0]["imei"]
    told = [words(one["blocks"]) for one in clean.posted(RAE, "")]
    (mine,) = [text for text in told if "Not ours" in text]
    assert imei in mine
    assert "1 device rejected by Nia (Northwind Logistics)" in mine
    assert "Already rejected by Nia" in clean.click(NED, theirs, "approvals.reject")


@pytest.mark.feature("B7")
def test_any_approver_undoes_and_everything_waits_again(clean):
    clean.tell_reseller()
    clean.click(NIA, clean.message(), "approvals.accept_all")
    decided = clean.message()
    said = clean.click(NED, decided, "approvals.undo")
    assert "*25 devices taken back and waiting again.*" in said
    assert clean.states() == {"PENDING": 25}
    message = clean.message()
    assert "Taken back by Ned" in words(message["blocks"])
    assert labels(message) == ["Accept 25", "Review"]
    assert "Taken back by Ned (Northwind Logistics)" in words(clean.reseller_message()["blocks"])
    said = repeated(clean, NIA, decided, "approvals.undo")
    assert said.startswith("25 devices not taken back:\nAlready taken back by Ned")
    assert clean.states() == {"PENDING": 25}
    clean.click(NIA, message, "approvals.accept_all")
    assert clean.states() == {"VERIFIED": 25}


@pytest.mark.feature("B7")
def test_when_the_window_has_closed_nothing_is_undone_and_the_messages_say_so_by_themselves(clean, brief_windows):
    clean.tell_reseller()
    clean.click(NIA, clean.message(), "approvals.accept_all")
    decided = clean.message()
    brief_windows()
    clean.tick()
    assert "This is final" in words(clean.message()["blocks"])
    assert labels(clean.message()) == []
    assert "This is final" in words(clean.reseller_message()["blocks"])
    if "approvals.undo" in str(decided["blocks"]):
        assert "The decision is final" in repeated(clean, NIA, decided, "approvals.undo")
    assert clean.states() == {"VERIFIED": 25}


@pytest.mark.feature("B6")
def test_what_was_decided_and_never_told_is_told_by_the_clock(clean, monkeypatch):
    monkeypatch.setattr("rollcall.telling.decisions.Tidings.announce", failing)
    old = clean.message()
    assert "*25 devices accepted.*" in clean.click(NIA, old, "approvals.accept_all"), "it is decided all the same"
    assert words(clean.message()["blocks"]) == words(old["blocks"])
    monkeypatch.undo()
    clean.tick(later=60)
    assert "25 devices accepted by Nia" in words(clean.message()["blocks"])


@pytest.mark.feature("B6")
@pytest.mark.parametrize(
    ("person", "told"),
    [
        (NAT, "As viewer you may not decide. It takes the role approver or admin"),
        (VIC, "You cannot decide on this. Approvers and admins of the customer"),
        (RAE, "You cannot decide on this. Approvers and admins of the customer"),
        (FAY, "No upload"),
        (ROLES["stranger"], "You cannot decide on this."),
        (ROLES["operator"], "You cannot decide on this."),
    ],
)
@pytest.mark.parametrize("action_id", ["approvals.accept_all", "approvals.reject_all"])
def test_who_may_not_decide_is_told_who_may_and_nothing_changes(clean, person, told, action_id):
    """The button is the same for everybody: the payload is one that a channel shared between companies sends."""
    message = clean.message()
    said = foreign(clean, person, message, action_id)
    assert told in said
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("P23")
def test_devices_are_accepted_and_rejected_by_command(office, stock, clean):
    imeis = [row["imei"] for row in stock.rows("clean")]
    told = words(office.command(NIA, f"/approvals accept {imeis[0]} approval:A-17")["blocks"])
    assert "*1 device accepted.*" in told
    told = words(office.command(NIA, f"/approvals accept {imeis[1]} {imeis[2]} approval:A-18")["blocks"])
    assert "can be given for a single device only" in told
    told = words(office.command(NIA, f"/approvals accept {imeis[0]} {imeis[1]} {imeis[2]}")["blocks"])
    assert "*2 devices accepted.*" in told
    assert f"`{imeis[0]}`: Already accepted by Nia" in told
    told = words(office.command(NIA, f"/approvals reject {imeis[3]}")["blocks"])
    assert "Say why" in told
    for reason in ("not ordered", "not delivered"):  # the longer one has the form of a serial number
        told = words(office.command(NIA, f"/approvals reject {imeis[3]} reason:{reason}")["blocks"])
        assert f'reason:"{reason}"' in told
        assert "quotation marks" in told
    assert "PENDING" in words(office.command(NIA, f"/devices {imeis[3]}")["blocks"]), "nothing was decided"
    told = words(office.command(NIA, f'/approvals reject {imeis[3]} reason:"not ordered"')["blocks"])
    assert "*1 device rejected.*" in told
    clean.drain()
    assert clean.states() == {"PENDING": 21, "REJECTED": 1, "VERIFIED": 3}
    told = words(office.command(NAT, f"/approvals accept {imeis[4]}")["blocks"])
    assert "As viewer you may not decide" in told
    told = words(office.command(RAE, f"/approvals accept {imeis[4]}")["blocks"])
    assert "Your customers do that" in told
    told = words(office.command(FAY, f"/approvals accept {imeis[4]}")["blocks"])
    assert "not your company's" in told
    assert clean.states() == {"PENDING": 21, "REJECTED": 1, "VERIFIED": 3}


@pytest.mark.feature("B9")
def test_a_part_of_an_upload_is_accepted_by_its_model(office, stock):
    messy = Approvals(office, stock.messy.upload_id)
    message = messy.tell()
    assert messy.click(NIA, message, "approvals.reject_all", entry="Accept a part…") == ""
    form = messy.form(NIA)
    (which,) = [block for block in form["blocks"] if block.get("block_id") == "which"]
    option = next(one for one in which["element"]["options"] if one["text"]["text"].startswith("Model"))
    model, number = re.fullmatch(r"Model (.+) \((\d+)\)", option["text"]["text"]).groups()
    assert messy.submit(NIA, which=option["value"]) == ""
    assert f"*{number} device" in words(messy.form(NIA)["blocks"])
    assert messy.states()["VERIFIED"] == int(number) < 71
    assert model in option["text"]["text"]


@pytest.mark.feature("P22")
def test_more_than_fifty_open_a_form_first(office, stock):
    messy = Approvals(office, stock.messy.upload_id)
    assert messy.click(NIA, messy.tell(), "approvals.accept_all") == ""
    assert "*71 devices* from *Acme Mobile*" in words(messy.form(NIA)["blocks"])
    assert messy.states() == {"PENDING": 71}
    assert messy.submit(NIA) == ""
    assert messy.states() == {"VERIFIED": 71}


@pytest.mark.feature("P22")
@pytest.mark.feature("B6")
def test_what_takes_longer_than_a_click_is_a_job_and_the_messages_follow(office, stock, monkeypatch):
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 10)
    messy = Approvals(office, stock.messy.upload_id)
    messy.click(NIA, messy.tell(), "approvals.accept_all")
    assert messy.submit(NIA) == ""
    assert "Accepting 71 devices: this takes a moment" in words(messy.form(NIA)["blocks"])
    messy.drain()
    assert messy.states() == {"VERIFIED": 71}
    message = messy.message()
    assert "71 devices accepted by Nia" in words(message["blocks"])
    assert labels(message) == ["Undo"]
    assert "Taking back 71 devices" in messy.click(NED, message, "approvals.undo")
    messy.drain()
    assert messy.states() == {"PENDING": 71}
    assert "Taken back by Ned" in words(messy.message()["blocks"])


@pytest.mark.feature("P24")
@pytest.mark.parametrize("choice", ["registered", "once", "blocked"])
def test_an_unregistered_reseller_is_asked_about_first(office, stock, choice):
    others = Approvals(office, stock.others.upload_id, "CUST-FABRIKAM", "RSL-BOLTWAVE")
    others.send(approval_notice(others.upload, others.customer))
    (channel,) = {found["channel"] for found in all_messages(office, FAY) if others.upload in words(found["blocks"])}
    (message,) = [one for one in office.messages(FAY, channel) if others.upload in words(one["blocks"])]
    assert "is not among your registered resellers" in words(message["blocks"])
    assert others.click(FAY, message, "approvals.accept_all") == ""
    assert "is not among the resellers that your company has registered" in words(others.form(FAY)["blocks"])
    assert others.states() == {"PENDING": 2}
    assert others.submit(FAY, what=choice) == ""
    assert others.states() == ({"PENDING": 2} if choice == "blocked" else {"VERIFIED": 2})
    link = office.cloud.accounts.link("RSL-BOLTWAVE", "CUST-FABRIKAM")
    assert link.registered.value == ("unregistered" if choice == "once" else choice)


def all_messages(office, person):
    places = {place.id for place in office.slack.world.channels.values() if place.team == person.team}
    return [message for place in places for message in office.messages(person, place)]


def repeated(approvals, person, old, action_id):
    """Clicks a button of a message as it was before it was edited, as somebody does who has not seen the edit."""
    return by_hand(approvals, person, old, action_id, approvals.office.slack.world)


def foreign(approvals, person, message, action_id):
    """Clicks as somebody does who sees the message in a channel shared between companies."""
    return by_hand(approvals, person, message, action_id, approvals.office.slack.world)


def by_hand(approvals, person, message, action_id, world):
    """Posts a signed click; what the person is told in a modal or at the response URL."""
    _, element = next(found for found in elements(message) if found[1]["action_id"] == action_id)
    action = {"type": element["type"], "action_id": action_id, "block_id": "b"}
    if element["type"] == "overflow":
        action["selected_option"] = element["options"][0]
    else:
        action["value"] = element["value"]
    office = approvals.office
    url = office.slack.desk.grants.new_response
    grant = ResponseUrl("T0NW", CHANNEL, person.user, world.now(), original=message["ts"])
    payload = {
        "type": "block_actions",
        "team": {"id": "T0NW"},
        "user": {"id": person.user, "team_id": person.team},
        "trigger_id": f"1.2.{len(office.gateway.answers)}",
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": CHANNEL},
        "channel": {"id": CHANNEL},
        "message": {"ts": message["ts"], "blocks": message["blocks"]},
        "response_url": f"{world.url}/actions/T0NW/{url(grant)}",
        "actions": [action],
    }
    before = {id(one.body) for one in world.messages["T0NW", CHANNEL]}
    status, _ = office.post_interaction(payload)
    assert status == 200
    new = [one.body for one in world.messages["T0NW", CHANNEL] if id(one.body) not in before]
    approvals.drain()
    return "\n".join(words(body["blocks"]) for body in new)
