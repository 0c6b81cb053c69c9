"""Resellers tag devices and exchange IMEIs in Slack, by command and from a device's card."""

from __future__ import annotations

import pytest

from rollcall.accounts import Person
from rollcall.exchanges import Answer, Verdict
from tests.approvers import CHANNEL, NIA, RAE, VIC, Approvals
from tests.office import elements, words
from tests.stock import ROLES, imei

UMA, BEA, STRANGER = ROLES["reseller uploader"], Person("T0BOLT", "U0BEA"), ROLES["stranger"]
NEW, OTHER = imei("35000000000077"), imei("35000000000078")


@pytest.fixture
def clean(office, stock):
    """Acme's 25 devices for Northwind, all waiting; Northwind has been told."""
    approvals = Approvals(office, stock.clean.upload_id)
    approvals.tell()
    return approvals


def imeis(clean, count):
    return [row["imei"] for row in clean.office.stock.rows("clean")[:count]]


def said(clean, person, text):
    return words(clean.office.command(person, text)["blocks"])


def entries(message):
    return [
        option["text"]["text"]
        for _, element in elements(message)
        if element["action_id"] == "devices.more"
        for option in element["options"]
    ]


# -- tags ------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P3")
def test_an_uploader_tags_devices_and_lists_find_them(clean):
    first, second = imeis(clean, 2)
    answer = said(clean, UMA, f'/devices tag {first} {second} 490154203237518 +stock +"lager 2"')
    assert "*2 devices changed: `stock` `lager 2` added.*" in answer
    assert "Not known: `490154203237518`" in answer
    listed = said(clean, RAE, "/devices list tag:STOCK")
    assert first in listed
    assert second in listed
    assert imeis(clean, 3)[2] not in listed
    assert "`stock` `lager 2`" in said(clean, NIA, f"/devices {first}"), "the customer sees them, too"
    again = said(clean, UMA, f"/devices tag {first} +Stock -nothing")
    assert "had it so already" in again
    assert "*1 device changed: `stock` removed.*" in said(clean, RAE, f"/devices tag {second} -stock")


@pytest.mark.feature("P3")
def test_tags_that_cannot_be_are_refused_and_who_may_not_is_told(clean):
    (first,) = imeis(clean, 1)
    assert "Say which tags" in said(clean, UMA, f"/devices tag {first}")
    assert "cannot hold this character: |" in said(clean, UMA, f"/devices tag {first} +a|b")
    assert "at most 40 characters" in said(clean, UMA, f"/devices tag {first} +{'x' * 41}")
    assert "added and removed" in said(clean, UMA, f"/devices tag {first} +a -A")
    assert "As viewer you may not upload" in said(clean, VIC, f"/devices tag {first} +a")
    assert "Resellers do that" in said(clean, NIA, f"/devices tag {first} +a")
    assert "U0GUEST" in said(clean, STRANGER, f"/devices tag {first} +a")
    theirs = said_in(clean, BEA, f"/devices tag {first} +a")
    nobodys = said_in(clean, BEA, "/devices tag 490154203237518 +a")
    assert theirs.replace(first, "…") == nobodys.replace("490154203237518", "…")
    assert clean.office.command(RAE, "/devices list tag:a")["text"].startswith("No device")


def said_in(clean, person, text):
    return words(clean.office.command(person, text)["blocks"])


@pytest.mark.feature("P3")
def test_tags_are_changed_from_a_card(clean):
    (first,) = imeis(clean, 1)
    card = clean.office.command(UMA, f"/devices {first}")
    assert entries(card) == ["Tags…"]
    assert entries(clean.office.command(RAE, f"/devices {first}")) == ["Tags…", "Exchange IMEI…", "Delete…"]
    assert entries(clean.office.command(VIC, f"/devices {first}")) == []
    assert entries(clean.office.command(NIA, f"/devices {first}")) == []
    assert clean.click(UMA, card, "devices.more", entry="Tags…") == ""
    assert "Name a tag to add" in clean.submit(UMA)["add"]
    assert "cannot hold" in clean.submit(UMA, add="a|b")["add"]
    assert clean.submit(UMA, add="stock, lager 2") == ""
    assert "`stock` `lager 2` now" in words(clean.form(UMA)["blocks"])
    assert "`stock` `lager 2`" in said(clean, UMA, f"/devices {first}")


