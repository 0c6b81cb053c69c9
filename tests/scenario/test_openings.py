"""*Open in Rollcall*, below a notice in a shared channel: what it is about, for those whom it is meant for."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.notices import (
    Notice,
    NoticeKind,
    approval_notice,
    decision_notice,
    nudge_notice,
    order_notice,
    release_notice,
    release_reminder_notice,
    removal_notice,
    still_waiting_notice,
)
from rollcall.store.notices import NoticesStore
from rollcall.views.briefs import brief, question
from tests.approvers import NAT, NIA, RAE, Approvals
from tests.cloud import REGION
from tests.office import labels, words
from tests.stock import ROLES

pytestmark = pytest.mark.feature("B26")
NORTHWIND, ACME = "CUST-NORTHWIND", "RSL-ACME"
FABRIKAM, STRANGER = ROLES["same user id elsewhere"], ROLES["stranger"]


@pytest.fixture
def press(office):
    """Presses the button as it stands in a shared channel; what the clicker is shown."""

    def press(person, notice):
        (block,) = [one for one in brief(notice, 1).blocks if one["type"] == "actions"]
        (button,) = block["elements"]
        payload = {
            "type": "block_actions",
            "user": {"id": person.user, "team_id": person.team},
            "team": {"id": person.team},
            "container": {"type": "message", "is_ephemeral": False},
            "response_url": office.response_url(person),
            "trigger_id": "1.2.3",
            "actions": [{**button, "block_id": "b", "action_ts": "1"}],
        }
        assert office.post_interaction(payload)[0] == 200
        shown = office.messages(person)[-1]
        assert shown["only_for"] == person.user
        assert problems({"text": shown["text"], "blocks": shown["blocks"]}, "message") == []
        return shown

    return press


@pytest.fixture
def stored(office):
    """Has a notice stored, as it is when it was told."""
    notices = NoticesStore("UploadsTable", region=REGION)

    def stored(notice):
        notices.mark(notice, at="2026-03-06T09:30:00Z")
        return notice

    return stored


def ask(office, person, typed):
    """Types a command that opens a form."""
    office.slack.desk.command(person.team, person.user, office.dm(person), typed)


def subject_of(office, kind):
    """The subject of the one notice of a kind."""
    (found,) = {
        item["subject"]["S"] for item in office.cloud.scan("UploadsTable") if item.get("kind", {}).get("S") == kind
    }
    return found


def test_what_waits_opens_the_list_with_its_buttons(office, stock, press, stored):
    for notice in (
        approval_notice(stock.clean.upload_id, NORTHWIND),
        nudge_notice(stock.clean.upload_id, "2026-03-06T09:30:00Z", NORTHWIND),
        Notice(NoticeKind.HEALED, "J-1", NORTHWIND),
    ):
        shown = press(NIA, stored(notice))
        assert "136 devices waiting for your decision" in words(shown["blocks"])
        assert "Accept 25" in labels(shown)


def test_an_order_opens_the_orders(press, stored):
    shown = press(NIA, stored(order_notice("O-1", "2026-03-05", NORTHWIND)))
    assert "order" in words(shown["blocks"]).casefold()
    assert "Announce order" in labels(shown)


def test_a_rejection_opens_the_upload_for_its_reseller_and_nobody_else(office, stock, press):
    imei = stock.rows("clean")[0]["imei"]
    office.command(NIA, f'/approvals reject {imei} reason:"Not ours"')
    notice = decision_notice(subject_of(office, "decision"), ACME)
    assert f"Upload {stock.clean.upload_id}" in words(press(RAE, notice)["blocks"])
    for person in (NIA, FABRIKAM):
        told = words(press(person, notice)["blocks"])
        assert told.startswith("Uploads: 1"), "their own"
    assert stock.clean.upload_id not in words(press(FABRIKAM, notice)["blocks"])
    assert stock.clean.upload_id not in words(press(STRANGER, notice)["blocks"])


def test_an_upload_taken_back_opens_the_upload_on_both_sides(office, stock, press, stored):
    ask(office, RAE, f"/uploads undo {stock.clean.upload_id}")
    Approvals(office, stock.clean.upload_id).submit(RAE, typed="25")
    office.drain()
    removal = subject_of(office, "removal")
    for person, account in ((RAE, ACME), (NIA, NORTHWIND)):
        notice = stored(removal_notice(removal, account))
        assert f"Upload {stock.clean.upload_id}" in words(press(person, notice)["blocks"])
    assert stock.clean.upload_id not in words(press(FABRIKAM, notice)["blocks"])


def test_devices_to_release_open_the_question_with_its_buttons(office, stock, press, stored):
    imei = stock.rows("clean")[0]["imei"]
    office.command(NIA, f"/approvals accept {imei}")
    ask(office, RAE, f"/devices delete {imei}")
    Approvals(office, stock.clean.upload_id).submit(RAE)
    removal = subject_of(office, "release")
    for notice in (release_notice(removal, NORTHWIND), stored(release_reminder_notice(removal, 1, NORTHWIND))):
        for person in (NIA, NAT):
            shown = press(person, notice)
            assert "Acme Mobile wants to delete 1 device that you have accepted" in words(shown["blocks"])
            assert "Keep" in labels(shown)
        for person in (RAE, FABRIKAM, STRANGER):
            assert "wants to delete" not in words(press(person, notice)["blocks"])


def test_what_still_waits_opens_the_uploads_for_that_customer(stock, press, stored):
    notice = stored(still_waiting_notice("2026-03-06T09:30:00Z", NORTHWIND, ACME, ""))
    told = words(press(RAE, notice)["blocks"])
    assert "Uploads: 1-5" in told
    assert stock.meids.upload_id not in told, "another customer's"
    assert NORTHWIND not in json.dumps(brief(notice, 1).blocks), "who reads along could read it"


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_button_has_a_company_in_it(kind):
    notice = Notice(kind, f"{NORTHWIND}#{ACME}" if kind is not NoticeKind.UPLOAD else "U-1", NORTHWIND, "T0NW#U0NIA")
    raw = json.dumps(brief(notice, 3).blocks)
    assert not {name for name in (NORTHWIND, ACME, "U0NIA") if name in raw}
    assert question(notice)


def test_a_button_without_a_notice_asks_what_it_always_asked(office, stock, press):
    notice = approval_notice("U-0000-0000-0000-0000", "CUST-NOBODY")
    assert "136 devices waiting" in words(press(NIA, notice)["blocks"])
    assert "Decisions are the customer's" in words(press(RAE, notice)["blocks"])
