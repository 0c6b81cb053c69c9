"""Accepting by a list in Slack: pasted, as a file, with a grant; what was decided and what it left behind."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from local.slack.blockkit import problems
from rollcall.transitions import Act
from tests.approvers import NAT, NED, NIA, RAE, Approvals
from tests.office import elements, forget, labels, words
from tests.reception import Reception
from tests.stock import ROLES


@pytest.fixture
def clean(office, stock):
    """Acme's 25 devices for Northwind, all waiting; Northwind has been told."""
    approvals = Approvals(office, stock.clean.upload_id)
    approvals.tell()
    return approvals


@pytest.fixture
def imeis(stock):
    return [row["imei"] for row in stock.rows("clean")]


def opened(clean, person=NIA, typed="/approvals bulk"):
    office = clean.office
    office.slack.desk.command(person.team, person.user, office.dm(person), typed)
    view = clean.form(person)
    assert problems(drawn(view), "modal") == []
    return view


def drawn(view):
    """A view without what Slack itself adds to it."""
    ours = ("type", "callback_id", "title", "submit", "close", "private_metadata", "blocks")
    return {name: view[name] for name in ours if view.get(name)}


def dms(office, person=NIA):
    return [one for one in office.messages(person) if not one.get("only_for") and one.get("blocks")]


def press_in_modal(clean, person, action_id):
    view = clean.form(person)
    block, _ = next(found for found in elements(view) if found[1]["action_id"] == action_id)
    where = {"view_id": view["id"], "block_id": block["block_id"], "action_id": action_id}
    assert clean.office.slack.modals.click(person.team, person.user, where, None, {}) == ""
    return clean.form(person)


def take_lists(office):
    """What the bucket and the planner do: each list under ``accept/`` becomes a job's message."""
    cloud = office.cloud
    listed = cloud.client("s3").list_object_versions(Bucket=cloud.settings.bucket, Prefix="accept/")
    for version in listed.get("Versions", []):
        body = {"kind": "accept_file", "id": version["Key"], "bucket": cloud.settings.bucket, "key": version["Key"]}
        cloud.client("sqs").send_message(
            QueueUrl=cloud.queues["jobs"], MessageBody=json.dumps({**body, "version": version["VersionId"]})
        )
    office.drain()


@pytest.mark.feature("P26")
def test_a_pasted_list_is_a_job_whose_outcome_comes_by_itself_with_the_lines_to_mend(office, clean, imeis):
    opened(clean)
    assert clean.submit(NIA, list="\n".join([*imeis[:12], "123", imeis[0]])) == ""
    assert "14 lines taken" in words(clean.form(NIA)["blocks"])
    assert clean.states() == {"PENDING": 13, "VERIFIED": 12}
    (told,) = [one for one in dms(office) if "12 devices accepted" in words(one["blocks"])]
    text = words(told["blocks"])
    assert "2 not accepted:" in text
    assert labels(told) == ["Undo"]
    assert problems(told, "message") == []
    rows = list(csv.DictReader(io.StringIO(office.file("errors.csv").decode("utf-8-sig"), newline="")))
    assert [row["code"] for row in rows] == ["IMEI_LENGTH", "DUPLICATE_IN_FILE"]
    job = re.search(r"reports/CUST-NORTHWIND/(J-[0-9A-Z]+)/", text)[1]
    assert json.loads(office.cloud.get(f"reports/CUST-NORTHWIND/{job}/summary.json"))["accepted"] == 12


