"""The sample uploads: each is read in its own dialect, to the last row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rollcall.dialect import detect_delimiter, detect_encoding, open_text
from rollcall.header import read_header
from rollcall.records import records
from tests.corpora import UPLOADS

if TYPE_CHECKING:
    from rollcall.header import Header
    from rollcall.records import Record


USUAL = ("imei", "imei2", "model", "order_number", "tags")
ZERO_TOUCH = ("modemtype", "imei_or_meid", "serial", "model", None, None, None)

#: File: encoding, delimiter, columns, rows.
EXPECTED = {
    "bom_lf.csv": ("utf-8", ",", USUAL, 20),
    "clean_25.csv": ("utf-8", ",", USUAL, 25),
    "clean_250.csv": ("utf-8", ",", USUAL, 250),
    "cr_only.csv": ("utf-8", ",", USUAL, 20),
    "excel_utf16.txt": ("utf-16-le", "\t", USUAL, 20),
    "ids_only_headerless.csv": ("utf-8", ",", ("identifier",), 40),
    "korean_cp949.csv": ("cp949", ",", USUAL, 20),
    "many_customers.csv": ("utf-8", ",", ("customer_id", *USUAL), 60),
    "meids.csv": ("utf-8", ",", ("meid", "model"), 20),
    "messy.csv": ("utf-8", ",", USUAL, 87),
    "semicolon_cp1252.csv": ("cp1252", ";", ("imei_or_meid", *USUAL[1:]), 20),
    "serials.csv": ("utf-8", ",", ("serial", "model"), 20),
    "zero_touch.csv": ("utf-8", ",", ZERO_TOUCH, 20),
}


def read(name: str) -> tuple[str, str, Header, list[Record]]:
    path = UPLOADS / name
    encoding = detect_encoding(path)
    delimiter = detect_delimiter(next(open_text(path, encoding)))
    result = list(records(open_text(path, encoding), delimiter))
    header = read_header(result[0])
    return encoding, delimiter, header, result if header.headerless else result[1:]


@pytest.mark.feature("B20")
@pytest.mark.parametrize("name", EXPECTED)
def test_dialect_header_and_rows(name):
    encoding, delimiter, header, rows = read(name)

    assert (encoding, delimiter, header.columns, len(rows)) == EXPECTED[name]
    assert header.headerless == (name == "ids_only_headerless.csv")
    assert not any(row.faults for row in rows)
    assert {len(row.cells) for row in rows} == {len(header.columns)}


def test_every_sample_is_here():
    assert {path.name for path in UPLOADS.iterdir() if path.suffix != ".json"} == set(EXPECTED)


@pytest.mark.parametrize(
    ("name", "cell"),
    [("korean_cp949.csv", "강남지점"), ("semicolon_cp1252.csv", "café"), ("excel_utf16.txt", "Zürich")],
)
def test_letters_outside_ascii(name, cell):
    _, _, _, rows = read(name)

    assert all(cell in " ".join(row.cells) for row in rows)


def test_unknown_columns_are_said():
    _, _, header, _ = read("zero_touch.csv")

    assert [note.value for note in header.notes] == ["manufacturer", "profiletype", "owner"]


@pytest.mark.feature("B1")
def test_lines_of_the_damaged_file_are_those_expected():
    expected = json.loads((UPLOADS / "messy.expected.json").read_text("utf-8"))
    _, _, _, rows = read("messy.csv")

    assert [row.line for row in rows] == [row["line"] for row in expected["rows"]]
