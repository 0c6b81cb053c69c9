"""A check's file is imported as it was judged: the very bytes, once, by somebody who may."""

from __future__ import annotations

import json

import pytest

from rollcall.accounts import Registration
from rollcall.uploads import UploadStatus
from tests.chain import sample_file
from tests.files_of import csv_of, imei
from tests.office import labels, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA, RAE = ROLES["reseller uploader"], ROLES["reseller admin"]
IMPORT = "uploads.import"


@pytest.fixture
def office(reception):
    return reception.office


@pytest.fixture
def check(reception):
    """Checks a file in Slack; the check."""

    def check(content, customer="CUST-NORTHWIND", **fields):
        reception.command(UMA)
        files = [reception.file(UMA, "checked.csv", content)]
        reception.submit(UMA, customer=customer, files=files, check=["check"], **fields)
        (report,) = reception.settle()
        return reception.upload(report.upload_id)

    return check


def card(reception, upload_id, person=UMA):
    return reception.office.command(person, f"/uploads {upload_id}")


def import_it(reception, check, person=UMA):
    """Presses the button of a check's card; the answer."""
    message = card(reception, check.id, person)
    before = len(reception.office.messages(person))
    assert reception.office.click(person, message, IMPORT) == ""
    return reception.office.messages(person)[before:][0]


@pytest.mark.feature("B5")
@pytest.mark.parametrize(
    ("name", "customer"),
    [("clean_25.csv", "CUST-CONTOSO"), ("messy.csv", "CUST-CONTOSO"), ("many_customers.csv", "_many")],
)
def test_what_was_checked_is_imported_as_it_was(reception, check, name, customer):
    facts = {} if customer == "_many" else {"order_number": "PO-9", "order_date": "2026-02-01"}
    checked = check(sample_file(name), customer, **facts)
    message = card(reception, checked.id)
    stored = checked.figures.rows.stored
    if not stored:
        assert IMPORT not in json.dumps(message)
        return
    assert labels(message)[0] == f"Import these {stored:,}"

    (told,) = [one for one in upload_ids(words(import_it(reception, checked)["blocks"])) if one != checked.id]
    (report,) = reception.settle()

    upload = reception.upload(told)
    assert report.upload_id == told
    assert (upload.sha256, upload.checked, upload.checked_stored) == (checked.sha256, checked.id, stored)
    kept = ("customer", "many", "order_number", "order_date", "stc", "file_name", "source", "person")
    assert [getattr(upload, name) for name in kept] == [getattr(checked, name) for name in kept]
    assert (report.summary["stored"], report.summary["check_only"]) == (stored, False)
    assert "nothing changed since" in words(card(reception, told)["blocks"])


@pytest.mark.feature("B5")
def test_the_result_says_what_changed_since_the_check(reception, check):
    checked = check(csv_of(imei(1), imei(2), imei(3)))
    reception.command(UMA)
    reception.submit(UMA, customer="CUST-NORTHWIND", files=[reception.file(UMA, "b.csv", csv_of(imei(2), imei(3)))])
    reception.settle()
    import_it(reception, checked)
    (report,) = reception.settle()

    assert report.summary["by_code"] == {"DUPLICATE_SAME_CUSTOMER": 2}
    shown = words(card(reception, report.upload_id)["blocks"])
    assert "found 3 rows to store; *2* of these are refused now" in shown


@pytest.mark.feature("B5")
def test_the_version_that_was_checked_counts_and_not_a_later_one(reception, check):
    checked = check(csv_of(imei(1)))
    reception.cloud.put(checked.key, csv_of(imei(1), imei(2), imei(3)))
    import_it(reception, checked)
    reports = reception.settle()

    (imported,) = [report for report in reports if not report.summary["check_only"]]
    assert imported.summary["total"] == 1
    assert imported.summary["sha256"] == checked.sha256


@pytest.mark.feature("B5")
def test_another_file_put_under_the_reserved_key_is_refused(reception, check):
    """Somebody with the company's own access to the bucket could be faster than the copy."""
    checked = check(csv_of(imei(1)))
    import_it(reception, checked)
    (waiting,) = [upload for upload in reception.uploads() if upload.status is UploadStatus.AWAITING_FILE]
    reception.cloud.put(waiting.key, csv_of(imei(7)))
    (report,) = reception.settle()

    assert report.upload_id == waiting.id
    assert report.summary["by_code"] == {"FILE_CHANGED": 1}


@pytest.mark.feature("B4", "B5")
def test_pressed_twice_by_two_people_it_is_one_import(reception, check):
    checked = check(csv_of(imei(1)))
    first, second = import_it(reception, checked, UMA), import_it(reception, checked, RAE)
    reports = reception.settle()

    assert upload_ids(words(first["blocks"])) == upload_ids(words(second["blocks"]))
    assert [report.summary["stored"] for report in reports] == [1]
    again = import_it(reception, checked)
    assert upload_ids(words(again["blocks"])) == upload_ids(words(first["blocks"]))
    assert reception.settle() == []


def test_a_checked_file_that_is_gone(reception, check):
    checked = check(csv_of(imei(1)))
    place = {"Bucket": reception.cloud.settings.bucket, "Key": checked.key, "VersionId": checked.version}
    reception.cloud.client("s3").delete_object(**place)
    import_it(reception, checked)
    (report,) = reception.settle()

    assert report.summary["by_code"] == {"FILE_GONE": 1}


def test_a_check_put_into_s3_is_imported_by_whoever_may(reception):
    report = reception.chain.upload("check/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1)))
    import_it(reception, reception.upload(report.upload_id))
    imported = [one for one in reception.settle() if not one.summary["check_only"]]

    assert [one.summary["stored"] for one in imported] == [1]


def press(reception, person, upload_id):
    """The button's request by hand: what is answered, if anything is."""
    before = len(reception.office.messages(person))
    grant = reception.slack.control  # the workspace answers at its own addresses only
    assert grant
    payload = {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "trigger_id": "1.2.x",
        "actions": [{"type": "button", "action_id": IMPORT, "block_id": "b", "value": json.dumps({"id": upload_id})}],
        "container": {"type": "message"},
    }
    reception.office.post_interaction(payload)
    return reception.office.messages(person)[before:]


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in ("reseller uploader", "reseller admin", "same user id elsewhere")]
)
def test_nobody_else_imports(reception, check, role):
    checked = check(csv_of(imei(1)))
    press(reception, ROLES[role], checked.id)

    assert reception.office.waiting("jobs") == []
    assert [upload.id for upload in reception.uploads()] == [checked.id]


@pytest.mark.parametrize("upload_id", ["", "U-7K3F-9QMC-2V5R-8TXA", "nonsense", "U-" * 500, None, 7])
def test_unknown_ids_are_answered(reception, upload_id):
    press(reception, UMA, upload_id)

    assert reception.uploads() == []
    assert reception.office.gateway.crashes == []


def test_what_was_no_check_is_not_imported_again(reception):
    own = reception.chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1)))
    others = reception.chain.upload("check/RSL-BOLTWAVE/CUST-FABRIKAM/a.csv", csv_of(imei(2)))
    press(reception, UMA, own.upload_id)
    press(reception, UMA, others.upload_id)

    assert reception.office.waiting("jobs") == []


def test_a_customer_that_blocked_the_reseller_meanwhile(reception, check):
    checked = check(csv_of(imei(1)))
    reception.cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)
    answer = import_it(reception, checked)

    assert "does not accept uploads" in words(answer["blocks"])
    assert reception.office.waiting("jobs") == []
