"""Records: what is read, on which line, and how reading goes on after damage."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.records import MAX_RECORD, Bounds, delimiter_hint, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.records import Record

LINE_END = re.compile(r"\r\n|\r|\n")
DELIMITERS = ",;\t|"


def read(text: str, delimiter: str = ",") -> list[tuple[int, tuple[str, ...]]]:
    return [(record.line, record.cells) for record in records([text], delimiter)]


def codes(record: Record) -> list[str]:
    return [fault.code for fault in record.faults]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
def test_lines_are_those_of_an_editor(end):
    text = end.join(["a,b", "", "c,d", '"x', 'y",e', " , ", "f,g"])

    assert [(1, ("a", "b")), (3, ("c", "d")), (4, (f"x{end}y", "e")), (7, ("f", "g"))] == read(text)


def test_only_line_breaks_end_a_line():
    """The other characters at which Python's splitlines splits are text."""
    text = "a\u2028b,c\x1cd\x0be\x0cf\x85g\u2029h\n2,3"

    assert read(text) == [(1, ("a\u2028b", "c\x1cd\x0be\x0cf\x85g\u2029h")), (2, ("2", "3"))]


def test_blanks_at_the_edges_of_a_cell_stay():
    assert read(' a ,\u00a0b,""" c """\n" d ",e,') == [(1, (" a ", "\u00a0b", '" c "')), (2, (" d ", "e", ""))]


@pytest.mark.parametrize("line", ["", "  ", ",,", " ,\t,\u00a0", '"",""', '" "', '"\n"', "\u3000"])
def test_blank_records_are_left_out_but_counted(line):
    expected = 2 + len(LINE_END.findall(line))

    assert [(expected, ("1", "2"))] == read(f"{line}\n1,2")


@pytest.mark.parametrize("delimiter", DELIMITERS, ids=["comma", "semicolon", "tab", "bar"])
def test_each_delimiter(delimiter):
    text = delimiter.join(["1", f'"a{delimiter}b"', "x,;y"])

    assert ("1", f"a{delimiter}b") == read(text, delimiter)[0][1][:2]


def test_a_quotation_mark_inside_an_unquoted_cell_is_text():
    assert read('12" screen, "b" ,c') == [(1, ('12" screen', ' "b" ', "c"))]


@pytest.mark.feature("B20")
@pytest.mark.parametrize("hint", ["sep=;", "SEP=;"])
def test_the_delimiter_line_of_excel_is_no_record_but_counts(hint):
    assert read(f"{hint}\r\nimei;model\r\n1;2", ";") == [(2, ("imei", "model")), (3, ("1", "2"))]


def test_the_delimiter_line_is_one_only_at_the_top():
    assert [(line, (",".join(cells),)) for line, cells in read("a\nsep=,")] == [(1, ("a",)), (2, ("sep=,",))]


@pytest.mark.parametrize(
    ("line", "expected"), [("sep=;\r\n", ";"), ("sep=\t", "\t"), ("sep=x", None), ("sep=,,", None)]
)
def test_delimiter_hint(line, expected):
    assert expected == delimiter_hint(line)


@pytest.mark.feature("B1")
@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b"c,"d, e"', ("a", '"b"c', "d, e")),
        ('a,"b" ,c', ("a", '"b" ', "c")),
        ('"a""b",""x,c', ('a"b', '""x', "c")),
        ('a,"', ("a", '"')),
        ('"a', ('"a',)),
        ('a,"b,', ("a", '"b', "")),
    ],
)
def test_a_stray_quotation_mark_costs_one_line(line, cells):
    """Nobody knows where the cells end, so the line is refused and reading goes on with the very next one."""
    result = list(records([f"h1,h2\n{line}\n1,2\n3,4\n"], ","))

    assert [(record.line, codes(record)) for record in result] == [(1, []), (2, ["ROW_QUOTES"]), (3, []), (4, [])]
    assert cells == result[1].cells
    assert line == result[1].faults[0].value


def test_a_quotation_mark_that_closes_lines_later_and_wrongly_costs_one_line():
    result = list(records(['a,"b\nc,d\n"e,"x"\nf,g'], ","))

    assert [(r.line, codes(r)) for r in result] == [(1, ["ROW_QUOTES"]), (2, []), (3, ["ROW_QUOTES"]), (4, [])]
    assert result[1].cells == ("c", "d")


def test_a_cell_over_lines_that_is_never_closed_is_given_up_at_the_longest_record():
    lines = [f"{number:015d},x" for number in range(10_000)]
    result = list(records(['"open\n', "\n".join(lines)], ","))

    assert codes(result[0]) == ["ROW_QUOTES"]
    assert lines == [",".join(record.cells) for record in result[1:]]
    assert list(range(1, 10_002)) == [record.line for record in result]


