"""Sample files by every way that people have, in a browser; what the page then shows is what summary.json says.

Each way belongs to one person, who has three messages of their own on a day; the day's other uploads stand on a board.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.browser.screens import drop, opened, pick_customer, say, sides
from tests.corpora import UPLOADS
from tests.exhaustive import EXHAUSTIVE
from tests.files_of import csv_of, imei
from tests.samples import FILES, MANY, causes, said, sign

pytestmark = [pytest.mark.browser, pytest.mark.feature("P8", "P10", "B2")]
PORT = 4900
#: How the answer to files names them, each with the upload it became.
_SENT = re.compile(r"(\S+) for [^:]+: upload (U(?:-[0-9A-Z]{4}){4})")
_OVER = re.compile("Completed|Failed")
#: Files that a form or a message takes.
_AT_ONCE = 10


#: What stands for all samples; `tests/conformance/test_ways_in.py` sends every one of them each way, without a browser.
_READ_OTHERWISE = ["excel_utf16.txt", "ids_only_headerless.csv", "korean_cp949.csv"]
_SOME = ["messy.csv", MANY]


def samples(way):
    """What is sent each way."""
    if EXHAUSTIVE:
        return FILES
    return _READ_OTHERWISE + _SOME if way is by_form else _SOME


@pytest.fixture(autouse=True)
def no_devices(laptop):
    """Takes all devices out, since each way sends the same ones."""
    table = laptop.stack.outputs["DevicesTableName"]
    dynamodb = laptop.stack.client("dynamodb")
    for page in dynamodb.get_paginator("scan").paginate(TableName=table, ProjectionExpression="id"):
        for item in page["Items"]:
            dynamodb.delete_item(TableName=table, Key=item)


def batches(files):
    """The files that go together: at most ten, and the one for many customers by itself."""
    usual = [path for path in files if path.name != MANY]
    yield from ((usual[at : at + _AT_ONCE], False) for at in range(0, len(usual), _AT_ONCE))
    yield from (([path], True) for path in files if path.name == MANY)


def by_form(side, files, customer):
    sent = {}
    for paths, many in batches(files):
        side.get_by_label("Shortcuts").select_option(label="Upload devices")
        form = side.get_by_role("dialog", name="Upload devices")
        pick_customer(form, "Many customers" if many else customer)
        form.locator("input[type=file]").set_input_files(paths)
        form.get_by_role("button", name=f"Remove {paths[-1].name}").wait_for()
        form.get_by_role("button", name="Send").click()
        done = side.get_by_role("dialog", name="Sent")
        sent |= told_ids(done)
        done.get_by_role("button", name="Close").last.click()
        wait_for(side, sent)
    return sent


def by_message(side, files, customer, button="Import"):
    sent = {}
    for paths, many in batches(files):
        drop(side, *paths)
        side.get_by_role("button", name="Send", exact=True).click()
        question = side.locator("article").filter(has=side.page.get_by_role("button", name="Import", exact=True))
        question.wait_for()
        question = side.locator(f"article[data-ts='{question.get_attribute('data-ts')}']")
        pick_customer(question, "Many customers" if many else customer)
        question.get_by_role("button", name=button, exact=True).click()
        sent |= told_ids(question)
        wait_for(side, sent)
    return sent


def by_check(side, files, customer):
    return by_message(side, files, customer, "Check only")


def by_link(side, files, customer):
    sent = {}
    for path in files:
        links = side.get_by_role("link", name="Open the upload page")
        before = links.count()
        say(side, f"/uploads link customer:{'many' if path.name == MANY else f'CUST-{customer.upper()}'}")
        page = opened(side.page, links.nth(before))
        page.get_by_label("CSV file").set_input_files(path)
        page.get_by_role("button", name="Send").click()
        page.get_by_role("status").filter(has_text="Sent.").wait_for()
        sent[page.locator("#upload").inner_text()] = path.name
        page.close()
    return sent


def wait_for(side, sent):
    """Lets uploads come to their end before the next ones go: a small machine has enough to do with ten."""
    for upload in sent:
        told_of(side, upload)


def told_ids(node):
    """The uploads that an answer to files names: id → file."""
    node.get_by_text("The result of each comes by itself").wait_for()
    return {upload: name for name, upload in _SENT.findall(node.inner_text())}


@pytest.mark.parametrize(
    ("way", "person", "customer"),
    [
        (by_form, "T0ACME/U0UMA", "Northwind"),
        (by_message, "T0BOLT/U0BEA", "Contoso"),
        pytest.param(by_check, "T0ACME/U0RAE", "Northwind", marks=pytest.mark.feature("B5")),
        (by_link, "T0BOLT/U0BEN", "Contoso"),
    ],
)
def test_what_the_page_shows_of_a_file_is_what_its_summary_says(look, laptop, way, person, customer):
    side, _ = sides(look(person, "T0NW/U0NIA"))
    sent = way(side, [UPLOADS / name for name in samples(way)], customer)
    assert sorted(sent.values()) == sorted(samples(way))

    reseller = {"T0ACME": "RSL-ACME", "T0BOLT": "RSL-BOLTWAVE"}[person[:6]]
    for upload, name in sent.items():
        told = told_of(side, upload)
        summary = json.loads(report(laptop, f"{reseller}/{upload}/summary.json"))
        assert summary["check_only"] is (way is by_check)
        assert_expected(name, summary)
        shown = " ".join(told.inner_text().split())
        assert all(words in shown for words in (name, sign(summary), said(summary)))
        if is_message(told):
            assert told_causes(told) == causes(summary)
        assert_opens(side, told, upload, summary)


def told_of(side, upload):
    """What tells by itself how an upload ended: its own message, or its line on the board."""
    message = side.locator("article").filter(has=side.page.locator(".b-context", has_text=upload))
    told = message.or_(side.locator(".b-section", has_text=upload)).filter(has_text=_OVER).first
    told.wait_for(timeout=120_000)
    return told


def is_message(told):
    return told.evaluate("(one) => one.matches('article')")


def told_causes(node):
    return [int(rows) for rows in re.findall(r"• (\d+) rows?: ", node.inner_text())]


def assert_opens(side, told, upload, summary):
    """The card, the errors and the file of refused rows say the same."""
    told.get_by_role("button", name="Open").first.click()
    card = headed(side, f"Upload {upload}")
    assert said(summary) in card.inner_text()
    assert told_causes(card) == causes(summary)
    resent = side.locator("article", has_text=upload).locator(".file").get_by_role("link")
    if not summary["refused"]:
        assert resent.count() == 0
        return
    card.get_by_role("button", name="Errors of upload").click()
    groups = headed(side, f"Errors of {upload}").inner_text()
    found = re.findall(r"(\d+) rows?: [^\n]+?\s([A-Z]+_[A-Z_]+)\n", groups)
    assert {code: int(rows) for rows, code in found} == summary["by_code"]
    if not is_message(told):  # its own message would have the file below it, a board has not
        card.get_by_role("button", name="resend.csv").click()
    with side.page.expect_download() as coming:
        resent.first.click()
    rows = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(rows.splitlines()))) == summary["refused"]


def headed(side, title):
    """The answer under a headline."""
    answer = side.locator("article").filter(has=side.page.locator(".b-header", has_text=title)).last
    answer.wait_for()
    return answer


def assert_expected(name, summary):
    """The file went in as if it were the first one."""
    expected = UPLOADS / f"{name.removesuffix('.csv')}.expected.json"
    if expected.is_file():
        wanted = json.loads(expected.read_text(encoding="utf-8"))["summary"]
        assert wanted == {figure: summary[figure] for figure in wanted}


def report(laptop, name):
    bucket = laptop.stack.outputs["UploadsBucketName"]
    return laptop.stack.client("s3").get_object(Bucket=bucket, Key=f"reports/{name}")["Body"].read()


@pytest.mark.feature("B5")
def test_what_was_checked_is_imported_by_a_button(look, tmp_path):
    """The very file that was checked, also from the card; the import says whether something changed since."""
    side, _ = sides(look("T0ACME/U0RAE", "T0NW/U0NIA"))
    sheet = tmp_path / "checked.csv"
    sheet.write_bytes(csv_of(imei(11), imei(12), "12"))
    (check,) = by_check(side, [sheet], "Northwind")
    told_of(side, check).get_by_role("button", name="Open").first.click()
    headed(side, f"Upload {check}").get_by_role("button", name=f"Import the file of check {check}").click()
    answer = side.get_by_text("are being imported as upload").last
    answer.wait_for()
    (upload,) = re.findall(r"upload (U(?:-[0-9A-Z]{4}){4})", answer.inner_text())
    told_of(side, upload).get_by_role("button", name="Open").first.click()

    card = headed(side, f"Upload {upload}").inner_text()
    assert "Completed with errors: 2 of 3 rows stored, 1 refused" in card
    assert f"As the check {check} said: nothing changed since" in card
