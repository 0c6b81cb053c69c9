"""The API in short: a key, an upload, its figures, a decision, each once. The long tests are beside this one."""

from __future__ import annotations

import pytest

from tests.files_of import csv_of, imei
from tests.partner import Partner, give_keys, post_file

ERP, MDM, OTHER = "reseller uploader", "customer approver", "other customer"


@pytest.mark.feature("P20")
def test_a_partner_uploads_asks_and_decides(reception):
    give_keys(reception.cloud.accounts)
    partner = Partner()
    wish = {"customer_id": "CUST-NORTHWIND", "file_name": "march.csv", "transaction_id": "T-1"}
    assert partner.post("/v1/uploads", "", wish).code == "KEY_INVALID"
    assert partner.post("/v1/uploads", MDM, wish).code == "KEY_NOT_ALLOWED"
    reserved = partner.post("/v1/uploads", ERP, wish).json
    assert partner.post("/v1/uploads", ERP, wish).json == reserved
    assert partner.post("/v1/uploads", ERP, {**wish, "file_name": "april.csv"}).code == "TRANSACTION_REUSED"
    target = f"/v1/uploads/{reserved['upload_id']}"
    assert partner.get(target, ERP).json["status"] == "AWAITING_FILE"

    post_file(reception.cloud, reserved, csv_of(imei(1), imei(2), "12"))
    reception.settle()
    told = partner.get(target, ERP).json
    assert (told["status"], told["total"], told["stored"], told["refused"]) == ("COMPLETED_WITH_ERROR", 3, 2, 1)
    assert [item["code"] for item in partner.get(f"{target}/errors", ERP).json["items"]] == ["IMEI_LENGTH"]
    assert [item["imei"] for item in partner.get("/v1/devices", MDM).json["items"]] == [imei(1), imei(2)]

    begun = partner.post("/v1/decisions", MDM, {"decision": "accept", "identifiers": [imei(1), imei(3)]})
    reception.settle()
    job = partner.get(f"/v1/jobs/{begun.json['job_id']}", MDM).json
    assert (begun.status, job["state"], job["succeeded"], job["by_code"]) == (202, "DONE", 1, {"NOT_FOUND": 1})
    assert partner.get(f"/v1/devices/{imei(1)}", ERP).json["status"] == "VERIFIED"
    theirs, nobodys = (partner.get(f"/v1/devices/{imei(number)}", OTHER) for number in (1, 3))
    assert theirs.status == 404
    assert theirs.without_reference == nobodys.without_reference
