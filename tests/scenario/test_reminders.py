"""What waits too long: approvers are reminded, admins and whoever uploaded are told, each once (row B15)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Person, Registration
from rollcall.desk.deciding import Deciding
from rollcall.notices import reminder_notice
from rollcall.reminders import Reminding as Rules
from rollcall.store.companies import CompaniesStore
from rollcall.store.pending_uploads import PendingUploads
from rollcall.store.reminders import RemindersStore
from rollcall.store.transactions import Transactions
from tests.approvers import CHANNEL, NAT, NED, NIA, RAE
from tests.office import labels, running_office, words
from tests.reminding import Reminding

pytestmark = pytest.mark.feature("B15")
WAITS, LATE, STILL = "for your decision, the oldest since", "for a decision of your company", "still waiting for"
FAY, TAM = Person("T0FABRIKAM", "U0FAY"), Person("T0BOLT", "U0TWO")


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """An office without devices."""
    with running_office(tmp_path_factory.mktemp("reminders"), chunk_rows=40) as running:
        running.keep()
        yield running


@pytest.fixture
def world(open_office):
    open_office.set_back()
    return Reminding(open_office)


def fits(message):
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")
    return message


def test_approvers_are_reminded_twice_in_one_message_and_then_admins_and_the_uploader_hear(world):
    first = world.upload(3)
    world.tick()
    world.upload(2, name="more.csv")
    world.tick(hours=23)
    assert world.told(NIA, WAITS) == []

    world.tick(hours=1)
    (told,) = world.messages(NIA, WAITS)
    assert "*5 devices* of 2 uploads wait for your decision" in words(fits(told)["blocks"])
    assert "*Acme Mobile*: 5 devices of 2 uploads" in words(told["blocks"])
    assert labels(told) == ["Review", "Show what waits"]
    assert len(world.told(NED, WAITS)) == 1, "an admin may decide, too"
    assert world.told(NAT, WAITS) == [], "a viewer may not"
    assert world.told(NIA, WAITS, CHANNEL) == []
    world.tick()
    world.tick(minutes=30)
    assert len(world.told(NIA, WAITS)) == 1

    world.tick(hours=47.5)
    assert len(world.told(NIA, WAITS)) == 2
    assert world.told(NED, LATE) == world.told(RAE, STILL) == []
    world.tick(hours=48)
    assert len(world.told(NIA, WAITS)) == 2
    (late,) = world.messages(NED, LATE)
    assert "*Acme Mobile*: 5 devices of 2 uploads" in words(fits(late)["blocks"])
    assert "Nia" in words(late["blocks"])
    assert labels(late) == ["Review", "Show what waits", "People"]
    assert world.office.click(NED, late, "setup.page") == ""
    below = world.office.messages(NED)[-1]
    assert below["only_for"] == NED.user
    assert "People: " in words(below["blocks"])
    assert world.messages(NED, LATE) == [late], "a notice stays what it is"
    assert world.told(NIA, LATE) == [], "she is no admin"
    (still,) = world.messages(RAE, STILL)
    read = words(fits(still)["blocks"])
    assert "5 devices are still waiting for *Northwind Logistics* since" in read
    assert "Nia (Northwind Logistics)" in read
    assert "Nat" not in read
    assert "nia@" not in read
    assert first in read
    assert read.count("Reminded ") == 1
    world.pass_time(hours=2)
    assert (len(world.told(NED, LATE)), len(world.told(RAE, STILL)), len(world.told(NIA, WAITS))) == (1, 1, 2)


def test_buttons_of_a_reminder_lead_to_what_waits(world):
    upload = world.upload(3)
    world.tick()
    world.tick(hours=24)
    (told,) = world.messages(NIA, WAITS)
    assert world.office.click(NIA, told, "uploads.open") == ""
    shown = [words(one["blocks"]) for one in world.office.messages(NIA) if one.get("only_for")]
    assert upload in shown[-1]
    assert world.office.click(NIA, told, "approvals.review") == ""
    assert "PENDING" in words(world.office.messages(NIA)[-1]["blocks"]).upper()


def test_what_was_decided_in_between_is_not_reminded_of_even_where_the_message_is_late(world):
    world.upload(2)
    world.tick()
    world.now += timedelta(hours=24)
    world.office.drain()
    queue = world.office._queue("notices")
    world.office.drain, drain = list, world.office.drain
    world.tick()
    del world.office.drain
    assert queue._messages
    told = world.office.command(NIA, "/approvals")
    world.office.click(NIA, told, "approvals.accept_all")
    drain()
    assert world.told(NIA, WAITS) == []
    world.tick(hours=48)
    assert world.told(NIA, WAITS) == []


def test_a_nudge_stands_for_the_reminder_of_the_same_hours_and_the_other_way_round(world):
    upload = world.upload(2)
    world.tick()
    card = world.office.command(RAE, f"/uploads {upload}")
    world.office.click(RAE, card, "uploads.nudge")
    world.office.cloud.client("dynamodb").update_item(
        TableName="UploadsTable",
        Key={"pk": {"S": upload}, "sk": {"S": "nudge#CUST-NORTHWIND"}},
        UpdateExpression="SET nudged_at = :at",
        ExpressionAttributeValues={":at": {"S": "2026-03-03T08:00:00Z"}},
    )
    world.tick(hours=24)
    assert world.told(NIA, WAITS) == []
    world.tick(hours=48)
    assert len(world.told(NIA, WAITS)) == 1


def test_a_reseller_that_asks_in_the_hours_of_a_reminder_is_told_of_that(world, monkeypatch):
    upload = world.upload(2)
    world.tick()
    world.tick(hours=24)
    monkeypatch.setattr(Deciding, "moment", lambda _: "2026-03-03T12:00:00Z")
    card = world.office.command(RAE, f"/uploads {upload}")
    world.office.click(RAE, card, "uploads.nudge")
    said = words(world.office.messages(RAE)[-1]["blocks"])
    assert "Northwind Logistics was asked by Rollcall" in said
    assert "2026-03-03 21:30 UTC" in said


def test_a_tick_that_dies_behind_its_writing_loses_no_reminder_and_two_at_once_say_it_once(world):
    world.upload(2)
    world.tick()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rollcall.telling.herald.Herald.call", dies)
        with pytest.raises(RuntimeError):
            world.tick(hours=24)
    world.office.drain()
    assert world.told(NIA, WAITS) == []
    world.tick(minutes=2)
    assert len(world.told(NIA, WAITS)) == 1

    # The same look by two ticks: both have read the same book.
    world.now += timedelta(hours=48)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rollcall.store.companies.CompaniesStore.claim", lambda *_, **__: True)
        world.tick()
        patch.setattr("rollcall.store.companies.CompaniesStore.all", again())
        world.tick()
    assert len(world.told(NIA, WAITS)) == 2


def dies(*_, **__):
    raise RuntimeError


def again():
    """All companies, none of them looked at yet."""
    real = CompaniesStore.all
    return lambda store: [replace(one, reminders_at=0) for one in real(store)]


def test_nights_and_weekends_of_the_account_are_quiet(world):
    world.office.command(NED, "/rollcall setup hours")
    form(world, NED, "setup.hours", zone="asia/seoul")
    assert world.office.cloud.accounts.customer("CUST-NORTHWIND").time_zone == "Asia/Seoul"
    world.upload(2)
    world.tick()
    world.tick(hours=24)  # 18:30 in Seoul
    assert world.told(NIA, WAITS) == []
    world.tick(hours=13)
    assert world.told(NIA, WAITS) == []
    world.tick(hours=0.5)  # 8 in the morning
    assert len(world.told(NIA, WAITS)) == 1


def form(world, person, action_id, **fields):
    """Opens a form by the button on the last answer, fills it in and sends it; errors by field."""
    page = world.office.messages(person)[-1]
    assert world.office.click(person, page, action_id) == ""
    view = world.office.modals(person)[-1]
    values = {name: {name: value} for name, value in fields.items()}
    return world.office.slack.modals.submit(person.team, person.user, view["id"], values).get("errors")


def test_an_admin_chooses_the_hours_and_can_switch_all_off(world):
    world.office.command(NED, "/rollcall setup reminders")
    assert "after 24 and 72 hours; your admins after 120 hours" in words(world.office.messages(NED)[-1]["blocks"])
    errors = form(world, NED, "setup.reminders", once="48", again="48", escalate="120")
    assert errors == {"escalate": "Each step must come later than the one before it."}
    world.office.command(NED, "/rollcall setup reminders")
    assert not form(world, NED, "setup.reminders", once="12", again="0", escalate="0")
    assert world.office.cloud.accounts.customer("CUST-NORTHWIND").reminding == Rules(12, 0, 0)
    world.upload(2)
    world.tick()
    world.tick(hours=12)
    assert len(world.told(NIA, WAITS)) == 1
    for _ in range(8):
        world.tick(hours=24)
    assert len(world.told(NIA, WAITS)) == 1
    assert world.told(NED, LATE) == world.told(RAE, STILL) == []
    history = words(world.office.command(NED, "/rollcall setup history")["blocks"])
    assert "changed the reminders: `after 24 and 72 hours; your admins after 120 hours`" in history


def test_a_time_zone_that_there_is_not_is_refused_with_the_nearest(world):
    world.office.command(RAE, "/rollcall setup hours")
    assert form(world, RAE, "setup.hours", zone="Berlin") == {"zone": "No such time zone. Europe/Berlin?"}
    assert "Change" not in labels(world.office.command(NIA, "/rollcall setup hours")), "she is no admin"


def test_each_customer_hears_of_its_own_and_blocked_resellers_are_left_out(world):
    world.upload(3)
    world.upload(4, customer="CUST-FABRIKAM", reseller="RSL-BOLTWAVE", name="fab.csv", by="")
    world.tick()
    world.tick(hours=24)
    (northwind,) = world.told(NIA, WAITS)
    assert "Boltwave" not in northwind
    (fabrikam,) = world.told(FAY, WAITS)
    assert "*Boltwave*: 4 devices of 1 upload" in fabrikam
    assert "Acme" not in fabrikam

    accounts = world.office.cloud.accounts
    link = accounts.link("RSL-BOLTWAVE", "CUST-FABRIKAM")
    accounts.set_registration(link.customer, link.reseller, Registration.BLOCKED)
    world.tick(hours=48)
    assert len(world.told(NIA, WAITS)) == 2
    assert len(world.told(FAY, WAITS)) == 1
    world.tick(hours=48)
    assert world.told(RAE, STILL)
    boltwave = [
        message for (team, _), sent in world.office.slack.world.messages.items() if team == "T0BOLT" for message in sent
    ]
    assert "still waiting" not in str(boltwave)


def test_what_comes_back_to_wait_is_counted_from_then_on(world):
    """An undone decision is days old; the devices wait since the clock saw them again."""
    world.upload(2)
    told = world.office.command(NIA, "/approvals")
    world.office.click(NIA, told, "approvals.accept_all")
    world.tick(hours=100)
    undo = next(one for one in reversed(world.office.messages(NIA)) if "Undo" in labels(one))
    world.office.click(NIA, undo, "approvals.undo")
    world.office.drain()
    world.tick(hours=1)
    assert world.told(NIA, WAITS) == []
    world.tick(hours=23.5)
    assert world.told(NIA, WAITS) == []
    world.tick(hours=0.5)
    assert len(world.told(NIA, WAITS)) == 1


def test_how_long_the_oldest_waits_is_measured_at_every_tick(world, capsys):
    world.upload(2)
    world.tick(hours=3)
    world.tick(minutes=1)
    world.tick(hours=5)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "OldestPendingHours" in line]
    assert [round(line["OldestPendingHours"][0], 2) for line in lines] == [3.0, 3.02, 8.02]


def test_who_uploaded_through_s3_is_nobody_so_the_channel_hears(world):
    world.upload(2, by="")
    world.tick()
    for hours in (24, 48, 48):
        world.tick(hours=hours)
    assert world.told(RAE, STILL) == []
    assert len(world.told(RAE, STILL, "C0ACME")) == 1


def test_an_upload_is_found_without_reading_all_its_devices(world):
    """An upload of many devices costs as many requests as shards, and a busy customer's oldest hundred are enough."""
    calls = []
    client = world.office.cloud.client("dynamodb")
    ids = [world.upload(150, name="large.csv")]
    world.now += timedelta(hours=1)
    ids += [world.upload(1, name=f"{number}.csv") for number in range(6)]

    class Counted:
        def query(self, **query):
            calls.append(query)
            return client.query(**query)

    pending = PendingUploads(Counted(), devices="DevicesTable", uploads="UploadsTable")
    found, more = pending.of("CUST-NORTHWIND", limit=100)
    assert (found[0].subject, {one.subject for one in found}, more) == (ids[0], set(ids), False)
    assert len(calls) <= 8
    first, more = pending.of("CUST-NORTHWIND", limit=3)
    assert (len(first), more) == (3, True)
    assert first == found[:3]
    assert pending.of("CUST-CONTOSO", limit=3) == ((), False)


