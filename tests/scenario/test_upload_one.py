"""A file for one customer, all the way: each row as it must come out, and what the file's metadata adds."""

from __future__ import annotations

import csv
import io
import json

import pytest

from rollcall.sheets import unguard
from rollcall.store.devices import DevicesStore
from tests.chain import sample_file
from tests.cloud import REGION

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/messy.csv"
EXPECTED = json.loads(sample_file("messy.expected.json"))
IMEIS = ("356779103674064", "355320543572096", "357598094958198")


@pytest.fixture
def devices(cloud):
    return DevicesStore(cloud.settings.devices_table, region=REGION)


def lines(*rows, header="imei,model,order_number,order_date"):
    return "\n".join([header, *rows]).encode()


@pytest.mark.feature("P8")
@pytest.mark.feature("P13")
@pytest.mark.feature("B1")
@pytest.mark.feature("B12")
@pytest.mark.feature("B27")
def test_a_damaged_file_comes_out_row_by_row_as_it_must(chain, cloud, devices):
    report = chain.upload(KEY, sample_file("messy.csv"))
    summary = report.summary

    assert {name: summary[name] for name in EXPECTED["summary"]} == EXPECTED["summary"]
    assert summary["status"] == "COMPLETED_WITH_ERROR"
    assert [
        {
            "line": int(row["line"]),
            "outcome": row["outcome"],
            "codes": row["codes"].split(),
            "stored": {"imei": row["imei"], "imei2": row["imei2"]} if row["outcome"] == "stored" else None,
        }
        for row in report.results
    ] == [
        {**row, "stored": {"imei2": "", **row["stored"]} if row["outcome"] == "stored" else None}
        for row in EXPECTED["rows"]
    ]
    for row in EXPECTED["rows"]:
        if row["outcome"] == "stored":
            device = devices.find(f"imei#{row['stored']['imei']}")
            assert device.generation.line == row["line"]
            assert device.ids["imei"].value == row["stored"]["imei"]
            assert (device.ids["imei2"].value if "imei2" in device.ids else "") == row["stored"].get("imei2", "")
    kinds = [item["kind"]["S"] for item in cloud.scan("DevicesTable")]
    assert kinds.count("device") == EXPECTED["summary"]["stored"]
    assert len(kinds) == sum(bool(v) for row in EXPECTED["rows"] for v in (row.get("stored") or {}).values())


@pytest.mark.feature("P13")
@pytest.mark.feature("B1")
def test_the_error_file_has_line_column_value_code_cause_and_remedy(chain):
    report = chain.upload(KEY, sample_file("messy.csv"))
    errors = report.sheet("errors")
    counted = {(row["line"], row["code"]) for row in errors}

    assert list(errors[0]) == ["line", "column", "value", "code", "message", "remedy"]
    assert len(counted) == sum(report.summary["by_code"].values())
    assert {int(line) for line, _ in counted} == set(report.codes)
    assert all(row["message"] and row["remedy"] for row in errors)
    scientific = next(row for row in errors if row["code"] == "IMEI_SCIENTIFIC")
    assert (scientific["column"], scientific["value"]) == ("imei", "3.53415E+14")
    repeated = next(row for row in errors if row["code"] == "DUPLICATE_IN_FILE")
    assert repeated["value"] in sample_file("messy.csv").decode().splitlines()[int(repeated["line"]) - 1]


@pytest.mark.feature("B12")
def test_repairs_are_reported_with_what_stood_there(chain):
    report = chain.upload(KEY, sample_file("messy.csv"))
    notes = {int(row["line"]): (row["code"], unguard(row["value"])) for row in report.sheet("notes")}

    assert notes[74] == ("ID_SEPARATORS", "35-814433-901152-4")
    assert notes[76] == ("ID_FORMULA", '="353341122452015"')
    assert notes[79] == ("IMEI_CHECK_DIGIT_ADDED", "35595519223965")
    assert notes[80] == ("IMEISV_SHORTENED", "3503830633572607")
    assert report.summary["notes_by_code"] == {
        "ID_FORMULA": 2,
        "ID_SEPARATORS": 2,
        "IMEISV_SHORTENED": 1,
        "IMEI_CHECK_DIGIT_ADDED": 1,
        "ID_FULLWIDTH": 1,
    }


def test_columns_and_values_are_told_as_the_file_has_them(chain):
    """Also where the row alone was right, and only the look-up or an earlier line refused it."""
    body = f"IMEI/MEID;Gerät\n35-677910-367406-4;a\n{IMEIS[0]};b\n12;c\n".encode("cp1252")
    first = chain.upload(KEY, body)
    second = chain.upload(KEY, body)

    assert [(row["line"], row["column"], row["value"], row["code"]) for row in first.sheet("errors")] == [
        ("3", "IMEI/MEID", IMEIS[0], "DUPLICATE_IN_FILE"),
        ("4", "IMEI/MEID", "12", "IMEI_LENGTH"),
    ]
    assert ("2", "IMEI/MEID", "35-677910-367406-4", "DUPLICATE_SAME_CUSTOMER") in [
        (row["line"], row["column"], row["value"], row["code"]) for row in second.sheet("errors")
    ]


