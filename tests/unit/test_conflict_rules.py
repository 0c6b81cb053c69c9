"""Who holds an identifier already, and what a row that brings it is told."""

from __future__ import annotations

import dataclasses

import pytest

from rollcall import conflicts
from rollcall.conflicts import Generation, Verdict, compare

ROW = Generation(reseller="RSL-ACME", customer="CUST-NORTHWIND", upload="U-2", line=5)


def holder(**other):
    return dataclasses.replace(ROW, **{"upload": "U-1", **other})


@pytest.mark.feature("P16")
@pytest.mark.feature("P17")
@pytest.mark.feature("P19")
@pytest.mark.feature("B10")
@pytest.mark.parametrize(
    ("held_by", "verdict"),
    [
        (ROW, Verdict.OWN),
        (holder(), Verdict.SAME_CUSTOMER),
        (holder(upload="U-2", line=6), Verdict.SAME_CUSTOMER),
        (holder(customer="CUST-CONTOSO"), Verdict.OTHER_CUSTOMER),
        (holder(reseller="RSL-BOLTWAVE"), Verdict.OTHER_RESELLER),
        (holder(reseller="RSL-BOLTWAVE", customer="CUST-FABRIKAM"), Verdict.OTHER_RESELLER),
    ],
)
def test_the_four_answers(held_by, verdict):
    assert compare(ROW, held_by) is verdict


@pytest.mark.feature("P16")
def test_the_same_customer_is_told_with_the_own_upload():
    fault = conflicts.fault(ROW, holder(line=17), column="IMEI", value="356")

    assert fault.code == "DUPLICATE_SAME_CUSTOMER"
    assert fault.message == "The same device(s) has/have been uploaded by the same reseller to the same customer."
    assert (fault.column, fault.value) == ("IMEI", "356")
    assert "U-1" in fault.remedy
    assert "line 17" in fault.remedy


@pytest.mark.feature("P17")
def test_another_customer_of_the_same_reseller_is_named():
    fault = conflicts.fault(ROW, holder(customer="CUST-CONTOSO"), column="IMEI", value="356")

    assert fault.code == "DUPLICATE_OTHER_CUSTOMER"
    assert fault.message == "The same device(s) has/have been uploaded by the same reseller to a different customer."
    assert "CUST-CONTOSO" in fault.remedy


@pytest.mark.feature("P19")
@pytest.mark.feature("B10")
def test_nothing_of_another_reseller_is_told():
    other = Generation(reseller="RSL-BOLTWAVE", customer="CUST-FABRIKAM", upload="U-SECRET", line=987654)
    fault = conflicts.fault(ROW, other, column="IMEI", value="356")

    assert fault.code == "HELD_BY_OTHER_RESELLER"
    told = repr(fault) + fault.message + fault.remedy
    assert not [secret for secret in ("BOLTWAVE", "FABRIKAM", "SECRET", "987654") if secret in told]


@pytest.mark.feature("B4")
def test_an_own_earlier_try_is_no_conflict():
    assert conflicts.fault(ROW, ROW, column="IMEI", value="356") is None


def test_a_generation_reads_as_one_text():
    assert str(ROW) == "U-2#5#CUST-NORTHWIND"
