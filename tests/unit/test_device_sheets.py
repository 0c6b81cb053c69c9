"""Devices as a CSV that can be read again."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.device_sheets import COLUMNS, LIST_COLUMNS, device_sheet, listed_row
from rollcall.header import read_header
from rollcall.records import records
from rollcall.sheets import unguard
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, device, listed


def rows(sheet):
    return list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"), newline="")))


@pytest.mark.feature("B14")
def test_each_device_and_each_unknown_identifier_has_a_line():
    first, second = device(1), device(2, model="", tags=())
    sheet = device_sheet([first, second], ["490154203237518", "what?"], uploader=RAE.uploader_text)

    assert sheet.comment == "2 of 4 devices found; 2 unknown."
    known, bare, *unknown = rows(sheet)
    assert known == {
        "imei": first.ids["imei"].value,
        "imei2": first.ids["imei2"].value,
        "meid": "",
        "serial": "R58M12ABCDE",
        "model": "SM-S921B",
        "order_number": "PO 17",
        "order_date": "2026-02-27",
        "tags": "stock|blue",
        "status": "PENDING",
        "customer_id": "CUST-NORTHWIND",
        "uploaded_at": AT,
        "uploaded_by": "rae@acme.example",
        "upload_id": UPLOAD,
        "rollcall_export": "",
    }
    assert (bare["model"], bare["tags"]) == ("", "")
    assert [(row["imei"], row["status"]) for row in unknown] == [("490154203237518", "UNKNOWN"), ("what?", "UNKNOWN")]
    assert device_sheet([first], [], uploader=RAE.uploader_text).comment == "1 of 1 devices found."


def test_a_customer_reads_the_company_and_never_the_email_of_an_uploader():
    (row,) = rows(device_sheet([device()], [], uploader=NIA.uploader_text))
    assert row["uploaded_by"] == "Acme Mobile"
    assert dict(zip(LIST_COLUMNS, listed_row(listed(), "Acme Mobile"), strict=True))["uploaded_by"] == "Acme Mobile"


@pytest.mark.feature("B3")
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30), max_size=4))
def test_it_is_read_again_as_ours_and_every_cell_comes_back(texts):
    found = device(model="=1+1", order_number="+49", tags=("@x", "-y"))
    sheet = device_sheet([found], texts, uploader=RAE.uploader_text)
    first, *rest = records([sheet.content.decode("utf-8-sig")], ",")
    header = read_header(first)
    assert header.ours
    assert header.cells == COLUMNS
    if all(text.isprintable() for text in texts):
        back = [dict(zip(COLUMNS, map(unguard, record.cells), strict=True)) for record in rest]
        assert (back[0]["model"], back[0]["order_number"], back[0]["tags"]) == ("=1+1", "+49", "@x|-y")
        assert [row["imei"].strip() for row in back[1:]] == [text.strip() for text in texts]
