"""Uploads to a managed service provider: by MSP id or customer id, by every reseller that carries the MSP id."""

from __future__ import annotations

import pytest

from rollcall.store.devices import DevicesStore
from tests.cloud import REGION
from tests.files_of import csv_of, imei


def holder(number):
    return DevicesStore("DevicesTable", region=REGION).find(f"imei#{imei(number)}").generation


@pytest.mark.feature("P11")
@pytest.mark.parametrize("name", ["MSP-CONTOSO", "CUST-CONTOSO"])
@pytest.mark.parametrize("reseller", ["RSL-ACME", "RSL-BOLTWAVE"])
def test_every_reseller_with_the_msp_id_may_upload_to_it(chain, reseller, name):
    report = chain.upload(f"uploads/{reseller}/{name}/a.csv", csv_of(imei(1)))

    assert report.summary["status"] == "COMPLETED"
    assert (holder(1).reseller, holder(1).customer) == (reseller, "CUST-CONTOSO")
    assert report.results[0]["customer_id"] == "CUST-CONTOSO"


@pytest.mark.feature("P11")
@pytest.mark.feature("P16")
def test_msp_id_and_customer_id_are_the_same_customer(chain):
    chain.upload("uploads/RSL-ACME/MSP-CONTOSO/a.csv", csv_of(imei(1)))
    report = chain.upload("uploads/RSL-ACME/CUST-CONTOSO/a.csv", csv_of(imei(1)))

    assert report.codes == {2: {"DUPLICATE_SAME_CUSTOMER"}}


@pytest.mark.feature("P11")
@pytest.mark.feature("P19")
def test_a_second_reseller_cannot_take_what_the_first_brought(chain):
    chain.upload("uploads/RSL-ACME/MSP-CONTOSO/a.csv", csv_of(imei(1)))
    report = chain.upload("uploads/RSL-BOLTWAVE/MSP-CONTOSO/a.csv", csv_of(imei(1), imei(2)))

    assert report.codes == {2: {"HELD_BY_OTHER_RESELLER"}}
    assert holder(1).reseller == "RSL-ACME"
    assert holder(2).reseller == "RSL-BOLTWAVE"


@pytest.mark.feature("P11")
@pytest.mark.parametrize("name", ["MSP-NOBODY", "MSP-contoso", "CUST-FABRIKAM"])
def test_others_are_unknown(chain, name):
    """Also a customer that exists and is another reseller's: the answer is the same."""
    report = chain.upload(f"uploads/RSL-ACME/{name}/a.csv", csv_of(imei(1)))

    assert report.summary["by_code"] == {"CUSTOMER_UNKNOWN": 1}
    assert report.summary["total"] == 0
