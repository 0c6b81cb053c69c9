"""Devices: the card, the list, the table."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rollcall.conflicts import Generation
from rollcall.identifiers import Identifier, IdKind
from rollcall.transitions import Status
from rollcall.views.device_tables import plain_listing, table_listing
from rollcall.views.devices import card, listing
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, actions, device, elements, fits, imei, listed, page, said

QUESTION = "devices list status:pending"


@pytest.mark.feature("P5")
def test_a_card_shows_everything_that_is_known():
    shown = fits(card(device(), RAE))

    text = said(shown)
    for value in (imei(2).value, imei(3).value, "R58M12ABCDE", "PO 17", "2026-02-27", "SM-S921B", "stock", "blue"):
        assert f"`{value}`" in text
    for value in ("Northwind Logistics", "CUST-NORTHWIND", "rae@acme.example", "<!date^1772357400", UPLOAD):
        assert value in text
    assert "Acme Mobile · reseller" in shown.blocks[-1]["elements"][0]["text"]
    assert {e["action_id"]: json.loads(e["value"]) for e in elements(shown) if "value" in e} == {
        "devices.history": {"id": imei(2).key},
        "uploads.open": {"id": UPLOAD},
        "approvals.who": {"u": UPLOAD, "c": "CUST-NORTHWIND"},
        "page.dm": {"q": f"devices find {imei(2).value} as:RSL-ACME"},
    }


@pytest.mark.feature("P5")
def test_a_card_leaves_out_what_is_empty():
    bare = device(
        ids={"meid": Identifier(IdKind.MEID, "A0000000000001")}, model="", order_number="", order_date="", tags=()
    )

    text = said(fits(card(bare, RAE)))
    assert "`A0000000000001`" in text
    assert not any(f"*{label}*" in text for label in ("IMEI", "Model", "Order number", "Order date", "Tags"))


@pytest.mark.feature("P5")
def test_a_device_that_went_to_an_msp_shows_its_name():
    reader = replace(RAE, names={"CUST-CONTOSO": "Contoso MSP"})

    assert "Contoso MSP (`CUST-CONTOSO`)" in said(
        card(device(generation=Generation("RSL-ACME", "CUST-CONTOSO", UPLOAD, 2)), reader)
    )


def test_the_other_company_sees_no_email():
    text = said(fits(card(device(), NIA)))

    assert "rae@" not in text
    assert text.count("Acme Mobile") == 2


@pytest.mark.feature("P6")
@pytest.mark.parametrize("status", Status)
def test_each_state_comes_with_its_sentence(status):
    shown = fits(card(device(status=status), NIA))

    assert status.sentence in said(shown)
    assert status.sentence in shown.text


@pytest.mark.feature("P2")
@pytest.mark.parametrize("make", [device, listed])
def test_a_list_names_each_device_and_opens_it(make):
    shown = fits(listing(page(map(make, range(1, 6)), total=43, after="A"), QUESTION, RAE))

    text = said(shown)
    assert "Devices: 1-5 of 43" in text
    assert "`/rollcall devices list status:pending`" in text
    assert f"*`{imei(2).value}`*  PENDING · `SM-S921B` · order `PO 17`" in text
    assert imei(3).value not in text  # the card shows the second IMEI
    assert actions(shown) == ["devices.open"] * 5 + ["page.next", "page.table", "page.dm"]
    assert json.loads(next(elements(shown))["value"]) == {"id": imei(2).key}
    assert imei(2).value in shown.text


@pytest.mark.parametrize("view", [listing, table_listing, plain_listing])
@pytest.mark.parametrize("number", [0, 1, 50, 5_000])
@pytest.mark.parametrize("make", [device, listed])
def test_a_list_of_any_length_fits(view, number, make):
    fits(view(page(map(make, range(number)), total=number), QUESTION, RAE))


@pytest.mark.feature("P3")
def test_an_empty_list_says_what_to_do():
    none = fits(listing(page([]), "devices list", RAE))
    filtered = fits(listing(page([]), QUESTION, RAE))

    assert "Upload a CSV" in said(none)
    assert "Upload a CSV" not in said(listing(page([]), "devices list", NIA))
    assert "Leave a filter out" in said(filtered)


@pytest.mark.feature("P3")
def test_a_search_that_is_not_over_says_so():
    none = fits(listing(page([], after="A", searched=1_000), QUESTION, RAE))
    some = fits(listing(page([device()], after="A", searched=1_000), QUESTION, RAE))
    done = fits(listing(page([device()], searched=1_000), QUESTION, RAE))

    assert "1,000 devices so far" in said(none)
    assert "1,000 devices so far" in said(some)
    assert "so far" not in said(done)
    assert "page.next" in actions(none)


@pytest.mark.feature("P2")
def test_a_table_has_the_same_devices():
    shown = fits(table_listing(page(map(device, range(1, 4)), total=3), QUESTION, RAE))

    (table,) = [block for block in shown.blocks if block["type"] == "table"]
    assert [row[0]["text"] for row in table["rows"]] == ["Identifier", imei(2).value, imei(4).value, imei(6).value]
    assert [cell["text"] for cell in table["rows"][1]][1:] == [
        *("PENDING", "SM-S921B", "PO 17", "Northwind Logistics", "2026-03-01 09:30 UTC"),
    ]
    assert "page.table" not in actions(shown)


def test_a_table_that_is_too_long_says_what_is_missing():
    shown = fits(table_listing(page(map(device, range(150))), QUESTION, RAE))

    left_out = 151 - len(next(block for block in shown.blocks if block["type"] == "table")["rows"])
    assert left_out >= 51
    assert f"The last {left_out} of these" in said(shown)


def test_a_slack_without_tables_gets_columns_of_text():
    shown = fits(plain_listing(page([device(), device(2, model="a```b\n|<!here>")]), QUESTION, RAE))

    (table,) = [b["text"]["text"] for b in shown.blocks if "```" in b.get("text", {}).get("text", "")]
    rows = table.strip("`\n").split("\n")
    assert [row.index("PENDING") for row in rows[1:]] == [rows[0].index("Status")] * 2
    assert AT[:10] in rows[1]
