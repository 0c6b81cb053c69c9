"""What a partner's system does with the API from beginning to end: upload, ask, decide, delete; each once or often."""

from __future__ import annotations

import base64
import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from rollcall.accounts import Registration
from rollcall.store.reservations import KEPT
from rollcall.uploads import UploadStatus
from tests.chain import sample_file
from tests.files_of import csv_of, imei
from tests.office import api
from tests.partner import Partner, give_keys, key_of, post_file

ERP, BOSS, MDM, BOLT = "reseller uploader", "reseller admin", "customer approver", "other reseller"
MARCH = {"customer_id": "CUST-NORTHWIND", "file_name": "march.csv"}


@pytest.fixture
def partner(reception):
    give_keys(reception.cloud.accounts)
    return Partner()


@pytest.fixture
def uploaded(partner, reception):
    """Uploads a file through the API, all the way; its id."""

    def upload(content=None, key=ERP, **changed):
        reserved = partner.post("/v1/uploads", key, {**MARCH, **changed}).json
        post_file(reception.cloud, reserved, sample_file("messy.csv") if content is None else content)
        reception.settle()
        return reserved["upload_id"]

    return upload


@pytest.fixture
def clock(monkeypatch):
    """The time; ``clock(minutes)`` moves it on."""
    shift = [0.0]
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + shift[0])
    api.api.cache_clear()

    def move(minutes):
        shift[0] += minutes * 60

    yield move
    api.api.cache_clear()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def summary_of(reception, upload):
    return json.loads(reception.cloud.get(f"reports/RSL-ACME/{upload}/summary.json"))


def phones(*numbers):
    return csv_of(*(imei(number) for number in numbers))


def done(partner, reception, reply, key=MDM):
    """The job of a reply, when it is over."""
    assert reply.status == 202, reply.text
    reception.settle()
    return partner.get(f"/v1/jobs/{reply.json['job_id']}", key).json


# -- uploads -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P20")
def test_an_upload_through_the_api_is_an_upload_like_any_other(partner, reception):
    wish = {**MARCH, "order_number": "PO 17", "order_date": "2026-03-01", "stc": "main"}
    reply = partner.post("/v1/uploads", ERP, wish)
    reserved = reply.json
    assert reply.status == 201
    waiting = partner.get(f"/v1/uploads/{reserved['upload_id']}", ERP).json
    assert (waiting["status"], waiting["total"], waiting["finished_at"]) == ("AWAITING_FILE", 0, None)
    for report in ("errors", "results"):
        body = partner.get(f"/v1/uploads/{reserved['upload_id']}/{report}", ERP).json
        assert (body["status"], body["items"]) == ("AWAITING_FILE", [])
        early = partner.get(f"/v1/uploads/{reserved['upload_id']}/{report}", ERP, Accept="text/csv")
        assert (early.status, early.code) == (409, "UPLOAD_IN_PROGRESS")

    post_file(reception.cloud, reserved, sample_file("messy.csv"))
    reception.settle()

    told = partner.get(f"/v1/uploads/{reserved['upload_id']}", ERP).json
    summary = summary_of(reception, reserved["upload_id"])
    assert {name: told[name] for name in summary} == summary
    assert told["status"] == "COMPLETED_WITH_ERROR"
    assert (told["uploaded_by"], told["file_name"], told["order_number"]) == (ERP, "march.csv", "PO 17")
    stored = reception.upload(reserved["upload_id"])
    assert (stored.source, stored.person, stored.stc, stored.order_date) == ("api", "", "1002003", "2026-03-01")


@pytest.mark.feature("P20")
def test_the_reports_are_those_in_the_bucket(partner, reception, uploaded):
    upload = uploaded()
    for name in ("errors", "results"):
        there = reception.cloud.get(f"reports/RSL-ACME/{upload}/{name}.csv").decode()
        as_csv = partner.get(f"/v1/uploads/{upload}/{name}", ERP, Accept="text/csv")
        items = partner.get(f"/v1/uploads/{upload}/{name}", ERP).json["items"]

        assert (as_csv.kind, as_csv.text) == ("text/csv", there)
        assert [str(item["line"] or "") for item in items] == [row["line"] for row in rows_of(there)]
    errors = partner.get(f"/v1/uploads/{upload}/errors", ERP).json
    assert errors["by_code"] == summary_of(reception, upload)["by_code"]
    assert {item["code"] for item in errors["items"]} == set(errors["by_code"])


