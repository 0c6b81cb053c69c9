"""What operators see and mend on the page, and what others see where nobody of their company should look."""

from __future__ import annotations

import json
import re

import pytest

from tests.browser.screens import asked, opened, said, say, sides
from tests.files_of import csv_of, imei

pytestmark = [pytest.mark.browser, pytest.mark.feature("B25")]
PORT = 4960
#: A well-formed id of an upload that never was.
UNKNOWN = "U-7K3F-9QMC-2V5R-8TXA"


@pytest.fixture
def control(laptop):
    return laptop.workspace.control


@pytest.fixture
def put(laptop):
    """Puts a file into S3 for a company; nobody is named as its uploader, so its channel is told."""
    bucket = laptop.stack.outputs["UploadsBucketName"]

    def put(place, number):
        key = f"uploads/{place}/march-{number}.csv"
        laptop.stack.client("s3").put_object(Bucket=bucket, Key=key, Body=csv_of(imei(number)))
        return key.rpartition("/")[2]

    return put


@pytest.mark.feature("B19")
def test_dead_letters_are_looked_at_and_sent_back(look, laptop):
    operator, _ = sides(look("T0OPS/U0OPS", "T0ACME/U0RAE"))
    sqs = laptop.stack.client("sqs")
    dead = laptop.stack.outputs["FinishesDeadLettersUrl"]
    sqs.send_message(QueueUrl=dead, MessageBody=json.dumps({"upload_id": UNKNOWN}))

    say(operator, "/rollcall operator")
    said(operator, "For operators").get_by_role("button", name="Dead letters").click()
    operator.get_by_role("button", name="Look now").last.click()
    said(operator, "Dead letters: 1").get_by_role("button", name=re.compile("^Replay R?")).first.click()
    said(operator, "of finishes back to where it failed")
    attributes = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=attributes)["Attributes"]
    assert set(left.values()) == {"0"}


def test_who_left_is_counted_and_what_their_company_lacks_is_flagged(look, control, complaints):
    complaints.append("/ui/send$")  # Slack takes nothing from who left
    operator, fay = sides(look("T0OPS/U0OPS", "T0FABRIKAM/U0FAY"))
    for user in ("U0FAY", "U0FIN"):
        control.change("person", {"team": "T0FABRIKAM", "user": user, "deactivated": True})
    fay.get_by_text("deactivated").first.wait_for()
    say(fay, "/approvals")
    fay.get_by_text("This account is deactivated").wait_for()

    text = asked(operator, "/rollcall operator companies", "nobody is left who may accept or reject").inner_text()
    assert "no admin is left" in text
    assert "2 gone from Slack" in text


@pytest.mark.feature("B26")
def test_in_a_channel_shared_with_another_company_there_is_a_count_and_a_button(look, control, put):
    rae, nia = sides(look("T0ACME/U0RAE/C0ACME", "T0NW/U0NIA"))
    control.change("share", {"team": "T0ACME", "channel": "C0ACME", "with": "T0NW"})
    name = put("RSL-ACME/CUST-NORTHWIND", 701)
    brief = said(rae, "Rollcall: 1 upload")
    assert name not in brief.inner_text()
    assert "Northwind" not in brief.inner_text()

    # Each sees what their own company may see, and nobody sees what the other was shown.
    brief.get_by_role("button", name="Open in Rollcall").click()
    assert "for Northwind Logistics" in said(rae, name).inner_text()
    nia.locator(".tabs button").filter(has_text=re.compile(r"^rollcall(?! \(shared)")).click()
    said(nia, "from Acme Mobile")  # in their own channel, once the upload is over
    nia.get_by_role("button", name="rollcall (shared)").click()
    said(nia, "Rollcall: 1 upload").get_by_role("button", name="Open in Rollcall").click()
    said(nia, f"{name} from Acme Mobile")
    assert nia.locator("article", has_text="for Northwind Logistics").count() == 0


@pytest.mark.feature("B26")
def test_what_nobody_could_be_told_waits_for_the_app_to_come_back(look, put):
    """The app is taken out of a workspace, and what happens there meanwhile is told once it is there again."""
    bea, operator = sides(look("T0BOLT/U0BEA", "T0OPS/U0OPS"))
    page = bea.page
    page.once("dialog", lambda sure: sure.accept())
    bea.get_by_role("button", name="Remove app").click()
    bea.get_by_text("app not installed").wait_for()
    say(bea, "/uploads")
    bea.get_by_text("is not a valid command").wait_for()
    name = put("RSL-BOLTWAVE/CUST-CONTOSO", 801)

    waits = asked(operator, "/rollcall operator notices", "upload U-")
    assert name not in waits.inner_text(), "content is the company's own"
    say(operator, "/rollcall operator channels")
    gone = said(operator, "Rollcall was taken out of it")
    assert "/slack/install" in gone.inner_text()

    ours = opened(page, bea.get_by_role("link", name="Install Rollcall"))
    ours.get_by_role("link", name="Choose a workspace in Slack").click()
    ours.get_by_role("button", name="Allow").click()
    ours.get_by_role("heading", name="Rollcall is installed").wait_for()
    bea.locator(".tabs button").filter(has_text="rollcall").last.click()
    said(bea, name)
