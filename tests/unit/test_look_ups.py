"""Lists that are looked up: every row is answered, in its place, and nothing of what others have is told."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.header import read_header
from rollcall.identifiers import candidates
from rollcall.look_ups import SHEET, Tally, answered, asked_in, counted
from rollcall.records import Record
from rollcall.rows import FileContext
from rollcall.sheets import SheetWriter
from tests.files_of import imei
from tests.unit.views.sample import device

COLUMNS = ("imei", "imei2", "serial", "identifier", "model")
CONTEXT = FileContext(headings=("IMEI", "IMEI 2", "SN", "any", "Model"), columns=COLUMNS, customer="CUST-X")
ONE = device(1)
KNOWN = {one.key: ONE for one in ONE.ids.values()}


def lines_of(*cells, found=KNOWN, context=CONTEXT):
    asked = asked_in(Record(7, cells), context)
    return list(answered([asked], found, uploader=lambda by, _: by))


def of(*cells, **more):
    return [(dict(zip(SHEET, line, strict=True)), state) for line, state in lines_of(*cells, **more)]


@pytest.mark.feature("B14")
def test_a_device_is_found_by_any_of_its_identifiers_in_whatever_column():
    for place in range(4):
        for identifier in ONE.ids.values():
            cells = ["", "", "", "", "SM-1"]
            cells[place] = identifier.value
            ((line, state),) = of(*cells)
            assert (line["line"], line["given"], state) == ("7", identifier.value, ONE.status.value)
            assert line["imei"] == ONE.ids["imei"].value


@pytest.mark.feature("B14")
def test_what_is_known_to_nobody_stands_in_its_own_column():
    ((line, state),) = of("", imei(77), "", "", "SM-1")
    assert (line["imei2"], line["status"], line["error"], state) == (imei(77), "UNKNOWN", "", "UNKNOWN")
    ((line, _),) = of("", "", "", "RZ8R00NOONE", "")
    assert (line["imei"], line["serial"]) == ("", "RZ8R00NOONE")


@pytest.mark.feature("B14")
def test_a_row_without_an_identifier_says_so():
    ((line, state),) = of("", "", "", "", "SM-1")
    assert (line["given"], line["status"], state) == ("SM-1", "UNKNOWN", "")
    assert line["error"]
    ((line, state),) = of("12 34", "", "", "", "")
    assert (line["imei"], state) == ("12 34", "")
    assert "digits" in line["error"]


@given(st.lists(st.text(max_size=30), max_size=7))
def test_every_row_is_answered_and_the_answer_is_a_file_that_can_be_read(cells):
    lines = lines_of(*cells)
    assert lines
    written = SheetWriter().write([SHEET, *(line for line, _ in lines)])
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(SHEET)}
    assert {row[0] for row in rows[1:]} == {"7"}


def test_the_heading_of_the_answer_is_one_of_ours_and_is_read_without_remarks():
    header = read_header(Record(1, SHEET))
    assert header.ours
    assert header.notes == ()
    assert {"imei", "imei2", "meid", "serial", "model", "customer_id"} <= set(header.columns)


@given(st.lists(st.sampled_from(["PENDING", "VERIFIED", "UNKNOWN", ""]), max_size=50), st.integers(0, 50))
def test_what_is_counted_in_pieces_is_what_is_counted_at_once(states, at):
    whole = counted(Tally(), len(states), states)
    pieces = counted(counted(Tally(), len(states[:at]), states[:at]), len(states[at:]), states[at:])
    assert pieces == whole
    assert whole.found + whole.unknown + whole.unreadable == whole.rows == len(states)


def test_a_number_without_a_kind_is_looked_up_as_all_that_it_may_be():
    (asked,) = asked_in(Record(1, ("", "", "", imei(5), "")), CONTEXT)
    assert asked.keys == tuple(one.key for one in candidates(imei(5)))
