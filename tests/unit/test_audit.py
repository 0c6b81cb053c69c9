"""A customer's audit as lines: its own people by name, the reseller's by company."""

from __future__ import annotations

import pytest

from rollcall.audit import COLUMNS, AuditEntry, row
from rollcall.conflicts import Generation
from rollcall.devices import HistoryEntry
from rollcall.transitions import Act, Status


def entry(act, by):
    step = HistoryEntry("2026-03-01T10:00:00Z", act, by, Status.PENDING, "R-1", "not ordered", "D-1")
    born = Generation("RSL-ACME", "CUST-NORTHWIND", "U-1", 7)
    return AuditEntry("imei#1", ("imei#1", "serial#2"), born, step, gone=False)


@pytest.mark.feature("B18")
@pytest.mark.parametrize("act", Act)
def test_nobody_of_the_other_company_is_named(act):
    own = act in (Act.ACCEPTED, Act.AUTO_ACCEPTED, Act.REJECTED, Act.UNDONE)
    line = dict(zip(COLUMNS, row(entry(act, "rae@acme.example")), strict=True))

    assert (line["by"] == "rae@acme.example") == own
    assert line["by"] in ("rae@acme.example", "RSL-ACME")


@pytest.mark.feature("B18")
def test_a_line_says_who_did_what_to_which_device_when_and_why():
    line = dict(zip(COLUMNS, row(entry(Act.REJECTED, "person:T:U"), {"person:T:U": "Nia"}), strict=True))

    assert line == {
        "at": "2026-03-01T10:00:00Z",
        "act": "rejected",
        "by": "Nia",
        "status": "PENDING",
        "device": "imei#1",
        "identifiers": "imei#1 serial#2",
        "reseller_id": "RSL-ACME",
        "upload_id": "U-1",
        "line": "7",
        "decision_id": "D-1",
        "reference": "R-1",
        "note": "not ordered",
        "rollcall_export": "",
    }
    assert dict(zip(COLUMNS, row(entry(Act.HEALED, "rollcall")), strict=True))["by"] == "rollcall"