@pytest.mark.feature("P26")
@pytest.mark.feature("B6")
def test_the_messages_about_the_upload_follow_a_list_without_waiting_for_the_clock(office, clean, imeis):
    clean.tell_reseller()
    opened(clean)
    assert clean.submit(NIA, list=" ".join(imeis[:12])) == ""
    assert "13 waiting, 12 accepted" in words(clean.message()["blocks"])
    assert "Northwind Logistics: 12 accepted, 13 waiting" in words(clean.reseller_message()["blocks"])
    (told,) = [one for one in dms(office) if "12 devices accepted" in words(one["blocks"])]
    assert "Taking back 12 devices" in clean.click(NIA, told, "approvals.undo")
    assert clean.states() == {"PENDING": 25}
    assert "25 devices from Acme Mobile wait" in words(clean.message()["blocks"])
    assert "Taken back by Nia" in words(next(one for one in dms(office) if one["ts"] == told["ts"])["blocks"])


@pytest.mark.feature("P26")
def test_a_list_that_fills_the_field_is_refused_and_never_cut(clean, imeis):
    opened(clean)
    full = (" ".join(imeis * 10) + " " * 3000)[:3000]
    assert "as many as Slack takes here" in str(clean.submit(NIA, list=full))
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("P26")
@pytest.mark.parametrize(
    ("fields", "told"),
    [({}, "Add a CSV file, or paste the list"), ({"list": "hello\nworld"}, "None of these is an IMEI")],
)
def test_what_is_no_list_is_said_in_the_form(clean, fields, told):
    opened(clean)
    assert told in str(clean.submit(NIA, **fields))
    assert clean.states() == {"PENDING": 25}


@pytest.mark.feature("P26")
def test_a_file_of_any_size_is_a_job_in_the_name_of_whoever_sent_it(office, clean, imeis):
    opened(clean)
    content = "imei,approval_id\n" + "\n".join(f"{one},BANK-{number}" for number, one in enumerate(imeis[:20])) + "\n"
    file = Reception(office).file(NIA, "list.csv", content.encode())
    assert clean.submit(NIA, file=[file]) == ""
    assert "`list.csv`* is on the way in" in words(clean.form(NIA)["blocks"])
    take_lists(office)
    take_lists(office)
    assert clean.states() == {"PENDING": 5, "VERIFIED": 20}
    (told,) = [one for one in dms(office) if "20 devices accepted" in words(one["blocks"])]
    assert "This is" not in words(told["blocks"])
    assert "BANK-3" in words(office.command(NIA, f"/devices {imeis[3]}")["blocks"])


@pytest.mark.feature("P26")
def test_a_file_that_slack_does_not_hand_over_is_told(office, clean):
    opened(clean)
    file = Reception(office).file(NIA, "list.csv")
    view = clean.form(NIA)
    office.slack.modals.submit(NIA.team, NIA.user, view["id"], {"file": {"file": [file]}})
    del office.slack.world.files[file]
    office.drain()
    assert "The list `list.csv` could not be read" in words(dms(office)[-1]["blocks"])


@pytest.mark.feature("P26")
def test_a_grant_is_shown_with_its_key_and_lets_one_file_speak(office, clean, imeis):
    opened(clean)
    view = press_in_modal(clean, NIA, "approvals.grant")
    assert problems(drawn(view), "modal") == []
    text = words(view["blocks"])
    assert "accept/CUST-NORTHWIND/list.csv" in text
    grant = re.search(r"--metadata grant=([\w-]+)`", text)[1]
    office.cloud.put("accept/CUST-NORTHWIND/list.csv", f"imei\n{imeis[0]}\n".encode(), grant=grant)
    take_lists(office)
    assert clean.states() == {"PENDING": 24, "VERIFIED": 1}
    assert grant not in office.out.getvalue()


@pytest.mark.feature("P26")
def test_the_template_comes_into_the_dm(office, clean):
    opened(clean)
    press_in_modal(clean, NIA, "approvals.template")
    office.drain()
    assert office.file("accept.csv").decode("utf-8-sig") == "imei,serial,approval_id\r\n"


@pytest.mark.feature("P26")
def test_who_may_not_decide_gets_no_form(office, clean):
    assert "As viewer you may not decide" in words(office.command(NAT, "/approvals bulk")["blocks"])
    assert "Your customers do that" in words(office.command(RAE, "/approvals bulk")["blocks"])
    assert "T0" in words(office.command(ROLES["stranger"], "/approvals bulk")["blocks"])
    assert clean.form(NAT) is None


