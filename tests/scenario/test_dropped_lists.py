"""Lists put into the bot's messages: what is known of each row, and accepting by them."""

from __future__ import annotations

import csv
import io
import json
from unittest.mock import patch

import pytest

from local.slack.blockkit import problems
from local.slack.webapi import WebApi
from rollcall.desk import look_ups
from tests.approvers import Approvals
from tests.faults import Killed, watching
from tests.gateway import LambdaContext
from tests.office import labels, words
from tests.reception import Reception
from tests.stock import OTHERS, ROLES, imei

UMA, VIC, RAE = (ROLES[f"reseller {role}"] for role in ("uploader", "viewer", "admin"))
NIA, NAT, NED = (ROLES[f"customer {role}"] for role in ("approver", "viewer", "admin"))
TAM = ROLES["in two accounts"]
LOOK_UP, ACCEPT, IMPORT = "uploads.dropped.look_up", "uploads.dropped.accept", "uploads.dropped.import"
UNKNOWN = imei("35693803564370")


@pytest.fixture
def reception(office, stock):
    return Reception(office)


def drop(reception, person, name, content):
    message = reception.drop(person, reception.file(person, name, content))
    shown = {key: message[key] for key in ("text", "blocks")}
    assert problems(shown, "message") == []
    return message


def dual(stock):
    """Devices with two IMEIs."""
    return [row for row in stock.rows("clean") if row["imei2"]]


def answer(office, name="list-status.csv"):
    return list(csv.DictReader(io.StringIO(office.file(name).decode("utf-8-sig"), newline="")))


def dms(office, person):
    return [one for one in office.messages(person) if not one.get("only_for")]


@pytest.mark.feature("B14")
@pytest.mark.parametrize("person", [UMA, VIC, RAE, NIA, NAT, NED], ids=lambda person: person.user)
def test_everybody_who_may_see_devices_gets_a_line_for_each_row(office, stock, reception, person):
    known, (serial, *_) = dual(stock), stock.rows("serials")
    wrong = str(int(known[0]["imei"]) + 1)
    rows = [known[0]["imei"], serial["serial"], OTHERS[0]["imei"], UNKNOWN, wrong, known[1]["imei2"]]
    message = drop(reception, person, "list.csv", "\n".join(rows).encode())
    reception.press(person, message, LOOK_UP)
    assert "Looking up `list.csv`" in office.messages(person)[-1]["text"]
    office.drain()

    lines = answer(office)
    assert [(line["line"], line["given"]) for line in lines] == [(str(n), row) for n, row in enumerate(rows, 1)]
    assert [line["status"] for line in lines] == ["PENDING", "PENDING", "UNKNOWN", "UNKNOWN", "UNKNOWN", "PENDING"]
    assert (lines[0]["imei2"], lines[5]["imei"]) == (known[0]["imei2"], known[1]["imei"])
    assert [bool(line["error"]) for line in lines] == [False, False, False, False, True, False]
    # What another company has is answered as what nobody has.
    assert {key: value for key, value in lines[2].items() if value} == {
        "line": "3",
        "given": rows[2],
        "imei": rows[2],
        "status": "UNKNOWN",
    }
    told = dms(office, person)[-1]["text"]
    assert "6 rows of `list.csv` looked up: 3 PENDING, 2 not known, 1 that cannot be read" in told


@pytest.mark.feature("B14", "B3")
def test_the_answer_can_be_sent_again_and_is_the_same(office, stock, reception):
    known = dual(stock)[:4]
    content = "IMEI2;IMEI;Größe\n" + "".join(f"{row['imei2']};{row['imei']};groß\n" for row in known)
    message = drop(reception, NIA, "list.csv", f"{content};{UNKNOWN};klein\n".encode("cp1252"))
    reception.press(NIA, message, LOOK_UP)
    office.drain()
    first = answer(office)
    assert [line["status"] for line in first] == ["PENDING"] * 4 + ["UNKNOWN"]

    message = drop(reception, NIA, "again.csv", office.file("list-status.csv"))
    reception.press(NIA, message, LOOK_UP)
    office.drain()
    second = answer(office, "again-status.csv")
    assert [{**line, "line": "", "given": ""} for line in second] == [
        {**line, "line": "", "given": ""} for line in first
    ]