def test_a_large_report_is_where_a_link_leads(partner, reception, uploaded, monkeypatch):
    upload = uploaded()
    monkeypatch.setattr("rollcall.api.reports.LARGEST_REPORT", 100)
    for headers in ({}, {"Accept": "text/csv"}):
        reply = partner.get(f"/v1/uploads/{upload}/results", ERP, **headers)
        assert reply.status == 303
        assert reply.headers["Location"] == reply.json["location"]
        link = urlsplit(reply.headers["Location"])
        assert link.path.endswith(f"reports/RSL-ACME/{upload}/results.csv")
        assert "X-Amz-Signature=" in link.query


def test_a_file_that_cannot_be_read_is_said_to_be_so(partner, reception, uploaded):
    upload = uploaded(b"\x89PNG\r\n\x1a\n" + bytes(range(64)))
    told = partner.get(f"/v1/uploads/{upload}", ERP).json
    errors = partner.get(f"/v1/uploads/{upload}/errors", ERP).json

    assert (told["status"], told["fault"], told["total"]) == ("ERROR", "ENCODING", 0)
    assert [(item["line"], item["code"]) for item in errors["items"]] == [(None, "ENCODING")]
    assert partner.get(f"/v1/uploads/{upload}/results", ERP).json["items"] == []


@pytest.mark.feature("B5")
def test_a_check_stores_nothing(partner, uploaded):
    upload = uploaded(phones(1, 2), check_only=True)

    assert partner.get(f"/v1/uploads/{upload}", ERP).json["check_only"] is True
    assert partner.get(f"/v1/devices/{imei(1)}", ERP).status == 404


@pytest.mark.feature("P10")
def test_a_file_for_many_customers(partner, uploaded):
    upload = uploaded(sample_file("many_customers.csv"), customer_id=None, file_name="many.csv")
    told = partner.get(f"/v1/uploads/{upload}", ERP).json
    part = partner.get(f"/v1/uploads/{upload}", MDM).json

    assert told["many"] is True
    assert told["customer_id"] is None
    assert told["by_customer"]["CUST-NORTHWIND"]["stored"] == part["stored"] > 0
    assert "by_customer" not in part
    assert "CUST-CONTOSO" not in json.dumps(part)


def test_very_many_customers_are_where_a_link_leads(partner, reception, uploaded, monkeypatch):
    """The figures of each customer stand in the summary; above its bound the summary itself is the answer."""
    upload = uploaded(sample_file("many_customers.csv"), customer_id=None, file_name="many.csv")
    summary = summary_of(reception, upload)
    part = partner.get(f"/v1/uploads/{upload}", MDM)
    monkeypatch.setattr("rollcall.api.uploads.LARGEST_SUMMARY", 100)

    reply = partner.get(f"/v1/uploads/{upload}", ERP)
    assert (reply.status, reply.headers["Location"]) == (303, reply.json["location"])
    key = urlsplit(reply.headers["Location"]).path.rpartition("/reports/")[2]
    assert json.loads(reception.cloud.get(f"reports/{key}")) == summary
    assert summary["by_customer"]
    assert partner.get(f"/v1/uploads/{upload}", MDM).without_reference == part.without_reference


def test_a_customer_sees_its_part(partner, uploaded):
    upload = uploaded()
    part = partner.get(f"/v1/uploads/{upload}", MDM).json

    assert (part["uploaded_by"], part["sha256"], part["source_key"], part["read_as"]) == (
        "Acme Mobile",
        None,
        None,
        None,
    )
    assert partner.get("/v1/devices?upload=" + upload, MDM).json["items"]


def items_of(partner, path, key, *, limit=0):
    """All items, page by page if there is a limit; each page is as long as it may be."""
    items, cursor = [], ""
    while True:
        query = "&".join([*([f"limit={limit}"] if limit else []), *([f"cursor={cursor}"] if cursor else [])])
        page = partner.get(f"{path}?{query}", key).json
        items += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return items
        assert len(page["items"]) >= limit


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_a_customer_reads_the_rows_of_its_own_file(partner, uploaded, limit):
    """They are all its own: the same lines and causes that the reseller reads, and the same figures."""
    upload = uploaded()
    for report in ("errors", "results"):
        path = f"/v1/uploads/{upload}/{report}"
        own, whole = items_of(partner, path, MDM, limit=limit), partner.get(path, ERP).json
        assert own == whole["items"] == items_of(partner, path, ERP, limit=limit)
        assert whole["next_cursor"] is None
        as_csv = partner.get(path, MDM, Accept="text/csv")
        assert (as_csv.kind, as_csv.text) == ("text/csv", partner.get(path, ERP, Accept="text/csv").text)
    errors = partner.get(f"/v1/uploads/{upload}/errors", MDM).json
    assert {item["code"] for item in errors["items"]} == set(errors["by_code"])


