"""Uploads whose id was given out before their file came."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall import layout
from rollcall.accounts import Member, Registration, ResellerRole
from rollcall.acting import Acting
from rollcall.chain.planning import Result
from rollcall.store.reservations import KEPT, new_upload_id
from rollcall.uploads import Upload, UploadStatus
from rollcall.views.reader import Reader
from rollcall.views.upload_messages import upload_message
from tests.chain import sample_file
from tests.files_of import csv_of, imei
from tests.office import words

NOW = 1_772_357_400.0
UMA = Member(account="RSL-ACME", team="T0ACME", user="U0UMA", name="Uma", role=ResellerRole.UPLOADER)


def awaiting(cloud, *, customer="CUST-NORTHWIND", check_only=False, **facts):
    """An upload that Uma announced."""
    upload_id = new_upload_id()
    upload = Upload(
        id=upload_id,
        bucket=cloud.settings.bucket,
        key=layout.reserved_key("RSL-ACME", customer, upload_id, check_only=check_only),
        version="",
        reseller="RSL-ACME",
        customer=customer,
        many=customer is None,
        file_name="march.csv",
        check_only=check_only,
        status=UploadStatus.AWAITING_FILE,
        uploaded_by="uma@acme.example",
        source="slack",
        order_number="PO-17",
        order_date="2026-02-27",
        stc="1002003",
        started_at="2026-03-01T09:00:00Z",
        reference="R-SLACK",
        person="T0ACME#U0UMA",
    )
    return replace(upload, **facts)


@pytest.fixture
def reserve(chain, cloud):
    def reserve(**facts):
        upload = awaiting(cloud, **facts)
        assert chain.reservations.reserve([upload], once=upload.id, now=NOW) == (upload,)
        return upload

    return reserve


@pytest.mark.feature("B23")
def test_an_upload_that_was_asked_for_in_slack_keeps_the_id_of_the_click(chain, reserve):
    """Not the one of the bucket's message, which nobody who clicked has ever seen."""
    reserved = reserve()

    report = chain.upload(reserved.key, sample_file("clean_25.csv"))

    assert chain.uploads.get(reserved.id).reference == report.summary["reference"] == "R-SLACK"


@pytest.mark.feature("P8", "B5")
@pytest.mark.parametrize("check_only", [False, True])
@pytest.mark.parametrize(
    ("customer", "file"), [("CUST-NORTHWIND", "clean_25.csv"), ("CUST-CONTOSO", "messy.csv"), (None, "messy.csv")]
)
def test_a_file_under_a_reserved_key_is_that_upload(chain, reserve, customer, file, check_only):
    reserved = reserve(customer=customer, check_only=check_only)
    waiting = chain.uploads.get(reserved.id)
    assert (waiting.status, waiting.version) == (UploadStatus.AWAITING_FILE, "")

    metadata = {"order_number": "forged", "stc": "forged", "uploaded_by": "rae@acme.example"}
    report = chain.upload(reserved.key, sample_file(file), **metadata)

    assert report.upload_id == reserved.id
    kept = ("person", "uploaded_by", "source", "order_number", "order_date", "stc", "file_name", "customer", "many")
    done = chain.uploads.get(reserved.id)
    assert [getattr(done, name) for name in kept] == [getattr(reserved, name) for name in kept]
    assert report.summary["check_only"] is check_only
    assert done.started_at == report.summary["started_at"] == "2026-03-01T09:30:00Z"
    assert [upload.id for upload in chain.uploads.of_reseller("RSL-ACME")] == [reserved.id]


def test_a_reservation_goes_if_no_file_comes_and_stays_if_one_does(chain, cloud, reserve):
    reserved = reserve()

    def expiry():
        (head,) = [item for item in cloud.scan("UploadsTable") if item["sk"]["S"] == "head"]
        return head.get("expires", {}).get("N")

    assert expiry() == str(int(NOW) + KEPT)
    chain.upload(reserved.key, csv_of(imei(1)))
    assert expiry() is None


@pytest.mark.feature("B4")
def test_the_same_file_told_of_twice_is_one_upload(chain, cloud, reserve):
    reserved = reserve()
    version = cloud.put(reserved.key, csv_of(imei(1)))
    first, second = (chain.plan(reserved.key, version).upload.id for _ in range(2))
    chain.drain()

    assert first == second == reserved.id
    assert chain.plan(reserved.key, version).upload.figures.rows.stored == 1


