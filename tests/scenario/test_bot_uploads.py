"""Uploads in Slack: the list with its figures, one upload, and why rows were refused."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import unquote, urlsplit

import pytest

from rollcall.accounts import Person
from tests.office import buttons, labels, words
from tests.stock import ROLES

RAE, UMA, NIA = ROLES["reseller admin"], ROLES["reseller uploader"], ROLES["customer approver"]
CARA = Person("T0CONTOSO", "U0CARA")


def ask(office, person, typed):
    return words(office.command(person, typed)["blocks"])


@pytest.mark.feature("P12")
@pytest.mark.parametrize("typed", ["/uploads", "/uploads list", "/rollcall uploads", "/rollcall upload LIST"])
def test_a_reseller_sees_its_uploads_newest_first_with_all_their_figures(office, stock, typed):
    told = ask(office, RAE, typed)

    assert told.startswith("Uploads: 1-5")
    names = ["picture.csv", "clean_25.csv", "many_customers.csv", "meids.csv", "serials.csv"]
    assert [name for name in told.replace("`", " ").split() if name.endswith(".csv")] == names
    assert "Completed with errors: 40 of 60 rows stored, 20 refused · 0 verified" in told
    assert "Failed: nothing stored, the file could not be taken" in told
    line = next(line for line in told.splitlines() if stock.clean.upload_id in line)
    assert line.startswith(f"`COMPLETED` · `{stock.clean.upload_id}` · by `rae@acme.example` · account `RSL-ACME` · ")
    assert "2026-03-05 09:30 UTC" in line
    assert "by S3" in told, "a file that nobody put their name to"
    assert "fab.csv" not in told


@pytest.mark.feature("P12")
def test_the_list_of_uploads_is_paged_and_goes_to_the_dm(office, stock):
    first = office.command(RAE, "/uploads")
    assert office.click(RAE, first, "page.next") == ""
    second = office.messages(RAE)[-1]
    assert "messy.csv" in words(second["blocks"])
    assert labels(second)[-2:] == ["Previous", "Send to my DM"]
    assert office.click(RAE, second, "page.dm") == ""
    assert office.drain() == [True]
    assert words(office.messages(RAE)[-1]["blocks"]) == words(second["blocks"])
    assert office.click(RAE, second, "page.prev") == ""
    assert words(office.messages(RAE)[0]["blocks"]) == words(first["blocks"])


@pytest.mark.feature("P12")
def test_a_list_of_uploads_can_be_for_one_customer(office, stock):
    for typed in ("customer:CUST-CONTOSO", "customer:MSP-CONTOSO", "customer:cust-contoso"):
        told = ask(office, RAE, f"/uploads list {typed}")
        assert "meids.csv" in told
        assert "clean_25.csv" not in told
        assert "picture.csv" not in told


@pytest.mark.feature("P12")
def test_a_customer_sees_its_own_part_of_what_came_and_from_whom(office, stock):
    told = ask(office, NIA, "/uploads")
    assert told.count("from Acme Mobile") == 4
    assert "all 20 rows stored" in told, "of the file for many customers only its own"
    assert "picture.csv" not in told, "nothing of it came"
    assert "rae@acme.example" not in told
    assert "by Acme Mobile" in told
    told = ask(office, CARA, "/uploads")
    assert "meids.csv" in told
    assert "clean_25.csv" not in told
    assert "uma@acme.example" not in told


@pytest.mark.feature("P12")
@pytest.mark.parametrize("form", ["{}", "open {}"])
@pytest.mark.parametrize("typed", [lambda i: i, str.lower, lambda i: i.replace("-", ""), lambda i: i[:9]])
def test_an_upload_is_found_by_its_id_or_the_beginning_of_it(office, stock, typed, form):
    told = ask(office, RAE, f"/uploads {form.format(typed(stock.messy.upload_id))}")
    assert f"Upload {stock.messy.upload_id}" in told


@pytest.mark.feature("P12")
@pytest.mark.feature("B23")
def test_the_card_of_an_upload_says_what_came_of_it_and_leads_on(office, stock):
    card = office.command(RAE, f"/uploads {stock.messy.upload_id}")
    told = words(card["blocks"])
    assert "*`messy.csv`* for Northwind Logistics" in told
    assert "*Completed with errors: 71 of 87 rows stored, 16 refused*" in told
    assert "• 7 rows: IMEI check digit wrong" in told
    for fact in ("*Rows*\n87", "*Stored*\n71", "*Refused*\n16", "*Verified now*\n0", "*Account*\n`RSL-ACME`"):
        assert fact in told
    assert f"*Reference*\n`{stock.messy.summary['reference']}`" in told

    assert office.click(RAE, card, "uploads.errors") == ""
    assert words(office.messages(RAE)[-1]["blocks"]) == ask(office, RAE, f"/uploads errors {stock.messy.upload_id}")
    assert office.click(RAE, card, "uploads.devices") == ""
    assert f"upload:{stock.messy.upload_id}" in words(office.messages(RAE)[-1]["blocks"])


@pytest.mark.feature("P13")
@pytest.mark.feature("B2")
def test_errors_are_grouped_by_cause_the_most_frequent_first_with_lines_and_a_remedy(office, stock):
    answer = office.command(UMA, f"/uploads errors {stock.messy.upload_id}")
    told = words(answer["blocks"])
    by_code = stock.messy.summary["by_code"]

    causes = [line.split("`")[1] for line in told.splitlines() if line.startswith("*") and line.endswith("`")]
    assert causes == sorted(by_code, key=lambda code: (-by_code[code], code))
    for code, rows in by_code.items():
        assert f"*{rows} row" in next(line for line in told.splitlines() if line.endswith(f"`{code}`"))
    lines = sorted(line for line, codes in stock.messy.codes.items() if "IMEI_CHECK_DIGIT" in codes)
    assert f"Lines {lines[0]}, {lines[1]}, {lines[2]} and 4 more" in told
    assert "or its box and correct it." in told

    assert office.click(UMA, answer, "page.dm") == ""
    assert office.drain() == [True]
    assert words(office.messages(UMA)[-1]["blocks"]) == told
    assert office.click(UMA, answer, "uploads.open") == ""


@pytest.mark.feature("P13")
def test_a_customer_learns_why_its_own_rows_were_refused(office, stock):
    told = ask(office, NIA, f"/uploads errors {stock.messy.upload_id}")
    assert "7 rows: IMEI check digit wrong" in told
    lines = sorted(line for line, codes in stock.messy.codes.items() if "IMEI_CHECK_DIGIT" in codes)
    assert f"Lines {lines[0]}, {lines[1]}, {lines[2]} and 4 more" in told
    many = ask(office, NIA, f"/uploads errors {stock.many.upload_id}")
    assert "No row was refused" in many


def sent(office, name):
    """The rows of the newest file of that name."""
    *_, file = [one for one in office.slack.world.files.values() if one.name == name]
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


@pytest.mark.feature("P13")
def test_a_customer_gets_its_own_rows_as_files(office, stock):
    """Of a file for many customers only its own, and of no file what is for mending."""
    for report, own in ((stock.messy, 87), (stock.many, 20)):
        card = office.command(NIA, f"/uploads {report.upload_id}")
        assert "results.csv" in labels(card)
        assert not {"resend.csv", "notes.csv"} & set(labels(card))
        assert office.click(NIA, card, "uploads.results") == ""
        assert office.drain() == [True]
        rows = sent(office, "results.csv")
        assert len(rows) == own
        assert {row["customer_id"] for row in rows} == {"CUST-NORTHWIND"}
    assert (
        office.click(NIA, office.command(NIA, f"/uploads errors {stock.messy.upload_id}"), "uploads.errors_csv") == ""
    )
    assert office.drain() == [True]
    assert {int(row["line"]) for row in sent(office, "errors.csv")} == set(stock.messy.codes)


@pytest.mark.feature("P13")
def test_own_rows_that_are_too_many_for_a_message_are_where_a_link_leads(office, stock, monkeypatch):
    monkeypatch.setattr("rollcall.errands.sheets.LARGEST_MESSAGE", 100)
    card = office.command(NIA, f"/uploads {stock.many.upload_id}")
    assert office.click(NIA, card, "uploads.results") == ""
    assert office.drain() == [True]

    (link,) = [element["url"] for _, element in buttons(office.messages(NIA)[-1]) if "url" in element]
    key = unquote(urlsplit(link).path.partition("/exports/")[2])
    assert key.startswith("CUST-NORTHWIND/")
    content = office.cloud.get(f"exports/{key}").decode("utf-8-sig")
    assert "CUST-CONTOSO" not in content
    assert len(content.splitlines()) == 1 + 20


@pytest.mark.feature("P13")
@pytest.mark.parametrize("name", ["uploads.results", "uploads.errors_csv", "uploads.resend", "uploads.notes_csv"])
def test_rows_are_for_those_whose_they_are(office, stock, name):
    """A button gives no rights: neither to another customer's part, nor to what customers do not get."""
    forged = [
        (CARA, {"id": stock.messy.upload_id, "as": "CUST-CONTOSO"}),
        (CARA, {"id": stock.messy.upload_id, "as": "CUST-NORTHWIND"}),
        (NIA, {"id": stock.messy.upload_id}),
    ]
    if name in {"uploads.resend", "uploads.notes_csv"}:
        forged.append((NIA, {"id": stock.messy.upload_id, "as": "CUST-NORTHWIND"}))
    for number, (person, value) in enumerate(forged):
        click = {
            "type": "block_actions",
            "user": {"id": person.user, "team_id": person.team, "username": "x"},
            "team": {"id": person.team, "domain": "x"},
            "channel": {"id": office.dm(person), "name": "directmessage"},
            "container": {"type": "message", "message_ts": "1.2", "is_ephemeral": True},
            "api_app_id": "A0ROLLCALL",
            "trigger_id": f"1.2.{number}",
            "response_url": office.response_url(person),
            "actions": [{"type": "button", "action_id": name, "block_id": "b", "value": json.dumps(value)}],
        }
        assert office.post_interaction(click)[0] == 200
        assert office.drain() == [True]
        assert "is known" in words(office.messages(person)[-1]["blocks"]) or person is NIA
    assert not [file for file in office.slack.world.files.values() if file.name.endswith(".csv")]