def test_a_customer_reads_its_own_rows_of_a_file_for_many(partner, uploaded):
    body = csv_of(
        f"CUST-NORTHWIND,{imei(1)},a",
        "CUST-NORTHWIND,12,b",
        "CUST-CONTOSO,13,c",
        f"CUST-CONTOSO,{imei(2)},d",
        f"CUST-NORTHWIND,{imei(2)},e",  # taken by another customer's line
        f"CUST-NOBODY,{imei(3)},f",
        f"CUST-NORTHWIND,{imei(4)},g,more",
        header="customer_id,imei,model",
    )
    upload = uploaded(body, customer_id=None, file_name="many.csv")
    path = f"/v1/uploads/{upload}"
    results = partner.get(f"{path}/results", MDM).json
    errors = partner.get(f"{path}/errors", MDM).json

    assert [(item["line"], item["outcome"]) for item in results["items"]] == [
        (2, "stored"),
        (3, "refused"),
        (6, "refused"),
        (8, "refused"),
    ]
    assert {item["customer_id"] for item in results["items"]} == {"CUST-NORTHWIND"}
    assert [(item["line"], item["value"], item["code"]) for item in errors["items"]] == [
        (3, "12", "IMEI_LENGTH"),
        (6, imei(2), "DUPLICATE_IN_FILE"),
        (8, "", "ROW_WIDTH"),
    ]
    assert errors["by_code"] == {"DUPLICATE_IN_FILE": 1, "IMEI_LENGTH": 1, "ROW_WIDTH": 1}
    # On which line of whom it stands already is not this customer's business.
    assert "line 5" not in json.dumps(errors)
    assert "line 5" in json.dumps(partner.get(f"{path}/errors", ERP).json)
    as_csv = {name: partner.get(f"{path}/{name}", MDM, Accept="text/csv").text for name in ("results", "errors")}
    assert [row["line"] for row in rows_of(as_csv["results"])] == ["2", "3", "6", "8"]
    assert [row["line"] for row in rows_of(as_csv["errors"])] == ["3", "6", "8"]
    assert "CONTOSO" not in json.dumps([results, errors, as_csv])
    assert partner.get(f"{path}/results", "other customer").status == 404


def test_what_is_held_elsewhere_is_not_named_to_a_customer(partner, uploaded):
    """The reseller reads with which other customer its device is; the customer reads that it is with another."""
    uploaded(phones(1), key=ERP, customer_id="CUST-CONTOSO")
    upload = uploaded(phones(1, 2))
    path = f"/v1/uploads/{upload}/errors"
    (told,), (shared,) = partner.get(path, ERP).json["items"], partner.get(path, MDM).json["items"]

    assert told["code"] == shared["code"] == "DUPLICATE_OTHER_CUSTOMER"
    assert "CUST-CONTOSO" in told["remedy"]
    assert "CUST-CONTOSO" not in json.dumps(shared)
    assert "U-" not in shared["remedy"]


def test_pages_of_reports(partner, uploaded, monkeypatch):
    upload = uploaded(csv_of("12,13", imei(1) + ",", f"{imei(2)},14", header="imei,imei2"))
    path = f"/v1/uploads/{upload}"
    first = partner.get(f"{path}/errors?limit=1", MDM).json
    assert [item["line"] for item in first["items"]] == [2, 2], "the faults of a row stay together"
    assert first["next_cursor"]
    csv_page = partner.get(f"{path}/results?limit=2", MDM, Accept="text/csv")
    assert [row["line"] for row in rows_of(csv_page.text)] == ["2", "3"]
    assert csv_page.headers["Link"] == '<?limit=2&cursor=3>; rel="next"'
    last = partner.get(f"{path}/results?limit=2&cursor=3", MDM, Accept="text/csv")
    assert [row["line"] for row in rows_of(last.text)] == ["4"]
    assert "Link" not in last.headers
    assert partner.get(f"{path}/results?cursor=x", MDM).code == "CURSOR_INVALID"

    monkeypatch.setattr("rollcall.api.reports.LARGEST_REPORT", 10)
    assert partner.get(f"{path}/results", ERP).status == 303
    small = partner.get(f"{path}/results", MDM).json
    assert (len(small["items"]), small["next_cursor"]) == (1, "2"), "of a large one, a customer reads page by page"


