"""An upload link in a browser, against the real stack: once, for fifteen minutes, for one file of one size."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime

import pytest

from rollcall.store.uploads import UploadsStore
from rollcall.upload_tickets import digest
from rollcall.uploads import UploadStatus
from tests.browser.screens import opened, say, sides
from tests.files_of import csv_of, imei

pytestmark = [pytest.mark.browser, pytest.mark.feature("P8")]
PORT = 4920
QUARTER = 15 * 60  # seconds
CSV = {"name": "phones.csv", "mimeType": "text/csv", "buffer": csv_of(imei(1))}


@pytest.fixture
def link(look):
    """A link of Uma's: returns its page, and a function that opens it in one more tab."""
    side, _ = sides(look("T0ACME/U0UMA", "T0NW/U0NIA"))
    links = side.get_by_role("link", name="Open the upload page")
    before = links.count()
    say(side, "/uploads link customer:CUST-NORTHWIND")
    links.nth(before).wait_for()
    return opened(side.page, links.nth(before)), lambda: opened(side.page, links.nth(before))


@pytest.fixture
def uploads(laptop):
    return UploadsStore(laptop.stack.outputs["UploadsTableName"], region="us-east-1", host=laptop.stack.endpoint)


def send(page):
    page.get_by_label("CSV file").set_input_files(CSV)
    page.get_by_role("button", name="Send").click()


def says(page, text):
    page.get_by_role("status").filter(has_text=text).wait_for()


def upload_of(page):
    return page.locator("#upload").inner_text()


def files_of(laptop, upload):
    """What lies in the bucket for an upload."""
    bucket = laptop.stack.outputs["UploadsBucketName"]
    listed = laptop.stack.client("s3").list_objects_v2(Bucket=bucket, Prefix="uploads/").get("Contents", [])
    return [one["Key"] for one in listed if upload in one["Key"]]


def test_a_link_works_once_in_whatever_tab(link, laptop, complaints):
    complaints.append("410")
    page, once_more = link
    other = once_more()
    upload = upload_of(page)
    for text in ("Acme Mobile", "Northwind Logistics", upload):
        assert text in page.locator("dl").inner_text()
    send(page)
    says(page, "Sent.")

    send(other)
    says(other, "This link was used")
    for late in (page, other):
        late.reload()
        late.get_by_role("heading", name="This link was used").wait_for()
        assert upload in late.inner_text("main")
        assert late.locator("form").count() == 0
    assert len(files_of(laptop, upload)) == 1


def test_a_link_is_over_after_fifteen_minutes(link, laptop, uploads, complaints):
    """Minutes pass by moving what is stored of the link into the past: nothing else knows when it was made."""
    complaints.append("410")
    page, _ = link
    upload = upload_of(page)
    until = datetime.fromisoformat(page.locator("time").get_attribute("datetime")).timestamp()
    assert 0 < until - time.time() <= QUARTER
    laptop.stack.client("dynamodb").update_item(
        TableName=laptop.stack.outputs["UploadsTableName"],
        Key={"pk": {"S": f"link#{digest(page.url.rpartition('/')[2])}"}, "sk": {"S": "link"}},
        UpdateExpression="ADD #until :past",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":past": {"N": str(-QUARTER)}},
    )

    send(page)
    says(page, "The time of this link is over")
    page.reload()
    page.get_by_role("heading", name="The time of this link is over").wait_for()
    assert files_of(laptop, upload) == []
    assert uploads.get(upload) is None


@pytest.mark.parametrize("size", [len(CSV["buffer"]) - 1, len(CSV["buffer"]) + 1])
def test_a_link_takes_no_file_of_another_size(link, laptop, uploads, complaints, size):
    """Whoever says one size and sends another is refused by S3 itself."""
    complaints.append("400")
    page, _ = link
    upload = upload_of(page)
    lie = json.dumps({"name": CSV["name"], "size": size})
    page.route(re.compile(r"/u/[\w-]+$"), lambda route: route.continue_(post_data=lie))
    send(page)

    says(page, "was not taken (400)")
    assert files_of(laptop, upload) == []
    assert uploads.get(upload).status is UploadStatus.AWAITING_FILE


def test_a_link_takes_no_file_under_another_key(link, laptop, uploads, complaints):
    complaints.append("403")
    page, _ = link
    upload = upload_of(page)

    def elsewhere(route):
        told = route.fetch()
        form = told.json()
        form["fields"]["key"] = form["fields"]["key"].replace("CUST-NORTHWIND", "CUST-CONTOSO")
        route.fulfill(response=told, json=form)

    page.route(re.compile(r"/u/[\w-]+$"), elsewhere)
    send(page)

    page.get_by_role("button", name="Try again").wait_for()
    assert files_of(laptop, upload) == []
    assert uploads.get(upload).status is UploadStatus.AWAITING_FILE
