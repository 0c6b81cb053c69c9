"""One file for many customers: each row goes where it says, and each customer sees its own part only."""

from __future__ import annotations

from collections import Counter

import pytest

from rollcall.accounts import Registration
from rollcall.store.devices import DevicesStore
from rollcall.store.uploads_table import PartItem
from tests.chain import sample_file
from tests.cloud import REGION
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/_many/many_customers.csv"


def parts(cloud):
    """Upload parts by customer, as they lie in the table."""
    items = [item for item in cloud.scan("UploadsTable") if item["sk"]["S"].startswith("part#")]
    return {item["customer"]["S"]: PartItem.from_raw_data(item) for item in items}


@pytest.mark.feature("P10")
def test_a_file_for_many_customers(chain, cloud):
    """Twenty rows each for two customers, and twenty for one that is not linked."""
    report = chain.upload(KEY, sample_file("many_customers.csv"))
    summary = report.summary

    assert (summary["status"], summary["total"], summary["stored"], summary["refused"]) == (
        "COMPLETED_WITH_ERROR",
        60,
        40,
        20,
    )
    assert summary["by_code"] == {"CUSTOMER_UNKNOWN": 20}
    assert summary["by_customer"] == {
        "CUST-CONTOSO": {"total": 20, "stored": 20, "refused": 0},
        "CUST-NORTHWIND": {"total": 20, "stored": 20, "refused": 0},
        "CUSTOMER_UNKNOWN": {"total": 20, "stored": 0, "refused": 20},
    }
    devices = [item for item in cloud.scan("DevicesTable") if item["kind"]["S"] == "device"]
    assert Counter(item["customer"]["S"] for item in devices) == {"CUST-CONTOSO": 20, "CUST-NORTHWIND": 20}
    assert {row["customer_id"] for row in report.results} == {"CUST-CONTOSO", "CUST-NORTHWIND", ""}


@pytest.mark.feature("P10")
def test_each_customer_sees_its_own_part_only(chain, cloud):
    report = chain.upload(
        KEY,
        csv_of(
            f"CUST-NORTHWIND,{imei(1)}",
            "CUST-NORTHWIND,12",
            f"CUST-CONTOSO,{imei(2)}",
            f"MSP-CONTOSO,{imei(3)}",
            f"CUST-NOBODY,{imei(4)}",
            header="customer_id,imei",
        ),
    )
    found = parts(cloud)

    assert {name: (part.stored, part.refused, part.status) for name, part in found.items()} == {
        "CUST-NORTHWIND": (1, 1, "COMPLETED_WITH_ERROR"),
        "CUST-CONTOSO": (2, 0, "COMPLETED"),
    }
    assert {part.pk for part in found.values()} == {report.upload_id}


@pytest.mark.feature("P10")
def test_a_damaged_row_counts_for_the_customer_that_it_names(chain, cloud):
    """One that names nobody, or behind the damage, is nobody's."""
    body = csv_of(
        f"CUST-NORTHWIND,{imei(1)},SM",
        f"CUST-NORTHWIND,{imei(2)},SM,more",
        f'CUST-NORTHWIND,{imei(3)},"SM" x',
        f"CUST-NORTHWIND,{imei(4)},{'x' * 70_000}",
        f'"CUST-NORTHWIND,{imei(5)},SM',
        f"CUST-NOBODY,{imei(6)},SM,more",
        header="customer_id,imei,model",
    )
    report = chain.upload(KEY, body)

    assert report.summary["by_customer"] == {
        "CUST-NORTHWIND": {"total": 4, "stored": 1, "refused": 3},
        "CUSTOMER_UNKNOWN": {"total": 2, "stored": 0, "refused": 2},
    }
    (part,) = parts(cloud).values()
    assert (part.customer, part.stored, part.refused) == ("CUST-NORTHWIND", 1, 3)


def test_a_customer_that_got_nothing_sees_nothing(chain, cloud):
    chain.upload(KEY, csv_of("CUST-NORTHWIND,12", f"CUST-CONTOSO,{imei(1)}", header="customer_id,imei"))

    assert list(parts(cloud)) == ["CUST-CONTOSO"]


def test_a_file_for_one_customer_is_its_part_too(chain, cloud):
    chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1), "12"))
    (part,) = parts(cloud).values()

    assert (part.customer, part.stored, part.refused, part.file_name) == ("CUST-NORTHWIND", 1, 1, "a.csv")
    assert part.customer_uploads == "CUST-NORTHWIND"


@pytest.mark.feature("P9")
@pytest.mark.feature("P10")
def test_enterprise_edition_rows_cannot_go_into_such_a_file(limited):
    chain = limited(ee_models=("SM-EE",))
    report = chain.upload(
        KEY,
        csv_of(f"CUST-NORTHWIND,{imei(1)},SM-EE1", f"CUST-NORTHWIND,{imei(2)},SM-X", header="customer_id,imei,model"),
    )

    assert report.codes == {2: {"STC_NOT_IN_BULK"}}


@pytest.mark.feature("P24")
def test_a_customer_that_blocks_the_reseller(chain, cloud):
    cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)
    report = chain.upload(KEY, csv_of(f"CUST-NORTHWIND,{imei(1)}", f"CUST-CONTOSO,{imei(2)}", header="Kunden-ID,imei"))

    assert report.codes == {2: {"CUSTOMER_NOT_ACCEPTING"}}
    assert report.sheet("errors")[0]["column"] == "Kunden-ID"
    assert report.summary["by_customer"] == {
        "CUST-CONTOSO": {"total": 1, "stored": 1, "refused": 0},
        "CUST-NORTHWIND": {"total": 1, "stored": 0, "refused": 1},
    }


@pytest.mark.feature("B1")
def test_a_customers_name_hides_no_other_fault(chain):
    report = chain.upload(KEY, csv_of("CUST-NOBODY,12", header="customer_id,imei"))

    assert report.codes == {2: {"CUSTOMER_UNKNOWN", "IMEI_LENGTH"}}


def test_a_repeat_is_one_whoever_the_customers_are(chain):
    report = chain.upload(
        KEY, csv_of(f"CUST-NORTHWIND,{imei(1)}", f"CUST-CONTOSO,{imei(1)}", header="customer_id,imei")
    )

    assert report.codes == {3: {"DUPLICATE_IN_FILE"}}
    assert DevicesStore("DevicesTable", region=REGION).find(f"imei#{imei(1)}").generation.customer == "CUST-NORTHWIND"


def test_a_customer_column_in_a_file_for_one_customer_says_nothing(chain):
    report = chain.upload(
        "uploads/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(f"CUST-CONTOSO,{imei(1)}", header="customer_id,imei")
    )

    assert report.results[0]["customer_id"] == "CUST-NORTHWIND"
    assert [(note["column"], note["code"]) for note in report.sheet("notes")] == [("customer_id", "COLUMN_UNKNOWN")]
