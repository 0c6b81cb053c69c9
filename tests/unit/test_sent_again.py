"""Whatever a file is like: its refused rows, sent back as they are, are refused again for the same reasons."""

from __future__ import annotations

import csv
import tempfile
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rollcall.chain.reading import FileReader
from rollcall.chunks import outcome_of
from rollcall.dialect import FileFault
from rollcall.records import MAX_RECORD
from rollcall.resends import RESEND_COLUMNS, resend_header, resend_row
from rollcall.rows import FileContext, judge
from rollcall.sheets import SheetWriter
from tests.files_of import imei

COLUMNS = ("imei", "imei2", "meid", "serial", "model", "order_number", "order_date", "tags", "Colour", "customer_id")
#: What cells are made of: identifiers right and wrong, all that means something to a parser or a spreadsheet program,
#: blanks, control characters, and a text that is longer than a record may be.
PIECES = st.one_of(
    st.sampled_from(
        (
            *(imei(number) for number in range(4)),
            imei(1)[:-1],
            *("A0000049000000", "RF8N30ABCDE", "3.5E+14", "2026-01-01", "soon", "12", "CUST-NORTHWIND"),
            *('"', '""', '"x"', '" x', ",", ";", "|", "\t", " ", "'", "=1+1", "-", "\x07", "\0", "\u00e9", "\u6f22"),
        )
    ),
    st.just("x" * (MAX_RECORD + 1)),
    st.text(max_size=5),
)
ENDS = st.sampled_from(("\r\n", "\n", "\r"))


@st.composite
def files(draw):
    """The text of a file with a header that is understood, and rows of any kind."""
    delimiter, end = draw(st.sampled_from(",;\t|")), draw(ENDS)
    header = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6, unique=True))
    cells = st.lists(PIECES, max_size=3).map("".join)
    rows = draw(st.lists(st.lists(cells, min_size=1, max_size=len(header) + 1), min_size=1, max_size=6))
    return end.join([delimiter.join(header), *(delimiter.join(row) for row in rows), ""])


def sent(body):
    """A file's rows as they are judged, and how each refused one is sent back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(body)
        try:
            reader = FileReader(path, many=False)
        except FileFault:
            return None, []
        context = FileContext(headings=reader.headings, columns=reader.columns, customer="CUST-NORTHWIND")
        planned = list(reader.rows(context))
    rows = [(judge(one.line, one.cells, context, one.faults), one) for one in planned]
    return context, rows


def codes_of(row, planned, held):
    """Why a row is refused. Taken is taken, whether by an earlier line or by what an earlier file has stored."""
    keys = {identifier.key for identifier in row.ids.values()}
    taken = {"TAKEN"} if keys & (planned.repeats.keys() | held) else set()
    return taken | {fault.code for fault in row.faults}


def damaged(row, *, header="imei,model"):
    return f"{header}\r\n{row}\r\n"


@pytest.mark.feature("B3")
@settings(max_examples=100, deadline=None)
@given(files(), st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
@example(damaged(f'{imei(1)},"SM" x'), "utf-8").via("a mark behind a quoted cell")
@example(damaged(f'{imei(1)},5" screen'), "utf-8").via("a mark within a cell: no damage")
@example(damaged(f'"{imei(1)}'), "utf-8").via("a mark that is never closed")
@example(damaged(f'"{imei(1)}" ', header="imei"), "utf-8").via("a list")
@example(damaged(imei(1)), "utf-8").via("a short row")
@example(damaged(f"{imei(1)},SM,more"), "utf-8").via("a long row")
@example(damaged(f'{imei(1)},"SM,x","5"" screen","a|b"'), "utf-8").via("a long row of cells with everything")
@example(damaged(f"{imei(1)},,"), "utf-8").via("a long row of blanks")
@example(damaged(f"3,56E+14,{imei(2)}", header="imei,imei2"), "utf-8").via("a number in two halves")
@example(damaged(f"{imei(1)},{'x' * 70_000}"), "utf-8").via("an endless row")
@example(damaged(imei(1) + " " * 70_000, header="imei"), "utf-8").via("an endless row that begins like a good one")
def test_refused_rows_sent_back_are_refused_again(text, encoding):
    context, rows = sent(text.encode(encoding, "replace"))
    assume(context is not None)
    first = [(codes_of(row, planned, set()), row, planned) for row, planned in rows]
    held = {identifier.key for codes, row, _ in first if not codes for identifier in row.ids.values()}
    refused = [(codes, row, planned) for codes, row, planned in first if codes]
    assume(refused)
    sheet = SheetWriter()
    outcomes = [
        outcome_of(row if row.faults else row.refused(*planned.faults), planned.cells, status="")
        for _, row, planned in refused
    ]
    raw = sheet.write([resend_header(context), *(resend_row(outcome, context) for outcome in outcomes)])

    again, second = sent(raw)

    assert {len(row) for row in csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""))} == {
        len(context.headings) + len(RESEND_COLUMNS)
    }
    assert again is not None
    assert [codes_of(row, planned, held) for row, planned in second] == [codes for codes, _, _ in refused]


@pytest.mark.feature("B3")
@pytest.mark.parametrize(
    "mend",
    [
        pytest.param(lambda row: row.replace('"""SM"" x"', "SM x"), id="without the mark"),
        pytest.param(lambda row: row.replace("ROW_QUOTES", ""), id="with the mark, as it is right"),
    ],
)
def test_a_row_with_a_stray_mark_is_stored_once_it_is_mended(mend):
    context, ((row, planned),) = sent(damaged(f'{imei(1)},"SM" x').encode())
    outcome = outcome_of(row, planned.cells, status="")
    raw = SheetWriter().write([resend_header(context), resend_row(outcome, context)]).decode("utf-8-sig")
    assert [fault.code for fault in row.faults] == ["ROW_QUOTES"]

    _, ((mended, _),) = sent(mend(raw).encode())

    assert mended.faults == ()
    assert mended.model.replace('"', "") == "SM x"