@pytest.mark.feature("P13")
def test_a_file_that_could_not_be_read_says_what_to_do(office, stock):
    for typed in (f"/uploads {stock.gone.upload_id}", f"/uploads errors {stock.gone.upload_id}"):
        told = ask(office, RAE, typed)
        assert "The file cannot be read as a CSV text file." in told
        assert 'choose "Save as" and then "CSV UTF-8"' in told
        assert stock.gone.summary["reference"] in told


@pytest.mark.feature("P13")
def test_an_upload_without_errors_says_so(office, stock):
    assert "nothing to mend" in ask(office, RAE, f"/uploads errors {stock.clean.upload_id}")


def test_reports_that_are_gone_leave_the_counts(office, stock):
    """The bucket keeps reports for a while, the table keeps figures for longer."""
    s3, bucket = office.cloud.client("s3"), office.cloud.settings.bucket
    key = f"reports/RSL-ACME/{stock.messy.upload_id}/errors.csv"
    body = office.cloud.get(key)
    s3.delete_object(Bucket=bucket, Key=key)
    try:
        told = ask(office, RAE, f"/uploads errors {stock.messy.upload_id}")
        assert "*7 rows: IMEI check digit wrong*" in told
        assert "Lines" not in told
    finally:
        s3.put_object(Bucket=bucket, Key=key, Body=body)


