"""Lists as CSV files: the same devices as the list shows, one's own alone, and readable again."""

from __future__ import annotations

import csv
import io

import pytest

from tests.gateway import LambdaContext
from tests.office import buttons, words
from tests.reception import Reception
from tests.stock import OTHERS, ROLES

UMA, NIA = ROLES["reseller uploader"], ROLES["customer approver"]


@pytest.fixture
def reception(office):
    return Reception(office)


def export(reception, person, typed, name="devices.csv"):
    """Asks for a list; its rows."""
    answer = reception.office.command(person, typed)
    assert "comes as a CSV" in words(answer["blocks"])
    assert reception.office.drain() == [True]
    content = reception.office.file(name)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def stored(*reports):
    return [row for report in reports for row in report.results if row["outcome"] == "stored"]


@pytest.mark.feature("P14")
def test_a_resellers_devices_with_both_imeis(reception, stock):
    rows = export(reception, UMA, "/devices export")
    expected = stored(stock.messy, stock.serials, stock.meids, stock.many, stock.clean)

    ids = ("imei", "imei2", "meid", "serial")
    assert sorted(tuple(row[name] for name in ids) for row in rows) == sorted(
        tuple(row[name] for name in ids) for row in expected
    )
    assert any(row["imei2"] for row in rows)
    assert list(rows[0])[-1] == "rollcall_export"
    days = [row["uploaded_at"] for row in rows]
    assert days == sorted(days, reverse=True)


@pytest.mark.feature("P14", "P3")
@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ("customer:CUST-CONTOSO", lambda row: row["customer_id"] == "CUST-CONTOSO"),
        ("status:pending", lambda row: row["status"] == "PENDING"),
        ("status:verified", lambda row: False),
        ("customer:CUST-FABRIKAM", lambda row: False),
    ],
)
def test_the_same_filters_as_the_list(reception, filters, wanted):
    everything = export(reception, UMA, "/devices export")
    reception.slack.world.files.clear()
    rows = export(reception, UMA, f"/devices export {filters}")

    assert rows == [row for row in everything if wanted(row)]


@pytest.mark.feature("P14")
def test_a_customer_gets_its_own_and_nobodys_email(reception, stock):
    rows = export(reception, NIA, "/devices export")

    assert {row["customer_id"] for row in rows} == {"CUST-NORTHWIND"}
    assert {row["uploaded_by"] for row in rows} == {"Acme Mobile"}
    assert not {row["imei"] for row in rows} & {other["imei"] for other in OTHERS}


@pytest.mark.feature("P14")
def test_uploads_with_the_figures_of_the_list(reception, stock):
    rows = {row["upload_id"]: row for row in export(reception, UMA, "/uploads export", "uploads.csv")}
    own = (stock.messy, stock.serials, stock.meids, stock.many, stock.clean, stock.gone)

    assert rows.keys() == {report.upload_id for report in own}
    for report in own:
        row = rows[report.upload_id]
        for figure in ("status", "total", "stored", "refused"):
            assert row[figure] == str(report.summary[figure])
    assert rows[stock.gone.upload_id]["fault"] == "ENCODING"
    assert rows[stock.many.upload_id]["customer_id"] == "_many"


@pytest.mark.feature("P14")
def test_a_customers_uploads_are_its_parts(reception, stock):
    rows = {row["upload_id"]: row for row in export(reception, NIA, "/uploads export", "uploads.csv")}
    own = stock.many.summary["by_customer"]["CUST-NORTHWIND"]

    assert rows[stock.many.upload_id]["total"] == str(own["total"])
    assert "@" not in str(rows)


@pytest.mark.feature("P14", "B3")
def test_what_was_exported_is_read_again(reception, stock):
    """The devices are all there already, so each row comes back as that, and not one as unreadable."""
    rows = export(reception, UMA, "/devices export customer:CUST-NORTHWIND")
    report = reception.chain.upload("check/RSL-ACME/CUST-NORTHWIND/devices.csv", reception.office.file())

    assert report.summary["total"] == len(rows)
    assert report.summary["by_code"] == {"DUPLICATE_SAME_CUSTOMER": len(rows)}


