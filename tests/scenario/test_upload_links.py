"""Links that let one large file in: by whom, how often, for how long; and the policy that S3 holds them to."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

import pytest
import requests

from rollcall.accounts import Person, Registration
from rollcall.uploads import UploadStatus
from tests.chain import sample_file
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.office import PUBLIC_URL, buttons, upload_page, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA = ROLES["reseller uploader"]
FILES = sorted(path.name for path in (ROOT / "tests/files").iterdir() if path.suffix in (".csv", ".txt"))
ASKED = {"name": "large.csv", "size": 1000}


@pytest.fixture
def office(reception):
    return reception.office


@pytest.fixture
def clock(monkeypatch):
    """The time of the page and of the bot; ``clock(minutes)`` moves it on."""
    shift = [0.0]
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + shift[0])
    for module in (upload_page,):
        module.tools.cache_clear()

    def move(minutes):
        shift[0] += minutes * 60

    yield move
    upload_page.tools.cache_clear()


def address(message):
    """The link on the button of an answer."""
    (url,) = [element["url"] for _, element in buttons(message) if element.get("url")]
    return url


def asks(reception, typed="/uploads link customer:CUST-NORTHWIND", person=UMA):
    return address(reception.office.command(person, typed))


def start(reception, url, **changed):
    status, _, body = reception.browse(url, {**ASKED, **changed})
    return status, json.loads(body)


def policy_of(told):
    return json.loads(base64.b64decode(told["fields"]["policy"]))


def post(reception, told, content):
    """Does what S3 does with a form that keeps to its policy."""
    key = told["fields"]["key"]
    return key, reception.cloud.put(key, content)


@pytest.mark.feature("P8", "P10")
@pytest.mark.parametrize(("name", "check"), [*((name, "check:yes") for name in FILES), ("messy.csv", "")])
def test_every_sample_file_by_link_is_its_upload(reception, name, check):
    customer = "many" if name == "many_customers.csv" else "CUST-CONTOSO"
    message = reception.office.command(UMA, f'/uploads link customer:{customer} order:"PO 17" date:2026-02-01 {check}')
    (promised,) = upload_ids(words(message["blocks"]))
    status, told = start(reception, address(message), name=name, size=len(sample_file(name)))
    assert (status, told["upload_id"]) == (200, promised)
    assert reception.upload(promised).status is UploadStatus.AWAITING_FILE
    post(reception, told, sample_file(name))
    (report,) = reception.settle()

    upload = reception.upload(promised)
    assert report.upload_id == promised
    assert report.summary["check_only"] is bool(check)
    assert (upload.file_name, upload.order_number, upload.order_date) == (name, "PO 17", "2026-02-01")
    assert (upload.uploaded_by, upload.person) == ("uma@acme.example", "T0ACME#U0UMA")
    assert upload.many is (customer == "many")


@pytest.mark.feature("B5")
def test_a_link_can_be_for_a_check(reception):
    url = asks(reception, "/uploads link customer:CUST-NORTHWIND check:yes")
    _, _, page = reception.browse(url)
    assert "nothing will be stored" in page
    _, told = start(reception, url)
    post(reception, told, csv_of(imei(1)))
    (report,) = reception.settle()

    assert report.summary["check_only"] is True


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_company_customer_and_upload_id(reception):
    message = reception.office.command(UMA, "/uploads link customer:CUST-NORTHWIND")
    status, headers, page = reception.browse(address(message))

    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    for shown in ("Acme Mobile", "Northwind Logistics", *upload_ids(words(message["blocks"]))):
        assert shown in page
    assert '<meta name="viewport"' in page


def test_the_page_takes_nothing_from_elsewhere_and_runs_nothing_else(reception):
    _, headers, page = reception.browse(asks(reception))
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))

    assert rules["default-src"] == rules["form-action"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    for kind in ("script", "style"):
        (content,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert re.findall(r"(?:src|href)=", page) == []
    assert re.findall(r" on\w+=| style=", page) == []
    _, told = start(reception, asks(reception))
    target = urlsplit(told["url"])
    assert rules["connect-src"] == f"'self' {target.scheme}://{target.netloc}"
    assert target.scheme == "https"
    assert target.netloc.endswith("s3.eu-central-1.amazonaws.com")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_names_on_the_page_are_texts(reception, office):
    profile = reception.cloud.accounts.customer("CUST-NORTHWIND")
    office.cloud.client("dynamodb").update_item(
        TableName="AccountsTable",
        Key={"pk": {"S": f"account#{profile.id}"}, "sk": {"S": "profile"}},
        UpdateExpression="SET #n = :n",
        ExpressionAttributeNames={"#n": "name"},
        ExpressionAttributeValues={":n": {"S": "<script>alert(1)</script>\"' onload=x $title ${body}"}},
    )
    _, _, page = reception.browse(asks(reception))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27; onload=x $title ${body}" in page


def test_looking_uses_nothing_up(reception):
    """Slack and others fetch a link for a preview before anybody has seen it."""
    url = asks(reception)
    pages = {reception.browse(url)[2] for _ in range(5)}

    assert len(pages) == 1
    assert start(reception, url)[0] == 200


# -- once, and not for long --------------------------------------------------------------------------------------------


def test_a_link_works_once(reception):
    url = asks(reception)
    status, told = start(reception, url)
    again, refused = start(reception, url)

    assert (status, again) == (200, 410)
    assert "fields" not in refused
    status, _, page = reception.browse(url)
    assert status == 410
    assert told["upload_id"] in page
    assert "<form" not in page


def test_of_many_at_once_one_gets_in(reception):
    url = asks(reception)
    upload_page.tools()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: start(reception, url)[0], range(8)))

    assert sorted(statuses) == [200, *[410] * 7]
    assert len(reception.uploads()) == 1


def test_a_link_is_over_after_fifteen_minutes(reception, clock):
    url = asks(reception)
    clock(14.9)
    assert reception.browse(url)[0] == 200
    clock(0.2)

    assert reception.browse(url)[0] == 410
    status, refused = start(reception, url)
    assert status == 410
    assert "over" in refused["problem"]
    assert reception.uploads() == []


def test_what_a_link_gives_out_ends_with_the_link(reception, clock):
    url = asks(reception)
    made = time.time()
    clock(10)
    _, told = start(reception, url)
    ends = datetime.strptime(policy_of(told)["expiration"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()

    # botocore signs by its own clock, which no test moves.
    assert ends <= made + 5 * 60 + 1


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 5000, "../../etc/passwd", "%00", "é"])
def test_a_made_up_link_is_unknown(reception, token):
    assert reception.browse(f"{PUBLIC_URL}/u/{token}")[0] == 404
    assert reception.browse(f"{PUBLIC_URL}/u/{token}", ASKED)[0] == 404


def test_the_token_itself_is_nowhere_kept(reception, office):
    url = asks(reception)
    start(reception, url)
    token = url.rpartition("/")[2]

    assert len(token) == 43
    assert token not in json.dumps(office.cloud.scan("UploadsTable"))
    assert token not in office.out.getvalue()


# -- not for another key, size or company ------------------------------------------------------------------------------


def test_the_policy_names_key_size_and_bucket_and_lets_nothing_else_through(reception):
    """Emulators do not hold a form to its policy; S3 does, to every condition of it, and to no field beside it."""
    _, told = start(reception, asks(reception))
    policy = policy_of(told)
    upload = reception.upload(told["upload_id"])
    exact = {name: value for rule in policy["conditions"] if isinstance(rule, dict) for name, value in rule.items()}
    others = [rule for rule in policy["conditions"] if not isinstance(rule, dict)]

    assert upload.key == f"uploads/RSL-ACME/CUST-NORTHWIND/{upload.id}.csv"
    assert exact["key"] == told["fields"]["key"] == upload.key
    assert exact["bucket"] == reception.cloud.settings.bucket
    assert others == [["content-length-range", ASKED["size"], ASKED["size"]]]
    assert exact.keys() - {"bucket"} <= told["fields"].keys()
    assert told["fields"].keys() - {"policy", "x-amz-signature"} == exact.keys() - {"bucket"}


@dataclass
class Gate:
    """What S3 does with a form, by its documentation: every condition holds, every field is named by one."""

    told: dict
    bucket: str

    def takes(self, size, *, at=None, bucket="", **changed):
        fields = {**self.told["fields"], **changed}
        policy = json.loads(base64.b64decode(fields["policy"]))
        exact = {name: value for rule in policy["conditions"] if isinstance(rule, dict) for name, value in rule.items()}
        (sizes,) = [rule[1:] for rule in policy["conditions"] if not isinstance(rule, dict)]
        sent = {**fields, "bucket": bucket or self.bucket}
        signed_by_us = fields["policy"] == self.told["fields"]["policy"]
        in_time = (at or time.time()) < datetime.fromisoformat(policy["expiration"]).timestamp()
        named = sent.keys() - {"policy", "x-amz-signature"} == exact.keys()
        return signed_by_us and in_time and named and exact.items() <= sent.items() and sizes[0] <= size <= sizes[1]


@pytest.mark.feature("P8")
def test_the_form_is_good_for_one_key_one_size_one_company_and_not_for_long(reception):
    made = time.time()
    _, told = start(reception, asks(reception))
    key = told["fields"]["key"]
    gate = Gate(told, reception.cloud.settings.bucket)
    wider = {**policy_of(told), "conditions": [{"bucket": gate.bucket}, ["starts-with", "$key", ""]]}

    assert gate.takes(ASKED["size"])
    assert not gate.takes(ASKED["size"], at=made + 15 * 60 + 1)
    assert not gate.takes(ASKED["size"], key=key.replace("CUST-NORTHWIND", "CUST-CONTOSO"))
    assert not gate.takes(ASKED["size"], key=key.replace("RSL-ACME", "RSL-BOLTWAVE"))
    assert not gate.takes(ASKED["size"], key="uploads/RSL-ACME/CUST-NORTHWIND/other.csv")
    assert not gate.takes(ASKED["size"], bucket="another")
    assert not any(gate.takes(size) for size in (0, ASKED["size"] - 1, ASKED["size"] + 1, 10**9))
    assert not gate.takes(ASKED["size"], **{"x-amz-meta-uploaded-by": "rae@acme.example"})
    assert not gate.takes(ASKED["size"], policy=base64.b64encode(json.dumps(wider).encode()).decode())


@pytest.mark.feature("B4")
def test_a_form_that_is_posted_twice_is_one_upload(reception):
    _, told = start(reception, asks(reception))
    for _ in range(2):
        post(reception, told, csv_of(imei(1)))
    reports = reception.settle()

    assert [report.upload_id for report in reports] == [told["upload_id"]] * 2, "both are told of the one upload"
    assert [upload.id for upload in reception.chain.uploads.of_reseller("RSL-ACME")] == [told["upload_id"]]
    assert reception.upload(told["upload_id"]).figures.rows.refused == 0


def test_the_form_is_one_that_s3_takes(reception):
    """As far as the emulator looks: the fields, then the file, then the object under its key."""
    _, told = start(reception, asks(reception), size=len(csv_of(imei(1))))
    boundary = "x" * 20
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in told["fields"].items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + csv_of(imei(1)) + f"\r\n--{boundary}--\r\n".encode()
    content_type = Message()
    content_type["Content-Type"] = f"multipart/form-data; boundary={boundary}"
    answer = requests.post(told["url"], data=body, headers=dict(content_type.items()), timeout=10)
    assert answer.status_code == 204
    (report,) = reception.settle()
    assert (report.upload_id, report.summary["stored"]) == (told["upload_id"], 1)


def test_links_of_two_companies_are_for_two_places(reception):
    ben = type(UMA)("T0BOLT", "U0BEN")
    _, acmes = start(reception, asks(reception))
    _, bolts = start(reception, asks(reception, "/uploads link customer:CUST-FABRIKAM", ben))

    assert acmes["fields"]["key"].startswith("uploads/RSL-ACME/CUST-NORTHWIND/U-")
    assert bolts["fields"]["key"].startswith("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/U-")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"name": "book.xlsx"}, 422),
        ({"name": "photo.png"}, 422),
        ({"size": 257 * 1024 * 1024}, 422),
        ({"size": 0}, 422),
        ({"size": -5}, 422),
        ({"name": "x" * 5000 + ".csv"}, 422),
        ({"name": 7}, 415),
        ({"size": "7"}, 415),
        ({"name": None}, 415),
    ],
)
def test_a_file_that_cannot_be_taken_does_not_cost_the_link(reception, changed, status):
    url = asks(reception)

    assert start(reception, url, **changed)[0] == status
    assert start(reception, url)[0] == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("name=a.csv&size=1", "application/x-www-form-urlencoded"),
        (json.dumps(ASKED), "text/plain"),
        ("{", "application/json"),
        ("[]", "application/json"),
        ("", "application/json"),
    ],
)
def test_only_the_page_itself_starts(reception, body, content_type):
    """Another site's form can post texts, and no JSON."""
    url = asks(reception)

    assert reception.browse(url, body, content_type=content_type)[0] == 415
    assert start(reception, url)[0] == 200


