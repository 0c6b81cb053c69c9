"""What the columns of a file mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.dialect import FileFault
from rollcall.header import Header, read_header
from rollcall.records import Record

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def header(*cells: str) -> Header:
    return read_header(Record(1, cells))


def with_lines(first: str, *lines: str) -> Header:
    """The header of a file of a single column."""
    return read_header(Record(1, (first,)), [Record(number, (line,)) for number, line in enumerate(lines, 2)])


def notes(read: Header) -> list[tuple[str, str]]:
    return [(note.code, note.value) for note in read.notes]


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("name", "column"),
    [
        *(
            (name, "imei")
            for name in ("IMEI", "imei", "IMEI1", "IMEI 1", "imei_1", "IMEI No", "IMEI No.", "IMEI Number")
        ),
        *(
            (name, "imei")
            for name in (
                "IMEI-Nummer",
                "Numéro IMEI",
                "IMEI 번호",
                "IMEI番号",
                "IMEI".translate(FULL_WIDTH),
                " *IMEI* ",
            )
        ),
        *((name, "imei2") for name in ("IMEI2", "imei_2", "IMEI 2", "Second IMEI", "IMEI (2)")),
        *((name, "imei_or_meid") for name in ("IMEI/MEID", "imei / meid", "modemid", "IMEI or MEID")),
        *((name, "meid") for name in ("MEID", "meid (hex)")),
        *((name, "serial") for name in ("S/N", "SN", "Serial", "Serial Number", "Device Serial Number", "SerialNo")),
        *(
            (name, "serial")
            for name in ("Serial #", "SERIAL_NUMBER", "Seriennummer", "Numéro de série", "NUMERO DE SERIE")
        ),
        *((name, "serial") for name in ("Número de serie", "일련번호", "시리얼 번호", "シリアル番号", "製造番号")),
        *((name, "identifier") for name in ("id", "Device ID", "identifier", "device", "IMEI/MEID/Serial Number")),
        *((name, "identifier") for name in ("IMEI, MEID or serial number", "기기 ID", "端末ID")),
    ],
)
def test_names_of_identifier_columns(name, column):
    read = header("Model", name)

    assert read.columns == ("model", column)
    assert read.cells == ("Model", name)
    assert (read.headerless, read.ours, read.notes) == (False, False, ())


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("name", "column"),
    [
        *(
            (name, "model")
            for name in ("Model", "Device model", "Modell", "Modèle", "MODELE", "Model Number", "Modelo")
        ),
        *((name, "model") for name in ("모델", "모델명", "機種", "型番")),
        *((name, "order_number") for name in ("Order No.", "Order Number", "PO", "P.O.", "PO #", "Purchase Order")),
        *(
            (name, "order_number")
            for name in ("Bestellnummer", "N° de commande", "Nº de pedido", "주문번호", "注文番号")
        ),
        *(
            (name, "order_date")
            for name in ("Order Date", "order date (YYYY-MM-DD)", "Bestelldatum", "주문일자", "注文日")
        ),
        *((name, "customer_id") for name in ("Customer ID", "customer", "Kundennummer", "고객", "顧客ID")),
        *((name, "tags") for name in ("Tags", "Tag", "Group Tag", "Étiquettes", "태그", "タグ")),
        *((name, "approval_id") for name in ("Approval ID", "approval_id", "승인번호")),
        ("modemtype", "modemtype"),
    ],
)
def test_names_of_other_columns(name, column):
    assert header("imei", name).columns == ("imei", column)


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (
            "modemtype,modemid,serial,model,manufacturer,profiletype,owner",
            ("modemtype", "imei_or_meid", "serial", "model", None, None, None),
        ),
        (
            "Device Serial Number,Windows Product ID,Hardware Hash,Group Tag,Assigned User",
            ("serial", None, None, "tags", None),
        ),
        (
            "Device serial number,Windows product ID,Hardware hash,Manufacturer name,Device model",
            ("serial", None, None, None, "model"),
        ),
        ("IMEI/MEID,Serial Number,Model,Tags,Profile", ("imei_or_meid", "serial", "model", "tags", None)),
        ("Customer ID,IMEI,Order Number,Order Date", ("customer_id", "imei", "order_number", "order_date")),
        (
            "DEP Customer ID,PO Number,Order Date,Serial Number",
            ("customer_id", "order_number", "order_date", "serial"),
        ),
    ],
    ids=["zero-touch", "Autopilot", "Partner Center", "Knox export", "Knox many customers", "Apple"],
)
def test_shapes_of_the_portals(cells, columns):
    read = header(*cells.split(","))

    assert read.columns == columns
    assert [("COLUMN_UNKNOWN", cell) for cell, column in zip(read.cells, columns, strict=True) if not column] == notes(
        read
    )


def test_the_second_imei_column_is_the_second_imei():
    read = header("IMEI", "Model", "IMEI")

    assert read.columns == ("imei", "model", "imei2")
    assert read.notes == ()


@pytest.mark.parametrize(
    ("cells", "columns", "repeated"),
    [
        (("imei", "imei", "imei2"), ("imei", None, "imei2"), "imei"),
        (("imei", "imei2", "IMEI 1"), ("imei", "imei2", None), "IMEI 1"),
        (("imei", "IMEI1", "IMEI No"), ("imei", "imei2", None), "IMEI No"),
        (("imei", "Model", "Model Number"), ("imei", "model", None), "Model Number"),
    ],
)
def test_a_column_twice_is_read_once_and_said(cells, columns, repeated):
    read = header(*cells)

    assert read.columns == columns
    assert notes(read) == [("HEADER_REPEATED", repeated)]


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (("ID", "IMEI"), (None, "imei")),
        (("Device", "Serial Number"), (None, "serial")),
        (("Device ID", "Identifier"), (None, "identifier")),
        (("imei", "Customer", "Customer ID"), ("imei", None, "customer_id")),
    ],
)
def test_a_name_that_may_mean_something_else_gives_way(cells, columns):
    read = header(*cells)

    assert read.columns == columns
    assert [code for code, _ in notes(read)] == ["COLUMN_UNKNOWN"]


def test_columns_without_a_name_are_kept_silently():
    read = header("imei", "", " ")

    assert read.columns == ("imei", None, None)
    assert read.notes == ()


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    "cell",
    [
        "356779103674064",
        "35-677910-367406-4",
        "35 677910 367406 4",
        "356944105092166".translate(FULL_WIDTH),
        "٣٥٧٦٢٣١٠٥٨٢٠٧٠٦",
        "'354875105457995",
        '="353341122452015"',
        "\ufeff356779103674064",
        "3.53415E+14",
        "3,53415E+14",
        "A163BFC3C99368",
        "269893204611740061",
        "RXPH9E0N0E5",
        "3581771X2827718",
        "35677910367",
        "ABCDEFABCDEFAB",
        "abcdefabcdefab",
        "RABCDEFGHIJ",
        " R1BCDEFGHIJ",
    ],
)
def test_a_list_without_header(cell):
    read = header(cell)

    assert read.headerless
    assert (read.cells, read.columns) == (("identifier",), ("identifier",))


@pytest.mark.feature("B20")
@pytest.mark.parametrize("first", ["12345", "N/A", "-", "Ger\u00e4teliste", "RABCDEFGHIJ", "Devices of May"])
def test_a_list_whose_first_line_is_damaged(first):
    """The lines behind it are devices, so it was meant to be one; its row says what is wrong with it."""
    for lines in (["356779103674064"], ["356779103674064", "A163BFC3C99368", "n/a"], ["RXPH9E0N0E5", "ABCDEFABCDEFAB"]):
        assert with_lines(first, *lines).headerless


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("SERIALLIST", ["356779103674064", "356779103674065"]),  # it would be stored as a serial number
        ("Devicelist", ["RXPH9E0N0E5"]),
        ("RESELLERIDS", ["blue", "green"]),
        ("12345", ["blue", "TURQUOISE", "356779103674064"]),
        ("12345", ["356779103674064", "TURQUOISE"]),  # as many as not is not most
        ("N/A", []),
    ],
)
def test_a_word_above_other_words_begins_no_list(first, lines):
    with pytest.raises(FileFault, match="No column with an identifier"):
        with_lines(first, *lines)


def test_lines_of_several_cells_are_no_list():
    following = [Record(2, ("356779103674064", "SM-G991B"))]

    with pytest.raises(FileFault):
        read_header(Record(1, ("12345",)), following)


def test_a_list_without_header_but_with_a_delimiter_behind_each():
    read = header("356779103674064", "", " ")

    assert read.headerless
    assert read.columns == ("identifier", None, None)
    assert read.cells == ("identifier", "", " ")


@pytest.mark.parametrize(
    ("cells", "seen"),
    [
        (("name", "colour"), "name, colour"),
        (("356779103674064", "SM-G991B"), "356779103674064, SM-G991B"),
        (("Devices of 2024-05-01",), "Devices of 2024-05-01"),
        (("column_01",), "column_01"),
        (("SERIALLIST",), "SERIALLIST"),
        (("model", "order_number"), "model, order_number"),
        (("x" * 100, *"abcdefghijk"), "x" * 30 + ", a, b, c, d, e, f, g, h, i, …"),
        (("",), ""),
    ],
)
def test_no_identifier_column(cells, seen):
    """Columns of devices with no row of names above them included: guessing which is which could swap them."""
    with pytest.raises(FileFault) as raised:
        header(*cells)

    fault = raised.value.fault
    assert (fault.code, fault.value) == ("HEADER_UNKNOWN", seen)
    assert "row of column names" in fault.remedy


@pytest.mark.feature("B3")
def test_a_file_of_failed_rows_is_known_as_ours():
    read = header("imei", "'=note", "Farbe", "error_code", "error", "suggestion")

    assert read.ours
    assert read.columns == ("imei", None, None, "error_code", "error", "suggestion")
    assert read.cells[1] == "=note"
    assert notes(read) == [("COLUMN_UNKNOWN", "=note"), ("COLUMN_UNKNOWN", "Farbe")]


@pytest.mark.feature("B3")
def test_an_exported_list_is_known_as_ours_and_its_other_columns_need_no_remark():
    read = header("imei", "status", "uploaded_at", "rollcall_export")

    assert read.ours
    assert read.columns == ("imei", None, None, "rollcall_export")
    assert read.notes == ()


def test_a_column_named_error_alone_is_not_ours():
    read = header("imei", "error", "'=note")

    assert not read.ours
    assert read.columns == ("imei", None, None)
    assert read.cells[2] == "'=note"


@given(st.lists(st.text() | st.sampled_from(["imei", "IMEI2", "id", "serial", "error"]), min_size=1))
def test_any_first_record_is_a_header_or_refused(cells):
    try:
        read = header(*cells)
    except FileFault as refused:
        read = refused.fault

    if isinstance(read, Header):
        known = [column for column in read.columns if column]
        assert len(read.cells) == len(read.columns) == len(cells)
        assert len(set(known)) == len(known)
    else:
        assert read.code == "HEADER_UNKNOWN"
