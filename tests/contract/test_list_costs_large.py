"""What a page costs with very many devices, on the emulated AWS: as much as with a thousand, and counted."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from urllib.parse import urlencode

import boto3
import pytest

from local.emulator import ACCESS_KEY, HOST, SECRET_KEY, running_emulator
from rollcall.accounts import ApiKey, CustomerRole, ResellerRole, key_digest
from rollcall.directory import parse_directory
from rollcall.queries import DeviceQuery
from rollcall.scopes import Scope, Side
from rollcall.store import binding, sessions
from rollcall.store.accounts import AccountsStore
from rollcall.store.device_items import items_of
from rollcall.store.device_lists import DeviceLists
from rollcall.store.devices import DevicesStore
from rollcall.transitions import Status
from tests.cloud import REGION, TEMPLATE, create_tables
from tests.exhaustive import EXHAUSTIVE
from tests.office import api
from tests.partner import Partner, key_of
from tests.stock import accounts
from tests.warehouse import Line, Warehouse, billed

pytestmark = pytest.mark.stack

FEW, MANY = 1_000, 100_000 if EXHAUSTIVE else 20_000
RESELLER, CUSTOMER = "RSL-ACME", "CUST-NORTHWIND"
SCOPES = {"reseller": Scope(RESELLER, Side.RESELLER), "customer": Scope(CUSTOMER, Side.CUSTOMER)}
ROLES = {"reseller": "reseller viewer", "customer": "customer viewer"}
#: What is asked, with the requests and the items of one page at the most. Orders and what is pending are read by an
#: index, models and tags in steps of a bounded size, each with a cursor to go on.
ASKED = {
    "all": (DeviceQuery(), 5, 60),
    "pending": (DeviceQuery(customer=CUSTOMER, status=Status.PENDING), 10, 250),
    "order": (DeviceQuery(customer=CUSTOMER, order="po 7"), 10, 250),
    "rare order": (DeviceQuery(customer=CUSTOMER, order="PO RARE"), 10, 60),
    "model": (DeviceQuery(model="Rare A1"), 14, 600),
    "tag": (DeviceQuery(customer=CUSTOMER, tag="rare"), 14, 600),
    "nothing of it": (DeviceQuery(model="nothing has this name"), 14, 600),
}
#: Who asks what. The emulator goes through the whole of a partition for each request to an index: a second each.
BY_STORE = [("reseller", "all"), ("reseller", "model"), *(("customer", name) for name in ASKED)]
BY_API = [
    ("reseller", "pending"),
    ("reseller", "tag"),
    ("customer", "all"),
    ("customer", "rare order"),
    ("customer", "model"),
]
#: What the pages cost of a thousand devices: (through what, who, what) → (requests, items) of each.
COSTS = {}
#: What is read by an index takes exactly as many requests whatever is stored; which of its shards a device is in moves
#: the items by a few. The rest ends at the same bounds.
BY_INDEX = {"pending", "order", "rare order"}
#: What a call of the API reads besides its list: the key, its count, the names of the resellers on a customer's page.
BESIDES = 3


class Warehouses(Warehouse):
    """A warehouse of the emulated AWS, whose devices come in as a file: by requests of 25 they would take a minute."""

    def __post_init__(self):
        super().__post_init__()
        self.items = []

    def _put(self, items):
        self.items += items

    def load(self):
        """Makes the table of devices out of a file in a bucket, as DynamoDB does it."""
        s3 = self.cloud.client("s3")
        s3.create_bucket(Bucket="devices", CreateBucketConfiguration={"LocationConstraint": REGION})
        lines = "\n".join(json.dumps({"Item": item}) for item in self.items)
        s3.put_object(Bucket="devices", Key="devices.json", Body=lines.encode())
        properties = TEMPLATE["Resources"]["DevicesTable"]["Properties"]
        wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        arn = self.dynamodb.import_table(
            S3BucketSource={"S3Bucket": "devices"},
            InputFormat="DYNAMODB_JSON",
            TableCreationParameters={"TableName": "DevicesTable", **{name: properties[name] for name in wanted}},
        )["ImportTableDescription"]["ImportArn"]
        while (told := self.dynamodb.describe_import(ImportArn=arn)["ImportTableDescription"])[
            "ImportStatus"
        ] == "IN_PROGRESS":
            pass  # each question takes until the import lets the emulator answer
        assert told["ImportStatus"] == "COMPLETED", told
        assert told["ImportedItemCount"] == len(self.items)


class Aws:
    """As much of a cloud as a warehouse needs."""

    @staticmethod
    def client(service):
        return boto3.client(service, region_name=REGION)


@contextmanager
def environment(endpoint):
    """Every client goes to the emulated AWS."""
    with pytest.MonkeyPatch.context() as env:
        for name, value in {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": REGION,
            "DEVICES_TABLE": "DevicesTable",
            "UPLOADS_TABLE": "UploadsTable",
            "ACCOUNTS_TABLE": "AccountsTable",
            "UPLOADS_BUCKET": "none",
            "API_REQUESTS_PER_MINUTE": "1000000",
        }.items():
            env.setenv(name, value)
        _forget()
        yield
    _forget()


def _forget():
    binding.forget()
    sessions._client.cache_clear()
    api.api.cache_clear()


@pytest.fixture(scope="module", params=[FEW, MANY])
def filled(request, tmp_path_factory):
    """So many devices of one reseller and one customer in five uploads of chunks as they are in earnest."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with running_emulator(tmp_path_factory.mktemp("aws"), port) as emulator, environment(emulator.endpoint):
        create_tables(Aws.client("dynamodb"), ["UploadsTable", "AccountsTable"])
        store = AccountsStore("AccountsTable", region=REGION)
        store.apply(parse_directory(accounts()))
        for name, account, role in (
            ("reseller viewer", RESELLER, ResellerRole.VIEWER),
            ("customer viewer", CUSTOMER, CustomerRole.VIEWER),
        ):
            store.put_key(ApiKey(account, name, key_digest(key_of(name)), role))
        house = Warehouses(Aws, chunk_rows=2_000)
        each = request.param // 5
        for _ in range(5):
            house.upload(RESELLER, [line(number, each) for number in range(each)])
        house.load()
        yield house
        emulator.process.kill()  # nothing of it is to be kept, and writing it down would take half a minute