@pytest.mark.feature("P14")
def test_a_list_too_large_for_a_message_comes_as_a_link(reception, monkeypatch):
    monkeypatch.setattr("rollcall.desk.export_jobs.LARGEST_MESSAGE", 100)
    reception.office.command(UMA, "/devices export")
    reception.office.drain()
    message = reception.office.messages(UMA)[-1]
    (url,) = [element["url"] for _, element in buttons(message) if element.get("url")]

    assert "X-Amz-Expires=900" in url
    (key,) = [
        item["Key"]
        for item in reception.cloud.client("s3").list_objects_v2(
            Bucket=reception.cloud.settings.bucket, Prefix="exports/RSL-ACME/"
        )["Contents"]
        if "/pieces/" not in item["Key"]
    ]
    assert f"/{key}?" in url
    assert reception.cloud.get(key).startswith(b"\xef\xbb\xbfimei,imei2")


@pytest.mark.feature("B4")
def test_a_job_that_comes_twice_sends_one_file(reception, office):
    office.command(UMA, "/devices export")
    event = office.receive("jobs")
    assert office.deliver("jobs", event)
    assert office.deliver("jobs", event)

    assert len(reception.slack.world.files) == 1


def test_who_left_meanwhile_gets_nothing(reception, office):
    office.command(UMA, "/devices export")
    reception.cloud.accounts.remove_member("RSL-ACME", UMA)
    office.drain()

    assert reception.slack.world.files == {}
    assert "does not know you" in words(office.messages(UMA)[-1]["blocks"])


def test_a_long_list_is_written_page_after_page(reception, stock, monkeypatch):
    whole = export(reception, UMA, "/devices export")
    reception.slack.world.files.clear()
    monkeypatch.setattr("rollcall.desk.exporter._DEVICES", 7)
    monkeypatch.setattr("rollcall.desk.exporter._BUDGET", 11)

    assert export(reception, UMA, "/devices export") == whole
    reception.slack.world.files.clear()
    monkeypatch.setattr("rollcall.desk.exporter._UPLOADS", 2)
    assert len(export(reception, UMA, "/uploads export", "uploads.csv")) == 6


def test_a_list_that_takes_longer_than_one_run_is_written_in_pieces(reception, office, monkeypatch):
    whole = export(reception, UMA, "/devices export")
    reception.slack.world.files.clear()
    monkeypatch.setattr("rollcall.desk.exporter._DEVICES", 40)
    monkeypatch.setattr(LambdaContext, "get_remaining_time_in_millis", staticmethod(lambda: 59_000))
    office.command(UMA, "/devices export")
    events = []
    while event := office.receive("jobs"):
        events.append(event)
        assert office.deliver("jobs", event)
        handle = event["Records"][0]["receiptHandle"]
        office.cloud.client("sqs").delete_message(QueueUrl=office.cloud.queues["jobs"], ReceiptHandle=handle)
    content = office.file()

    assert len(events) > 2
    assert content.count(b"\xef\xbb\xbf") == 1
    assert list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == whole
    assert f"{len(whole):,} devices" in office.messages(UMA)[-1]["text"]
    for event in events:  # delivered once more, none of them sends anything
        assert office.deliver("jobs", event)
    assert len(reception.slack.world.files) == 1


def test_the_status_of_many_names_nobody_of_the_other_company(reception, office, stock):
    ids = " ".join(row["imei"] for row in stock.rows("clean")[:3])
    for person, shown in ((NIA, "Acme Mobile"), (UMA, "rae@acme.example")):
        office.click(person, office.command(person, f"/devices {ids}"), "page.dm")
        office.drain()
        rows = list(csv.DictReader(io.StringIO(office.file().decode("utf-8-sig"), newline="")))
        assert [row["uploaded_by"] for row in rows] == [shown] * 3
        reception.slack.world.files.clear()
