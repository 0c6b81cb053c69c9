"""CSV files put into the bot's messages: a question, and then what was answered to it."""

from __future__ import annotations

import json

import pytest

from rollcall.accounts import Person
from tests.chain import sample_file
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.office import elements, labels, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA = ROLES["reseller uploader"]
IMPORT, CHECK = "uploads.dropped.import", "uploads.dropped.check"
FILES = sorted(path.name for path in (ROOT / "tests/files").iterdir() if path.suffix in (".csv", ".txt"))


def picked(customer):
    return {"uploads.customer": {"text": {"type": "plain_text", "text": "x"}, "value": customer}}


@pytest.fixture
def office(reception):
    return reception.office


@pytest.mark.feature("P8", "P10", "B5")
@pytest.mark.parametrize(
    ("name", "button"), [*((name, CHECK) for name in FILES), ("messy.csv", IMPORT), ("many_customers.csv", IMPORT)]
)
def test_every_sample_file_dropped_is_its_upload(reception, name, button):
    message = reception.drop(UMA, reception.file(UMA, name, sample_file(name)))
    assert labels(message)[:2] == ["Import", "Check only"]
    customer = "_many" if name == "many_customers.csv" else "CUST-CONTOSO"
    now = reception.press(UMA, message, button, picked(customer))
    (told,) = upload_ids(words(now["blocks"]))
    (report,) = reception.settle()

    upload = reception.upload(told)
    assert report.upload_id == told
    assert report.summary["check_only"] is (button == CHECK)
    assert (upload.person, upload.source, upload.file_name) == ("T0ACME#U0UMA", "slack", name)
    assert labels(now) == []


def test_the_last_customer_is_suggested(reception):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    (menu,) = [element for _, element in elements(message) if element["type"] == "external_select"]
    assert "initial_option" not in menu
    reception.press(UMA, message, IMPORT, picked("CUST-CONTOSO"))

    again = reception.drop(UMA, reception.file(UMA, "b.csv"))
    (menu,) = [element for _, element in elements(again) if element["type"] == "external_select"]
    assert menu["initial_option"]["value"] == "CUST-CONTOSO"
    reception.press(UMA, again, IMPORT)
    reception.settle()
    assert [upload.customer for upload in reception.uploads()] == ["CUST-CONTOSO", "CUST-CONTOSO"]


def test_without_a_customer_the_question_stays(reception):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    now = reception.press(UMA, message, IMPORT)

    assert now["blocks"] == message["blocks"]
    assert "Pick the customer" in reception.office.messages(UMA)[-1]["text"]
    assert reception.uploads() == []


def test_the_menu_searches_customers(reception):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    block, menu = next(found for found in elements(message) if found[1]["type"] == "external_select")
    where = {"channel": message["channel"], "ts": message["ts"], "block_id": block["block_id"]}
    asked = reception.slack.modals.suggest(UMA.team, UMA.user, {**where, "action_id": menu["action_id"]}, "north")

    assert [option["value"] for option in asked["options"]] == ["CUST-NORTHWIND"]


def test_picking_a_customer_alone_does_nothing(reception, office):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    option = {"text": {"type": "plain_text", "text": "x"}, "value": "CUST-CONTOSO"}

    assert office.click(UMA, message, "uploads.dropped", picked=option) == ""
    block, menu = next(found for found in elements(message) if found[1]["type"] == "external_select")
    where = {"channel": message["channel"], "ts": message["ts"], "block_id": block["block_id"]}
    told = reception.slack.desk.click(UMA.team, UMA.user, {**where, "action_id": menu["action_id"]}, option, {})
    assert told == ""
    assert reception.uploads() == []


