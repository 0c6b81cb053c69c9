"""What the reports of an upload say, line by line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.chunks import Outcome
from rollcall.errors import Fault
from rollcall.reports import (
    fault_row,
    file_status,
    first_faults,
    heading,
    result_row,
    summary,
)
from rollcall.resends import resend_header, resend_row
from rollcall.rows import FileContext
from rollcall.shares import Share
from rollcall.uploads import Cost, Figures, ReadAs, Split, Upload, UploadStatus, add_up

CONTEXT = FileContext(headings=("IMEI1", "Modell", "Notiz"), columns=("imei", "model", None))
WRONG = Fault("IMEI_CHECK_DIGIT", "IMEI1", "356779103674065", {"expected": "4"})
LONG = Fault("VALUE_TOO_LONG", "Modell", "x", {"limit": "1000"})
OUTCOME = Outcome(
    line=7,
    cells=("356779103674065", "SM-1", "=1+1"),
    stored=False,
    customer="CUST-NORTHWIND",
    ids={},
    status="",
    faults=(WRONG, LONG, replace(WRONG, value="again")),
    notes=(),
)


@pytest.mark.feature("B1")
def test_a_line_of_errors():
    assert fault_row(7, WRONG, CONTEXT) == (
        "7",
        "IMEI1",
        "356779103674065",
        "IMEI_CHECK_DIGIT",
        WRONG.message,
        WRONG.remedy,
    )


def test_a_fault_of_the_file_itself_has_no_line():
    assert fault_row(None, Fault("FILE_EMPTY"), None)[:4] == ("", "", "", "FILE_EMPTY")


@pytest.mark.parametrize(
    ("column", "shown"), [("imei", "IMEI1"), ("model", "Modell"), ("IMEI1", "IMEI1"), ("", ""), ("stc", "stc")]
)
def test_columns_go_by_the_names_of_the_file(column, shown):
    assert heading(column, CONTEXT) == shown
    assert heading(column, None) == column


@pytest.mark.feature("B27")
def test_a_line_of_results():
    stored = replace(OUTCOME, stored=True, faults=(), ids={"imei": "1", "imei2": "2", "serial": "S"}, status="PENDING")

    assert result_row(stored) == ("7", "stored", "", "CUST-NORTHWIND", "1", "2", "", "S", "PENDING")
    assert result_row(OUTCOME)[:4] == ("7", "refused", "IMEI_CHECK_DIGIT VALUE_TOO_LONG", "CUST-NORTHWIND")


@pytest.mark.feature("B3")
def test_a_line_to_mend_and_send_again():
    assert resend_header(CONTEXT) == ("IMEI1", "Modell", "Notiz", "error_code", "error", "suggestion")
    assert resend_row(OUTCOME, CONTEXT) == (
        *OUTCOME.cells,
        "IMEI_CHECK_DIGIT VALUE_TOO_LONG",
        f"{WRONG.message} {LONG.message} {WRONG.message}",
        f"{WRONG.remedy} {LONG.remedy}",
    )


@pytest.mark.feature("B3")
@pytest.mark.parametrize(
    ("cells", "written"),
    [
        (("356",), ("356", "", "")),
        (("356", "a", "b", "c"), ("356", "a", "b,c")),
        (("356", "a", "", '5"', "x,y"), ("356", "a", ',"5""","x,y"')),
    ],
    ids=["short", "long", "longer"],
)
def test_a_ragged_row_stands_below_the_headings(cells, written):
    row = resend_row(replace(OUTCOME, cells=cells, faults=(Fault("ROW_WIDTH"),)), CONTEXT)

    assert row[:4] == (*written, "ROW_WIDTH")
    assert len(row) == len(resend_header(CONTEXT))
    assert "empty error_code" in row[-1]


@pytest.mark.feature("B3")
def test_half_a_row_never_looks_like_a_whole_one():
    too_long = Fault("ROW_TOO_LONG", value="356779103674064,SM-1,xxxx", details={"limit": "65536"})
    row = resend_row(replace(OUTCOME, cells=("356779103674064", "SM-1", "xxxx"), faults=(too_long,)), CONTEXT)

    assert row[:4] == ("356779103674064,SM-1,xxxx", "", "", "ROW_TOO_LONG")
    assert len(row) == len(resend_header(CONTEXT))


def test_a_file_that_was_never_read_has_our_columns_only():
    assert resend_header(None) == ("error_code", "error", "suggestion")


