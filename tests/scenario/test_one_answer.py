"""The API, Slack and S3 are asked the same thing, and give the same answer: figures, a device's state, a decision."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from itertools import pairwise

import pytest

from rollcall.store.grants import Grant, GrantsStore
from tests.chain import sample_file
from tests.files_of import csv_of, imei
from tests.office import words
from tests.partner import Partner, give_keys, post_file
from tests.stock import ROLES

FILES = ["messy.csv", "clean_25.csv", "serials.csv", "meids.csv", "excel_utf16.txt", "many_customers.csv"]
RESELLER, CUSTOMER = "reseller uploader", "customer approver"


@pytest.fixture
def partner(reception):
    give_keys(reception.cloud.accounts)
    return Partner()


def by_api(partner, reception, content, *, many):
    customer = None if many else "CUST-NORTHWIND"
    reserved = partner.post("/v1/uploads", RESELLER, {"customer_id": customer, "file_name": "a.csv"}).json
    post_file(reception.cloud, reserved, content)


def by_s3(_partner, reception, content, *, many):
    reception.cloud.put(f"uploads/RSL-ACME/{'_many' if many else 'CUST-NORTHWIND'}/a.csv", content)


def slack_card(reception, role, typed):
    """What the card says, label → value."""
    lines = words(reception.office.command(ROLES[role], typed)["blocks"]).splitlines()
    pairs = pairwise(lines)
    return {label.strip("*"): value.strip("`") for label, value in pairs if re.fullmatch(r"\*[^*]+\*", label)}


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def assert_figures_agree(reception, partner, upload_id):
    """Total, stored, refused, causes and status: of the upload as its reseller has it."""
    summary = json.loads(reception.cloud.get(f"reports/RSL-ACME/{upload_id}/summary.json"))
    told = partner.get(f"/v1/uploads/{upload_id}", RESELLER).json
    card = slack_card(reception, RESELLER, f"/uploads {upload_id}")
    figures = {name: summary[name] for name in ("status", "total", "stored", "refused")}

    assert {name: told[name] for name in summary} == summary
    labels = {"status": "Status", "total": "Rows", "stored": "Stored", "refused": "Refused"}
    assert {name: card[label] for name, label in labels.items()} == {name: str(one) for name, one in figures.items()}
    assert card["Verified now"] == str(told["verified"])
    assert card["Reference"] == told["reference"] == summary["reference"]
    errors = words(reception.office.command(ROLES[RESELLER], f"/uploads errors {upload_id}")["blocks"])
    for code, rows in summary["by_code"].items():
        assert code in errors
        assert re.search(rf"\b{rows} rows?\b", errors)
    (line,) = partner.get("/v1/uploads", RESELLER).json["items"]
    assert {name: line[name] for name in figures} == figures
    return told


@pytest.mark.feature("P12")
@pytest.mark.feature("P20")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("send", [by_api, by_s3], ids=["api", "s3"])
def test_the_figures_of_an_upload(reception, partner, send, name):
    send(partner, reception, sample_file(name), many=name == "many_customers.csv")
    (report,) = reception.settle()

    assert_figures_agree(reception, partner, report.upload_id)


@pytest.mark.feature("P12")
def test_the_figures_are_the_same_whichever_way_a_file_came(reception, partner):
    """The same bytes, first by one way and deleted again, then by the next."""
    seen = []
    for send in (by_api, by_s3):
        send(partner, reception, sample_file("messy.csv"), many=False)
        (report,) = reception.settle()
        told = assert_figures_agree(reception, partner, report.upload_id)
        seen.append({name: told[name] for name in ("total", "stored", "refused", "by_code", "notes_by_code", "sha256")})
        reception.set_back()
        give_keys(reception.cloud.accounts)

    assert seen[0] == seen[1]


@pytest.mark.feature("P5")
@pytest.mark.feature("P6")
def test_the_state_of_a_device(reception, partner):
    """New, accepted, rejected, gone: the reports of the upload, the API and Slack say it alike, to both sides."""
    by_s3(partner, reception, csv_of(imei(1), imei(2), imei(3), imei(4)), many=False)
    (report,) = reception.settle()
    results = {
        row["imei"]: row for row in rows_of(reception.cloud.get(f"reports/RSL-ACME/{report.upload_id}/results.csv"))
    }

    def states(role):
        found = {}
        for number in (1, 2, 3, 4):
            reply = partner.get(f"/v1/devices/{imei(number)}", role)
            said = reply.json["status"] if reply.status == 200 else reply.code
            card = slack_card(reception, role, f"/devices {imei(number)}")
            assert card.get("Status", "NOT_FOUND").partition(":")[0] == said
            found[number] = said
        listed = partner.get("/v1/devices", role).json["items"]
        assert {item["imei"]: item["status"] for item in listed} == {
            imei(number): said for number, said in found.items() if said != "NOT_FOUND"
        }
        return found

    for role in (RESELLER, CUSTOMER):
        assert states(role) == {number: results[imei(number)]["status"] for number in (1, 2, 3, 4)}
    partner.post("/v1/decisions", CUSTOMER, {"decision": "accept", "identifiers": [imei(1)]})
    partner.post("/v1/decisions", CUSTOMER, {"decision": "reject", "identifiers": [imei(2)]})
    partner.post("/v1/devices/delete", "reseller admin", {"identifiers": [imei(3)]})
    reception.settle()
    for role in (RESELLER, CUSTOMER):
        assert states(role) == {1: "VERIFIED", 2: "REJECTED", 3: "NOT_FOUND", 4: "PENDING"}


@pytest.mark.feature("P26")
def test_a_decision(reception, partner):
    """A list in the bucket, a call and a command decide alike; each of the three tells what all three did."""
    by_s3(partner, reception, csv_of(*(imei(number) for number in range(1, 7))), many=False)
    (report,) = reception.settle()
    cloud, table = reception.cloud, reception.cloud.settings.uploads_table
    grants = GrantsStore(cloud.client("dynamodb"), table)
    grant = grants.give(Grant("CUST-NORTHWIND", "person:T0NW:U0NIA"), now=time.time())
    key, content = "accept/CUST-NORTHWIND/list.csv", csv_of(imei(1), imei(2), imei(99))
    version = cloud.client("s3").put_object(
        Bucket=cloud.settings.bucket, Key=key, Body=content, Metadata={"grant": grant}
    )["VersionId"]
    message = {"kind": "accept_file", "id": key, "bucket": cloud.settings.bucket, "key": key, "version": version}
    cloud.client("sqs").send_message(QueueUrl=cloud.queues["jobs"], MessageBody=json.dumps(message))
    begun = partner.post("/v1/decisions", CUSTOMER, {"decision": "accept", "identifiers": [imei(3), imei(98)]}).json
    reception.settle()
    reception.office.command(ROLES[CUSTOMER], f"/approvals accept {imei(4)}")
    reception.office.command(ROLES[CUSTOMER], f'/approvals reject {imei(5)} reason:"not ordered"')
    reception.settle()

    reports = cloud.client("s3").list_objects_v2(Bucket=cloud.settings.bucket, Prefix="reports/CUST-NORTHWIND/")
    (prefix,) = {one["Key"].rpartition("/")[0] for one in reports["Contents"]}
    listed = json.loads(cloud.get(f"{prefix}/summary.json"))
    job = partner.get(f"/v1/jobs/{listed['job_id']}", CUSTOMER).json
    assert (listed["total"], listed["accepted"], listed["by_code"]) == (3, 2, {"NOT_FOUND": 1})
    assert (job["total"], job["succeeded"], job["by_code"]) == (listed["total"], listed["accepted"], listed["by_code"])
    refused = rows_of(cloud.get(f"{prefix}/errors.csv"))
    assert [(row["value"], row["code"]) for row in refused] == [(one["value"], one["code"]) for one in job["refused"]]
    called = partner.get(f"/v1/jobs/{begun['job_id']}", CUSTOMER).json
    assert (called["succeeded"], called["by_code"]) == (1, {"NOT_FOUND": 1})

    upload = partner.get(f"/v1/uploads/{report.upload_id}", CUSTOMER).json
    card = slack_card(reception, CUSTOMER, f"/uploads {report.upload_id}")
    assert (upload["verified"], card["Verified now"]) == (4, "4")
    acts = {1: "accepted", 2: "accepted", 3: "accepted", 4: "accepted", 5: "rejected", 6: "uploaded"}
    for number, act in acts.items():
        history = partner.get(f"/v1/devices/{imei(number)}", CUSTOMER).json["history"]
        said = words(reception.office.command(ROLES[CUSTOMER], f"/devices history {imei(number)}")["blocks"])
        assert [entry["act"] for entry in history] == ["uploaded", *([act] if act != "uploaded" else [])]
        assert said.count("*Accepted*") == (act == "accepted")
        assert said.count("*Rejected*") == (act == "rejected")