def test_an_empty_file_is_reported(partner, uploaded):
    """The form takes it: S3 would refuse it to nobody but the one who posts, and the upload would wait for ever."""
    reserved = partner.post("/v1/uploads", ERP, MARCH).json
    policy = json.loads(base64.b64decode(reserved["post"]["fields"]["policy"]))
    assert [one[1] for one in policy["conditions"] if isinstance(one, list) and one[0] == "content-length-range"] == [0]

    told = partner.get(f"/v1/uploads/{uploaded(b'')}", ERP).json
    assert (told["status"], told["fault"]) == ("ERROR", "FILE_EMPTY")


def test_uploads_page_by_page_and_as_csv(partner, uploaded):
    ids = [uploaded(phones(number)) for number in range(1, 6)]
    seen, target = [], "/v1/uploads?limit=2"
    while target:
        page = partner.get(target, ERP).json
        seen += [item["upload_id"] for item in page["items"]]
        target = page["next_cursor"] and f"/v1/uploads?limit=2&cursor={page['next_cursor']}"
    as_csv = partner.get("/v1/uploads?limit=2", ERP, Accept="text/csv")
    link = as_csv.headers["Link"].partition(">")[0].removeprefix("<")

    assert sorted(seen) == sorted(ids)
    assert [row["upload_id"] for row in rows_of(as_csv.text)] == seen[:2]
    assert [
        row["upload_id"] for row in rows_of(partner.get(f"/v1/uploads{link}", ERP, Accept="text/csv").text)
    ] == seen[2:4]
    assert [
        row["upload_id"] for row in rows_of(partner.get(f"/v1/uploads/{ids[0]}", ERP, Accept="text/csv").text)
    ] == ids[:1]


def test_a_cursor_of_another_list_is_refused(partner, uploaded):
    for number in range(3):
        uploaded(phones(10 * number, 10 * number + 1, 10 * number + 2))
    uploads = partner.get("/v1/uploads?limit=1", ERP).json["next_cursor"]
    devices = partner.get("/v1/devices?limit=1", ERP).json["next_cursor"]
    assert uploads
    assert devices
    for target, key in (
        (f"/v1/devices?cursor={uploads}", ERP),
        (f"/v1/uploads?cursor={devices}", ERP),
        (f"/v1/devices?cursor={devices}&status=PENDING", ERP),
        (f"/v1/devices?cursor={devices}&customer_id=CUST-NORTHWIND", ERP),
        (f"/v1/devices?cursor={devices}", MDM),
        (f"/v1/devices?cursor={devices[:-2]}", ERP),
    ):
        assert (partner.get(target, key).status, partner.get(target, key).code) == (400, "CURSOR_INVALID"), target


def test_the_id_of_an_upload_may_be_its_beginning(partner, uploaded):
    upload = uploaded(phones(1))

    assert partner.get(f"/v1/uploads/{upload[:9].lower()}", ERP).json["upload_id"] == upload


# -- the same request again --------------------------------------------------------------------------------------------


@pytest.mark.feature("P20")
def test_the_same_request_again_is_the_same_upload(partner, reception, clock):
    wish = {**MARCH, "transaction_id": "T-1"}
    first = partner.post("/v1/uploads", ERP, wish)
    # Whatever its JSON looks like, whichever key of the account sends it, and even if nothing is new in it.
    for key, body in ((ERP, dict(reversed(wish.items()))), (BOSS, {**wish, "check_only": False, "stc": None})):
        again = partner.post("/v1/uploads", key, body)
        assert (again.status, again.text) == (first.status, first.text)
    clock(20)
    fresh = partner.post("/v1/uploads", ERP, wish).json
    assert fresh["upload_id"] == first.json["upload_id"]
    assert fresh["expires_at"] > first.json["expires_at"], "the first has run out"

    post_file(reception.cloud, fresh, phones(1))
    reception.settle()
    clock(60)
    assert partner.post("/v1/uploads", ERP, wish).json == fresh, "the file is there; nothing is to be posted any more"


