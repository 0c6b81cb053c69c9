"""What of an upload's reports a customer reads: its own rows, and no text that names what is not its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.errors import Fault
from rollcall.own_rows import codes_of, is_stored, line_of, own_errors, own_results

#: Of each code whose texts name something, a fault with all that could be named.
NAMING = {
    "DUPLICATE_IN_FILE": {"first_line": "SECRET"},
    "DUPLICATE_SAME_CUSTOMER": {"upload": "SECRET", "line": "SECRET"},
    "DUPLICATE_OTHER_CUSTOMER": {"upload": "SECRET", "customer": "SECRET"},
    "HELD_BY_OTHER_RESELLER": {},
}


def error(line, code="IMEI_LENGTH", value="12", details=None):
    fault = Fault(code, "imei", value, details or {})
    return (str(line), "imei", value, code, fault.message, fault.remedy)


def result(line, customer, codes=""):
    outcome = "refused" if codes else "stored"
    return (str(line), outcome, codes, customer, "", "", "", "", "")


def test_lines_of_results_name_their_customer():
    rows = [result(2, "CUST-A"), result(3, "CUST-B", "IMEI_LENGTH"), result(4, ""), result(5, "CUST-A", "ROW_WIDTH X")]
    own = list(own_results(rows, "CUST-A"))

    assert own == [rows[0], rows[3]]
    assert [(line_of(row), is_stored(row), codes_of(row)) for row in own] == [
        (2, True, []),
        (5, False, ["ROW_WIDTH", "X"]),
    ]


@given(
    st.lists(st.integers(2, 30)).map(sorted),
    st.sets(st.integers(2, 30)).map(sorted),
)
def test_lines_of_errors_are_those_of_the_own_rows(of_file, own):
    found = [line_of(row) for row in own_errors(map(error, of_file), own)]

    assert found == [line for line in of_file if line in own]


@pytest.mark.parametrize("lines", [None, [7]], ids=["a file of its own", "a file for many"])
@pytest.mark.parametrize(("code", "details"), NAMING.items())
def test_a_customer_reads_no_names(code, details, lines):
    row = error(7, code, details=details)
    (shared,) = own_errors([row], lines)
    beside = lines is None and code == "DUPLICATE_IN_FILE"  # a line of its own file it may know

    assert ("SECRET" in "".join(shared)) == beside
    assert shared[:4] == row[:4]
    assert all(shared)


def test_other_texts_stay_as_they_are():
    row = error(7, "IMEI_CHECK_DIGIT", "356779103674065", {"expected": "4"})

    assert list(own_errors([row], None)) == list(own_errors([row], [7])) == [row]


def test_of_a_value_of_several_lines_the_others_may_be_rows_of_others():
    row = error(7, "VALUE_TOO_LONG", "abc\nCUST-B,356779103674064")

    assert [one[2] for one in own_errors([row], [7])] == ["abc"]
    assert [one[2] for one in own_errors([row], None)] == ["abc\nCUST-B,356779103674064"]
    assert [one[2] for one in own_errors([error(7, value="")], [7])] == [""]


def test_a_fault_of_the_whole_file_is_nobodys_row():
    row = ("", "", "", "FILE_EMPTY", "x", "y")

    assert line_of(row) == 0
    assert list(own_errors([row], [7])) == []
