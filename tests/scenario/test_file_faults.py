"""Files that fail as a whole: one reason, figures of nothing, and the summary still last."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

import pytest
from botocore.exceptions import ClientError

from rollcall.accounts import Registration
from rollcall.chain.planning import Result
from tests.chain import Report
from tests.faults import watching
from tests.files_of import csv_of, imei

NORTHWIND, MANY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv", "uploads/RSL-ACME/_many/a.csv"
GOOD = csv_of(imei(1), imei(2), imei(3))
NOISE = Random(1).randbytes(5_000)  # noqa: S311 - the same noise each time


def workbook():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return data.getvalue()


def assert_failed(report, cloud, code, *, read=True):
    """As the contract has it: totals 0, the one code, an empty line number, and nothing stored."""
    summary = report.summary
    assert (summary["status"], summary["total"], summary["stored"], summary["refused"]) == ("ERROR", 0, 0, 0)
    assert summary["by_code"] == {code: 1}
    (error,) = report.sheet("errors")
    assert (error["line"], error["code"]) == ("", code)
    assert error["message"]
    assert error["remedy"]
    assert report.results == report.sheet("notes") == report.sheet("resend") == []
    assert summary["finished_at"]
    assert bool(summary["sha256"]) is read
    assert cloud.scan("DevicesTable") == []
    assert not [item for item in cloud.scan("UploadsTable") if item["sk"]["S"].startswith("part#")]


UNREADABLE = {
    "empty": (b"", "FILE_EMPTY"),
    "mark only": (b"\xef\xbb\xbf", "FILE_EMPTY"),
    "blank": (b" \r\n\t\r\n,,\r\n", "FILE_EMPTY"),
    "header only": (b"imei,model\r\n", "FILE_EMPTY"),
    "header and blank rows": (b"imei,model\r\n,\r\n  ,\r\n", "FILE_EMPTY"),
    "picture": (b"\x89PNG\r\n\x1a\n" + NOISE, "ENCODING"),
    "workbook": (workbook(), "ENCODING"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "ENCODING"),
    "noise": (NOISE, "ENCODING"),
    "nothing but NUL": (b"\0" * 4_096, "ENCODING"),
    "damaged UTF-8": (b"imei,model\r\n" + f"{imei(1)},naïve café\r\n".encode() * 30 + b"\xc3(\r\n", "ENCODING"),
    "half a UTF-16 character": ("imei\r\n356".encode("utf-16") + b"\x00", "ENCODING"),
    "no identifier column": (b"colour,model\r\nred,SM\r\n", "HEADER_UNKNOWN"),
    "one endless line": (b"imei," + b"x" * 10_000_000, "ROW_TOO_LONG"),
    "one endless number": (b"9" * 10_000_000, "ROW_TOO_LONG"),
}


@pytest.mark.feature("P13")
@pytest.mark.parametrize(("body", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_files_that_cannot_be_read(chain, cloud, body, code):
    assert_failed(chain.upload(NORTHWIND, body), cloud, code)


@pytest.mark.feature("B1")
def test_a_workbook_is_told_how_to_become_a_csv(chain):
    (error,) = chain.upload(NORTHWIND, workbook()).sheet("errors")

    assert "workbook" in error["message"]
    assert "CSV UTF-8" in error["remedy"]


@pytest.mark.feature("P13")
@pytest.mark.parametrize(
    ("key", "metadata", "code", "column"),
    [
        (NORTHWIND, {"order_date": "31.1.2026"}, "ORDER_DATE_INVALID", "order-date"),
        (NORTHWIND, {"stc": "nobody"}, "STC_UNKNOWN", "stc"),
        (NORTHWIND, {"stc": "north"}, "STC_UNKNOWN", "stc"),  # another reseller's
        (MANY, {"stc": "main"}, "STC_NOT_IN_BULK", "stc"),
        ("uploads/RSL-ACME/CUST-NOBODY/a.csv", {}, "CUSTOMER_UNKNOWN", ""),
        ("uploads/RSL-ACME/CUST-FABRIKAM/a.csv", {}, "CUSTOMER_UNKNOWN", ""),  # not linked: the same answer
        ("uploads/RSL-ACME/RSL-BOLTWAVE/a.csv", {}, "CUSTOMER_UNKNOWN", ""),
        ("uploads/RSL-ACME/a%20b/a.csv", {"order_date": "x", "stc": "y"}, "CUSTOMER_UNKNOWN", ""),
        ("check/RSL-ACME/CUST-NOBODY/a.csv", {}, "CUSTOMER_UNKNOWN", ""),
    ],
)
def test_places_and_metadata_that_cannot_be(chain, cloud, key, metadata, code, column):
    report = chain.upload(key, GOOD, **metadata)

    assert_failed(report, cloud, code, read=False)
    assert report.sheet("errors")[0]["column"] == column


def test_a_customer_that_blocked_the_reseller(chain, cloud):
    cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)

    assert_failed(chain.upload(NORTHWIND, GOOD), cloud, "CUSTOMER_NOT_ACCEPTING", read=False)


def test_a_file_for_many_customers_without_their_column(chain, cloud):
    assert_failed(chain.upload(MANY, csv_of(f"{imei(1)},x", header="imei,model")), cloud, "CUSTOMER_COLUMN_MISSING")


def test_a_file_that_is_too_large(limited, cloud):
    report = limited(max_file_bytes=len(GOOD) - 1).upload(NORTHWIND, GOOD)

    assert_failed(report, cloud, "FILE_TOO_LARGE", read=False)
    assert f"{len(GOOD) - 1} bytes" in report.sheet("errors")[0]["message"]
    assert limited(max_file_bytes=len(GOOD)).upload(NORTHWIND, GOOD).summary["stored"] == 3


def test_a_file_with_too_many_rows(limited, cloud):
    """Blank lines do not count."""
    chain = limited(max_rows=3, chunk_rows=2)

    assert_failed(chain.upload(NORTHWIND, csv_of(*map(imei, range(4)))), cloud, "ROW_LIMIT")
    assert chain.upload(NORTHWIND, csv_of("", *map(imei, range(3)), "", "")).summary["stored"] == 3


def test_a_file_that_was_deleted_before_it_was_read(chain, cloud):
    version = cloud.put(NORTHWIND, GOOD)
    cloud.client("s3").delete_object(Bucket=cloud.settings.bucket, Key=NORTHWIND, VersionId=version)
    planned = chain.plan(NORTHWIND, version)
    chain.drain()

    assert_failed(Report(cloud, planned.upload), cloud, "FILE_GONE", read=False)


def test_a_file_that_was_deleted_between_two_looks(chain, cloud):
    version = cloud.put(NORTHWIND, GOOD)

    def delete(operation, _params):
        if operation == "GetObject":
            chain.cloud.client("s3").delete_object(Bucket=cloud.settings.bucket, Key=NORTHWIND, VersionId=version)

    with watching(before=delete):
        planned = chain.plan(NORTHWIND, version)
    chain.drain()

    assert_failed(Report(cloud, planned.upload), cloud, "FILE_GONE", read=False)


@pytest.mark.feature("B19")
@pytest.mark.parametrize("refused", ["HeadObject", "GetObject"])
def test_a_file_that_is_refused_is_not_gone_and_is_read_when_the_right_is_back(chain, cloud, refused):
    """A right that is missing for an hour, or a key that is closed, ends no upload for good."""
    version = cloud.put(NORTHWIND, GOOD)

    def refuse(operation, _params):
        if operation == refused:
            raise ClientError({"Error": {"Code": "403" if refused == "HeadObject" else "AccessDenied"}}, operation)

    with watching(before=refuse), pytest.raises(ClientError):
        chain.plan(NORTHWIND, version)
    planned = chain.plan(NORTHWIND, version)
    chain.drain()

    assert Report(cloud, planned.upload).summary["stored"] == 3


def test_a_file_hidden_by_a_delete_marker_is_still_the_version_it_was(chain, cloud):
    version = cloud.put(NORTHWIND, GOOD)
    cloud.client("s3").delete_object(Bucket=cloud.settings.bucket, Key=NORTHWIND)
    planned = chain.plan(NORTHWIND, version)
    chain.drain()

    assert Report(cloud, planned.upload).summary["stored"] == 3


@pytest.mark.parametrize(
    ("key", "result"),
    [
        ("uploads/RSL-ACME/CUST-NORTHWIND/", Result.FOLDER_MARKER),
        ("uploads/", Result.FOLDER_MARKER),
        ("uploads/a.csv", Result.OUTSIDE_LAYOUT),
        ("uploads/RSL-ACME/a.csv", Result.OUTSIDE_LAYOUT),
        ("uploads/RSL-NOBODY/CUST-NORTHWIND/a.csv", Result.RESELLER_UNKNOWN),
        ("uploads/CUST-NORTHWIND/CUST-NORTHWIND/a.csv", Result.RESELLER_UNKNOWN),
        ("uploads/rsl-acme/CUST-NORTHWIND/a.csv", Result.RESELLER_UNKNOWN),
    ],
)
def test_what_belongs_to_nobody_leaves_no_trace(chain, cloud, key, result):
    planned = chain.plan(key, cloud.put(key, b"" if key.endswith("/") else GOOD))

    assert (planned.result, planned.upload) == (result, None)
    assert chain.chunks.messages == chain.finishes.messages == []
    assert cloud.scan("UploadsTable") == []


@pytest.mark.feature("B1")
def test_a_fault_of_a_row_is_no_fault_of_the_file(chain):
    """NUL bytes, an endless row, a stray quotation mark: that row's error, and the rest goes on."""
    body = (
        f"imei,model\r\n{imei(1)},a\0b\r\n{imei(2)},{'x' * 10_000_000}\r\n"
        f'{imei(3)},"a" b\r\n{imei(4)}\r\n\r\n{imei(5)},ok\r\n'
    ).encode()
    report = chain.upload(NORTHWIND, body)

    assert report.codes == {2: {"ROW_CHARACTERS"}, 3: {"ROW_TOO_LONG"}, 4: {"ROW_QUOTES"}, 5: {"ROW_WIDTH"}}
    assert [row["line"] for row in report.results if row["outcome"] == "stored"] == ["7"]