@pytest.mark.feature("P20")
@pytest.mark.parametrize("changed", [{"file_name": "april.csv"}, {"customer_id": None}, {"check_only": True}])
def test_a_transaction_id_is_good_for_one_request(partner, changed):
    wish = {**MARCH, "transaction_id": "T-1"}
    assert partner.post("/v1/uploads", ERP, wish).status == 201
    reply = partner.post("/v1/uploads", ERP, {**wish, **changed})

    assert (reply.status, reply.code) == (409, "TRANSACTION_REUSED")


@pytest.mark.feature("P20")
def test_each_account_has_its_own_transaction_ids(partner):
    acme = partner.post("/v1/uploads", ERP, {**MARCH, "customer_id": None, "transaction_id": "T-1"}).json
    bolt = partner.post("/v1/uploads", BOLT, {**MARCH, "customer_id": "CUST-FABRIKAM", "transaction_id": "T-1"})

    assert bolt.status == 201
    assert bolt.json["upload_id"] != acme["upload_id"]


def test_a_request_that_was_refused_may_be_mended(partner):
    wish = {**MARCH, "transaction_id": "T-1"}
    assert partner.post("/v1/uploads", ERP, {**wish, "stc": "none"}).code == "STC_UNKNOWN"
    assert partner.post("/v1/uploads", ERP, wish).status == 201


def test_the_same_request_many_times_at_once_is_one_upload(partner, reception, monkeypatch):
    monkeypatch.setattr(partner, "lock", _NoLock())
    wish = {**MARCH, "transaction_id": "T-1"}
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: partner.post("/v1/uploads", ERP, wish), range(8)))

    assert {reply.status for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1


class _NoLock:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_an_upload_whose_file_never_came_has_lapsed(partner, reception, clock):
    wish = {**MARCH, "transaction_id": "T-1"}
    reserved = partner.post("/v1/uploads", ERP, wish).json
    clock(KEPT / 60 + 10)
    table = reception.cloud.settings.uploads_table
    key = {"pk": {"S": reserved["upload_id"]}, "sk": {"S": "head"}}
    reception.cloud.client("dynamodb").delete_item(TableName=table, Key=key)  # as its time to live does

    assert partner.post("/v1/uploads", ERP, wish).code == "UPLOAD_LAPSED"


def test_every_request_without_a_transaction_id_is_a_new_one(partner):
    assert len({partner.post("/v1/uploads", ERP, MARCH).json["upload_id"] for _ in range(3)}) == 3


def test_a_customer_that_blocked_the_reseller_takes_no_upload(partner, reception):
    reception.cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)

    assert partner.post("/v1/uploads", ERP, MARCH).code == "CUSTOMER_NOT_ACCEPTING"


# -- devices -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
def test_devices_page_by_page(partner, uploaded):
    upload = uploaded(phones(*range(1, 26)))
    for sort in ("", "&sort=uploaded", "&sort=-uploaded"):
        seen, target = [], f"/v1/devices?status=PENDING&customer_id=CUST-NORTHWIND&limit=10{sort}"
        first = target
        while target:
            page = partner.get(target, ERP).json
            seen += [item["imei"] for item in page["items"]]
            target = page["next_cursor"] and f"{first}&cursor={page['next_cursor']}"
        assert seen == [imei(number) for number in range(1, 26)]
    for blank in ("", "?customer_id=&status=&order=&model=&tag=&upload=&cursor="):
        assert len(partner.get(f"/v1/devices{blank}", MDM).json["items"]) == 25
    assert partner.get("/v1/devices?status=VERIFIED", MDM).json == {"items": [], "next_cursor": None}
    assert len(partner.get(f"/v1/devices?upload={upload}", MDM).json["items"]) == 25


@pytest.mark.feature("P4")
@pytest.mark.feature("P5")
def test_a_device_by_any_of_its_identifiers(partner, reception, uploaded):
    content = csv_of(f"{imei(1)},{imei(2)},RZ8R00API01,SM-A556B,PO 9", header="imei,imei2,serial,model,order_number")
    upload = uploaded(content, order_date="2026-03-01")
    cards = [partner.get(f"/v1/devices/{one}", ERP).json for one in (imei(1), imei(2), "rz8r00api01")]

    assert cards[0] == cards[1] == cards[2]
    card = cards[0]
    assert (card["identifier"], card["imei2"], card["serial"]) == (imei(1), imei(2), "RZ8R00API01")
    assert (card["status"], card["model"], card["order_number"]) == ("PENDING", "SM-A556B", "PO 9")
    assert (card["customer_id"], card["customer_name"]) == ("CUST-NORTHWIND", "Northwind Logistics")
    assert (card["upload_id"], card["uploaded_by"]) == (upload, ERP)
    assert [(entry["act"], entry["by"]) for entry in card["history"]] == [("uploaded", ERP)]
    theirs = partner.get(f"/v1/devices/{imei(1)}", MDM).json
    assert (theirs["uploaded_by"], theirs["history"][0]["by"]) == ("Acme Mobile", "Acme Mobile")


