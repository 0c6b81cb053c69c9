"""Resellers delete devices and take uploads back in Slack; customers release what they have accepted."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Person
from tests.approvers import CHANNEL, NAT, NED, NIA, RAE, VIC, Approvals
from tests.office import elements, words
from tests.stock import ROLES

UMA, BEA = ROLES["reseller uploader"], Person("T0BOLT", "U0BEA")
STRANGER, OPERATOR = ROLES["stranger"], ROLES["operator"]


@pytest.fixture
def clean(office, stock):
    """Acme's 25 devices for Northwind, all waiting; Northwind has been told."""
    approvals = Approvals(office, stock.clean.upload_id)
    approvals.tell()
    return approvals


def imeis(stock, count, start=0):
    return [row["imei"] for row in stock.rows("clean")[start : start + count]]


def typed(clean, person, text):
    """Types a command that may open a form; what it answered, and the form."""
    before = len(clean.office.messages(person))
    clean.office.slack.desk.command(person.team, person.user, clean.office.dm(person), text)
    said = "\n".join(words(one.get("blocks")) or one["text"] for one in clean.office.messages(person)[before:])
    return said, clean.form(person)


def text_of(view):
    sent = ("type", "callback_id", "title", "submit", "close", "private_metadata", "blocks")
    assert problems({name: view[name] for name in sent if name in view}, "modal") == []
    return words(view["blocks"])


def accept(clean, count):
    clean.office.command(NIA, f"/approvals accept {' '.join(imeis_of(clean, count))}")


def imeis_of(clean, count):
    return imeis(clean.office.stock, count)


# -- delete ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P15")
def test_an_admin_deletes_with_the_count_typed_and_everybody_is_told(office, stock, clean):
    accept(clean, 1)
    said, form = typed(clean, RAE, f"/devices delete {' '.join(imeis(stock, 3))} 356938035643809")
    told = text_of(form)
    assert said == ""
    assert form["callback_id"] == "devices.delete"
    assert "*2 devices* are deleted at once: 2 PENDING" in told
    assert "*1 device* accepted by Northwind Logistics: it is asked to release it" in told
    assert "Not known: `356938035643809`" in told
    assert "Type 3 to go on" in told
    assert set(json.loads(form["private_metadata"])) == {"j", "n"}

    assert "Type 3" in clean.submit(RAE, typed="2")["typed"]
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}
    assert clean.submit(RAE, typed="3") == ""
    answer = words(clean.form(RAE)["blocks"])
    assert "*2 devices deleted.*" in answer
    assert "1 waits for the customer's release" in answer
    assert clean.states() == {"PENDING": 22, "VERIFIED": 1}
    theirs = [words(one["blocks"]) for one in clean.posted(NIA, CHANNEL)]
    assert any("*Acme Mobile deleted 2 devices that it had uploaded for you.*" in one for one in theirs)
    assert any("Acme Mobile wants to delete 1 device that you have accepted" in one for one in theirs)
    assert "22 devices from Acme Mobile wait for your decision" in words(clean.message()["blocks"])


def waiting(clean):
    """The customer's message about the upload; others name the upload, too."""
    (found,) = [one for one in clean.posted(NIA, CHANNEL) if "from Acme Mobile" in words(one["blocks"])]
    return found


def question(clean):
    (found,) = [one for one in clean.posted(NIA, CHANNEL) if "wants to delete" in words(one["blocks"])]
    assert problems(found, "message") == []
    return found


@pytest.mark.feature("P15")
@pytest.mark.feature("B6")
@pytest.mark.feature("B26")
def test_the_customer_releases_with_one_click_and_the_first_counts(office, stock, clean):
    accept(clean, 1)
    typed(clean, RAE, f"/devices delete {imeis(stock, 1)[0]}")
    clean.submit(RAE)
    asked = question(clean)
    told = clean.click(NAT, asked, "devices.release")
    assert "As viewer you may not release devices that were accepted." in told
    assert clean.states()["VERIFIED"] == 1
    said = clean.click(NED, asked, "devices.release")
    assert "Released by Ned" in said
    assert "Released by Ned" in words(question(clean)["blocks"])
    dms = [words(one["blocks"]) for one in clean.posted(NED, "")]
    assert any("wants to delete 1 device" in one and "Released by Ned" in one for one in dms), "admins have it, too"
    again = repeated(clean, NIA, asked, "devices.keep")
    assert "Already answered. Released by Ned" in again
    office.later("jobs")
    clean.drain()
    assert clean.states() == {"PENDING": 24}
    now = words(question(clean)["blocks"])
    assert "Released by Ned" in now
    assert "1 device deleted." in now
    assert any("released by Ned (Northwind Logistics)" in words(one["blocks"]) for one in clean.posted(RAE, ""))