@pytest.mark.feature("P8")
def test_order_number_and_date_of_the_upload_hold_for_rows_without_their_own(chain, devices):
    chain.upload(
        KEY,
        lines(f"{IMEIS[0]},SM,PO-ROW,2026-02-02", f"{IMEIS[1]},SM,,"),
        order_number="Bestellung%20%C3%84%2B1",
        order_date="2026-01-31T10:00:00Z",
    )
    own, without = (devices.find(f"imei#{imei}") for imei in IMEIS[:2])

    assert (own.order_number, own.order_date) == ("PO-ROW", "2026-02-02")
    assert (without.order_number, without.order_date) == ("Bestellung Ä+1", "2026-01-31")


@pytest.mark.feature("P5")
@pytest.mark.feature("P8")
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("uma@acme.example", "uma@acme.example"),
        ("RAE%40Acme.Example", "rae@acme.example"),
        ("vic@acme.example", "S3"),  # a viewer may not upload
        ("bea@boltwave.example", "S3"),  # another company's
        ("nobody@acme.example", "S3"),
        ("", "S3"),
    ],
)
def test_uploaded_by_counts_only_for_a_member_who_may_upload(chain, devices, given, shown):
    report = chain.upload(KEY, lines(f"{IMEIS[0]},SM,,"), uploaded_by=given)

    assert devices.find(f"imei#{IMEIS[0]}").uploaded_by == shown
    assert chain.uploads.get(report.upload_id).uploaded_by == shown


@pytest.mark.feature("P9")
@pytest.mark.parametrize(
    ("reseller", "customer", "stc", "stored", "code"),
    [
        ("RSL-ACME", "CUST-NORTHWIND", "", True, "1002003"),  # its only one is taken
        ("RSL-ACME", "CUST-NORTHWIND", "main", True, "1002003"),
        ("RSL-BOLTWAVE", "CUST-FABRIKAM", "south", True, "2003005"),
        ("RSL-BOLTWAVE", "CUST-FABRIKAM", "", False, ""),  # it has two and named none
    ],
)
def test_enterprise_edition_rows_need_a_sold_to_code(limited, reseller, customer, stc, stored, code):
    chain = limited(ee_models=("SM-EE",))
    report = chain.upload(
        f"uploads/{reseller}/{customer}/ee.csv", lines(f"{IMEIS[0]},sm-ee1,,", f"{IMEIS[1]},SM-X,,"), stc=stc
    )
    device = DevicesStore("DevicesTable", region=REGION).find(f"imei#{IMEIS[0]}")

    assert report.codes == ({} if stored else {2: {"STC_REQUIRED"}})
    assert (device.stc if device else "") == code


@pytest.mark.feature("P12")
def test_the_upload_is_kept_with_its_figures(chain):
    report = chain.upload(KEY, sample_file("messy.csv"))
    (upload,) = chain.uploads.of_reseller("RSL-ACME")

    assert upload == chain.uploads.get(report.upload_id)
    assert (upload.id, upload.file_name, upload.customer) == (report.upload_id, "messy.csv", "CUST-NORTHWIND")
    assert (upload.figures.rows.stored, upload.figures.rows.refused) == (71, 16)
    assert upload.status.value == "COMPLETED_WITH_ERROR"
    assert (upload.started_at, upload.finished_at) == ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z")


@pytest.mark.feature("B20")
def test_the_summary_says_how_the_file_was_read(chain):
    report = chain.upload(KEY, f"IMEI;IMEI;Größe\n{IMEIS[0]};{IMEIS[1]};L\n".encode("cp1252"))

    assert report.summary["read_as"] == {
        "encoding": "cp1252",
        "delimiter": ";",
        "header_map": {"IMEI": "imei", "IMEI (2)": "imei2"},
        "headerless": False,
    }
    assert [(row["line"], row["column"], row["code"]) for row in report.sheet("notes")] == [
        ("", "Größe", "COLUMN_UNKNOWN")
    ]


def test_every_report_is_a_csv_as_promised(chain):
    report = chain.upload(KEY, sample_file("messy.csv"))
    for name in ("errors", "notes", "results", "resend"):
        raw = report.raw(f"{name}.csv")
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.endswith(b"\r\n")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert report.raw("results.csv").decode("utf-8-sig").splitlines()[0] == (
        "line,outcome,codes,customer_id,imei,imei2,meid,serial,status"
    )


def test_a_history_begins_with_the_upload(chain, devices):
    report = chain.upload(KEY, lines(f"{IMEIS[0]},SM,,"), uploaded_by="rae@acme.example")
    (entry,) = devices.find(f"imei#{IMEIS[0]}").history

    assert (entry.act, entry.by, entry.at) == ("uploaded", "rae@acme.example", "2026-03-01T09:30:00Z")
    assert entry.reference == report.summary["reference"] == "R-TEST"