@pytest.mark.parametrize("word", ["", "errors "])
def test_an_id_that_is_none_and_one_that_is_unknown(office, word):
    assert "No upload `U-7K3F-9QMC` is known" in ask(office, RAE, f"/uploads {word}U-7K3F-9QMC")
    assert "This works:" in ask(office, RAE, f"/uploads {word}U-!!")


def test_the_beginning_of_an_id_that_two_uploads_share_asks_for_more(office, stock):
    """Ids are hashes, so a second one is written by hand."""
    dynamodb, table = office.cloud.client("dynamodb"), "UploadsTable"
    head = next(
        item
        for item in office.cloud.scan(table)
        if item["pk"]["S"] == stock.clean.upload_id and item["sk"]["S"] == "head"
    )
    twin = stock.clean.upload_id[:-4] + "0000"
    dynamodb.put_item(TableName=table, Item={**head, "pk": {"S": twin}})

    told = ask(office, RAE, f"/uploads {twin[:-4]}")
    assert f"2 uploads begin with `{twin[:-5]}`. Add a few more characters of the id." in told
    told = ask(office, RAE, f"/devices list upload:{twin[:-4]}")
    assert "2 uploads begin with" in told
    assert f"Upload {stock.clean.upload_id}" in ask(office, RAE, f"/uploads {stock.clean.upload_id}")
