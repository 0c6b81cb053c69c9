"""Uploads: the list, the card, the errors."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rollcall.accounts import ResellerRole
from rollcall.errors import CATALOGUE
from rollcall.grammar import parse
from rollcall.upload_lines import ErrorGroup
from rollcall.uploads import UploadStatus
from rollcall.views.report_buttons import REPORTS
from rollcall.views.upload_errors import errors
from rollcall.views.upload_outcomes import outcome
from rollcall.views.uploads import card, listing
from tests.unit.views.sample import NIA, RAE, UPLOAD, actions, elements, fits, line, page, said, upload

QUESTION = "uploads list"
CHECK_DIGIT = ErrorGroup("IMEI_CHECK_DIGIT", 37, (4, 9, 1_017), "The check digit is wrong. Type it again from the box.")


@pytest.mark.feature("P12")
def test_a_list_has_the_figures_of_each_upload():
    shown = fits(listing(page([line(1), line(2, UploadStatus.ERROR, stored=0, refused=120)], total=2), QUESTION, RAE))

    text = said(shown)
    assert "Uploads: 1-2 of 2" in text
    assert "*`march.csv`* for Northwind Logistics · order `PO 17`" in text
    for value in ("`U-7K3F-9QMC-2V5R-0001`", "`rae@acme.example`", "`RSL-ACME`", "120 rows", "40 verified", "<!date^"):
        assert value in text
    assert "Completed: all 120 rows stored · 40 verified\n`COMPLETED` · " in text
    assert "Failed: nothing stored, all 120 rows refused · 40 verified\n`ERROR` · " in text
    assert actions(shown) == ["uploads.open"] * 2 + ["page.dm"]


@pytest.mark.feature("P12")
def test_a_customer_sees_who_sent_it_and_no_email():
    text = said(fits(listing(page([line()]), QUESTION, NIA)))

    assert "from Acme Mobile" in text
    assert "account `CUST-NORTHWIND`" in text
    assert "rae@" not in text


@pytest.mark.parametrize("number", [0, 1, 50, 5_000])
@pytest.mark.parametrize("reader", [RAE, NIA])
def test_a_list_of_any_length_fits(number, reader):
    fits(listing(page(map(line, range(number)), total=number), QUESTION, reader))


def test_an_empty_list_says_what_to_do():
    viewer = replace(RAE, acting=replace(RAE.acting, member=replace(RAE.acting.member, role=ResellerRole.VIEWER)))
    assert "`/rollcall uploads new` opens a form" in said(fits(listing(page([]), QUESTION, RAE)))
    assert "ask an uploader of your company" in said(fits(listing(page([]), QUESTION, viewer)))
    assert "they appear here" in said(fits(listing(page([]), QUESTION, NIA)))
    assert "uploads list`" in said(fits(listing(page([]), "uploads list customer:CUST-X", RAE)))


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (line(), "Completed: all 120 rows stored"),
        (line(stored=1), "Completed: all 1 row stored"),
        (line(check_only=True), "Check only: Completed: all 120 rows would be stored"),
        (
            line(1, UploadStatus.COMPLETED_WITH_ERROR, stored=117, refused=3),
            "Completed with errors: 117 of 120 rows stored, 3 refused",
        ),
        (line(1, UploadStatus.ERROR, stored=0, refused=3), "Failed: nothing stored, all 3 rows refused"),
        (
            line(1, UploadStatus.ERROR, stored=0, fault="ENCODING"),
            "Failed: nothing stored, the file could not be taken",
        ),
        (line(1, UploadStatus.IN_PROGRESS, stored=0), "In progress, the file is being read"),
        (line(1, UploadStatus.IN_PROGRESS, stored=0, total=5_000), "In progress, 5,000 rows"),
    ],
)
def test_the_outcome_is_told_in_words(of, told):
    assert outcome(of) == told


def test_progress_is_rows_done_of_total():
    running = upload(UploadStatus.IN_PROGRESS, stored=0, refused=0, planned_rows=5_000, finished_at="")

    shown = fits(card(running, RAE, done=1_200))
    assert "In progress, 1,200 of 5,000 rows done" in said(shown)
    assert "In progress, 1,200 of 5,000 rows done" in shown.text
    assert actions(shown) == ["page.dm"]
    assert "*Stored*" not in said(shown)


@pytest.mark.feature("P12")
def test_a_card_has_all_figures_and_leads_on():
    groups = [CHECK_DIGIT, *(ErrorGroup(code, 1, (), "") for code in ("ID_MISSING", "ROW_WIDTH", "STC_REQUIRED"))]
    shown = fits(card(upload(), RAE, verified=40, groups=groups))

    text = said(shown)
    for pair in ("*Stored*\n117", "*Refused*\n3", "*Rows*\n120", "*Verified now*\n40", "*Account*\n`RSL-ACME`"):
        assert pair in text
    for pair in ("*Status*\n`COMPLETED_WITH_ERROR`", "*Reference*\n`R-7K3F9QMC`", f"*Upload id*\n`{UPLOAD}`"):
        assert pair in text
    assert "• 37 rows: IMEI check digit" in text
    assert "• and 1 more cause" in text
    buttons = {e["action_id"]: json.loads(e["value"]) for e in elements(shown)}
    assert buttons["uploads.errors"] == {"id": UPLOAD}
    assert parse(buttons["uploads.devices"]["q"]).query.upload == UPLOAD


@pytest.mark.parametrize("status", UploadStatus)
@pytest.mark.parametrize("check_only", [True, False])
@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize("reader", [RAE, NIA])
def test_a_card_of_any_upload_fits(status, check_only, many, reader):
    stored = 0 if status in {UploadStatus.ERROR, UploadStatus.IN_PROGRESS} else 5
    shown = upload(
        status, stored=stored, check_only=check_only, many=many, customer=None, file_name="", order_number=""
    )

    fits(card(shown, reader))
    assert ("uploads.devices" in actions(card(shown, reader))) == (stored > 0 and not check_only)


@pytest.mark.feature("B15")
def test_nobody_is_asked_to_decide_on_what_was_rejected_or_deleted():
    asks = {"uploads.nudge", "approvals.who"}
    assert asks <= set(actions(fits(card(upload(), RAE, verified=100, waiting=1))))
    assert not asks & set(actions(fits(card(upload(), RAE, verified=100, waiting=0))))
    assert not asks & set(actions(fits(card(upload(), NIA, verified=0, waiting=0))))


@pytest.mark.feature("B3", "B27")
def test_a_card_sends_its_files_to_the_reseller_alone():
    """On a busy day most uploads have no message of their own, so their files are asked for here."""
    sends = set(REPORTS)
    finished, clean = upload(), upload(UploadStatus.COMPLETED, refused=0)
    noted = replace(finished, figures=replace(finished.figures, notes_by_code={"IMEISV_SHORTENED": 2}))
    failed = upload(UploadStatus.ERROR, stored=0, refused=0, fault="HEADER_UNKNOWN")

    assert sends & set(actions(card(finished, RAE))) == sends - {"uploads.notes_csv"}
    assert sends <= set(actions(card(noted, RAE)))
    assert sends & set(actions(card(clean, RAE))) == {"uploads.results"}
    assert sends & set(actions(card(failed, RAE))) == {"uploads.errors_csv"}
    assert sends & set(actions(card(finished, NIA))) == {"uploads.errors_csv", "uploads.results"}
    assert not sends & set(actions(card(upload(UploadStatus.IN_PROGRESS, finished_at=""), RAE)))


def test_a_failed_file_never_looks_like_a_success():
    failed = upload(UploadStatus.ERROR, stored=0, refused=0, fault="HEADER_UNKNOWN")

    for shown in (fits(card(failed, RAE)), fits(errors(failed, (), RAE))):
        assert "Failed: nothing stored" in said(shown)
        assert "Failed: nothing stored" in shown.text
        assert "No column with an identifier" in said(shown)
        assert "ompleted" not in said(shown)
    assert "uploads.errors" in actions(card(failed, RAE))
    assert "HEADER_UNKNOWN" not in said(fits(card(upload(fault="NEVER_HEARD_OF"), RAE)))


@pytest.mark.feature("P13")
def test_errors_are_grouped_by_cause():
    shown = fits(errors(upload(), [CHECK_DIGIT, ErrorGroup("ID_MISSING", 1, (7,), "Add one.")], RAE))

    text = said(shown)
    assert "37 rows: IMEI check digit" in text
    assert "Lines 4, 9, 1,017 and 34 more" in text
    assert "Type it again from the box." in text
    assert "Line 7\n" in text
    assert "37 rows: IMEI check digit" in shown.text
    assert actions(shown) == ["uploads.open", "uploads.errors_csv", "page.dm"]
    assert parse(json.loads(list(elements(shown))[2]["value"])["q"]).ids == (UPLOAD,)


@pytest.mark.feature("P13")
def test_every_cause_there_is_fits_into_one_message():
    groups = [
        ErrorGroup(code, 1_000, (1, 2, 3, 4, 5), CATALOGUE[code].cause + CATALOGUE[code].remedy) for code in CATALOGUE
    ]

    shown = fits(errors(upload(), groups, RAE))
    assert "more causes, all of them in errors.csv" in said(shown)
    assert actions(shown)[:2] == ["uploads.open", "uploads.errors_csv"]


@pytest.mark.feature("P13")
def test_the_file_with_every_fault_is_offered_to_those_who_may_have_it_and_where_there_is_one():
    groups = [ErrorGroup(code, 1, (1,), "x") for code in CATALOGUE]
    failed = upload(UploadStatus.ERROR, stored=0, refused=0, fault="HEADER_UNKNOWN")

    assert "uploads.errors_csv" in actions(fits(errors(failed, (), RAE)))
    assert "uploads.errors_csv" not in actions(fits(errors(upload(UploadStatus.COMPLETED, refused=0), (), RAE)))
    shown = fits(errors(upload(), groups, NIA))
    assert "more causes, all of them in errors.csv." in said(shown)
    (asks,) = [element for element in elements(shown) if element["action_id"] == "uploads.errors_csv"]
    assert json.loads(asks["value"]) == {"id": UPLOAD, "as": "CUST-NORTHWIND"}
    assert "uploads.errors_csv" not in actions(fits(errors(upload(UploadStatus.COMPLETED, refused=0), (), NIA)))


@pytest.mark.feature("P13")
@pytest.mark.parametrize(
    ("of", "reader", "told"),
    [
        (upload(UploadStatus.COMPLETED, refused=0), RAE, "nothing to mend"),
        (upload(UploadStatus.IN_PROGRESS, stored=0, refused=0), RAE, "still being read"),
        (upload(many=True), NIA, "These are too many to be shown here"),
    ],
)
def test_without_causes_it_says_why(of, reader, told):
    assert told in said(fits(errors(of, (), reader)))


def test_a_cause_that_is_not_in_the_catalogue_is_shown_by_its_code():
    assert "1 row: BRANDˍNEW" in said(fits(errors(upload(), [ErrorGroup("BRAND_NEW", 1, (), "")], RAE)))