@pytest.mark.feature("B4")
def test_two_presses_are_one_upload(reception):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    first = reception.press(UMA, message, IMPORT, picked("CUST-NORTHWIND"))
    value = next(element["value"] for _, element in elements(message) if element["action_id"] == CHECK)
    payload = {
        "type": "block_actions",
        "user": {"id": UMA.user, "team_id": UMA.team},
        "team": {"id": UMA.team},
        "actions": [{"type": "button", "action_id": CHECK, "block_id": "b", "value": value}],
        "state": {"values": {"b": {"uploads.customer": {"selected_option": {"value": "CUST-CONTOSO"}}}}},
        "container": {"type": "message"},
        "response_url": f"{reception.slack.url}/actions/T0ACME/nobody",
    }
    reception.office.post_interaction(payload)
    reports = reception.settle()

    assert [report.upload_id for report in reports] == upload_ids(words(first["blocks"]))
    assert reports[0].summary["check_only"] is False


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("phones.xlsx", "workbook"),
        ("photo.png", "not a CSV"),
        ("notes.pdf", "not a CSV"),
        ("README", "not a CSV"),
        ("<!channel>`*_~.exe", "not a CSV"),
    ],
)
def test_other_files_get_a_clear_answer(reception, name, why):
    message = reception.drop(UMA, reception.file(UMA, name, b"\x00\x01"))

    assert why in words(message["blocks"])
    assert "<!channel>" not in words(message["blocks"])
    assert labels(message) == []


def test_good_and_bad_files_together(reception):
    message = reception.drop(
        UMA, reception.file(UMA, "a.csv"), reception.file(UMA, "b.xlsx"), reception.file(UMA, "c.txt"), text="here"
    )
    assert "b.xlsx" in words(message["blocks"])
    now = reception.press(UMA, message, IMPORT, picked("CUST-NORTHWIND"))

    assert len(upload_ids(words(now["blocks"]))) == 2
    reception.settle()
    assert {upload.file_name for upload in reception.uploads()} == {"a.csv", "c.txt"}


def test_an_eleventh_file_is_one_too_many(reception):
    message = reception.drop(UMA, *(reception.file(UMA, f"part{number}.csv") for number in range(11)))

    assert "one too many" in words(message["blocks"])
    now = reception.press(UMA, message, CHECK, picked("CUST-NORTHWIND"))
    assert len(upload_ids(words(now["blocks"]))) == 10


@pytest.mark.feature("B3")
def test_the_rows_to_mend_come_back_as_they_are(reception):
    """The file that Rollcall wrote is dropped in again, mended: its own columns are no trouble."""
    message = reception.drop(UMA, reception.file(UMA, "a.csv", csv_of(imei(1), "35693803564380X")))
    reception.press(UMA, message, IMPORT, picked("CUST-NORTHWIND"))
    (first,) = reception.settle()
    mended = first.raw("resend.csv").replace(b"35693803564380X", imei(2).encode())

    message = reception.drop(UMA, reception.file(UMA, "resend.csv", mended))
    reception.press(UMA, message, IMPORT)
    (second,) = reception.settle()
    assert (first.summary["stored"], first.summary["refused"]) == (1, 1)
    assert (second.summary["stored"], second.summary["refused"]) == (1, 0)


#: Whoever has no right to upload; a user id of another workspace has no direct message here to drop a file into.
WITHOUT_THE_RIGHT = [
    role for role in ROLES if role not in ("reseller uploader", "reseller admin", "same user id elsewhere")
]


@pytest.mark.parametrize("role", WITHOUT_THE_RIGHT)
def test_who_may_not_upload_hears_why(reception, role):
    person = ROLES[role]
    message = reception.drop(person, reception.file(person, "a.csv"))

    assert IMPORT not in json.dumps(message)
    assert message["user"].startswith("U0BOT")
    assert reception.uploads() == []
    assert ("may not upload" in words(message["blocks"])) is (role == "reseller viewer")
    if role in ("reseller viewer", "customer viewer", "customer approver", "customer admin"):
        assert labels(message)[0] == "Look these up"


@pytest.mark.parametrize("role", ["reseller admin", "reseller viewer", "customer approver", "stranger"])
def test_anothers_files_cannot_be_taken(reception, role):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    value = next(element["value"] for _, element in elements(message) if element["action_id"] == IMPORT)
    person = ROLES[role]
    payload = {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "actions": [{"type": "button", "action_id": IMPORT, "block_id": "b", "value": value}],
        "state": {"values": {"b": {"uploads.customer": {"selected_option": {"value": "CUST-NORTHWIND"}}}}},
        "container": {"type": "message"},
        "response_url": f"{reception.slack.url}/actions/T0ACME/nobody",
    }
    reception.office.post_interaction(payload)

    assert reception.uploads() == []