@pytest.mark.feature("B4")
@pytest.mark.parametrize("body", [csv_of(imei(1)), csv_of(imei(1), imei(2))], ids=["the same", "another"])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_form_that_is_posted_twice_is_one_upload_and_its_message_says_so(chain, cloud, reserve, body, at_once):
    """The form stays good for what is left of its fifteen minutes."""
    reserved = reserve()
    first = cloud.put(reserved.key, csv_of(imei(1)))
    chain.plan(reserved.key, first)
    if not at_once:
        chain.drain()
    second = cloud.put(reserved.key, body)
    planned = [chain.plan(reserved.key, second) for _ in range(3)]
    chain.plan(reserved.key, first)
    chain.drain()

    assert {one.result for one in planned} == {Result.POSTED_AGAIN}
    assert {one.upload.id for one in planned} == {reserved.id}
    (upload,) = chain.uploads.of_reseller("RSL-ACME")
    assert (upload.id, upload.version, upload.status) == (reserved.id, first, UploadStatus.COMPLETED)
    assert (upload.figures.rows.total, upload.more_files) == (1, 1)
    assert len(cloud.scan("DevicesTable")) == 1
    news = upload_message(upload, Reader(Acting(UMA, "Acme Mobile"), {}))
    assert "sent under this id once more. It was not read" in words(news.blocks)
    assert "sent under this id once more. It was not read" in news.text
    assert not problems({"text": news.text, "blocks": news.blocks}, "message")


@pytest.mark.feature("B4")
def test_whichever_of_two_versions_is_told_of_first_is_the_file(chain, cloud, reserve):
    reserved = reserve()
    first, second = (cloud.put(reserved.key, csv_of(imei(number))) for number in (1, 2))
    results = [chain.plan(reserved.key, version).result for version in (second, first, second)]
    chain.drain()

    assert results == [Result.PLANNED, Result.POSTED_AGAIN, Result.SENT_AGAIN]
    assert chain.uploads.get(reserved.id).version == second


def test_a_file_that_comes_after_its_upload_was_given_up_is_one_of_its_own(chain, cloud, reserve):
    reserved = reserve()
    chain.uploads.take(reserved.id, version="", at="2026-03-01T09:20:00Z", reference="R-1")
    report = chain.upload(reserved.key, csv_of(imei(1)))

    assert report.upload_id != reserved.id
    assert report.summary["stored"] == 1


def test_a_name_that_only_looks_reserved_is_any_file(chain):
    report = chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/U-7K3F-9QMC-2V5R-8TXA.csv", csv_of(imei(1)))

    assert report.upload_id != "U-7K3F-9QMC-2V5R-8TXA"
    assert chain.uploads.get(report.upload_id).source == "s3"


@pytest.mark.parametrize(
    "key",
    [
        "uploads/RSL-ACME/CUST-CONTOSO/{}.csv",
        "uploads/RSL-ACME/_many/{}.csv",
        "check/RSL-ACME/CUST-NORTHWIND/{}.csv",
        "uploads/RSL-ACME/CUST-NORTHWIND/sub/{}.csv",
        "uploads/RSL-BOLTWAVE/CUST-FABRIKAM/{}.csv",
    ],
)
def test_a_reservation_holds_for_its_own_key_alone(chain, reserve, key):
    reserved = reserve()
    report = chain.upload(key.format(reserved.id), csv_of(imei(1)))

    assert report.upload_id != reserved.id
    assert chain.uploads.get(report.upload_id).person == ""
    assert chain.uploads.get(reserved.id).status is UploadStatus.AWAITING_FILE


def test_what_is_asked_for_twice_is_reserved_once(chain, cloud):
    first, second = awaiting(cloud), awaiting(cloud)

    assert chain.reservations.reserve([first], once="the same click", now=NOW) == (first,)
    assert [upload.id for upload in chain.reservations.reserve([second], once="the same click", now=NOW)] == [first.id]
    assert chain.uploads.get(second.id) is None


def test_a_customer_that_blocked_the_reseller_meanwhile_takes_nothing(chain, cloud, reserve):
    reserved = reserve()
    cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)
    report = chain.upload(reserved.key, csv_of(imei(1)))

    assert report.upload_id == reserved.id
    assert report.summary["by_code"] == {"CUSTOMER_NOT_ACCEPTING": 1}


def test_only_the_file_that_was_checked_is_imported(chain, cloud, reserve):
    other = reserve(sha256="0" * 64)
    report = chain.upload(other.key, csv_of(imei(1)))

    assert report.summary["by_code"] == {"FILE_CHANGED": 1}
    assert cloud.scan("DevicesTable") == []


def test_a_stray_message_does_not_finish_what_has_not_begun(chain, reserve):
    reserved = reserve()
    result, upload = chain.finish({"upload_id": reserved.id})

    assert (result.value, upload.status) == ("not_yet", UploadStatus.AWAITING_FILE)