def repeated(clean, person, message, action_id):
    """Clicks a button as it stood in an older copy of the message."""
    world = clean.office.slack.world
    (kept,) = [one for one in world.messages["T0NW", CHANNEL] if one.body["ts"] == message["ts"]]
    now = kept.body["blocks"]
    kept.body["blocks"] = message["blocks"]
    try:
        before = len(clean.office.messages(person, CHANNEL))
        assert clean.press(person, message, action_id) == ""
    finally:
        kept.body["blocks"] = now
    new = clean.office.messages(person, CHANNEL)[before:]
    clean.drain()
    return "\n".join(words(one["blocks"]) for one in new)


@pytest.mark.feature("P15")
def test_what_the_customer_keeps_stays_and_the_reseller_hears_so(office, stock, clean):
    accept(clean, 1)
    typed(clean, RAE, f"/devices delete {imeis(stock, 1)[0]}")
    clean.submit(RAE)
    said = clean.click(NIA, question(clean), "devices.keep")
    assert "Kept by Nia" in said
    assert "Kept by Nia" in words(question(clean)["blocks"])
    assert [element["action_id"] for _, element in elements(question(clean))] == []
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}
    assert any("Northwind Logistics keeps 1 device" in words(one["blocks"]) for one in clean.posted(RAE, ""))


@pytest.mark.feature("P15")
def test_a_card_offers_to_delete_to_admins_alone(office, stock, clean):
    (imei,) = imeis(stock, 1)
    assert "devices.more" in actions_of(office.command(RAE, f"/devices {imei}"))
    for person in (VIC, UMA, NIA, NED):
        entries = [
            option["text"]["text"]
            for _, element in elements(office.command(person, f"/devices {imei}"))
            if element["action_id"] == "devices.more"
            for option in element["options"]
        ]
        assert "Delete…" not in entries
    card = office.command(RAE, f"/devices {imei}")
    assert clean.click(RAE, card, "devices.more", entry="Delete…") == ""
    assert "*1 device* is deleted at once: 1 PENDING" in text_of(clean.form(RAE))
    assert clean.submit(RAE) == "", "one device needs no count"
    assert "*1 device deleted.*" in words(clean.form(RAE)["blocks"])
    assert clean.states() == {"PENDING": 24}
    assert f"Device {imei}" not in words(office.command(RAE, f"/devices {imei}")["blocks"])


def actions_of(message):
    return [element["action_id"] for _, element in elements(message)]


@pytest.mark.feature("P15")
def test_others_are_told_who_may(office, stock, clean):
    (imei,) = imeis(stock, 1)
    for person, answer in (
        (VIC, "As viewer you may not delete. It takes the role admin"),
        (UMA, "As uploader you may not delete. It takes the role admin"),
        (NIA, "Resellers do that"),
        (STRANGER, "U0GUEST"),
        (OPERATOR, "operator"),
    ):
        said, form = typed(clean, person, f"/devices delete {imei}")
        assert answer in said
        assert form is None
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("P15")
def test_anothers_device_is_as_unknown_as_none(office, stock, clean):
    (imei,) = imeis(stock, 1)
    theirs, _ = typed(clean, BEA, f"/devices delete {imei}")
    nobodys, _ = typed(clean, BEA, "/devices delete 490154203237518")
    assert theirs.replace(imei, "…") == nobodys.replace("490154203237518", "…")
    assert "Nothing can be deleted" in theirs


@pytest.mark.feature("P15")
def test_rights_are_those_at_the_submission(office, stock, clean):
    typed(clean, RAE, f"/devices delete {' '.join(imeis(stock, 2))}")
    member = next(one for one in office.cloud.accounts.members_of("RSL-ACME") if one.user == RAE.user)
    change_role(office, member, "viewer")
    assert clean.submit(RAE, typed="2") == ""
    assert "As viewer you may not delete" in words(clean.form(RAE)["blocks"])
    assert clean.states() == {"PENDING": 25}