# -- decisions ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P22")
@pytest.mark.feature("P25")
def test_devices_are_decided_on_by_a_job(partner, reception, uploaded):
    uploaded(phones(1, 2, 3))
    accept = partner.post("/v1/decisions", MDM, {"decision": "accept", "identifiers": [imei(1), imei(2), imei(2), "x"]})
    job = done(partner, reception, accept)
    assert (job["state"], job["total"], job["done"], job["succeeded"]) == ("DONE", 4, 4, 2)
    assert job["by_code"] == {"DUPLICATE_IN_FILE": 1, "SERIAL_FORMAT": 1}
    assert [line["value"] for line in job["refused"]] == [imei(2), "x"]
    reject = {"decision": "reject", "identifiers": [imei(3)], "reason": "not ordered"}
    assert done(partner, reception, partner.post("/v1/decisions", MDM, reject))["succeeded"] == 1

    states = [partner.get(f"/v1/devices/{imei(number)}", ERP).json["status"] for number in (1, 2, 3)]
    assert states == ["VERIFIED", "VERIFIED", "REJECTED"]
    entry = partner.get(f"/v1/devices/{imei(3)}", MDM).json["history"][-1]
    assert (entry["act"], entry["by"], entry["note"]) == ("rejected", MDM, "not ordered")
    assert partner.get(f"/v1/devices/{imei(3)}", ERP).json["history"][-1]["by"] == "Northwind Logistics"


@pytest.mark.feature("P22")
def test_all_that_is_pending_of_an_upload(partner, reception, uploaded):
    upload = uploaded(phones(*range(1, 8)))
    done(partner, reception, partner.post("/v1/decisions", MDM, {"decision": "reject", "identifiers": [imei(1)]}))
    job = done(partner, reception, partner.post("/v1/decisions", MDM, {"decision": "accept", "upload_id": upload}))

    assert (job["state"], job["total"], job["succeeded"], job["upload_id"]) == ("DONE", 6, 6, upload)
    assert partner.get(f"/v1/uploads/{upload}", MDM).json["verified"] == 6
    nothing = done(partner, reception, partner.post("/v1/decisions", MDM, {"decision": "accept", "upload_id": upload}))
    assert (nothing["state"], nothing["total"], nothing["succeeded"]) == ("DONE", 0, 0)


@pytest.mark.feature("P23")
def test_an_approval_id_is_for_a_single_device(partner, reception, uploaded):
    upload = uploaded(phones(1, 2))
    wish = {"decision": "accept", "approval_id": "BANK-7"}
    for about in ({"identifiers": [imei(1), imei(2)]}, {"upload_id": upload}):
        reply = partner.post("/v1/decisions", MDM, {**wish, **about})
        assert (reply.status, reply.code) == (422, "APPROVAL_ID_SINGLE")
    assert (
        done(partner, reception, partner.post("/v1/decisions", MDM, {**wish, "identifiers": [imei(1)]}))["succeeded"]
        == 1
    )
    assert partner.get(f"/v1/devices/{imei(1)}", MDM).json["approval_id"] == "BANK-7"
    assert partner.get(f"/v1/devices/{imei(1)}", ERP).json["approval_id"] is None


@pytest.mark.feature("P20")
def test_the_same_decision_again_is_the_same_job(partner, reception, uploaded):
    uploaded(phones(1, 2))
    wish = {"decision": "accept", "identifiers": [imei(1)], "transaction_id": "T-9"}
    first = partner.post("/v1/decisions", MDM, wish)
    again = partner.post("/v1/decisions", "customer admin", dict(reversed(wish.items())))
    other = partner.post("/v1/decisions", MDM, {**wish, "identifiers": [imei(2)]})

    assert first.json == again.json
    assert (other.status, other.code) == (409, "TRANSACTION_REUSED")
    assert done(partner, reception, first)["succeeded"] == 1
    assert done(partner, reception, partner.post("/v1/decisions", MDM, wish))["job_id"] == first.json["job_id"]
    assert partner.get(f"/v1/devices/{imei(2)}", MDM).json["status"] == "PENDING"
    assert len(partner.get(f"/v1/devices/{imei(1)}", MDM).json["history"]) == 2


