"""The API on the emulated AWS: through the template's own route and function, with its rights and no more."""

import json
import time

import pytest
import requests

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.accounts import ApiKey, ResellerRole, key_digest
from rollcall.store.accounts import AccountsStore
from tests.chain import sample_directory
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.stack

PATIENCE = 90  # seconds; cold functions on a busy machine
ACME, NORTHWIND, BOSS = "local-acme-key", "local-northwind-key", "local-acme-boss"


class Api:
    """Calls the API at its address."""

    def __init__(self, stack):
        self.url = f"{stack.endpoint}/_aws/execute-api/{stack.outputs['SlackApiId']}/$default"

    def call(self, method, target, key="", body=None, **headers):
        """Status and body of the answer; redirects are not followed."""
        headers = {"Authorization": f"Bearer {key}", **headers} if key else headers
        answer = requests.request(
            method, self.url + target, json=body, headers=headers, timeout=60, allow_redirects=False
        )
        return answer.status_code, answer.content.decode()

    def get(self, target, key):
        status, text = self.call("GET", target, key)
        assert status == 200, text
        return json.loads(text)

    def post(self, target, key, body):
        status, text = self.call("POST", target, key, body)
        assert status in (201, 202), text
        return json.loads(text)

    def until(self, target, key, wanted):
        """Asks until the answer is so."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.get(target, key)
            if wanted(found):
                return found
            time.sleep(0.2)
        raise AssertionError(f"waited in vain for {target}: {found}")


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    with running_stack(tmp_path_factory.mktemp("stack")) as stack:
        apply_accounts(stack, sample_directory())
        accounts = AccountsStore(stack.outputs["AccountsTableName"], region="us-east-1", host=stack.endpoint)
        accounts.put_key(ApiKey("RSL-ACME", "boss", key_digest(BOSS), ResellerRole.ADMIN))
        yield Api(stack)


def post_file(reserved, content):
    """Posts a file with the form that a reservation came with, as any program does; the status."""
    fields, files = reserved["post"]["fields"], {"file": ("a.csv", content, "text/csv")}
    return requests.post(reserved["post"]["url"], data=fields, files=files, timeout=60).status_code


@pytest.mark.feature("P20")
def test_each_call_of_the_api_has_the_rights_it_needs(api):
    """Upload, figures, reports, lists, one device, decide by list and by upload, delete: each as a partner would."""
    status, text = api.call("GET", "/v1/openapi.json")
    assert status == 200
    assert json.loads(text)["servers"] == [{"url": api.url}]
    assert api.call("GET", "/v1/uploads")[0] == 401
    assert api.call("GET", "/v1/nothing", ACME)[0] == 404

    wish = {"customer_id": "CUST-NORTHWIND", "file_name": "march.csv", "transaction_id": "T-1"}
    reserved = api.post("/v1/uploads", ACME, wish)
    assert api.post("/v1/uploads", ACME, wish) == reserved
    upload = f"/v1/uploads/{reserved['upload_id']}"
    assert api.get(upload, ACME)["status"] == "AWAITING_FILE"
    assert post_file(reserved, csv_of(*(imei(number) for number in range(1, 6)), "12")) in (200, 204)
    told = api.until(upload, ACME, lambda found: found["finished_at"])
    assert (told["status"], told["stored"], told["refused"]) == ("COMPLETED_WITH_ERROR", 5, 1)
    assert [item["code"] for item in api.get(f"{upload}/errors", ACME)["items"]] == ["IMEI_LENGTH"]
    assert len(api.get(f"{upload}/results", ACME)["items"]) == 6
    status, sheet = api.call("GET", f"{upload}/results", ACME, Accept="text/csv")
    assert (status, len(sheet.splitlines())) == (200, 7)
    assert len(api.get("/v1/devices?status=PENDING", NORTHWIND)["items"]) == 5
    assert api.get(f"/v1/devices/{imei(1)}", NORTHWIND)["uploaded_by"] == "Acme Mobile"
    assert [item["upload_id"] for item in api.get("/v1/uploads", NORTHWIND)["items"]] == [reserved["upload_id"]]

    wish = {"decision": "reject", "identifiers": [imei(1)], "reason": "not ordered", "transaction_id": "T-1"}
    jobs = [api.post("/v1/decisions", NORTHWIND, wish) for _ in range(2)]
    assert jobs[0] == jobs[1]
    job = api.until(f"/v1/jobs/{jobs[0]['job_id']}", NORTHWIND, lambda found: found["finished_at"])
    assert (job["state"], job["succeeded"]) == ("DONE", 1)
    begun = api.post("/v1/decisions", NORTHWIND, {"decision": "accept", "upload_id": reserved["upload_id"]})
    job = api.until(f"/v1/jobs/{begun['job_id']}", NORTHWIND, lambda found: found["finished_at"])
    assert (job["state"], job["succeeded"]) == ("DONE", 4)
    assert api.get(upload, ACME)["verified"] == 4

    begun = api.post("/v1/devices/delete", BOSS, {"identifiers": [imei(1), imei(99)]})
    job = api.until(f"/v1/jobs/{begun['job_id']}", BOSS, lambda found: found["finished_at"])
    assert (job["state"], job["succeeded"], job["by_code"]) == ("DONE", 1, {"NOT_FOUND": 1})
    assert api.call("GET", f"/v1/devices/{imei(1)}", ACME)[0] == 404
