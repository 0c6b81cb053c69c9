"""One row by itself: every fault at once, under the names that the file itself uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.errors import Fault
from rollcall.rows import FileContext, judge, split_tags

IMEI, IMEI2, THIRD = "356779103674064", "356779109574086", "355320543572096"
COLUMNS = ("imei", "imei2", "meid", "serial", "model", "order_number", "order_date", "tags")
HEADINGS = ("IMEI1", "IMEI2", "MEID No", "S/N", "Modell", "PO", "Bestelldatum", "Tags")


def context(columns=COLUMNS, headings=HEADINGS, **values):
    values.setdefault("customer", "CUST-NORTHWIND")
    return FileContext(headings=tuple(headings), columns=tuple(columns), **values)


def row(**cells):
    return [cells.get(column, "") for column in COLUMNS]


def codes(judged):
    return [fault.code for fault in judged.faults]


def test_a_whole_row_becomes_what_will_be_stored():
    judged = judge(
        7,
        row(imei=IMEI, imei2=IMEI2, serial="r58n12abcde", model=" SM-1 ", order_date="2026-02-03", tags="a| b |a||"),
        context(),
    )

    assert judged.faults == judged.notes == ()
    assert (judged.line, judged.customer) == (7, "CUST-NORTHWIND")
    assert {slot: identifier.key for slot, identifier in judged.ids.items()} == {
        "imei": f"imei#{IMEI}",
        "imei2": f"imei#{IMEI2}",
        "serial": "serial#R58N12ABCDE",
    }
    assert judged.model == " SM-1 "  # as it stood
    assert judged.order_date == "2026-02-03"
    assert judged.tags == ("a", "b")


@pytest.mark.feature("B1")
def test_every_fault_of_a_row_comes_in_one_pass_with_its_column_as_the_file_names_it():
    judged = judge(
        2,
        row(imei="356779103674065", imei2="12", meid="XYZ", serial="?", order_date="3.2.26", model="x" * 1001),
        context(),
    )

    assert [(fault.code, fault.column) for fault in judged.faults] == [
        ("IMEI_CHECK_DIGIT", "IMEI1"),
        ("IMEI_LENGTH", "IMEI2"),
        ("MEID_FORMAT", "MEID No"),
        ("SERIAL_FORMAT", "S/N"),
        ("ORDER_DATE_INVALID", "Bestelldatum"),
        ("VALUE_TOO_LONG", "Modell"),
    ]
    assert judged.faults[4].value == "3.2.26"


def test_a_row_without_any_identifier_says_so_once():
    assert codes(judge(2, row(model="SM-1"), context())) == ["ID_MISSING"]
    assert codes(judge(2, row(imei=" - "), context())) == ["ID_MISSING"]


def test_a_faulty_identifier_is_not_also_a_missing_one():
    assert codes(judge(2, row(imei="12"), context())) == ["IMEI_LENGTH"]


def test_an_identifier_that_stands_twice_in_a_row():
    judged = judge(2, row(imei=IMEI, imei2=f" {IMEI}"), context())

    assert [(fault.code, fault.column, fault.value) for fault in judged.faults] == [
        ("ID_REPEATED", "IMEI2", f" {IMEI}")
    ]
    assert list(judged.ids) == ["imei"]  # the valid one is still looked up


def test_a_device_has_no_room_for_a_third_imei():
    columns, headings = ("imei", "imei2", "imei_or_meid"), ("A", "B", "C")
    judged = judge(2, [IMEI, IMEI2, THIRD], context(columns, headings))

    assert [(fault.code, fault.column) for fault in judged.faults] == [("ID_AMBIGUOUS", "C")]


def test_guessing_columns_fill_the_first_place_that_is_free():
    columns, headings = ("imei_or_meid", "imei2"), ("IMEI/MEID", "IMEI2")

    assert set(judge(2, [IMEI, IMEI2], context(columns, headings)).ids) == {"imei", "imei2"}
    assert set(judge(2, ["A00000112233AA", IMEI2], context(columns, headings)).ids) == {"meid", "imei"}


def test_a_second_imei_alone_is_the_first_one():
    judged = judge(2, row(imei2=IMEI2), context())

    assert judged.faults == ()
    assert judged.ids["imei"].value == IMEI2
    assert judged.sources["imei"] == ("IMEI2", IMEI2)  # but it is named as the file names it


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("modem_type", "text", "expected"),
    [
        ("IMEI", IMEI, f"imei#{IMEI}"),
        ("meid", "A00000112233AA", "meid#A00000112233AA"),
        ("MEID", IMEI, ["MEID_FORMAT"]),
        ("", "A00000112233AA", "meid#A00000112233AA"),
        ("other", IMEI, f"imei#{IMEI}"),
    ],
)
def test_zero_touch_files_name_the_kind_of_modem(modem_type, text, expected):
    judged = judge(2, [modem_type, text], context(("modemtype", "imei_or_meid"), ("modemtype", "modemid")))

    assert (codes(judged) or next(iter(judged.ids.values())).key) == expected


@pytest.mark.parametrize("cells", [[IMEI, "SM-1", "PO", "more"], [IMEI], []], ids=["long", "short", "none"])
def test_ragged_rows_say_how_many_cells_there_are(cells):
    judged = judge(2, cells, context(("imei", "model", "order_number"), ("imei", "model", "po")))

    width = next(fault for fault in judged.faults if fault.code == "ROW_WIDTH")
    assert width.details == {"cells": str(len(cells)), "expected": "3"}


def test_a_row_with_too_many_cells_is_judged_no_further():
    """What follows an extra delimiter stands under the wrong heading: a fault found there would mislead."""
    judged = judge(2, [IMEI, "SM", "not a date", "x"], context(("imei", "model", "order_date"), ("a", "b", "c")))

    assert codes(judged) == ["ROW_WIDTH"]
    assert judged.ids["imei"].value == IMEI  # looked up all the same


def test_a_row_with_too_few_cells_is_judged_as_far_as_it_goes():
    assert codes(judge(2, ["12"], context(("imei", "model"), ("a", "b")))) == ["ROW_WIDTH", "IMEI_LENGTH"]


@pytest.mark.parametrize("code", ["ROW_QUOTES", "ROW_TOO_LONG"])
def test_nothing_is_read_out_of_a_record_whose_cells_are_unknown(code):
    judged = judge(2, [IMEI, "12", "nonsense"], context(), [Fault(code)])

    assert codes(judged) == [code]
    assert judged.ids == {}


def test_control_characters_name_the_column_and_hide_no_other_fault():
    fault = Fault("ROW_CHARACTERS", value="SM\x00", details={"character": "U+0000", "cell": "5"})
    judged = judge(2, row(imei="12", model="SM\x00"), context(), [fault])

    assert [(found.code, found.column) for found in judged.faults] == [
        ("ROW_CHARACTERS", "Modell"),
        ("IMEI_LENGTH", "IMEI1"),
    ]


def test_control_characters_behind_the_last_column_have_no_name():
    fault = Fault("ROW_CHARACTERS", value="\x00", details={"character": "U+0000", "cell": "9"})

    assert judge(2, [*row(imei=IMEI), "\x00"], context(), [fault]).faults[0].column == ""


@pytest.mark.feature("P10")
@pytest.mark.parametrize(
    ("text", "customer", "expected"),
    [
        ("CUST-A", "CUST-A", []),
        (" CUST-A ", "CUST-A", []),
        ("MSP-M", "CUST-M", []),
        ("CUST-B", "CUST-B", ["CUSTOMER_NOT_ACCEPTING"]),
        ("cust-a", "", ["CUSTOMER_UNKNOWN"]),
        ("", "", ["CUSTOMER_UNKNOWN"]),
    ],
)
def test_each_row_of_a_many_customer_file_names_its_customer(text, customer, expected):
    many = context(
        ("customer_id", "imei"),
        ("Kunde", "IMEI"),
        customer=None,
        accepting={"CUST-A": ("CUST-A", True), "MSP-M": ("CUST-M", True), "CUST-B": ("CUST-B", False)},
    )
    judged = judge(2, [text, IMEI], many)

    assert (judged.customer, codes(judged)) == (customer, expected)
    assert all(fault.column == "Kunde" for fault in judged.faults)


@pytest.mark.feature("P10")
@pytest.mark.parametrize(
    ("cells", "faults", "customer"),
    [
        (("CUST-A", IMEI, "SM", "more"), (), "CUST-A"),
        (("MSP-M", IMEI, "SM", "more"), (), "CUST-M"),
        (("CUST-NOBODY", IMEI, "SM", "more"), (), ""),
        (("CUST-A", IMEI), (), "CUST-A"),
        (("CUST-A", '"x', "y"), ("ROW_QUOTES",), "CUST-A"),
        (('"x', "CUST-A"), ("ROW_QUOTES",), ""),
        (('"CUST-A', IMEI), ("ROW_QUOTES",), ""),
        (("CUST-A", IMEI, "xxx"), ("ROW_TOO_LONG",), "CUST-A"),
        (("CUST-A",), ("ROW_TOO_LONG",), ""),  # where it was cut: it may go on
        ((), ("ROW_TOO_LONG",), ""),
    ],
)
def test_a_row_that_cannot_be_read_is_its_customer_s_if_it_says_so_before(cells, faults, customer):
    many = context(
        ("customer_id", "imei", "model"),
        ("Kunde", "IMEI", "Modell"),
        customer=None,
        accepting={"CUST-A": ("CUST-A", True), "MSP-M": ("CUST-M", False)},
    )
    judged = judge(2, cells, many, [Fault(code) for code in faults])

    assert judged.faults
    assert judged.customer == customer


def test_a_customer_behind_the_damage_is_not_known():
    many = context(
        ("imei", "model", "customer_id"), ("a", "b", "c"), customer=None, accepting={"CUST-A": ("CUST-A", True)}
    )

    assert judge(2, [IMEI, '"x', "CUST-A", "y"], many, [Fault("ROW_QUOTES")]).customer == ""


@pytest.mark.feature("P8")
def test_a_rows_own_order_wins_over_the_uploads():
    upload = context(order_number="PO-UPLOAD", order_date="2026-01-01")
    own = judge(2, row(imei=IMEI, order_number="PO-ROW", order_date="20260215"), upload)
    without = judge(3, row(imei=IMEI, order_number="  "), upload)

    assert (own.order_number, own.order_date) == ("PO-ROW", "2026-02-15")
    assert (without.order_number, without.order_date) == ("PO-UPLOAD", "2026-01-01")


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        ("SM-G991B", {}, []),
        (" sm-ee991 ", {}, ["STC_REQUIRED"]),
        ("SM-EE991", {"stc": "1002003"}, []),
        ("SM-EE991", {"customer": None, "accepting": {"": ("CUST-A", True)}}, ["STC_NOT_IN_BULK"]),
        ("SM-EE991", {"ee_models": ()}, []),
        ("", {}, []),
    ],
)
def test_enterprise_edition_models_need_a_sold_to_code(model, values, expected):
    judged = judge(2, row(imei=IMEI, model=model), context(**{"ee_models": ("SM-EE",), **values}))

    assert codes(judged) == expected


def test_repairs_are_notes_and_refuse_nothing():
    judged = judge(2, row(imei=f" {IMEI[:14]}"), context())

    assert judged.faults == ()
    assert [(note.code, note.column) for note in judged.notes] == [
        ("ID_SEPARATORS", "IMEI1"),
        ("IMEI_CHECK_DIGIT_ADDED", "IMEI1"),
    ]


@pytest.mark.parametrize(
    ("text", "tags"), [("", ()), ("a", ("a",)), ("b|a|b", ("b", "a")), (" | |", ()), ("a b|c", ("a b", "c"))]
)
def test_tags(text, tags):
    assert split_tags(text) == tags


@given(st.lists(st.text(max_size=20) | st.sampled_from([IMEI, IMEI2, "A00000112233AA", "R58N12ABCDE"]), max_size=10))
def test_any_row_is_either_refused_with_a_reason_or_has_an_identifier(cells):
    judged = judge(2, cells, context())

    assert judged.faults or judged.ids
    assert set(judged.sources) == set(judged.ids)
    assert all(fault.message and fault.remedy for fault in judged.faults)
