"""Devices that are held already: by whom decides the code, and the texts stand word for word."""

from __future__ import annotations

import pytest

from rollcall.store.devices import DevicesStore
from tests.cloud import REGION
from tests.files_of import csv_of, imei

SAME = "The same device(s) has/have been uploaded by the same reseller to the same customer."
OTHER = "The same device(s) has/have been uploaded by the same reseller to a different customer."
NORTHWIND, CONTOSO = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv", "uploads/RSL-ACME/CUST-CONTOSO/a.csv"


def texts(report):
    return {int(row["line"]): (row["code"], row["message"]) for row in report.sheet("errors")}


@pytest.mark.feature("P16")
def test_the_same_customer_again(chain):
    first = chain.upload(NORTHWIND, csv_of(imei(1)))
    report = chain.upload(NORTHWIND, csv_of(imei(1)))

    assert texts(report) == {2: ("DUPLICATE_SAME_CUSTOMER", SAME)}
    assert report.summary["status"] == "ERROR"
    assert first.upload_id in report.sheet("errors")[0]["remedy"]


@pytest.mark.feature("P17")
def test_another_customer_of_the_same_reseller(chain):
    chain.upload(NORTHWIND, csv_of(imei(1)))
    report = chain.upload(CONTOSO, csv_of(imei(1)))

    assert texts(report) == {2: ("DUPLICATE_OTHER_CUSTOMER", OTHER)}
    assert "CUST-NORTHWIND" in report.sheet("errors")[0]["remedy"]


@pytest.mark.feature("P18")
def test_new_and_held_devices_in_one_file(chain, cloud):
    """The new ones are stored, and both texts stand where both apply."""
    chain.upload(NORTHWIND, csv_of(imei(1)))
    chain.upload(CONTOSO, csv_of(imei(2)))
    report = chain.upload(NORTHWIND, csv_of(imei(1), imei(2), imei(3)))

    assert report.summary["status"] == "COMPLETED_WITH_ERROR"
    assert (report.summary["stored"], report.summary["refused"]) == (1, 2)
    assert texts(report) == {2: ("DUPLICATE_SAME_CUSTOMER", SAME), 3: ("DUPLICATE_OTHER_CUSTOMER", OTHER)}
    assert {item["id"]["S"] for item in cloud.scan("DevicesTable")} == {f"imei#{imei(number)}" for number in (1, 2, 3)}


@pytest.mark.feature("P18")
def test_a_row_may_meet_two_devices(chain):
    chain.upload(NORTHWIND, csv_of(imei(1)))
    chain.upload(CONTOSO, csv_of(imei(2)))
    report = chain.upload(NORTHWIND, csv_of(f"{imei(1)},{imei(2)}", header="imei,imei2"))

    assert [(row["column"], row["code"], row["message"]) for row in report.sheet("errors")] == [
        ("imei", "DUPLICATE_SAME_CUSTOMER", SAME),
        ("imei2", "DUPLICATE_OTHER_CUSTOMER", OTHER),
    ]
    assert report.summary["by_code"] == {"DUPLICATE_OTHER_CUSTOMER": 1, "DUPLICATE_SAME_CUSTOMER": 1}


@pytest.mark.feature("P19")
@pytest.mark.feature("B10")
def test_another_resellers_device_is_refused_and_nobody_named(chain):
    held = chain.upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/a.csv", csv_of(imei(1)))
    report = chain.upload(NORTHWIND, csv_of(imei(1)))
    told = b"".join(report.raw(name) for name in ("summary.json", "errors.csv", "results.csv", "resend.csv")).decode()

    assert report.codes == {2: {"HELD_BY_OTHER_RESELLER"}}
    assert not [secret for secret in ("BOLTWAVE", "FABRIKAM", held.upload_id) if secret in told]


@pytest.mark.feature("B10")
def test_the_three_conflicts_are_three_codes(chain):
    chain.upload(NORTHWIND, csv_of(imei(1)))
    chain.upload(CONTOSO, csv_of(imei(2)))
    chain.upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/a.csv", csv_of(imei(3)))
    report = chain.upload(NORTHWIND, csv_of(imei(1), imei(2), imei(3), imei(4)))

    assert report.codes == {
        2: {"DUPLICATE_SAME_CUSTOMER"},
        3: {"DUPLICATE_OTHER_CUSTOMER"},
        4: {"HELD_BY_OTHER_RESELLER"},
    }


@pytest.mark.feature("B11")
@pytest.mark.parametrize("row", [f"{imei(2)},", f"{imei(2)},{imei(5)}", f"{imei(6)},{imei(1)}", f"{imei(6)},{imei(2)}"])
def test_an_imei_is_one_devices_whichever_slot_it_stands_in(chain, row):
    chain.upload(NORTHWIND, csv_of(f"{imei(1)},{imei(2)}", header="imei,imei2"))
    report = chain.upload(NORTHWIND, csv_of(row, header="imei,imei2"))

    assert report.codes == {2: {"DUPLICATE_SAME_CUSTOMER"}}


@pytest.mark.feature("B11")
def test_a_serial_is_one_devices_too_and_never_an_imei(chain):
    chain.upload(NORTHWIND, csv_of(f"{imei(1)},R58N12ABCDE", header="imei,serial"))
    report = chain.upload(NORTHWIND, csv_of(f"{imei(2)},r58n12abcde", f"{imei(3)},{imei(1)}", header="imei,serial"))

    assert report.codes == {2: {"DUPLICATE_SAME_CUSTOMER"}}
    assert DevicesStore("DevicesTable", region=REGION).find(f"serial#{imei(1)}").primary.value == imei(3)


@pytest.mark.feature("B1")
def test_a_row_with_other_faults_is_looked_up_too(chain):
    chain.upload(NORTHWIND, csv_of(imei(1)))
    report = chain.upload(NORTHWIND, csv_of(f"{imei(1)},12,soon", f"{imei(1)},,", header="imei,imei2,order_date"))

    assert report.codes == {
        2: {"IMEI_LENGTH", "ORDER_DATE_INVALID", "DUPLICATE_SAME_CUSTOMER"},
        3: {"DUPLICATE_IN_FILE", "DUPLICATE_SAME_CUSTOMER"},
    }


def test_a_repeat_in_the_file_is_one_even_if_the_first_line_was_refused(chain):
    report = chain.upload(NORTHWIND, csv_of(f"{imei(1)},soon", f"{imei(1)},", header="imei,order_date"))

    assert report.codes == {2: {"ORDER_DATE_INVALID"}, 3: {"DUPLICATE_IN_FILE"}}
    assert "line 2" in next(row["message"] for row in report.sheet("errors") if row["line"] == "3")
