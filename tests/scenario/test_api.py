"""The HTTP API: what each call answers, to whom, and what it refuses."""

from __future__ import annotations

import json
import re

import pytest
from botocore.exceptions import EndpointConnectionError

from rollcall.api.operations import OPERATIONS, Name
from rollcall.permissions import allows
from rollcall.store.upload_lists import UploadLists
from tests.office import api
from tests.partner import KEYS, Partner, give_keys
from tests.stock import OTHERS

TARGETS = {
    Name.OPENAPI: "/v1/openapi.json",
    Name.START_UPLOAD: "/v1/uploads",
    Name.LIST_UPLOADS: "/v1/uploads",
    Name.LIST_DEVICES: "/v1/devices",
    Name.DELETE_DEVICES: "/v1/devices/delete",
    Name.DECIDE: "/v1/decisions",
}


@pytest.fixture(scope="module")
def with_keys(open_office):
    give_keys(open_office.cloud.accounts)
    open_office.keep()


@pytest.fixture
def partner(with_keys, office):
    return Partner()


def target_of(operation, stock):
    """An address of a call, about a thing that is there."""
    row = stock.rows("clean")[0]
    return operation.path.format(
        upload_id=stock.clean.upload_id, identifier=row["imei"] or row["serial"], job_id="J-NONE"
    )


def body_of(operation, stock):
    """A body that a call takes."""
    return {
        Name.START_UPLOAD: {"customer_id": "CUST-NORTHWIND", "file_name": "march.csv"},
        Name.DELETE_DEVICES: {"identifiers": [stock.rows("clean")[0]["imei"]]},
        Name.DECIDE: {"decision": "accept", "identifiers": [stock.rows("clean")[0]["imei"]]},
    }.get(operation.name)


# -- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in Name if name is not Name.OPENAPI])
@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic a2V5", "Bearer key of nobody", "Bearer not-a-key", "key-of-msp"]
)
def test_without_a_valid_key_nothing_is_answered(partner, stock, name, header):
    operation = OPERATIONS[name]
    reply = partner.call(operation.method, target_of(operation, stock), "", {}, Authorization=header)

    assert (reply.status, reply.code) == (401, "KEY_INVALID")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("role", [role for role in KEYS if role.startswith(("reseller", "customer"))])
@pytest.mark.parametrize("name", [name for name in Name if name is not Name.OPENAPI])
def test_a_key_may_what_its_role_may(partner, stock, name, role):
    operation = OPERATIONS[name]
    reply = partner.call(operation.method, target_of(operation, stock), role, body_of(operation, stock))

    if allows(KEYS[role][1], operation.act):
        assert reply.status in (
            operation.status,
            404 if name is Name.GET_JOB else None,
        )
    else:
        assert (reply.status, reply.code) == (403, "KEY_NOT_ALLOWED")
        assert operation.act.value in reply.json["detail"]


def test_a_key_that_was_revoked_is_none_at_once(partner, office):
    assert partner.get("/v1/uploads", "reseller viewer").status == 200
    office.cloud.accounts.remove_key("RSL-ACME", "reseller viewer")

    assert partner.get("/v1/uploads", "reseller viewer").code == "KEY_INVALID"


def test_no_key_is_in_the_logs(partner, office):
    partner.get("/v1/uploads", "reseller viewer")
    partner.get("/v1/uploads", "", Authorization="Bearer a-secret-that-is-wrong")

    assert "key-of" not in office.out.getvalue()
    assert "a-secret" not in office.out.getvalue()