@pytest.mark.feature("B14")
def test_a_row_whose_identifiers_disagree_has_a_line_for_each(office, stock, reception):
    one, other, *_ = dual(stock)
    rows = [(one["imei"], other["imei2"]), (one["imei"], UNKNOWN), (one["imei"], one["imei2"])]
    content = "imei,imei2\n" + "".join(f"{left},{right}\n" for left, right in rows)
    message = drop(reception, NIA, "list.csv", content.encode())
    reception.press(NIA, message, LOOK_UP)
    office.drain()
    shown = [(line["line"], line["imei"], line["imei2"], line["status"]) for line in answer(office)]
    assert shown == [
        ("2", one["imei"], one["imei2"], "PENDING"),
        ("2", other["imei"], other["imei2"], "PENDING"),
        ("3", one["imei"], one["imei2"], "PENDING"),
        ("3", "", UNKNOWN, "UNKNOWN"),
        ("4", one["imei"], one["imei2"], "PENDING"),
    ]


def test_a_reseller_can_still_import_what_was_looked_up(office, stock, reception):
    content = f"imei\n{UNKNOWN}\n".encode()
    message = drop(reception, UMA, "list.csv", content)
    assert labels(message)[:3] == ["Import", "Check only", "Look these up"]
    now = reception.press(UMA, message, LOOK_UP)
    assert now["blocks"] == message["blocks"]
    picked = {"uploads.customer": {"text": {"type": "plain_text", "text": "x"}, "value": "CUST-NORTHWIND"}}
    reception.press(UMA, now, IMPORT, picked)
    (report,) = reception.settle()
    assert report.summary["stored"] == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"colour,size\nred,4\n", "no column"), (b"imei\n", "no rows"), (b"\x89PNG\r\n\x1a\n\x00\x00", "")],
    ids=["no ids", "empty", "a picture"],
)
def test_a_list_that_cannot_be_read_is_told(office, stock, reception, content, why):
    message = drop(reception, NIA, "list.csv", content)
    reception.press(NIA, message, LOOK_UP)
    office.drain()
    told = dms(office, NIA)[-1]
    assert "The list `list.csv` was not looked up:" in told["text"]
    assert why in told["text"].lower()
    assert problems({"text": told["text"], "blocks": told["blocks"]}, "message") == []


# -- long lists --------------------------------------------------------------------------------------------------------


class Pace:
    """Says that the time is up after so many pages."""

    def __init__(self):
        self.pages, self.asked = 10**9, 0

    def __call__(self):
        self.asked += 1
        return 59_000 if self.asked % self.pages == 0 else 200_000


@pytest.fixture
def pace(monkeypatch):
    found = Pace()
    monkeypatch.setattr(LambdaContext, "get_remaining_time_in_millis", staticmethod(found))
    monkeypatch.setattr(look_ups, "PAGE", 4)
    monkeypatch.setattr(look_ups, "LONG", 10)
    return found


def long_list(stock):
    rows = [row["imei"] for row in stock.rows("clean")][:20]
    return rows, ("imei\n" + "".join(f"{row}\n{UNKNOWN}\n" for row in rows)).encode()


@pytest.mark.feature("B14", "B19")
@pytest.mark.parametrize("pages", [10**9, 3, 1])
def test_a_long_list_says_how_far_it_is_and_may_take_several_runs(office, stock, reception, pace, pages):
    rows, content = long_list(stock)
    message = drop(reception, NIA, "list.csv", content)
    reception.press(NIA, message, LOOK_UP)
    pace.pages = pages
    with patch.object(WebApi, "call", autospec=True, side_effect=WebApi.call) as calls:
        office.drain()

    assert [line["given"] for line in answer(office)] == [one for row in rows for one in (row, UNKNOWN)]
    told = [one["text"] for one in dms(office, NIA) if "looked up" in one["text"] or "Looking up" in one["text"]]
    summary = "40 rows of `list.csv` looked up: 20 PENDING, 20 not known"
    assert told[0] == summary
    assert told[1].startswith(summary)
    assert len(told) == 2
    edits = [call for call in calls.call_args_list if call.args[1] == "chat.update"]
    assert len(edits) >= 10, "at every page but the last, and at the end"


