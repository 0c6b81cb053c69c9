"""What a page of a list costs: the same however much is stored, as counted at the door of DynamoDB."""

from __future__ import annotations

import pytest

from rollcall.queries import DeviceQuery
from rollcall.scopes import Scope, Side
from rollcall.store.device_lists import DeviceLists
from rollcall.store.upload_lists import UploadLists
from rollcall.transitions import Status
from tests.cloud import REGION, running_cloud
from tests.warehouse import Line, Warehouse, billed

ACME, NORTHWIND = Scope("RSL-ACME", Side.RESELLER), Scope("CUST-NW", Side.CUSTOMER)

QUERIES = {
    "all": DeviceQuery(),
    "pending of a customer": DeviceQuery(customer="CUST-NW", status=Status.PENDING),
    "order of a customer": DeviceQuery(customer="CUST-NW", order="po 1"),
    "verified": DeviceQuery(status=Status.VERIFIED),
    "nothing matches": DeviceQuery(model="nothing has this name"),
}

#: Requests and items of one page at the most, however much is stored.
BOUNDS = {
    "all": (4, 20),
    "pending of a customer": (8, 60),
    "order of a customer": (8, 60),
    "verified": (12, 510),
    "nothing matches": (12, 510),
}


@pytest.mark.feature("P12")
def test_a_page_of_uploads_costs_one_list_and_one_sum_a_line():
    with running_cloud() as running:
        house = Warehouse(running)
        for number in range(40):
            house.upload("RSL-ACME", [Line("CUST-NW")], second=number)
        lists = UploadLists("UploadsTable", region=REGION)
        for read in (
            lambda **options: lists.of_reseller("RSL-ACME", **options),
            lambda **options: lists.of_reseller("RSL-ACME", "CUST-NW", **options),
            lambda **options: lists.of_customer("CUST-NW", **options),
        ):
            with billed() as bill:
                page = read()
            assert (len(page.items), bill.total) == (5, 1 + 5)
            assert bill.items <= 6
            with billed() as bill:
                read(cursor=page.after)
            assert bill.total <= 2 + 5
            assert bill.items <= 12
        with billed() as bill:
            assert len(lists.find(ACME, house.uploads[0].id)) == 1
        assert bill.total == 1
        with billed() as bill:
            assert len(lists.find(ACME, house.uploads[0].id[:12])) == 1
        assert bill.total <= 1 + 1


@pytest.fixture(scope="module", params=[50, 1000])
def filled(request):
    """One reseller, one customer, so many devices in five uploads, and a check; one of the queries matches none."""
    with running_cloud() as running:
        house = Warehouse(running, chunk_rows=100)
        each = request.param // 5
        statuses = [Status.PENDING] * (each - 2) + [Status.VERIFIED] * 2
        for _ in range(5):
            house.upload("RSL-ACME", [Line("CUST-NW", status, order="PO 1") for status in statuses])
        house.upload("RSL-ACME", [Line("CUST-NW")] * 600, check_only=True)  # the newest, and without devices
        yield DeviceLists("DevicesTable", "UploadsTable", region=REGION)


@pytest.mark.parametrize("scope", [ACME, NORTHWIND], ids=["reseller", "customer"])
@pytest.mark.parametrize("name", BOUNDS)
def test_a_page_costs_the_same_of_fifty_devices_and_of_a_thousand(filled, scope, name):
    query = QUERIES[name]
    requests, looked_at = BOUNDS[name]
    with billed() as first:
        page = filled.page(scope, query)
    assert first.total <= requests
    assert first.items <= looked_at
    if page.after:
        with billed() as second:
            following = filled.page(scope, query, cursor=page.after)
        assert second.total <= requests
        assert second.items <= looked_at
        with billed() as back:
            assert filled.page(scope, query, cursor=following.before, backwards=True).items == page.items
        assert back.total <= requests
        assert back.items <= looked_at