def test_a_body_that_the_gateway_encoded(reception):
    assert reception.browse(asks(reception), ASKED, encoded=True)[0] == 200


# -- who, and whose ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("reseller uploader", "reseller admin")])
def test_who_may_not_upload_gets_no_link(reception, role):
    message = reception.office.command(ROLES[role], "/uploads link customer:CUST-NORTHWIND")

    assert not [element for _, element in buttons(message) if element.get("url")]
    assert not [item for item in reception.cloud.scan("UploadsTable") if item["sk"]["S"] == "link"]


def test_the_link_of_somebody_who_left_is_worth_nothing(reception):
    url = asks(reception)
    reception.cloud.accounts.remove_member("RSL-ACME", UMA)

    assert reception.browse(url)[0] == 403
    assert start(reception, url)[0] == 403


def test_a_customer_that_blocked_the_reseller_meanwhile(reception):
    url = asks(reception)
    reception.cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)

    assert start(reception, url)[0] == 403
    assert reception.uploads() == []


@pytest.mark.parametrize("customer", ["CUST-FABRIKAM", "CUST-NOBODY", "nobody", "x" * 150])
def test_a_customer_that_is_not_ones_own(reception, customer):
    message = reception.office.command(UMA, f"/uploads link customer:{customer}")

    assert "none of your customers" in words(message["blocks"])