def resent(text):
    """The file of refused rows of a file, as a table of its cells."""
    context, rows = sent(text.encode())
    outcomes = [outcome_of(row, planned.cells, status="") for row, planned in rows if row.faults]
    return [list(resend_header(context)), *(list(resend_row(outcome, context)) for outcome in outcomes)]


def judged(table):
    """The codes and texts of its rows when they come back."""
    _, rows = sent(SheetWriter().write(table))
    return [({fault.code for fault in row.faults}, row.model, row.order_number) for row, _ in rows]


WIDE = "imei,model,order_number"


@pytest.mark.feature("B3")
@pytest.mark.parametrize(
    ("row", "mended", "stored"),
    [
        (f"{imei(1)},SM", {"order_number": "PO"}, ("SM", "PO")),
        (imei(1), {"model": "SM"}, ("SM", "")),
        (f"{imei(1)},S,M,PO", {"model": "S,M", "order_number": "PO"}, ("S,M", "PO")),
        (f"{imei(1)},SM,PO,x", {"order_number": "PO"}, ("SM", "PO")),
        # What we wrote is right as it is: only the person can know.
        (imei(1), {"error_code": ""}, ("", "")),
        (f"{imei(1)},SM,PO,x", {"error_code": ""}, ("SM", "PO,x")),
    ],
)
def test_a_ragged_row_is_refused_until_it_is_mended_and_then_stored(row, mended, stored):
    header, cells = resent(damaged(row, header=WIDE))
    as_it_is, first = judged([header, cells]), dict(zip(header, cells, strict=True))

    assert [codes for codes, _, _ in as_it_is] == [{"ROW_WIDTH"}]
    assert judged([header, list((first | mended).values())]) == [(set(), *stored)]


@pytest.mark.feature("B3")
def test_a_ragged_row_that_is_mended_elsewhere_is_still_ragged():
    header, cells = resent(damaged(f"{imei(1)},SM", header=WIDE))

    assert judged([header, [imei(2), "SM-2", *cells[2:]]]) == [({"ROW_WIDTH"}, "SM-2", "")]


@pytest.mark.feature("B3")
def test_the_file_of_refused_rows_of_such_a_file_is_the_same_again():
    rows = (imei(1), f"{imei(2)},a,b,c,d", f'{imei(3)},"SM" x', f"{imei(4)},{'x' * 70_000},", "3,56E+14")
    text = "\r\n".join((WIDE, *rows, ""))
    first = resent(text)
    again = resent(SheetWriter().write(first).decode("utf-8-sig"))

    assert [row[3] for row in first[1:]] == ["ROW_WIDTH"] * 2 + [
        "ROW_QUOTES",
        "ROW_TOO_LONG",
        "ROW_WIDTH IMEI_SCIENTIFIC",
    ]
    assert again == first


@pytest.mark.feature("B3")
def test_a_file_of_the_older_shape_is_still_refused():
    """Rows that end where their cells end, with ours behind."""
    table = [
        ["imei", "model", "error_code", "error", "suggestion"],
        [imei(1), "ROW_WIDTH", "The row has another number of cells than the header: 1 instead of 2.", "x"],
        [
            imei(2),
            "SM",
            "more",
            "ROW_WIDTH",
            "The row has another number of cells than the header: 3 instead of 2.",
            "x",
        ],
        ["x" * 256, "ROW_TOO_LONG", "y", "z"],
    ]

    assert [codes for codes, _, _ in judged(table)] == [{"ROW_WIDTH"}, {"ROW_WIDTH"}, {"ROW_TOO_LONG"}]
