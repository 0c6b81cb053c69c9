"""What waits is found however much came since: the list of a customer, and App Home of both sides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from local.slack.blockkit import problems
from rollcall.desk import homes
from rollcall.store import pending_uploads
from tests.approvers import NIA, RAE, Approvals
from tests.chain import Chain
from tests.files_of import csv_of, imei
from tests.office import buttons, labels, words

BEGIN = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def put(office):
    """Uploads files of one row each for Northwind, an hour apart; their ids, oldest first."""
    chain, sent = Chain(office.cloud), []

    def upload(number, *, bad=False, prefix="uploads"):
        ids = []
        for _ in range(number):
            chain.now = BEGIN + timedelta(hours=len(sent))
            row = "12" if bad else imei(700_000 + len(sent))
            name = f"{prefix}/RSL-ACME/CUST-NORTHWIND/one-{len(sent)}.csv"
            ids.append(chain.upload(name, csv_of(row), uploaded_by="rae@acme.example").upload_id)
            sent.append(ids[-1])
        return ids

    return upload


def home(office, person):
    office.open_home(person)
    assert office.drain() == [True]
    view = office.home(person)
    assert not problems({key: view[key] for key in ("type", "blocks")}, "home")
    return words(view["blocks"])


@pytest.mark.feature("P21")
def test_home_knows_what_waits_behind_any_number_of_newer_uploads(office, stock, put, monkeypatch):
    monkeypatch.setattr(homes, "RECENT", 4)
    put(4, bad=True)
    told = home(office, NIA)
    assert "*136 devices waiting for you*" in told
    assert stock.messy.upload_id in told.split("Recent uploads")[0]

    told = home(office, RAE)
    assert "Needs you: 4 uploads with refused rows" in told
    assert "No device of your newest 4 uploads waits for a customer's decision." in told
    assert "Older uploads were not looked at" in told


@pytest.mark.feature("P21")
def test_home_counts_what_waits_in_uploads_that_it_does_not_name(office, put, monkeypatch):
    monkeypatch.setattr(homes, "RECENT", 3)
    put(3)
    told = home(office, NIA)
    assert "*139 devices waiting for you*" in told, "of which the oldest three uploads are named"
    assert "there are more" in told
    assert "All that waits" in labels(office.home(NIA))


def test_a_check_needs_nobody(office, put):
    before = home(office, RAE).split("*Needs you: ")[1].splitlines()[0]
    put(1, bad=True, prefix="check")
    assert home(office, RAE).split("*Needs you: ")[1].splitlines()[0] == before


@pytest.mark.feature("P21")
def test_the_list_pages_through_uploads_that_wait_and_no_others(office, stock, put):
    first = put(9)
    put(3, bad=True)
    page = office.command(NIA, "/approvals")
    assert "145 devices waiting for your decision, 34 of them on this page" in words(page["blocks"])
    shown = words(page["blocks"])
    assert all(upload in shown for upload in [*first, stock.clean.upload_id])
    assert stock.messy.upload_id not in shown
    assert "Previous" not in labels(page)

    page = turned(office, page, "page.next")
    shown = words(page["blocks"])
    assert "145 devices waiting for your decision, 111 of them on this page" in shown
    assert all(getattr(stock, name).upload_id in shown for name in ("messy", "serials", "many"))
    assert "Next" not in labels(page)

    page = turned(office, page, "page.prev")
    assert all(upload in words(page["blocks"]) for upload in [*first, stock.clean.upload_id])
    assert "Previous" not in labels(page)


@pytest.mark.feature("P21")
def test_a_page_of_which_all_was_decided_meanwhile_is_the_first_again(office, stock, put):
    put(10)
    page = office.command(NIA, "/approvals")
    for name in ("messy", "serials", "many", "clean"):
        with_form = Approvals(office, getattr(stock, name).upload_id)
        with_form.tell()
        with_form.press(NIA, with_form.message(), "approvals.accept_all")
        if with_form.form(NIA):
            with_form.submit(NIA)
    page = turned(office, page, "page.next")
    told = words(page["blocks"])
    assert "10 devices waiting for your decision\n" in f"{told}\n"
    assert "`/rollcall approvals history`" in told, "what was decided can be taken back there"


@pytest.fixture
def unhurried(monkeypatch):
    """A list is drawn anew only where there is time for it, which a busy machine may not leave."""
    monkeypatch.setattr("rollcall.desk.approval_clicks._TO_DRAW", -1_000.0)


@pytest.mark.feature("B6")
def test_a_decision_in_ones_own_list_draws_the_list_anew(office, stock, put, unhurried):
    put(12)
    second = turned(office, office.command(NIA, "/approvals"), "page.next")
    before = len(office.messages(NIA, second["channel"]))
    page = turned(office, second, "approvals.accept_all")
    told = words(page["blocks"])
    assert len(office.messages(NIA, second["channel"])) == before, "and nothing is below it"
    assert told.startswith("*1 device accepted.*")
    assert "147 devices waiting for your decision, 137 of them on this page" in told, "the page that it stood in"
    assert told.count("Northwind Logistics · customer") == 1

    undo = [element["action_id"] for _, element in buttons(page)].count("approvals.undo")
    assert undo == 1
    page = turned(office, page, "approvals.undo")
    told = words(page["blocks"])
    assert told.startswith("*1 device taken back and waiting again.*")
    assert "148 devices waiting for your decision, 138 of them on this page" in told


@pytest.mark.feature("B6")
def test_a_decision_on_a_card_draws_the_card_anew(office, stock, unhurried):
    shown = office.command(NIA, f"/devices {stock.rows('clean')[0]['imei']}")
    page = turned(office, shown, "approvals.accept")
    told = words(page["blocks"])
    assert told.startswith("*1 device accepted.*")
    assert "VERIFIED" in told
    assert "PENDING" not in told
    assert not {"Accept", "Reject…"} & set(labels(page))
    page = turned(office, page, "approvals.undo")
    assert "PENDING" in words(page["blocks"])
    assert "Accept" in labels(page)


def test_without_time_to_draw_it_the_answer_comes_below_and_the_list_stays(office, stock, monkeypatch):
    monkeypatch.setattr("rollcall.desk.approval_clicks._TO_DRAW", 1_000.0)
    shown = office.command(NIA, f"/devices {stock.rows('clean')[0]['imei']}")
    assert office.click(NIA, shown, "approvals.accept") == ""
    last = office.messages(NIA, shown["channel"])[-1]
    assert last["ts"] != shown["ts"]
    assert words(last["blocks"]).startswith("*1 device accepted.*")
    told = turned(office, last, "approvals.undo")
    assert "taken back" in words(told["blocks"]), "what an old button said is over"


def test_nothing_waits_is_said_where_nothing_does(office, stock):
    office.cloud.empty("DevicesTable")
    told = words(office.command(NIA, "/approvals")["blocks"])
    assert told.startswith("Nothing waits for your decision. New devices appear here")


def test_of_very_many_devices_nobody_counts_all(office, monkeypatch):
    monkeypatch.setattr(pending_uploads, "_COUNTS", 2)
    client = office.cloud.client("dynamodb")
    pending = pending_uploads.PendingUploads(client, devices="DevicesTable", uploads="UploadsTable")
    counted = pending.count("CUST-NORTHWIND")
    assert 0 < counted.devices < 136
    assert not counted.is_all
    monkeypatch.setattr(pending_uploads, "_COUNTS", 4)
    counted = pending.count("CUST-NORTHWIND")
    assert (counted.devices, counted.is_all) == (136, True)


@pytest.mark.parametrize("cursor", ["", "x", "2026-03-01T09:30:00Z#U-7K3F", "2026-03-01T09:30:00Z#CUST-FABRIKAM#0$$"])
def test_a_cursor_that_never_was_shows_nothing_of_anybody(office, stock, cursor):
    body = {
        "type": "block_actions",
        "user": {"id": NIA.user, "team_id": NIA.team},
        "team": {"id": NIA.team, "domain": "nw"},
        "container": {"type": "message", "is_ephemeral": True},
        "response_url": office.response_url(NIA),
        "trigger_id": "1.2.3",
        "actions": [
            {
                "type": "button",
                "action_id": "page.prev",
                "block_id": "b",
                "value": f'{{"q":"approvals list","c":"{cursor}","n":1}}',
                "action_ts": "1",
            }
        ],
    }
    assert office.post_interaction(body)[0] == 200
    assert "too old" in words(office.messages(NIA)[-1]["blocks"]) or "again" in words(
        office.messages(NIA)[-1]["blocks"]
    )


def turned(office, page, action_id):
    assert office.click(NIA, page, action_id) == ""
    (now,) = [one for one in office.messages(NIA, page["channel"]) if one["ts"] == page["ts"]]
    assert problems({"text": now["text"], "blocks": now["blocks"]}, "message") == []
    return now
