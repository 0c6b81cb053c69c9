"""Identifiers against the opinions of other validators, and against the project's own damaged upload."""

from __future__ import annotations

import csv
import json

import pytest

from rollcall.identifiers import IdKind, read
from rollcall.luhn import is_valid
from rollcall.spreadsheets import without_separators
from tests.corpora import DATA, UPLOADS, needs

VECTORS = DATA / "identifiers" / "vectors.csv"
pytestmark = needs(VECTORS)

IMEI = frozenset({IdKind.IMEI})
MEID = frozenset({IdKind.MEID})

SIXTEEN = "sixteen digits are an IMEISV (TS 23.003 6.2.2), which is mended to its IMEI and said"
FORMAT_ONLY = "the suite looks at the form alone; TS 23.003 Annex B asks for the check digit"
EMPTY = "an empty cell is not an IMEI; whether one may be empty is a question for the row"

#: Where we differ from a suite, by value and the start of its source, with the reason.
DEVIATIONS = {
    ("3568680000414120", "validatorjs"): SIXTEEN,
    ("3520990017614823", "validatorjs"): SIXTEEN,
    ("35-686800-0041412-0", "validatorjs"): SIXTEEN,
    ("35-209900-1761482-3", "validatorjs"): SIXTEEN,
    ("4901542032375125", "JBZoo"): SIXTEEN,
    ("4901542032375125", "Respect"): SIXTEEN,
    ("9900008624718541", "asaskevich"): SIXTEEN,
    ("3538800800787456", "kreiseck-at"): SIXTEEN,
    ("123456789012345", "uceem"): FORMAT_ONLY,
    ("12-123456-123456-1", "uceem"): FORMAT_ONLY,
    ("123-123-123-123-12", "uceem"): "fourteen digits without the hyphens: an IMEI without its check digit is mended",
    ("990000862471854", "asaskevich"): "fails the check digit of Annex B; 990000862471853 would pass",
    ("351756051523999", "asaskevich"): "fails the check digit of Annex B; 351756051523993 would pass",
    ("", "JBZoo"): EMPTY,
}


def rows(path):
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_kind(*kinds):
    return [
        pytest.param(
            row["kind"], row["value"], row["valid"] == "true", row["source"], id=f"{row['source'][:9]}-{row['value']}"
        )
        for row in rows(VECTORS)
        if row["kind"] in kinds
    ]


@pytest.mark.feature("B12")
@pytest.mark.parametrize(("kind", "value", "valid", "source"), of_kind("imei", "imeisv"))
def test_imei_opinions(kind, value, valid, source):
    """We agree with every suite but for what is listed; a deviation that is none any more must leave the list."""
    reading = read(value, IMEI)
    differs = kind == "imei" and (value, source.split("/", maxsplit=1)[0]) in DEVIATIONS
    assert (reading.identifier is not None) == (valid != differs)


@pytest.mark.parametrize(("kind", "value", "valid", "source"), of_kind("luhn"))
def test_luhn_opinions(kind, value, valid, source):
    assert is_valid(without_separators(value)) == valid


@pytest.mark.parametrize(("kind", "value", "valid", "source"), of_kind("esn", "iccid"))
def test_identifiers_that_are_not_ours_are_never_taken_for_an_imei_or_meid(kind, value, valid, source):
    assert read(value, IMEI | MEID).identifier is None


@pytest.mark.parametrize("imei", ["990000862471853", "351756051523993"])
def test_the_right_digit_for_a_wrong_vector(imei):
    assert read(imei, IMEI).identifier.value == imei


def test_every_deviation_is_of_a_vector():
    known = {(row["value"], row["source"].split("/", maxsplit=1)[0]) for row in rows(VECTORS) if row["kind"] == "imei"}
    assert set(DEVIATIONS) <= known


@pytest.mark.feature("B1")
def test_the_damaged_upload_gets_exactly_the_codes_it_must():
    """Identifier codes and values of each line of messy.csv; repeats and missing identifiers are for the row to say."""
    expected = json.loads((UPLOADS / "messy.expected.json").read_text(encoding="utf-8"))["rows"]
    with (UPLOADS / "messy.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(cells) == len(expected) == 87
    for row, must in zip(cells, expected, strict=True):
        readings = {column: read(row[column], IMEI, column) for column in ("imei", "imei2")}
        codes = sorted(fault.code for reading in readings.values() for fault in reading.faults)
        assert codes == sorted(set(must["codes"]) - {"ID_MISSING", "DUPLICATE_IN_FILE"}), must["line"]
        if must["outcome"] == "stored":
            stored = {column: reading.identifier.value for column, reading in readings.items() if reading.identifier}
            assert stored == {column: value for column, value in must["stored"].items() if value}, must["line"]
        if "ID_MISSING" in must["codes"]:
            assert all(reading.identifier is None for reading in readings.values()), must["line"]


@pytest.mark.feature("B12")
def test_every_meid_of_the_meid_upload_is_read():
    readings = [read(row["MEID"], MEID) for row in rows(UPLOADS / "meids.csv")]
    assert len(readings) == 20
    assert all(reading.identifier for reading in readings)
    assert {note.code for reading in readings for note in reading.notes} == {
        "MEID_FROM_DECIMAL",
        "MEID_CHECK_DIGIT_DROPPED",
    }


def test_every_serial_of_the_serial_upload_is_read_without_a_note():
    readings = [read(row["Device Serial Number"], frozenset({IdKind.SERIAL})) for row in rows(UPLOADS / "serials.csv")]
    assert len(readings) == 20
    assert all(reading.identifier and not reading.notes for reading in readings)


def test_a_list_of_identifiers_alone_is_guessed_right():
    texts = (UPLOADS / "ids_only_headerless.csv").read_text(encoding="utf-8").split()
    assert len(texts) == 40
    assert all(read(text, frozenset(IdKind)).identifier.kind is IdKind.IMEI for text in texts)


def test_no_naughty_string_raises_or_is_taken_for_an_imei():
    for path in (DATA / "csv" / "blns").iterdir():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            assert read(line, IMEI | MEID).identifier is None
