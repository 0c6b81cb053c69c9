"""Both companies on the page, with the real bot on the real template behind it."""

from __future__ import annotations

import os
import time

import pytest

from local.sample import fresh_phones
from rollcall import upload_ids
from rollcall.store.uploads import UploadsStore
from tests.cloud import ROOT

pytestmark = pytest.mark.browser
PORT = 4820
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/phones.csv"
#: Written only when asked for, since each run has other devices.
PICTURES = ROOT / "docs" / "pictures" if os.environ.get("ROLLCALL_PICTURES") else None


@pytest.fixture(scope="module")
def upload_id(laptop):
    outputs = laptop.stack.outputs
    put = laptop.stack.client("s3").put_object(
        Bucket=outputs["UploadsBucketName"],
        Key=KEY,
        Body=fresh_phones(4711),
        Metadata={"uploaded-by": "rae@acme.example", "order-number": "PO-2026-11"},
    )
    upload = upload_ids.derive(bucket=outputs["UploadsBucketName"], key=KEY, version=put["VersionId"])
    uploads = UploadsStore(outputs["UploadsTableName"], region="us-east-1", host=laptop.stack.endpoint)
    for _ in range(600):
        found = uploads.get(upload)
        if found and found.finished_at:
            return upload

        time.sleep(0.1)
    raise AssertionError("the upload did not finish")


def say(page, side, text):
    box = page.locator("textarea").nth(side)
    box.fill(text)
    box.press("Enter")


def picture(page, name):
    if PICTURES:
        page.wait_for_timeout(500)
        page.screenshot(path=str(PICTURES / f"{name}.png"))


@pytest.mark.feature("P13")
def test_reseller_and_customer_ask_side_by_side(look, upload_id):
    page = look("T0ACME/U0RAE", "T0NW/U0NIA")

    say(page, 0, f"/uploads errors {upload_id}")
    page.get_by_text("Errors of").first.wait_for()
    page.get_by_text("IMEI check digit wrong").first.wait_for()
    say(page, 1, "/devices list status:pending")
    page.get_by_role("button", name="Next").first.wait_for()
    page.get_by_text("1-5").first.wait_for()
    page.get_by_role("button", name="Next").first.click()
    page.get_by_text("6-10").first.wait_for()


def few_phones(run, rows=26):
    """A file of a few phones, two of which are mistyped."""
    return "\r\n".join([*fresh_phones(run).decode().splitlines()[: rows + 1], ""]).encode()


@pytest.mark.feature("B6")
@pytest.mark.feature("B7")
def test_a_whole_conversation_upload_accept_see_undo_see(look, laptop, tmp_path):
    """Rae sends a file, Nia accepts it, Rae sees that; Nia takes it back, and Rae sees that, too."""
    sheet = tmp_path / "phones.csv"
    sheet.write_bytes(few_phones(815))
    page = look("T0ACME/U0RAE", "T0NW/U0NIA/C0NWIT", height=760)
    reseller, customer = page.locator("section.column").nth(0), page.locator("section.column").nth(1)

    say(page, 0, "/uploads new")
    form = reseller.locator(".modal")
    form.get_by_role("combobox", name="Customer").fill("North")
    form.locator(".options").get_by_text("Northwind").first.click()
    form.locator("input[type=file]").set_input_files(sheet)
    form.get_by_role("button", name="Remove phones.csv").wait_for()
    form.get_by_role("textbox", name="Order number").fill("PO-2026-11")
    form.get_by_role("button", name="Send").click()
    form.get_by_text("is on the way in").first.wait_for(timeout=30_000)
    form.get_by_role("button", name="Close").last.click()
    reseller.get_by_text("24 of 26 rows stored").first.wait_for(timeout=60_000)

    accept = customer.get_by_role("button", name="Accept 24")
    accept.wait_for(timeout=60_000)
    picture(page, "conversation")
    accept.click()
    customer.get_by_role("alertdialog").get_by_role("button", name="Accept 24").click()

    customer.get_by_text("24 devices from Acme Mobile: all decided").first.wait_for(timeout=60_000)
    reseller.get_by_text("accepted by Nia (Northwind Logistics)").first.wait_for(timeout=60_000)
    reseller.get_by_text("May be undone until").first.wait_for()

    customer.get_by_role("button", name="Undo").first.click()
    customer.get_by_text("Taken back by Nia").first.wait_for(timeout=60_000)
    reseller.get_by_text("Taken back by Nia (Northwind Logistics)").first.wait_for(timeout=60_000)
    customer.get_by_role("button", name="Accept 24").wait_for()
    assert reseller.get_by_text("nia@northwind.example").count() == 0


@pytest.mark.feature("P5")
def test_a_device_on_a_phone(look, upload_id):
    page = look("T0NW/U0NIA", "T0ACME/U0RAE", width=390, height=844)

    say(page, 0, "/devices list")
    page.get_by_role("button", name="Open device").first.click()
    page.get_by_text("customer has not decided yet").first.wait_for()
    picture(page, "phone")


def test_home_shows_what_waits(look, upload_id):
    page = look("T0NW/U0NIA/home", "T0ACME/U0RAE/home")

    page.get_by_text("waiting for you").first.wait_for()
    page.get_by_text("phones.csv").first.wait_for()
    picture(page, "home")