def test_buttons_that_nobody_remembers(reception, office):
    message = reception.drop(UMA, reception.file(UMA, "a.csv"))
    (drop,) = [item["pk"] for item in office.cloud.scan("UploadsTable") if item["sk"]["S"] == "drop"]
    office.cloud.client("dynamodb").delete_item(TableName="UploadsTable", Key={"pk": drop, "sk": {"S": "drop"}})
    now = reception.press(UMA, message, IMPORT, picked("CUST-NORTHWIND"))

    assert "too old" in words(now["blocks"])
    assert labels(now) == ["Upload devices"]


@pytest.mark.feature("P9")
def test_several_sold_to_codes_are_a_menu(reception):
    ben = Person("T0BOLT", "U0BEN")
    message = reception.drop(ben, reception.file(ben, "a.csv"))
    now = reception.press(ben, message, IMPORT, {**picked("CUST-FABRIKAM"), "uploads.stc": "north"})
    (told,) = upload_ids(words(now["blocks"]))

    assert reception.upload(told).stc == "2003004"
    again = reception.drop(ben, reception.file(ben, "b.csv"))
    (menu,) = [element for _, element in elements(again) if element["type"] == "static_select"]
    assert menu["initial_option"]["value"] == "north"


def test_an_event_that_slack_repeats_asks_once(reception, office):
    reception.drop(UMA, reception.file(UMA, "a.csv"))
    before = len(office.messages(UMA))
    (event,) = [entry for entry in office.log("event") if entry["what"] == "message"]
    assert event["outcome"] == "ok"
    files = [{"id": "F1", "name": "a.csv", "size": 5}]
    payload = {
        "type": "event_callback",
        "team_id": "T0ACME",
        "event_id": "Ev1",
        "event": {
            "type": "message",
            "subtype": "file_share",
            "user": "U0UMA",
            "team": "T0ACME",
            "channel": office.dm(UMA),
            "channel_type": "im",
            "files": files,
        },
    }
    for _ in range(3):
        assert office.post_event(payload)[0] == 200
    office.drain()

    assert len(office.messages(UMA)) == before + 1


@pytest.mark.feature("B12", "B20")
def test_the_result_says_how_the_file_was_read_and_what_was_repaired(reception, office):
    rows = "".join(f"{imei(number)[:14]};grün\n" for number in range(40))
    content = f"IMEI-Nummer;Größe\n{rows}".encode("cp1252")
    message = reception.drop(UMA, reception.file(UMA, "lager.csv", content))
    now = reception.press(UMA, message, IMPORT, picked("CUST-NORTHWIND"))
    (told,) = upload_ids(words(now["blocks"]))
    (report,) = reception.settle()
    assert report.summary["stored"] == 40

    card = words(office.command(UMA, f"/uploads {told}")["blocks"])
    assert "Read as Windows-1252, separated by `;`, columns imei (`IMEI-Nummer`); not read: `Größe`" in card
    assert "Repaired: 40 rows IMEI check digit added · `notes.csv` has each of them" in card


@pytest.mark.feature("P12", "B5")
def test_a_check_of_a_file_for_many_is_listed_by_each_customer_that_it_concerns_and_by_no_other(reception, office):
    content = f"imei,customer_id\n{imei(1)},CUST-NORTHWIND\n{imei(2)},CUST-NOBODY\n".encode()
    message = reception.drop(UMA, reception.file(UMA, "viele.csv", content))
    now = reception.press(UMA, message, CHECK, picked("_many"))
    (told,) = upload_ids(words(now["blocks"]))
    reception.settle()
    assert reception.upload(told).figures.rows.stored == 1

    assert told in words(office.command(UMA, "/uploads list customer:CUST-NORTHWIND")["blocks"])
    assert told not in words(office.command(UMA, "/uploads list customer:CUST-CONTOSO")["blocks"])
    nia = ROLES["customer approver"]
    assert told not in words(office.command(nia, "/uploads list")["blocks"])
    assert f"No upload `{told}` is known" in words(office.command(nia, f"/uploads {told}")["blocks"])