def change_role(office, member, role):
    for item in office.cloud.scan("AccountsTable"):
        if item.get("person", {}).get("S") == member.person.key and item["pk"]["S"].endswith(member.account):
            office.cloud.client("dynamodb").put_item(TableName="AccountsTable", Item={**item, "role": {"S": role}})


@pytest.mark.feature("P15")
def test_typed_into_the_messages_nothing_is_deleted(office, stock, clean):
    office.say(RAE, f"devices delete {imeis(stock, 1)[0]}")
    office.drain()
    assert "type it as a slash command" in words(office.messages(RAE)[-1]["blocks"])
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("P15")
@pytest.mark.feature("B19")
def test_many_are_deleted_by_a_job_and_told_at_the_end(office, stock, clean):
    typed(clean, RAE, f"/devices delete {' '.join(imeis(stock, 25))}")
    assert clean.submit(RAE, typed="25") == ""
    assert "*Deleting devices: this takes a moment.*" in words(clean.form(RAE)["blocks"])
    assert clean.states() == {}
    assert any("*25 devices deleted.*" in words(one["blocks"]) for one in clean.posted(RAE, ""))
    assert "25 devices from Acme Mobile: deleted by the reseller" in words(waiting(clean)["blocks"])


# -- undo of an upload -----------------------------------------------------------------------------------------------


@pytest.mark.feature("B8")
def test_an_upload_is_taken_back_with_a_preview(office, stock, clean):
    accept(clean, 2)
    card = office.command(RAE, f"/uploads {clean.upload}")
    assert "uploads.undo" in actions_of(card)
    clean.click(RAE, card, "uploads.undo")
    told = text_of(clean.form(RAE))
    assert "*23 devices* go: 23 PENDING" in told
    assert "*2 devices* stay: 2 VERIFIED" in told
    assert "Type 23" in clean.submit(RAE, typed="25")["typed"]
    assert clean.submit(RAE, typed="23") == ""
    assert clean.states() == {"VERIFIED": 2}
    assert any(
        f"*Upload `{clean.upload}` is taken back: 23 devices deleted.*" in words(one["blocks"])
        and "2 devices stay: 2 VERIFIED" in words(one["blocks"])
        for one in clean.posted(RAE, "")
    )
    theirs = [words(one["blocks"]) for one in clean.posted(NIA, CHANNEL)]
    assert any(f"*Acme Mobile took upload `{clean.upload}` back: 23 devices deleted.*" in one for one in theirs)
    assert "23 deleted by the reseller" in words(waiting(clean)["blocks"])
    assert "Taken back by" in words(office.command(RAE, f"/uploads {clean.upload}")["blocks"])


@pytest.mark.feature("B8")
def test_who_may_take_an_upload_back_in_slack(office, stock, clean):
    for person, answer in (
        (VIC, "As viewer you may not undo own upload"),
        (UMA, "Uploaders can take back their own uploads only."),
        (NIA, "Resellers do that"),
    ):
        said, form = typed(clean, person, f"/uploads undo {clean.upload}")
        assert answer in said
        assert form is None
        assert "uploads.undo" not in actions_of(office.command(person, f"/uploads {clean.upload}"))
    theirs, _ = typed(clean, BEA, f"/uploads undo {clean.upload}")
    nobodys, _ = typed(clean, BEA, "/uploads undo U-0000-0000-0000-0000")
    assert theirs.replace(clean.upload, "…") == nobodys.replace("U-0000-0000-0000-0000", "…")
    said, _ = typed(clean, RAE, f"/uploads undo {stock.gone.upload_id}")
    assert "stored no device" in said
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("B8")
@pytest.mark.feature("B6")
def test_a_click_of_the_customers_on_an_upload_that_is_gone_is_answered(office, stock, clean):
    old = clean.message()
    typed(clean, RAE, f"/uploads undo {clean.upload}")
    clean.submit(RAE, typed="25")
    assert clean.states() == {}
    said = repeated(clean, NIA, old, "approvals.accept_all")
    assert "so your click changed nothing" in said
    assert [element["action_id"] for _, element in elements(waiting(clean))] == []


@pytest.mark.feature("B8")
def test_nothing_left_is_said(office, stock, clean):
    accept(clean, 25)
    said, form = typed(clean, RAE, f"/uploads undo {clean.upload}")
    assert form is None
    assert "can be taken back" in said
    assert "25 VERIFIED" in said
