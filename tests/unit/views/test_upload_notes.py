"""What an upload's message says of the manufacturer's registry, and of how its file was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.uploads import Figures, ReadAs, Split, UploadStatus
from rollcall.views import upload_messages, upload_notes, uploads
from rollcall.views.upload_notes import registry_lines
from tests.unit.views.sample import NIA, RAE, fits, said, upload


def noted(*, check_only=False, **codes):
    return replace(upload(), check_only=check_only, figures=replace(upload().figures, notes_by_code=codes))


@pytest.mark.feature("P7")
def test_nothing_is_said_where_the_registry_said_nothing():
    assert registry_lines(noted(ID_SEPARATORS=3, MODEL_ADDED=2), RAE) == []


@pytest.mark.feature("P7")
def test_each_doubt_is_a_line_with_what_to_do():
    one = noted(NOT_RECOGNISED=2, REGISTRY_UNAVAILABLE=1, TAC_UNKNOWN=1_200)
    doubted, silent, strange = registry_lines(one, RAE)

    assert "2 devices not recognised" in doubted
    assert f"devices refresh upload:{one.id}" in doubted
    assert "1 device; it is asked again by itself" in silent
    assert "1,200 devices of a kind" in strange


@pytest.mark.feature("P7")
def test_a_check_has_stored_nothing_and_nothing_is_asked_again():
    lines = registry_lines(noted(check_only=True, NOT_RECOGNISED=2, REGISTRY_UNAVAILABLE=1), RAE)

    assert "would be stored as MPTS_ERROR" in lines[0]
    assert "asks again" not in lines[0]
    assert "asked again" not in lines[1]


READ = ReadAs("cp1252", ";", {"IMEI-Nummer": "imei", "Modell": "model", "order_number": "order_number"})


@pytest.mark.feature("B20", "B12")
@pytest.mark.parametrize("draw", [uploads.card, upload_messages.upload_message])
def test_a_finished_upload_says_how_it_was_read_and_what_was_repaired(draw):
    figures = Figures(
        rows=Split(117, 3),
        notes_by_code={"IMEI_CHECK_DIGIT_ADDED": 40, "ID_FORMULA": 2, "SERIAL_UNUSUAL": 1, "COLUMN_UNKNOWN": 2},
    )
    read = replace(READ, ignored=("Farbe", "<!channel>"))
    text = said(fits(draw(upload(figures=figures, read_as=read), RAE)))
    assert (
        "Read as Windows-1252, separated by `;`, columns imei (`IMEI-Nummer`), model (`Modell`), order_number; "
        "not read: `Farbe`, `&lt;!channel&gt;`"
    ) in text
    assert "Repaired: 40 rows IMEI check digit added, 2 rows spreadsheet marks removed" in text
    assert "Unusual, and taken as it is: 1 row unusual serial number · `notes.csv` has each of them" in text


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("read", "told"),
    [
        (ReadAs("utf-8", ",", {"identifier": "identifier"}, headerless=True), "a list without headings"),
        (ReadAs("utf-16-le", "\t", {"IMEI": "imei"}), "Read as UTF-16, separated by tabs, columns imei"),
        (ReadAs("cp932", "|", {f"c{n}": "tags" for n in range(20)}), "tags (`c7`), …"),
    ],
)
def test_files_of_every_dialect_say_so(read, told):
    text = said(fits(uploads.card(upload(read_as=read), RAE)))
    assert told in text
    assert "Repaired" not in text
    assert "notes.csv" not in text


@pytest.mark.parametrize(
    "one",
    [
        upload(UploadStatus.IN_PROGRESS, finished_at="", read_as=READ),
        upload(UploadStatus.ERROR, stored=0, refused=0, fault="ENCODING"),
    ],
)
def test_of_a_file_that_is_being_read_or_could_not_be_there_is_nothing_to_say(one):
    assert upload_notes.reading_lines(one, RAE) == []
    assert "Read as" not in said(fits(uploads.card(one, RAE)))


def test_a_customer_is_not_told_how_a_reseller_s_file_was_read():
    assert upload_notes.reading_lines(upload(read_as=READ), NIA) == []