def line(number, of):
    """A device of an upload: its last one is remarkable."""
    if number == of - 1:
        return Line(CUSTOMER, Status.VERIFIED, model="Rare A1", order="PO RARE", tags=("rare",))
    return Line(CUSTOMER, Status.VERIFIED if number % 10 == 9 else Status.PENDING, order="PO 7" if number % 2 else "")


def assert_the_same(asked, costs):
    """The costs of the thousand are noted; those of the many are held to them."""
    known = COSTS.setdefault(asked, costs)
    if asked[-1] in BY_INDEX:
        assert [requests for requests, _ in costs] == [requests for requests, _ in known]


@pytest.fixture
def lists():
    return DeviceLists("DevicesTable", "UploadsTable", region=REGION)


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
@pytest.mark.parametrize(("side", "name"), BY_STORE)
def test_a_page_costs_no_more_of_very_many_than_of_a_thousand(filled, lists, side, name):
    query, requests, items = ASKED[name]
    cursor, costs = None, []
    for _ in range(2):
        with billed() as bill:
            page = lists.page(SCOPES[side], query, size=20, cursor=cursor)
        assert bill.total <= requests, bill.requests
        assert bill.items <= items
        costs.append((bill.total, bill.items))
        cursor = page.after
        if cursor is None:
            break
    assert_the_same(("store", side, name), costs)
    if name in ("all", "pending", "order"):
        assert len(page.items) == 20


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
@pytest.mark.parametrize(("side", "name"), BY_API)
def test_a_page_of_the_api_costs_no_more_either(filled, side, name):
    query, requests, items = ASKED[name]
    asked = {"customer_id": query.customer, "status": query.status or "", "order": query.order, "model": query.model}
    target = f"/v1/devices?{urlencode({**asked, 'tag': query.tag, 'limit': 20})}"
    partner = Partner()
    partner.get("/v1/devices?limit=1", ROLES[side])  # makes the clients
    cursor, costs = "", []
    for _ in range(2):
        with billed() as bill:
            reply = partner.get(f"{target}&cursor={cursor}", ROLES[side])
        assert reply.status == 200, reply.text
        assert bill.total <= requests + BESIDES, bill.requests
        assert bill.items <= items
        costs.append((bill.total, bill.items))
        cursor = json.loads(reply.text)["next_cursor"]
        if cursor is None:
            break
    assert_the_same(("api", side, name), costs)


@pytest.mark.feature("P4")
def test_a_device_is_found_by_key(filled):
    device = filled.devices[-1]
    store = DevicesStore("DevicesTable", region=REGION)
    with billed() as bill:
        assert store.find(device.primary.key) == device
    assert (bill.total, bill.items) == (1, 0), "by its key, and nothing is looked through"
    partner = Partner()
    partner.get("/v1/uploads?limit=1", "reseller viewer")
    with billed() as bill:
        card = partner.get(f"/v1/devices/{device.primary.value}", "reseller viewer").json
    assert card["serial"] == device.primary.value
    # The key and its count, the device, its customer's name, and the caller's own people: as many as those are.
    assert bill.total <= 6
    assert bill.items <= 10
    assert len(list(items_of(device))) == 1


def test_an_order_of_one_upload_is_found_whole(filled, lists):
    """All five remarkable devices, whatever there is around them."""
    page = lists.page(SCOPES["customer"], ASKED["rare order"][0], size=20)
    assert len(page.items) == 5
    assert page.after is None