# -- problem documents -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "target", "body", "status", "code"),
    [
        ("GET", "/v1/nothing", None, 404, "ROUTE_UNKNOWN"),
        ("GET", "/v1/uploads/", None, 404, "ROUTE_UNKNOWN"),
        ("PUT", "/v1/uploads", None, 405, "METHOD_UNKNOWN"),
        ("DELETE", "/v1/devices/490154203237518", None, 405, "METHOD_UNKNOWN"),
        ("POST", "/v1/uploads", b"{", 400, "BODY_NOT_JSON"),
        ("POST", "/v1/uploads", b"\xff\xfe", 400, "BODY_NOT_JSON"),
        ("POST", "/v1/uploads", b"[" * 100_000, 400, "BODY_NOT_JSON"),
        ("POST", "/v1/uploads", b'{"file_name": NaN}', 400, "BODY_NOT_JSON"),
        ("POST", "/v1/uploads", b"", 400, "BODY_NOT_JSON"),
        ("POST", "/v1/uploads", b" " * (1024 * 1024 + 1), 413, "BODY_TOO_LARGE"),
        ("POST", "/v1/uploads", b"[]", 400, "REQUEST_INVALID"),
        ("POST", "/v1/uploads", b'{"customer_id": 7, "file_name": "a.csv"}', 400, "REQUEST_INVALID"),
        ("POST", "/v1/uploads", b'{"customer_id": null}', 400, "REQUEST_INVALID"),
        ("POST", "/v1/uploads", b'{"customer_id": null, "file_name": "a", "colour": 1}', 400, "REQUEST_INVALID"),
        ("POST", "/v1/uploads", rb'{"customer_id": null, "file_name": "\ud800"}', 400, "REQUEST_INVALID"),
        ("POST", "/v1/uploads", b'{"customer_id": "CUST-NONE", "file_name": "a"}', 422, "CUSTOMER_UNKNOWN"),
        ("POST", "/v1/uploads", b'{"customer_id": "CUST-FABRIKAM", "file_name": "a"}', 422, "CUSTOMER_UNKNOWN"),
        ("POST", "/v1/uploads", b'{"customer_id": null, "file_name": "a", "stc": "main"}', 422, "STC_NOT_IN_BULK"),
        (
            *("POST", "/v1/uploads", b'{"customer_id": "CUST-NORTHWIND", "file_name": "a", "stc": "other"}'),
            *(422, "STC_UNKNOWN"),
        ),
        (
            *("POST", "/v1/uploads", b'{"customer_id": null, "file_name": "a", "order_date": "soon"}'),
            *(422, "ORDER_DATE_INVALID"),
        ),
        ("POST", "/v1/devices/delete", b'{"identifiers": []}', 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?colour=blue", None, 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?status=LOST", None, 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?limit=0", None, 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?limit=many", None, 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?tag=a&tag=b", None, 400, "REQUEST_INVALID"),
        ("GET", "/v1/devices?cursor=forged", None, 400, "CURSOR_INVALID"),
        ("GET", "/v1/uploads?cursor=forged", None, 400, "CURSOR_INVALID"),
        ("GET", "/v1/uploads/U-NONE-NONE", None, 404, "NOT_FOUND"),
        ("GET", "/v1/uploads/nothing%20like%20it", None, 404, "NOT_FOUND"),
        ("GET", "/v1/devices/%22%23%0A%C3%A9", None, 404, "NOT_FOUND"),
        ("GET", "/v1/jobs/J-NONE", None, 404, "NOT_FOUND"),
    ],
)
def test_what_is_wrong_is_said_in_a_problem_document(partner, office, method, target, body, status, code):
    reply = partner.call(method, target, "reseller admin", body)

    assert (reply.status, reply.code) == (status, code), reply.text
    told = reply.json
    assert told["status"] == status
    assert told["type"] == f"urn:rollcall:problem:{code.lower().replace('_', '-')}"
    assert all(told[name] for name in ("title", "detail", "remedy"))
    assert re.fullmatch(r"R-[0-9A-Z]{8}", told["reference"])
    assert told["reference"] in office.out.getvalue(), "the reference is in the logs"
    assert not office.others