UPLOAD = Upload(
    id="U-7K3F-9QMC-2V5R-8TXA",
    bucket="b",
    key="uploads/RSL-ACME/_many/may.csv",
    version="v1",
    reseller="RSL-ACME",
    customer=None,
    many=True,
    file_name="may.csv",
    check_only=False,
    status=UploadStatus.COMPLETED_WITH_ERROR,
    uploaded_by="rae@acme.example",
    source="s3",
    order_number="PO",
    order_date="",
    stc="",
    started_at="2026-03-01T09:30:00Z",
    finished_at="2026-03-01T09:30:07Z",
    reference="R-7K3F9QMC",
    sha256="ab",
    read_as=ReadAs("utf-8", ";", {"IMEI1": "imei"}),
    figures=Figures(
        rows=Split(2, 3),
        by_code={"ID_MISSING": 1, "IMEI_LENGTH": 2, "CUSTOMER_UNKNOWN": 1},
        notes_by_code={"ID_SEPARATORS": 1},
    ),
)


SHARES = (Share("CUST-A", Split(2, 1)), Share("CUST-B", Split(0, 1)), Share("CUSTOMER_UNKNOWN", Split(0, 1)))


def test_the_summary_has_the_promised_fields():
    told = summary(UPLOAD, SHARES)

    assert told == {
        "upload_id": "U-7K3F-9QMC-2V5R-8TXA",
        "source_key": "uploads/RSL-ACME/_many/may.csv",
        "source_version": "v1",
        "sha256": "ab",
        "check_only": False,
        "status": "COMPLETED_WITH_ERROR",
        "total": 5,
        "stored": 2,
        "refused": 3,
        "by_code": {"IMEI_LENGTH": 2, "CUSTOMER_UNKNOWN": 1, "ID_MISSING": 1},
        "notes_by_code": {"ID_SEPARATORS": 1},
        "read_as": {"encoding": "utf-8", "delimiter": ";", "header_map": {"IMEI1": "imei"}, "headerless": False},
        "by_customer": {
            "CUST-A": {"total": 3, "stored": 2, "refused": 1},
            "CUST-B": {"total": 1, "stored": 0, "refused": 1},
            "CUSTOMER_UNKNOWN": {"total": 1, "stored": 0, "refused": 1},
        },
        "started_at": "2026-03-01T09:30:00Z",
        "finished_at": "2026-03-01T09:30:07Z",
        "reference": "R-7K3F9QMC",
    }
    assert list(told["by_code"]) == ["IMEI_LENGTH", "CUSTOMER_UNKNOWN", "ID_MISSING"]  # the most frequent first


def test_only_a_many_customer_file_is_counted_by_customer():
    assert "by_customer" not in summary(replace(UPLOAD, many=False), SHARES)
    assert summary(replace(UPLOAD, read_as=None))["read_as"] is None


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (Split(3, 0), UploadStatus.COMPLETED),
        (Split(3, 1), UploadStatus.COMPLETED_WITH_ERROR),
        (Split(0, 1), UploadStatus.ERROR),
        (Split(0, 0), UploadStatus.ERROR),
    ],
)
def test_an_upload_that_stored_nothing_is_never_a_success(rows, status):
    assert Figures(rows=rows).status is status
    assert file_status(None, Figures(rows=rows).status) is status
    assert file_status(Fault("FILE_EMPTY"), Figures(rows=rows).status) is UploadStatus.ERROR


def test_figures_add_up():
    part = Figures(Split(1, 2), {"ID_MISSING": 2}, {"ID_FORMULA": 1}, Cost(1, 0.5, 2.0))
    whole = add_up([part, Figures(), replace(part, by_code={"ROW_WIDTH": 1})])

    assert whole.rows == Split(2, 4)
    assert whole.by_code == {"ID_MISSING": 2, "ROW_WIDTH": 1}
    assert whole.notes_by_code == {"ID_FORMULA": 2}
    assert whole.cost == Cost(2, 1.0, 4.0)


@pytest.mark.feature("B2")
def test_the_first_lines_of_each_cause():
    outcomes = [replace(OUTCOME, line=line, faults=(WRONG,)) for line in (2, 3, 4)]
    found = first_faults(iter([*outcomes, replace(OUTCOME, line=5, faults=(LONG,))]), each=2)

    assert {code: [line for line, _ in lines] for code, lines in found.items()} == {
        "IMEI_CHECK_DIGIT": [2, 3],
        "VALUE_TOO_LONG": [5],
    }
    assert found["IMEI_CHECK_DIGIT"][0][1] == f"{WRONG.message} {WRONG.remedy}"
