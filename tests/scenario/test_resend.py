"""The file of refused rows: dropped back in as it is, mended, and together with the first file once more."""

from __future__ import annotations

import csv
import io

import pytest

from tests.chain import sample_file
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/messy.csv"
SAME = "The same device(s) has/have been uploaded by the same reseller to the same customer."


def refusals(report):
    """The codes of each refused row, in order."""
    return [set(row["codes"].split()) for row in report.results if row["outcome"] == "refused"]


def rows(raw):
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.feature("B3")
def test_sent_back_as_it_is_the_same_rows_are_refused_for_the_same_reasons(chain, cloud):
    first = chain.upload(KEY, sample_file("messy.csv"))
    before = cloud.scan("DevicesTable")
    again = chain.upload(KEY.replace("messy", "resend"), first.raw("resend.csv"))
    now = [{"DUPLICATE_SAME_CUSTOMER"} if codes == {"DUPLICATE_IN_FILE"} else codes for codes in refusals(first)]

    assert len(now) == 16
    assert refusals(again) == now
    assert (again.summary["total"], again.summary["stored"]) == (16, 0)
    assert again.summary["status"] == "ERROR"
    assert cloud.scan("DevicesTable") == before
    assert "COLUMN_UNKNOWN" not in again.summary["notes_by_code"]  # our columns are ignored without a word


@pytest.mark.feature("B3")
def test_a_file_of_refusals_has_the_own_columns_and_ours(chain):
    first = chain.upload(KEY, sample_file("messy.csv"))
    header, *refused = rows(first.raw("resend.csv"))
    original = rows(sample_file("messy.csv"))

    assert header == ["imei", "imei2", "model", "order_number", "tags", "error_code", "error", "suggestion"]
    assert len(refused) == 16
    assert [row[:5] for row in refused] == [original[line - 1] for line in sorted(first.codes)]
    assert [set(row[5].split()) for row in refused] == refusals(first)
    assert all(row[6] and row[7] for row in refused)


@pytest.mark.feature("B3")
def test_sent_back_mended_all_is_stored(chain):
    first = chain.upload(KEY, sample_file("messy.csv"))
    header, *refused = rows(first.raw("resend.csv"))
    mended = io.StringIO(newline="")
    csv.writer(mended).writerows([header, *([imei(number), "", *row[2:]] for number, row in enumerate(refused))])
    again = chain.upload(KEY, mended.getvalue().encode())

    assert (again.summary["status"], again.summary["stored"], again.summary["refused"]) == ("COMPLETED", 16, 0)


@pytest.mark.feature("B3")
def test_refusals_of_refusals_do_not_grow(chain):
    first = chain.upload(KEY, sample_file("messy.csv"))
    second = chain.upload(KEY, first.raw("resend.csv"))
    third = chain.upload(KEY, second.raw("resend.csv"))

    assert rows(second.raw("resend.csv"))[0] == rows(first.raw("resend.csv"))[0]
    assert rows(third.raw("resend.csv")) == rows(second.raw("resend.csv"))


@pytest.mark.feature("P16")
@pytest.mark.feature("B4")
def test_the_whole_file_a_second_time_stores_nothing_new(chain, cloud):
    first = chain.upload(KEY, sample_file("messy.csv"))
    before = cloud.scan("DevicesTable")
    again = chain.upload(KEY, sample_file("messy.csv"))

    assert (again.summary["stored"], again.summary["refused"], again.summary["status"]) == (0, 87, "ERROR")
    assert again.summary["by_code"] == {**first.summary["by_code"], "DUPLICATE_SAME_CUSTOMER": 73}
    assert {row["message"] for row in again.sheet("errors") if row["code"].startswith("DUPLICATE_SAME")} == {SAME}
    assert cloud.scan("DevicesTable") == before


#: Rows that no parser can mend: too short, too long, not text, a stray quotation mark behind an identifier, endless.
DAMAGED = (
    "imei,order_date,imei2,model\r\n"
    f"{imei(1)}\r\n"
    f"{imei(2)},2026-01-01,,SM,more\r\n"
    f"{imei(3)},2026-01-01,,S\x07M\r\n"
    f'{imei(4)},2026-01-01,12,"SM" x\r\n'
    f"{imei(5)},2026-01-01,,{'x' * 70_000}\r\n"
    f"{imei(6)},soon,,=1+1\r\n"
).encode()


@pytest.mark.feature("B3")
def test_damaged_rows_stay_refused_until_somebody_mends_them(chain, cloud):
    first = chain.upload(KEY, DAMAGED)
    again = chain.upload(KEY, first.raw("resend.csv"))

    assert refusals(first) == [
        {"ROW_WIDTH"},
        {"ROW_WIDTH"},
        {"ROW_CHARACTERS"},
        {"ROW_QUOTES"},
        {"ROW_TOO_LONG"},
        {"ORDER_DATE_INVALID"},
    ]
    # Written by us, the quotation mark is no longer stray, and of the endless row only the beginning is left: what
    # the cells of both are is a guess, of which no device must come.
    assert refusals(again) == refusals(first)
    assert cloud.scan("DevicesTable") == []


@pytest.mark.feature("B3")
def test_what_a_spreadsheet_would_run_comes_back_as_it_was(chain):
    dangerous = ["=1+1", "+1", "-1", "@x", "'=1", "''=1", "\t=1", "plain", "'plain"]
    first = chain.upload(KEY, csv_of(*(f"12,{text}" for text in dangerous), header="imei,model"))
    raw = first.raw("resend.csv")
    again = chain.upload(KEY, raw)

    assert [row[1] for row in rows(raw)[1:]] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "''=1",
        "'''=1",
        "'\t=1",
        "plain",
        "'plain",
    ]
    assert rows(again.raw("resend.csv")) == rows(raw)


@pytest.mark.feature("B3")
def test_a_list_without_header_gets_one(chain):
    first = chain.upload(KEY, f"{imei(1)}\n12\n".encode())

    assert rows(first.raw("resend.csv"))[0] == ["identifier", "error_code", "error", "suggestion"]
    assert refusals(chain.upload(KEY, first.raw("resend.csv"))) == refusals(first)


@pytest.mark.feature("B3")
def test_a_file_whose_columns_somebody_moved(chain):
    """Ours in front of the file's own: still ours, and the control character is named by the right column."""
    body = csv_of(
        f"IMEI_LENGTH,x,{imei(1)},y,SM",
        f"IMEI_LENGTH,x,{imei(2)},y,S\x01M",
        header="error_code,error,imei,suggestion,model",
    )
    report = chain.upload(KEY, body)

    assert [(row["line"], row["column"], row["code"]) for row in report.sheet("errors")] == [
        ("3", "model", "ROW_CHARACTERS")
    ]
    assert rows(report.raw("resend.csv"))[0] == ["imei", "model", "error_code", "error", "suggestion"]
