"""Reading CSV as the suites of three other parsers expect it, wherever our own rules do not say otherwise."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from rollcall.dialect import DELIMITERS, detect_delimiter, detect_encoding, open_text
from rollcall.records import records
from tests.corpora import DATA, needs

if TYPE_CHECKING:
    from pathlib import Path

    from rollcall.records import Record

CORPORA = DATA / "csv"
pytestmark = needs(CORPORA)

OTHER_SYNTAX = "sets a delimiter, quotation mark, escape, comment or line end that no file of ours has"
TRIMMED_QUOTES = "drops blanks behind a closing quotation mark; we do not guess where such a cell ends"
TOLERATED_QUOTES = "reads on past a stray quotation mark; we refuse the line and read the next one"
MIXED_LINE_ENDS = "takes the first line end for the only one; every editor shows each of them as a new line"
OPTION = "is about an option of that library, not about reading"


def load(name: str) -> list[dict]:
    path = CORPORA / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else []


def read(path: Path, text: str, delimiter: str | None = None) -> list[Record]:
    """Reads a text the way an upload is read, from the bytes of a file."""
    path.write_bytes(text.encode())
    delimiter = delimiter or detect_delimiter(next(open_text(path, "utf-8"), ""))
    return list(records(open_text(path, "utf-8"), delimiter))


def without_blank(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """What a suite expects, less the records that are blank: those we leave out and count by line only."""
    return [tuple(row) for row in rows if any(cell.strip() for cell in row)]


#: The suite masked a telephone number in the expectation and not in the file.
SPECTRUM_MASKED = {"location_coordinates": ("1234567890", "2095257564")}
SPECTRUM = sorted(path.stem for path in (CORPORA / "csv-spectrum" / "csvs").glob("*.csv"))


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum(name):
    path = CORPORA / "csv-spectrum" / "csvs" / f"{name}.csv"
    masked, shown = SPECTRUM_MASKED.get(name, ("", ""))
    expectation = (CORPORA / "csv-spectrum" / "json" / f"{name}.json").read_text("utf-8")
    expected = json.loads(expectation.replace(masked, shown) if masked else expectation)
    encoding = detect_encoding(path)
    delimiter = detect_delimiter(next(open_text(path, encoding)))
    header, *rows = records(open_text(path, encoding), delimiter)

    assert (encoding, delimiter) == ("utf-8", ",")
    assert not any(row.faults for row in rows)
    got = [dict(zip(header.cells, row.cells, strict=True)) for row in rows]
    assert got == (expected if isinstance(expected, list) else [expected])


#: Cases of rust-csv that set something; the delimiter alone is something we have too.
RUST_DELIMITERS = {"delimiter_tabs": "\t"}
RUST_EXCEPTIONS = {
    "term_weird": OTHER_SYNTAX,
    "ascii_delimited": OTHER_SYNTAX,
    "quote_change": OTHER_SYNTAX,
    "quote_delimiter": OTHER_SYNTAX,
    "delimiter_weird": OTHER_SYNTAX,
    "comment_1": OTHER_SYNTAX,
}
RUST = load("rust-csv/parses_to.json")


@pytest.mark.parametrize("case", RUST, ids=[case["name"] for case in RUST])
def test_rust_csv(case, tmp_path):
    delimiter = RUST_DELIMITERS.get(case["name"], ",")
    result = read(tmp_path / "case.csv", case["input"], delimiter)
    agrees = [record.cells for record in result] == without_blank(case["expected"])

    assert agrees == (case["name"] not in RUST_EXCEPTIONS), RUST_EXCEPTIONS.get(case["name"])
    assert not any(record.faults for record in result if agrees)


#: Options of Papa Parse that make a case one of another syntax or of another job.
PAPA_SYNTAX = {"comments", "quoteChar", "escapeChar"}
PAPA_JOBS = {"dynamicTyping", "transform", "transformHeader", "skipFirstNLines"}
PAPA_EXCEPTIONS = {
    "Quoted field has no closing quote": TOLERATED_QUOTES,
    "Quoted field has invalid trailing quote after delimiter with a valid closer": TOLERATED_QUOTES,
    "Quoted field has invalid trailing quote after delimiter": TOLERATED_QUOTES,
    "Quoted field has invalid trailing quote before delimiter": TOLERATED_QUOTES,
    "Quoted field has invalid trailing quote after new line": TOLERATED_QUOTES,
    "Quoted fields with spaces between closing quote and next delimiter": TRIMMED_QUOTES,
    "Quoted fields with spaces between closing quote and next new line": TRIMMED_QUOTES,
    "Quoted fields with spaces after closing quote": TRIMMED_QUOTES,
    "Quoted fields with spaces between closing quote and next delimiter and contains delimiter": TRIMMED_QUOTES,
    "Quoted fields with spaces between closing quote and newline and contains newline": TRIMMED_QUOTES,
    "Mixed slash n and slash r should choose first as precident": MIXED_LINE_ENDS,
    "ASCII 30 delimiter": OTHER_SYNTAX,
    "ASCII 31 delimiter": OTHER_SYNTAX,
    "Multi-character delimiter": OTHER_SYNTAX,
    "Multi-character delimiter (length 2) with quoted field": OTHER_SYNTAX,
    "Callback delimiter": OTHER_SYNTAX,
    "Simple duplicated header names": OPTION,
    "Duplicated header names existing column": OPTION,
    "Duplicate header names with __proto__ field": OPTION,
}
#: The suite of the parser alone is told the delimiter, the other one has it guessed.
PAPA = [
    pytest.param(case, case.get("config", {}).get("delimiter", told), id=f"{name}-{number}-{case['description'][:60]}")
    for name, told in (("core_parser_tests", ","), ("parse_tests", None))
    for number, case in enumerate(load(f"papaparse/{name}.json"))
    if not (PAPA_SYNTAX | PAPA_JOBS) & set(case.get("config", {}))
]


@pytest.mark.parametrize(("case", "delimiter"), PAPA)
def test_papaparse(case, delimiter, tmp_path):
    result = read(tmp_path / "case.csv", case["input"], delimiter if delimiter in DELIMITERS else None)
    got = [record.cells for record in result]
    expected = case["expected"]["data"]
    if case.get("config", {}).get("header") and not any(isinstance(row, list) for row in expected):
        names, *rows = got
        got = [{**dict(zip(names, row, strict=False)), **extra(row[len(names) :])} for row in rows]
    else:
        expected = without_blank(expected)
    limit = case.get("config", {}).get("preview") or None
    exception = PAPA_EXCEPTIONS.get(case["description"])

    assert (list(islice(got, limit)) == expected) == (exception is None), exception
    if exception != OTHER_SYNTAX:
        faults = {fault.code for record in result for fault in record.faults}
        assert faults == ({"ROW_QUOTES"} if exception in {TOLERATED_QUOTES, TRIMMED_QUOTES} else set())


def extra(cells: tuple[str, ...]) -> dict[str, list[str]]:
    """Papa Parse keeps the cells beyond the header under a name of its own."""
    return {"__parsed_extra": list(cells)} if cells else {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sample.csv", [("A", "B", "C"), ("X", "Y", "Z")]),
        ("utf-8-bom-sample.csv", [("A", "B", "C"), ("X", "Y", "Z")]),
        ("sample-header.csv", [("title", "name"), ("test title 01", "test name 01"), ("", "test name 02")]),
    ],
)
def test_papaparse_files(name, expected):
    path = CORPORA / "papaparse" / name
    encoding = detect_encoding(path)
    delimiter = detect_delimiter(next(open_text(path, encoding)))

    assert [record.cells for record in records(open_text(path, encoding), delimiter)] == expected


def test_every_exception_is_still_a_case():
    """An exception for a case that went away would hide the next one of that name."""
    described = {parameter.values[0]["description"] for parameter in PAPA}

    assert set(PAPA_EXCEPTIONS) <= described
    assert set(RUST_EXCEPTIONS) <= {case["name"] for case in RUST}