def test_without_a_customer_it_is_asked_for_and_then_remembered(reception):
    message = reception.office.command(UMA, "/uploads link")
    assert "For which customer?" in words(message["blocks"])
    asks(reception, '/rollcall uploads link customer:"northwind logistics"')
    again = reception.office.command(UMA, "/uploads link")

    assert "Northwind Logistics" in words(again["blocks"])
    assert address(again)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("stc:nobody", "no such sold-to code"), ("date:yesterday", "no date"), ("stc:main customer:many", "takes no")],
)
def test_what_cannot_be_is_said_at_once(reception, typed, said):
    customer = "" if "customer:" in typed else "customer:CUST-NORTHWIND"
    message = reception.office.command(UMA, f"/uploads link {customer} {typed}")

    assert said in words(message["blocks"])


# -- from the form -----------------------------------------------------------------------------------------------------


def test_in_the_form_a_link_takes_over_what_was_filled_in(reception):
    reception.command(UMA)
    (customer,) = reception.suggest(UMA, "contoso")
    view = reception.click_in_modal(UMA, "uploads.link", customer=customer, order_number="PO 4", check=["check"])
    url = address(view)
    _, told = start(reception, url)
    upload = reception.upload(told["upload_id"])

    assert (upload.customer, upload.order_number, upload.check_only) == ("CUST-CONTOSO", "PO 4", True)


def test_in_the_form_the_customer_comes_first_and_nothing_is_lost(reception):
    reception.command(UMA)
    view = reception.click_in_modal(UMA, "uploads.link", order_number="PO 4")

    assert view["callback_id"] == "uploads.new"
    assert "Pick the customer first" in words(view["blocks"])
    assert view["state"]["values"]["order_number"]["uploads.order_number"]["value"] == "PO 4"


def test_the_button_that_leads_to_the_page_is_acknowledged(reception):
    message = reception.office.command(UMA, "/uploads link customer:CUST-NORTHWIND")
    before = len(reception.office.messages(UMA))

    assert reception.office.click(UMA, message, "uploads.link_opened") == ""
    assert len(reception.office.messages(UMA)) == before


@pytest.mark.feature("P9")
def test_a_link_carries_the_sold_to_code_that_was_named(reception):
    ben = Person("T0BOLT", "U0BEN")
    url = asks(reception, "/uploads link customer:CUST-FABRIKAM stc:south", ben)
    status, told = start(reception, url)

    assert status == 200
    assert reception.upload(told["upload_id"]).stc == "2003005"