@pytest.mark.feature("P23")
def test_one_device_is_accepted_with_an_approval_id_in_a_form(office, clean, imeis):
    card = office.command(NIA, f"/devices {imeis[0]}")
    assert clean.click(NIA, card, "approvals.approval_id") == ""
    assert problems(drawn(clean.form(NIA)), "modal") == []
    assert clean.submit(NIA, approval="BANK 4711") == ""
    assert "*1 device accepted.*" in words(clean.form(NIA)["blocks"])
    assert "BANK 4711" in words(office.command(NIA, f"/devices {imeis[0]}")["blocks"])


@pytest.mark.feature("B18")
def test_decisions_are_listed_newest_first_and_paged(office, clean, imeis):
    for number in range(7):
        office.command(NIA, f"/approvals accept {imeis[number]}")
    office.command(NED, f'/approvals reject {imeis[7]} reason:"not ours"')
    clean.drain()
    shown = office.command(NIA, "/approvals history")
    text = words(shown["blocks"])
    assert "1 device rejected by Ned" in text
    assert "Reason: `not ours`" in text
    assert text.index("rejected by Ned") < text.index("accepted by Nia")
    assert "May be undone until" in text
    assert problems(shown, "message") == []
    assert office.click(NIA, shown, "page.next") == ""
    older = office.messages(NIA)[-1]
    assert words(older["blocks"]).count("accepted by Nia") == 3
    assert office.click(NIA, older, "page.prev") == ""
    assert "rejected by Ned" in words(office.messages(NIA)[-1]["blocks"])
    clean.click(NED, office.command(NED, "/approvals history"), "approvals.undo")
    assert "Taken back by Ned" in words(office.command(NAT, "/approvals history")["blocks"])
    assert "Undo" not in labels(office.command(NAT, "/approvals history"))
    assert "Decisions are the customer's" in words(office.command(RAE, "/approvals history")["blocks"])


@pytest.mark.feature("B18")
def test_the_whole_audit_comes_as_a_file_with_one_line_for_each_step(office, stock, clean, imeis):
    office.command(NIA, f"/approvals accept {imeis[0]}")
    shown = office.command(NIA, "/approvals history")
    assert office.click(NIA, shown, "approvals.audit") == ""
    office.drain()
    rows = list(csv.DictReader(io.StringIO(office.file("audit.csv").decode("utf-8-sig"), newline="")))
    steps = [(row["act"], row["by"]) for row in rows if row["device"] == f"imei#{imeis[0]}"]
    assert steps == [(Act.UPLOADED.value, "RSL-ACME"), (Act.ACCEPTED.value, "Nia")]
    assert len([row for row in rows if row["upload_id"] == stock.clean.upload_id]) == 26
    assert stock.others.upload_id not in {row["upload_id"] for row in rows}


@pytest.mark.feature("B18")
def test_an_audit_that_takes_long_is_written_in_pieces(office, clean, monkeypatch):
    whole = audit_of(office, clean)
    monkeypatch.setattr("rollcall.desk.export_jobs._RESERVE", 10_000_000)
    monkeypatch.setattr("rollcall.store.audit._PAGE", 7)
    assert audit_of(office, clean) == whole
    assert len(whole.splitlines()) > 60


def audit_of(office, clean):
    office.slack.world.files.clear()
    forget()
    assert office.click(NIA, office.command(NIA, "/approvals history"), "approvals.audit") == ""
    office.drain()
    return office.file("audit.csv")


def test_rules_say_what_is_true(office):
    answer = office.command(NIA, "/approvals rules")
    assert office.gateway.crashes == []
    told = words(answer["blocks"])
    assert "No rule decides for your company" in told
    assert "/rollcall approvals orders" in told
