"""A check says what an upload would, and stores no device."""

from __future__ import annotations

import pytest

from tests.chain import sample_file
from tests.files_of import csv_of, imei


def verdicts(report):
    """What both must say alike."""
    summary = report.summary
    kept = ("status", "total", "stored", "refused", "by_code", "notes_by_code", "read_as", "sha256")
    sheets = [report.raw(f"{name}.csv") for name in ("errors", "notes", "resend", "results")]
    return {name: summary[name] for name in kept}, summary.get("by_customer"), sheets


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("place", "file"), [("CUST-NORTHWIND", "messy.csv"), ("_many", "many_customers.csv"), ("MSP-CONTOSO", "meids.csv")]
)
def test_a_check_says_what_the_upload_then_says(chain, cloud, place, file):
    check = chain.upload(f"check/RSL-ACME/{place}/{file}", sample_file(file))

    assert cloud.scan("DevicesTable") == []
    assert check.summary["check_only"] is True

    upload = chain.upload(f"uploads/RSL-ACME/{place}/{file}", sample_file(file))

    assert verdicts(check) == verdicts(upload)
    assert upload.summary["check_only"] is False
    assert check.upload_id != upload.upload_id


@pytest.mark.feature("B5")
def test_a_check_looks_conflicts_up_too(chain, cloud):
    chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1)))
    chain.upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/a.csv", csv_of(imei(2)))
    before = cloud.scan("DevicesTable")
    check = chain.upload("check/RSL-ACME/CUST-CONTOSO/a.csv", csv_of(imei(1), imei(2), imei(3), imei(3)))

    assert check.codes == {
        2: {"DUPLICATE_OTHER_CUSTOMER"},
        3: {"HELD_BY_OTHER_RESELLER"},
        5: {"DUPLICATE_IN_FILE"},
    }
    assert (check.summary["stored"], check.summary["refused"]) == (1, 3)
    assert cloud.scan("DevicesTable") == before


@pytest.mark.feature("B5")
def test_a_check_twice_is_no_conflict_with_itself(chain):
    first, second = (chain.upload("check/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1))) for _ in range(2))

    assert verdicts(first) == verdicts(second)


@pytest.mark.feature("B5")
def test_no_customer_hears_of_a_check(chain, cloud):
    chain.upload("check/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1)))

    assert not [item for item in cloud.scan("UploadsTable") if item["sk"]["S"].startswith("part#")]