def test_a_file_of_unclosed_quotation_marks_is_not_read_over_and_over(monkeypatch):
    """Past the look-ahead a quoted cell must end on its own line; cells that do are still read."""
    monkeypatch.setattr("rollcall.records._LOOK_AHEAD", 0.01)
    handed_out = 0

    def text() -> Iterator[str]:
        nonlocal handed_out
        for _ in range(MAX_RECORD // 2):
            handed_out += 1
            yield 'x","b\n'

    reading = records(text(), ",")
    next(reading)
    for_the_first = handed_out
    assert codes(next(reading)) == ["ROW_QUOTES"]
    assert for_the_first == handed_out

    late = list(records(['x","b\n' * 1_000, '"a\nb",c\n"d","e"'], ","))

    assert (late[-1].cells, late[-1].faults) == (("d", "e"), ())
    assert codes(late[-3]) == ["ROW_QUOTES"]


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_a_line_longer_than_a_record_may_be(size):
    text = "a,b\n" + "3" * MAX_RECORD + ",x\r\n1,2\n"
    result = list(records((text[at : at + size] for at in range(0, len(text), size)), ","))

    assert [(record.line, codes(record)) for record in result] == [(1, []), (2, ["ROW_TOO_LONG"]), (3, [])]
    assert result[1].cells == ("3" * 256,)
    assert result[1].faults[0].details == {"limit": "65536"}


def test_the_longest_record_is_read():
    for text in ("3" * (MAX_RECORD - 2) + ",x\r\n", '"' + "3\n" * (MAX_RECORD // 2 - 2) + '",'):
        (record,) = records([text], ",")

        assert record.faults == ()
        assert len(record.cells) == 2


@pytest.mark.parametrize(
    ("encoding", "cell", "bytes_of_it"),
    [
        ("utf-8", "x", 1),
        ("utf-8", "\uac15", 3),
        ("utf-8", "\U0001f4f1", 4),
        ("cp949", "\uac15", 2),
        ("utf-16-le", "x", 2),
    ],
)
def test_a_record_is_measured_in_the_bytes_of_its_file(encoding, cell, bytes_of_it):
    bounds = Bounds(1_000, encoding)
    fits = 1_000 // bytes_of_it
    longest, too_long = records([cell * fits + "\n" + cell * (fits + 1)], ",", bounds)
    quoted = '"' + (cell * 10 + "\n") * (fits // 10) + '"\n'
    *_, last = records([quoted], ",", bounds)

    assert (codes(longest), codes(too_long)) == ([], ["ROW_TOO_LONG"])
    assert too_long.faults[0].details == {"limit": "1000"}
    assert codes(last) == ["ROW_QUOTES"]  # with its line breaks it is too long, and so its end is not looked for
    assert codes(next(records(['"' + (cell * 10 + "\n") * (fits // 20) + '"\n'], ",", bounds))) == []


def test_a_cell_that_holds_rows_is_no_cell():
    asked = []

    def are_rows(lines):
        asked.append(list(lines))
        return any("row" in line for line in lines)

    text = ['a,"b\nrow 1,x\nrow 2,y"\nc,"d\ne"\n']
    found = list(records(text, ",", rows_within=are_rows))

    assert [(one.line, codes(one)) for one in found] == [(1, ["ROW_QUOTES"]), (2, []), (3, []), (4, [])]
    assert [one.cells for one in found] == [("a", '"b'), ("row 1", "x"), ("row 2", 'y"'), ("c", "d\ne")]
    assert asked == [["row 1,x\n", 'row 2,y"\n'], ['e"\n']]


def test_memory_stays_bounded_on_an_endless_line():
    piece = "3" * 1_000_000
    tracemalloc.start()
    try:
        result = list(records((piece for _ in range(20)), ","))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert [codes(record) for record in result] == [["ROW_TOO_LONG"]]
    assert peak < 12_000_000


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
def test_control_characters_are_named_with_their_cell(character, quoted):
    cell = f"SM{character}G"
    written = f'"{cell}"' if quoted else cell
    first, second = records([f"1,{written},2\n3,4,5"], ",")

    assert ("1", cell, "2") == first.cells
    assert [("ROW_CHARACTERS", cell, {"character": f"U+{ord(character):04X}", "cell": "2"})] == [
        (fault.code, fault.value, fault.details) for fault in first.faults
    ]
    assert second.faults == ()


def test_a_control_character_on_a_later_line_of_a_cell_is_found():
    (record,) = records(['"a\nb\x00"'], ",")

    assert codes(record) == ["ROW_CHARACTERS"]


def test_tabs_and_line_breaks_are_text():
    (record,) = records(['"a\tb\r\nc"'], ",")

    assert record.faults == ()


def pieces(text: str, cuts: list[int]) -> list[str]:
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


cells = st.text(st.sampled_from("ab3 \",;\t|\r\n'é가\u2028"), max_size=6)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), max_size=8)


@given(tables, st.sampled_from(DELIMITERS), st.sampled_from(["\r\n", "\n", "\r"]), st.lists(st.integers(0, 500)))
def test_what_csv_writes_reads_back(table, delimiter, end, cuts):
    """Whatever the table, and wherever the text is cut, with the line of each record."""
    expected = []
    text = ""
    for row in table:
        if any(cell.strip() for cell in row):
            expected.append((1 + len(LINE_END.findall(text)), tuple(row)))
        out = io.StringIO(newline="")
        # csv quotes line breaks other than its own only since 3.13
        quoting = csv.QUOTE_MINIMAL if end == "\r\n" else csv.QUOTE_ALL
        csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerow(row)
        text += out.getvalue()

    result = list(records(pieces(text, cuts), delimiter))

    assert expected == [(record.line, record.cells) for record in result]
    assert not any(record.faults for record in result)


@given(st.text(st.sampled_from('a3"",\r\n \x00é')), st.lists(st.integers(0, 100)))
def test_no_text_raises_and_pieces_make_no_difference(text, cuts):
    whole = list(records([text], ","))

    assert whole == list(records(pieces(text, cuts), ","))
    lines = [record.line for record in whole]
    assert sorted(set(lines)) == lines
    assert all(line <= 1 + len(LINE_END.findall(text)) for line in lines)


@given(st.text(), st.sampled_from(DELIMITERS))
def test_any_text_at_all_can_be_read(text, delimiter):
    for record in records([text], delimiter):
        assert record.cells
