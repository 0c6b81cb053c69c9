"""Files as they are read whole: what one line says of another, and what no parser may guess."""

from __future__ import annotations

import pytest

from rollcall.chain.reading import FileReader
from rollcall.dialect import FileFault
from rollcall.rows import FileContext, judge
from tests.files_of import imei


@pytest.fixture
def read(tmp_path):
    """Reads a text as a file: its rows as they are judged."""

    def rows(text, *, encoding="utf-8", max_record=64 * 1024):
        path = tmp_path / "a.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        reader = FileReader(path, many=False, max_record=max_record)
        context = FileContext(headings=reader.headings, columns=reader.columns, customer="CUST-NORTHWIND")
        return [judge(one.line, one.cells, context, one.faults) for one in reader.rows(context)]

    return rows


def codes(rows):
    return [[fault.code for fault in row.faults] for row in rows]


@pytest.mark.feature("B12")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("imei\n3,56741E+14\n", "3,56741E+14"),
        (f"{imei(1)}\n3,56741E+14\n", "3,56741E+14"),
        (f"3,56741E+14\n{imei(1)}\n", "3,56741E+14"),
        ("imei,approval_id\n3,56E+14\n", "3,56E+14"),
        ("imei,approval_id\n3,56E+14,BANK\n", "3,56E+14"),
        ("model,imei,order_number\nSM,3,56E+14,PO\n", "3,56E+14"),
        ("serial\n3,56E+14\n", "3,56E+14"),
        ("imei;model\n3,56E+14;SM\n", "3,56E+14"),
        ('imei,model\n"3,56E+14",SM\n', "3,56E+14"),
    ],
)
def test_a_number_that_a_spreadsheet_shortened_in_its_own_way_is_told_so(read, text, value):
    """A decimal comma is no delimiter: the cause is the spreadsheet, and neither width nor length."""
    (row,) = [one for one in read(text) if one.faults]

    assert [(fault.code, fault.value) for fault in row.faults] == [("IMEI_SCIENTIFIC", value)]


def test_both_numbers_of_a_row_may_be_shortened(read):
    (row,) = read("imei,imei2,model\n3,56E+14,3,57E+14,SM\n")

    assert [(fault.code, fault.column) for fault in row.faults] == [
        ("IMEI_SCIENTIFIC", "imei"),
        ("IMEI_SCIENTIFIC", "imei2"),
    ]
    assert row.model == "SM"


@pytest.mark.feature("B20")
def test_a_list_whose_first_line_is_damaged_is_read_on(read):
    rows = read(f"12345\n{imei(1)}\n{imei(2)}\n")

    assert codes(rows) == [["IMEI_LENGTH"], [], []]
    assert [row.line for row in rows] == [1, 2, 3]


def test_a_column_of_another_name_is_no_list(read):
    with pytest.raises(FileFault, match="No column with an identifier"):
        read("colour\nblue\ngreen\n")


def swallowing(lines, *, header="imei,model", opened="abc"):
    return "\r\n".join((header, f'{imei(100)},"{opened}', *lines, f'{imei(200)},x"', f"{imei(201)},z", ""))


@pytest.mark.feature("B1")
@pytest.mark.parametrize("count", [0, 1, 19])
def test_two_stray_marks_swallow_no_devices(read, count):
    """Whole rows inside a quoted cell: the first mark is refused, and each row is a device or not by itself."""
    rows = read(swallowing([f"{imei(number)},SM" for number in range(count)]))

    assert codes(rows) == [["ROW_QUOTES"], *([] for _ in range(count)), [], []]
    assert [row.line for row in rows] == list(range(2, count + 5))
    assert [row.ids["imei"].value for row in rows[1:-2]] == [imei(number) for number in range(count)]


def test_a_cell_over_several_lines_that_holds_no_rows_is_a_cell(read):
    """Not the right width, no identifier at its place, a cell that goes on: all of these people do write."""
    cells = [
        '"first line\nsecond line, with a comma\nthird"',
        f'"first\nnot one,{imei(2)}\nthird"',
        f'"see also\n{imei(3)}"',
        '"delivered\nSTUTTGART,later\n"',
        f'"{imei(2)}\n{imei(3)}"',
    ]
    rows = read("imei,model\n" + "".join(f"{imei(number)},{cell}\n" for number, cell in enumerate(cells, 10)))

    assert codes(rows) == [[]] * len(cells)
    assert [row.model for row in rows] == [cell.strip('"') for cell in cells]
    assert codes(read('serial,model\nR58M12ABCDE,"delivered\nSTUTTGART,later"\n')) == [[]]
    assert codes(read(f'imei\n"{imei(1)}\n{imei(2)}"\n')) == [["IMEI_LENGTH"]]
    assert codes(read(f'imei,model\n"{imei(1)}\n{imei(2)}",SM\n')) == [["IMEI_LENGTH"]]


def test_a_file_of_ours_has_no_stray_marks(read):
    cell = f'"a\n{imei(2)},b\n"'
    rows = read(f"imei,model,error_code,error,suggestion\n{imei(1)},{cell},,,\n")

    assert codes(rows) == [[]]
    assert rows[0].model == cell.strip('"')


def test_the_longest_row_is_a_setting_and_counts_bytes(read):
    text = f"imei,model\n{imei(1)}," + "\uac15" * 300 + "\n"

    assert codes(read(text, max_record=1_000)) == [[]]
    assert codes(read(text, max_record=900)) == [["ROW_TOO_LONG"]]
    assert codes(read(text, encoding="cp949", max_record=900)) == [[]]