def test_all_that_is_wrong_with_a_body_is_said_at_once(partner):
    body = {"customer_id": 7, "file_name": "", "colour": "blue"}
    reply = partner.post("/v1/uploads", "reseller uploader", body)

    assert {wrong["field"] for wrong in reply.json["errors"]} == {"/customer_id", "/file_name", "/colour"}


def test_the_methods_of_an_address_are_said(partner):
    assert partner.call("PATCH", "/v1/uploads").headers["Allow"] == "GET, POST"
    assert partner.call("PATCH", "/v1/devices/delete").headers["Allow"] == "POST"
    assert partner.call("PATCH", "/v1/devices/350000000000014").headers["Allow"] == "GET"


def test_what_passes_by_itself_is_not_called_a_fault_of_ours(partner, office, monkeypatch):
    def down(*_, **__):
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr(UploadLists, "of_reseller", down)
    reply = partner.get("/v1/uploads", "reseller viewer")

    assert (reply.status, reply.code) == (503, "SERVICE_BUSY")
    assert int(reply.headers["Retry-After"]) > 0


def test_a_fault_of_ours_says_no_more_than_its_reference(partner, office, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(UploadLists, "of_reseller", broken)
    reply = partner.get("/v1/uploads", "reseller viewer")

    assert (reply.status, reply.code) == (500, "SERVICE_FAILED")
    assert "inside" not in reply.text
    assert "the inside of it" in office.out.getvalue()


# -- another company's -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in KEYS if role.startswith(("reseller", "customer"))])
def test_another_companys_is_answered_like_what_does_not_exist(partner, stock, role):
    for theirs, nobodys in (
        (f"/v1/devices/{OTHERS[0]['imei']}", "/v1/devices/352099001761481"),
        (f"/v1/uploads/{stock.others.upload_id}", "/v1/uploads/U-0000-0000-0000-0000"),
        (f"/v1/uploads/{stock.others.upload_id}/errors", "/v1/uploads/U-0000-0000-0000-0000/errors"),
        (f"/v1/uploads/{stock.others.upload_id}/results", "/v1/uploads/U-0000-0000-0000-0000/results"),
        (f"/v1/devices?upload={stock.others.upload_id}", "/v1/devices?upload=U-0000-0000-0000-0000"),
        ("/v1/devices?customer_id=CUST-FABRIKAM", "/v1/devices?customer_id=CUST-NOBODY"),
        ("/v1/uploads?customer_id=CUST-FABRIKAM", "/v1/uploads?customer_id=CUST-NOBODY"),
    ):
        assert partner.get(theirs, role).without_reference == partner.get(nobodys, role).without_reference


# -- how often ---------------------------------------------------------------------------------------------------------


def test_a_key_that_asks_too_often_is_told_how_long_to_wait(partner, office, monkeypatch):
    monkeypatch.setenv("API_REQUESTS_PER_MINUTE", "3")
    api.api.cache_clear()
    try:
        replies = [partner.get("/v1/uploads", "reseller viewer") for _ in range(5)]
        other = partner.get("/v1/uploads", "reseller uploader")
    finally:
        api.api.cache_clear()

    allowed = [reply for reply in replies if reply.status == 200]
    late = [reply for reply in replies if reply.status == 429]
    assert len(allowed) in (3, 4, 5), "a minute may end while the test runs"
    assert len(allowed) + len(late) == 5
    assert all(1 <= int(reply.headers["Retry-After"]) <= 60 and reply.code == "RATE_LIMIT" for reply in late)
    assert other.status == 200, "each key has its own number"


# -- the description ---------------------------------------------------------------------------------------------------


def test_the_description_needs_no_key_and_says_where_the_api_is(partner):
    reply = partner.get("/v1/openapi.json")

    assert reply.status == 200
    assert reply.json["servers"] == [{"url": "https://slackapi.execute-api.eu-central-1.amazonaws.com"}]
    assert set(reply.json["paths"]) == {operation.path for operation in OPERATIONS.values()}
    assert json.loads(reply.text)["openapi"].startswith("3.1")