def test_of_two_looks_at_the_same_book_one_is_written_with_what_follows_from_it(world):
    """Both have read before either writes, as two ticks at once may."""
    client = world.office.cloud.client("dynamodb")
    store = RemindersStore(client, Transactions(client, seconds_left=lambda: 60.0), "UploadsTable")
    world.upload(2)
    world.tick()
    first, second = store.get("CUST-NORTHWIND"), store.get("CUST-NORTHWIND")
    at, later = "2026-03-03T09:30:00Z", "2026-03-03T09:30:01Z"
    assert store.put("CUST-NORTHWIND", replace(first, told_at=at), [reminder_notice(at, "CUST-NORTHWIND")], at=at)
    late = [reminder_notice(later, "CUST-NORTHWIND")]
    assert not store.put("CUST-NORTHWIND", replace(second, told_at=later), late, at=later)
    assert store.get("CUST-NORTHWIND").told_at == at
    due = [item for item in world.office.cloud.scan("UploadsTable") if item.get("kind", {}).get("S") == "reminder"]
    assert [item["subject"]["S"] for item in due] == [at]
    fresh = store.get("CUST-FABRIKAM")
    assert store.put("CUST-FABRIKAM", fresh, [], at=at)
    assert not store.put("CUST-FABRIKAM", fresh, [], at=at)