@pytest.mark.feature("B14", "B4")
@pytest.mark.parametrize("fatal", ["PutItem", "SendMessageBatch", "PutObject"])
def test_a_run_that_dies_makes_no_row_come_twice(office, stock, reception, pace, fatal):
    rows, content = long_list(stock)
    message = drop(reception, NIA, "list.csv", content)
    reception.press(NIA, message, LOOK_UP)
    pace.pages = 3
    event = office.receive("jobs")

    def die(operation, _params):
        if operation == fatal:
            raise Killed

    with pytest.raises(Killed), watching(after=die):
        office.deliver("jobs", event)
    pace.pages = 4
    assert office.deliver("jobs", event)
    handle = event["Records"][0]["receiptHandle"]
    office.cloud.client("sqs").delete_message(QueueUrl=office.cloud.queues["jobs"], ReceiptHandle=handle)
    office.drain()
    assert [line["given"] for line in answer(office)] == [one for row in rows for one in (row, UNKNOWN)]
    assert "40 rows" in dms(office, NIA)[-1]["text"]


# -- for whom ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B14")
def test_files_wait_for_the_answer_for_which_company_they_are(office, stock, reception):
    content = f"imei\n{OTHERS[0]['imei']}\n{stock.rows('clean')[0]['imei']}\n".encode()
    message = drop(reception, TAM, "list.csv", content)
    assert "For which of your companies is `list.csv`?" in words(message["blocks"])
    now = reception.press(TAM, message, "uploads.dropped.account.1")
    assert labels(now)[0] == "Look these up"
    reception.press(TAM, now, LOOK_UP)
    office.drain()
    assert [line["status"] for line in answer(office)] == ["PENDING", "UNKNOWN"]

    again = drop(reception, TAM, "more.csv", content)
    assert labels(again)[0] == "Look these up"


def test_files_of_which_none_can_be_taken_need_no_company(office, stock, reception):
    message = drop(reception, TAM, "list.xlsx", b"PK\x03\x04")
    assert "workbook" in words(message["blocks"])
    assert labels(message) == []


@pytest.mark.parametrize("button", [LOOK_UP, ACCEPT, "uploads.dropped.account.0"])
@pytest.mark.parametrize(
    "role", ["reseller admin", "customer viewer", "customer approver", "in two accounts", "stranger"]
)
def test_anothers_files_are_as_gone(office, stock, reception, button, role):
    drop(reception, UMA, "list.csv", b"imei\n490154203237518\n")
    (item,) = [item for item in office.cloud.scan("UploadsTable") if item["sk"]["S"] == "drop"]
    person = ROLES[role]
    payload = {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "trigger_id": "1.2.3",
        "actions": [
            {
                "type": "button",
                "action_id": button,
                "block_id": "b",
                "value": json.dumps({"id": item["pk"]["S"].partition("#")[2], "a": "RSL-ACME"}),
            }
        ],
        "container": {"type": "message"},
        "response_url": f"{reception.slack.url}/actions/T0ACME/nobody",
    }
    office.post_interaction(payload)
    assert office.waiting("jobs") == []
    (now,) = [item for item in office.cloud.scan("UploadsTable") if item["sk"]["S"] == "drop"]
    assert now == item


@pytest.mark.feature("B14")
def test_who_left_the_company_meanwhile_sees_nothing_of_it(office, stock, reception):
    message = drop(reception, NIA, "list.csv", f"imei\n{stock.rows('clean')[0]['imei']}\n".encode())
    reception.press(NIA, message, LOOK_UP)
    reception.cloud.accounts.remove_member("CUST-NORTHWIND", NIA)
    office.drain()
    assert [file.name for file in office.slack.world.files.values()] == ["list.csv"]
    assert "Rollcall does not know you yet" in dms(office, NIA)[-1]["text"]


# -- accepting ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P26")
@pytest.mark.parametrize("person", [NIA, NED], ids=lambda person: person.user)
def test_an_approver_accepts_by_a_list_put_into_the_messages(office, stock, reception, person):
    clean = Approvals(office, stock.clean.upload_id)
    clean.tell()
    imeis = [row["imei"] for row in stock.rows("clean")][:7]
    message = drop(reception, person, "list.csv", ("imei\n" + "\n".join([*imeis, UNKNOWN])).encode())
    assert labels(message) == ["Look these up", "Accept by this list"]
    now = reception.press(person, message, ACCEPT)
    assert labels(now) == []
    assert "`list.csv`*: on the way in" in words(now["blocks"])
    office.drain()
    take_lists(office)
    assert clean.states() == {"PENDING": 18, "VERIFIED": 7}
    assert any("7 devices accepted" in one["text"] for one in dms(office, person))


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
@pytest.mark.parametrize("person", [NAT, VIC], ids=lambda person: person.user)
def test_who_may_not_decide_is_not_asked_to(office, stock, reception, person):
    message = drop(reception, person, "list.csv", b"imei\n490154203237518\n")
    assert labels(message) == ["Look these up"]