# -- exchange --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B21")
def test_an_exchange_begins_is_seen_by_both_sides_and_decisions_wait(clean):
    (first,) = imeis(clean, 1)
    card = clean.office.command(NIA, f"/devices {first}")
    answer = said(clean, RAE, f"/devices exchange {first} {NEW}")
    assert f"*The exchange of `{first}` for `{NEW}` has begun.*" in answer
    clean.drain()
    assert clean.states() == {"EXCHANGING": 1, "PENDING": 24}
    assert "Its IMEI is being exchanged" in said(clean, NIA, f"/devices {first}")
    assert "*Exchange begun* by" in said(clean, NIA, f"/devices history {first}")
    told = clean.click(NIA, card, "approvals.accept")
    assert "The identifier of the device is being exchanged." in told
    assert "exchange is over, after 24 hours at the latest" in told
    assert "being exchanged" in said(clean, NIA, f"/approvals reject {first} reason:later")
    assert "24 devices from Acme Mobile wait" in words(clean.message()["blocks"])
    typed_delete = said(clean, RAE, f"/devices delete {first}")
    assert "Nothing can be deleted" in typed_delete
    assert "exchange under way" in typed_delete
    assert "being exchanged" in said(clean, RAE, f"/devices exchange {first} {OTHER}")


@pytest.mark.feature("B21")
def test_what_cannot_be_exchanged_is_said_and_nobody_is_named(clean, stock):
    first, second = imeis(clean, 2)
    held = said(clean, RAE, f"/devices exchange {first} {imei('35693803564380')}")
    assert "belongs to a device already" in held
    assert "Boltwave" not in held
    assert "Fabrikam" not in held
    assert held.replace(imei("35693803564380"), "…") == said(clean, RAE, f"/devices exchange {first} {second}").replace(
        second, "…"
    )
    assert "check digit" in said(clean, RAE, f"/devices exchange {first} 490154203237519")
    assert "As uploader you may not delete" in said(clean, UMA, f"/devices exchange {first} {NEW}")
    assert "Resellers do that" in said(clean, NIA, f"/devices exchange {first} {NEW}")
    theirs, nobodys = (said_in(clean, BEA, f"/devices exchange {one} {NEW}") for one in (first, OTHER))
    assert theirs.replace(first, "…") == nobodys.replace(OTHER, "…")
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("B21")
def test_an_exchange_from_a_card_asks_for_the_new_imei(clean):
    (first,) = imeis(clean, 1)
    card = clean.office.command(RAE, f"/devices {first}")
    assert clean.click(RAE, card, "devices.more", entry="Exchange IMEI…") == ""
    assert "goes back by itself" in words(clean.form(RAE)["blocks"])
    assert "check digit" in clean.submit(RAE, new="490154203237519")["new"]
    assert "belongs to a device" in clean.submit(RAE, new=imeis(clean, 2)[1])["new"]
    assert clean.submit(RAE, new=NEW) == ""
    assert "has begun" in words(clean.form(RAE)["blocks"])
    assert clean.states() == {"EXCHANGING": 1, "PENDING": 24}


@pytest.mark.feature("B21")
@pytest.mark.feature("B26")
def test_the_end_of_an_exchange_is_told_to_who_began_it(clean, monkeypatch):
    (first,) = imeis(clean, 1)
    said(clean, RAE, f"/devices exchange {first} {NEW}")
    monkeypatch.setattr("rollcall.errands.exchanges.system", lambda _: Confirming())
    clean.drain()
    clean.drain()
    assert clean.states() == {"PENDING": 25}
    told = [words(one["blocks"]) for one in clean.posted(RAE, "")]
    assert any(f"*Exchanged: `{first}` is `{NEW}` now.*" in one for one in told)
    card = said(clean, RAE, f"/devices {first}")
    assert f"Device {NEW}" in card
    assert f"*Before its exchange*\n`{first}`" in card
    assert "25 devices from Acme Mobile wait" in words(clean.message()["blocks"])
    assert [one for one in clean.posted(NIA, CHANNEL) if "Exchanged" in words(one["blocks"])] == []


class Confirming:
    """An exchange system that confirms at once."""

    def exchange(self, _exchange):
        return Answer(Verdict.DONE)


@pytest.mark.feature("B21")
def test_typed_into_the_messages_nothing_is_changed(clean):
    (first,) = imeis(clean, 1)
    for text in (f"devices exchange {first} {NEW}", f"devices tag {first} +a", f"uploads undo {clean.upload}"):
        clean.office.say(RAE, text)
        clean.office.drain()
        assert "type it as a slash command" in words(clean.office.messages(RAE)[-1]["blocks"])
    assert clean.states() == {"PENDING": 25}