@pytest.mark.parametrize("body", [GOOD, b"", csv_of("12")], ids=["good", "empty", "refused"])
def test_the_summary_is_put_last_and_when_the_upload_is_final(chain, body):
    put, states = [], []

    def look(operation, params):
        if operation == "PutObject" and params["Key"].startswith("reports/"):
            put.append(params["Key"].rpartition("/")[2])
            upload = chain.uploads.get(params["Key"].split("/")[2])
            states.append(upload.status.value)

    with watching(after=look):
        chain.upload(NORTHWIND, body)

    assert sorted(put[:-1]) == ["errors.csv", "notes.csv", "resend.csv", "results.csv"]
    assert put[-1] == "summary.json"
    assert set(states[:-1]) == {"IN_PROGRESS"}
    assert states[-1] != "IN_PROGRESS"


def test_a_header_with_thousands_of_columns_fits_into_the_uploads_head(chain):
    """DynamoDB takes items of up to 400 KB; each unknown column is a note."""
    names = ["imei", *(f"Spalte {number} äöü" for number in range(3_000))]
    report = chain.upload(NORTHWIND, csv_of(",".join([imei(1), *[""] * 3_000]), header=",".join(names)))

    assert report.summary["stored"] == 1
    assert report.summary["notes_by_code"] == {"COLUMN_UNKNOWN": 100}
