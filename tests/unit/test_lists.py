"""Lists to decide by: pasted, or the rows of a file; each line one device, or why it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.chunks import PlannedRow
from rollcall.conflicts import Generation
from rollcall.decisions import Target
from rollcall.errors import Fault
from rollcall.lists import ListLine, line_from_json, line_to_json, lines_of, of_targets, pasted
from rollcall.rows import FileContext
from tests.files_of import imei

CONTEXT = FileContext(headings=("IMEI", "S/N", "Approval"), columns=("imei", "serial", "approval_id"))


def codes(line):
    return [fault.code for fault in line.faults]


def row(number, *cells, faults=(), repeats=None):
    return PlannedRow(number, cells, tuple(faults), repeats or {})


@pytest.mark.feature("P26")
def test_a_pasted_list_is_read_whatever_stands_between():
    lines = pasted(f" {imei(1)},{imei(2)};\n\t{imei(3)}\r\n R58N12ABCDE ")

    assert [line.keys[0] for line in lines] == [*(f"imei#{imei(one)}" for one in (1, 2, 3)), "serial#R58N12ABCDE"]
    assert [line.line for line in lines] == [1, 2, 3, 4]


@pytest.mark.feature("P26")
@pytest.mark.parametrize("between", ["\n", "\r\n", ",", " ; ", "\t"])
def test_an_imei_in_the_parts_of_a_telephone_s_display_is_one_entry(between):
    first, second = imei(1), imei(2)
    parts = f"{first[:2]} {first[2:8]}\u00a0{first[8:14]} {first[14:]}"
    lines = pasted(between.join([parts, second, f"{imei(3)} {imei(4)}", "35 674108 000000"]))

    assert [line.value for line in lines] == [first, second, imei(3), imei(4), "35", "674108", "000000"]
    assert [line.line for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert [bool(line.keys) for line in lines] == [True] * 4 + [False] * 3


def test_a_bare_number_may_be_of_any_kind():
    (line,) = pasted(imei(1))

    assert line.keys == (f"imei#{imei(1)}", f"serial#{imei(1)}")


def test_what_is_no_identifier_or_stands_twice_says_so():
    lines = pasted(f"{imei(1)} 123 {imei(1)} -")

    assert [codes(line) for line in lines] == [[], ["IMEI_LENGTH"], ["DUPLICATE_IN_FILE"], ["ID_MISSING"]]
    assert lines[2].faults[0].details == {"first_line": "1"}
    assert all(not line.keys for line in lines[1:])
    assert pasted(" ,;\n") == ()


@given(st.text())
def test_any_text_is_a_list(text):
    for line in pasted(text):
        assert bool(line.keys) != bool(line.faults)
        assert line_from_json(line_to_json(line)) == line


@pytest.mark.feature("P23")
@pytest.mark.feature("P26")
def test_the_rows_of_a_file_with_their_approval_ids():
    found = list(lines_of([row(2, imei(1), "", " BANK 7 "), row(3, imei(2), "R58N12ABCDE", "")], CONTEXT))

    assert [line.keys for line in found] == [(f"imei#{imei(1)}",), (f"imei#{imei(2)}", "serial#R58N12ABCDE")]
    assert [line.approval_id for line in found] == ["BANK 7", ""]
    assert [(line.column, line.value) for line in found] == [("IMEI", imei(1)), ("IMEI", imei(2))]


def test_every_fault_of_a_row_is_its_line():
    rows = [
        row(2, "123", "!", ""),
        row(3, "", "", "BANK"),
        row(4, imei(1)),
        row(5, imei(1), "", "", repeats={f"imei#{imei(1)}": 4}),
        row(6, imei(2), "", "", faults=[Fault("ROW_QUOTES")]),
    ]
    found = list(lines_of(rows, CONTEXT))

    assert [codes(line) for line in found] == [
        ["IMEI_LENGTH", "SERIAL_FORMAT"],
        ["ID_MISSING"],
        ["ROW_WIDTH"],
        ["DUPLICATE_IN_FILE"],
        ["ROW_QUOTES"],
    ]
    assert all(not line.keys for line in found)


def test_a_list_without_a_header_tries_all_kinds():
    context = FileContext(headings=("identifier",), columns=("identifier",))
    (line,) = lines_of([row(1, imei(1))], context)

    assert line.keys == (f"imei#{imei(1)}", f"serial#{imei(1)}")


def test_devices_that_were_shown_keep_what_was_shown():
    born = Generation("RSL-ACME", "CUST-NORTHWIND", "U-1", 2)
    (line,) = of_targets([Target("imei#1", born, "BANK")])

    assert line == ListLine(1, "", "1", ("imei#1",), "BANK", (), born)
    assert line_from_json(line_to_json(line)) == line