@pytest.mark.feature("P24")
def test_a_reseller_that_is_not_registered_is_not_accepted_from(partner, reception):
    reserved = partner.post("/v1/uploads", BOLT, {**MARCH, "customer_id": "CUST-FABRIKAM"}).json
    post_file(reception.cloud, reserved, phones(1))
    reception.settle()
    by_upload = {"decision": "accept", "upload_id": reserved["upload_id"]}
    reply = partner.post("/v1/decisions", "other customer", by_upload)
    by_list = {"decision": "accept", "identifiers": [imei(1)]}
    job = done(partner, reception, partner.post("/v1/decisions", "other customer", by_list), "other customer")

    assert (reply.status, reply.code) == (409, "RESELLER_NOT_REGISTERED")
    assert (job["succeeded"], job["by_code"]) == (0, {"RESELLER_NOT_REGISTERED": 1})


def test_a_decision_names_devices_or_an_upload(partner):
    for about in ({}, {"identifiers": [imei(1)], "upload_id": "U-1234-5678"}):
        assert partner.post("/v1/decisions", MDM, {"decision": "accept", **about}).code == "REQUEST_INVALID"
    assert partner.post("/v1/decisions", MDM, {"decision": "accept", "upload_id": "U-1234-5678"}).code == "NOT_FOUND"


def test_another_companys_devices_and_jobs_are_not_there(partner, reception, uploaded):
    upload = uploaded(phones(1))
    wish = {"decision": "accept", "identifiers": [imei(1), imei(99)]}
    job = done(partner, reception, partner.post("/v1/decisions", "other customer", wish), "other customer")
    mine = partner.post("/v1/decisions", MDM, {"decision": "accept", "identifiers": [imei(1)]}).json["job_id"]
    theirs = partner.get(f"/v1/jobs/{mine}", "other customer")

    assert job["by_code"] == {"NOT_FOUND": 2}
    assert len({line["message"].replace(line["value"], "…") for line in job["refused"]}) == 1
    assert theirs.without_reference == partner.get("/v1/jobs/J-NONE", "other customer").without_reference
    assert (
        partner.post("/v1/decisions", "other customer", {"decision": "accept", "upload_id": upload}).code == "NOT_FOUND"
    )


# -- deletes -----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("P15")
def test_devices_are_deleted_by_a_job_and_can_be_uploaded_again(partner, reception, uploaded):
    uploaded(phones(1, 2))
    wish = {"identifiers": [imei(1), imei(99)], "transaction_id": "D-1"}
    reply = partner.post("/v1/devices/delete", BOSS, wish)
    assert partner.post("/v1/devices/delete", BOSS, wish).json == reply.json
    job = done(partner, reception, reply, BOSS)

    assert (job["state"], job["total"], job["succeeded"], job["by_code"]) == ("DONE", 2, 1, {"NOT_FOUND": 1})
    assert partner.get(f"/v1/devices/{imei(1)}", ERP).code == "NOT_FOUND"
    assert partner.get(f"/v1/devices/{imei(2)}", ERP).status == 200
    assert partner.get(f"/v1/jobs/{job['job_id']}", BOLT).code == "NOT_FOUND"
    uploaded(phones(1))
    assert partner.post("/v1/devices/delete", BOSS, wish).json == reply.json
    reception.settle()
    assert partner.get(f"/v1/devices/{imei(1)}", ERP).json["status"] == "PENDING", "the repeat deleted nothing"


# -- one answer --------------------------------------------------------------------------------------------------------


def test_the_key_that_did_it_is_shown_by_its_name(partner, reception, uploaded):
    uploaded(phones(1))
    done(partner, reception, partner.post("/v1/decisions", MDM, {"decision": "accept", "identifiers": [imei(1)]}))
    card = partner.get(f"/v1/devices/{imei(1)}", MDM).json

    assert card["history"][-1]["by"] == MDM
    assert reception.upload(card["upload_id"]).status is UploadStatus.COMPLETED
    assert key_of(MDM) not in json.dumps(card)
