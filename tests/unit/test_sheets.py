"""Our CSV files: safe in a spreadsheet program, and the same again when read back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rollcall.records import records
from rollcall.sheets import SheetWriter, guard, unguard


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-1.3", "'-1.3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("'''@x", "''''@x"),
        ("'354875105457995", "'354875105457995"),
        ("PO-8", "PO-8"),
        (" =1", " =1"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_guard(cell, written):
    assert written == guard(cell)
    assert cell == unguard(written)


def test_only_one_mark_is_taken_off_and_only_before_a_formula():
    assert unguard("''=1") == "'=1"
    assert unguard("'hello") == "'hello"
    assert unguard("=1") == "=1"


@given(st.text(st.sampled_from("'=+-@\t\ra")) | st.text())
def test_unguard_gives_back_what_was_guarded(cell):
    assert cell == unguard(guard(cell))
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_bytes():
    """Byte order mark once, CRLF, quotes where RFC 4180 asks for them."""
    sheet = SheetWriter()

    assert sheet.write([["imei", "note"]]) == b"\xef\xbb\xbfimei,note\r\n"
    assert '"a ""b"", c","d\ne"\r\n\'=1,\xe9\r\n'.encode() == sheet.write([['a "b", c', "d\ne"], ["=1", "é"]])
    assert sheet.write([]) == b""


def test_half_a_surrogate_pair_does_not_stop_a_report():
    assert SheetWriter().write([["a\ud800b"]]) == b"\xef\xbb\xbfa?b\r\n"


@pytest.mark.feature("B3")
@given(st.lists(st.lists(st.text(st.sampled_from("'=+-@\t\r\n\",;a3é가")) | st.text(), min_size=1, max_size=5)))
def test_what_we_write_reads_back(rows):
    assume(all(any(cell.strip() for cell in row) for row in rows))
    assume(not rows or not rows[0][0].lower().startswith("sep="))
    sheet = SheetWriter()
    text = b"".join(sheet.write([row]) for row in rows).decode("utf-8-sig")

    assert [tuple(row) for row in rows] == [tuple(map(unguard, record.cells)) for record in records([text], ",")]
