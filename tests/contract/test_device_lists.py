"""Lists of devices on the template's own tables: right, everybody's own, and at a bounded cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall import cursors
from rollcall.cursors import CursorError
from rollcall.device_filters import wanted
from rollcall.devices import ListedDevice
from rollcall.queries import DeviceQuery
from rollcall.scopes import Scope, Side
from rollcall.store.device_lists import AmbiguousUploadError, DeviceLists
from rollcall.store.upload_lists import UploadLists
from rollcall.transitions import Status
from tests.cloud import REGION, running_cloud
from tests.warehouse import Line, Warehouse

ACME, BOLT = Scope("RSL-ACME", Side.RESELLER), Scope("RSL-BOLT", Side.RESELLER)
NORTHWIND, FABRIKAM = Scope("CUST-NW", Side.CUSTOMER), Scope("CUST-FAB", Side.CUSTOMER)
EVERYBODY = (ACME, BOLT, NORTHWIND, FABRIKAM)

#: One for each way that a list is read, and combinations of filters on top.
QUERIES = {
    "all": DeviceQuery(),
    "oldest first": DeviceQuery(newest_first=False),
    "customer": DeviceQuery(customer="CUST-NW"),
    "pending": DeviceQuery(status=Status.PENDING),
    "pending of a customer": DeviceQuery(customer="CUST-NW", status=Status.PENDING),
    "pending, oldest first": DeviceQuery(customer="CUST-FAB", status=Status.PENDING, newest_first=False),
    "verified": DeviceQuery(status=Status.VERIFIED),
    "order": DeviceQuery(order="po 1"),
    "order of a customer": DeviceQuery(customer="CUST-NW", order="PO  1"),
    "order, model and tag": DeviceQuery(customer="CUST-NW", order="PO 1", model="galaxy", tag="HQ"),
    "order and status": DeviceQuery(customer="CUST-NW", order="PO 1", status=Status.VERIFIED),
    "model": DeviceQuery(model="GALAXY S"),
    "tag": DeviceQuery(tag="depot"),
    "nobody": DeviceQuery(customer="CUST-NOBODY"),
}


@pytest.fixture(scope="module")
def cloud():
    with running_cloud() as running:
        yield running


@pytest.fixture(scope="module")
def lists(cloud):
    return DeviceLists("DevicesTable", "UploadsTable", region=REGION)


@pytest.fixture(scope="module")
def stock(cloud):
    """Two resellers and two customers, each with each; files of many customers; uploads of the same second."""
    house = Warehouse(cloud, chunk_rows=4)
    mixed = [
        Line("CUST-NW", Status.PENDING, "Galaxy A55", "PO 1", ("hq",)),
        Line("CUST-NW", Status.VERIFIED, "galaxy s24", "PO 1", ("HQ", "depot")),
        Line("CUST-NW", Status.PENDING, "Pixel 9", "PO 2"),
        Line("CUST-NW", Status.REJECTED, "Galaxy S24", "", ("depot",)),
        Line("CUST-NW", Status.PENDING, "", "\uff30\uff2f 1"),
    ]
    for_fabrikam = [replace(line, customer="CUST-FAB") for line in mixed]
    house.upload("RSL-ACME", mixed * 2)
    house.upload("RSL-BOLT", mixed * 3, second=5)
    house.upload("RSL-ACME", for_fabrikam, second=5)
    house.upload("RSL-BOLT", for_fabrikam + mixed + for_fabrikam, many=True)
    house.upload("RSL-ACME", mixed + for_fabrikam * 2, many=True)
    house.upload("RSL-ACME", mixed, check_only=True)
    house.upload("RSL-BOLT", [mixed[0]], refused=3)
    house.upload("RSL-ACME", mixed, second=1)
    house.drop(house.devices[-2])
    return house


def expected(stock, scope, query):
    keep = wanted(scope, query)
    listed = [
        ListedDevice(
            id=device.primary.key,
            generation=device.generation,
            ids=device.ids,
            status=device.status,
            model=device.model,
            order_number=device.order_number,
            tags=device.tags,
            uploaded_at=device.uploaded_at,
            uploaded_by=device.uploaded_by,
        )
        for device in stock.devices
    ]
    listed.sort(key=lambda device: device.generation.line)
    listed.sort(key=lambda device: (device.uploaded_at, device.generation.upload), reverse=query.newest_first)
    return [device for device in listed if keep(device)]


def forwards(lists, scope, query, **options):
    pages = [lists.page(scope, query, **options)]
    while pages[-1].after:
        pages.append(lists.page(scope, query, cursor=pages[-1].after, **options))
    return pages


def backwards(lists, scope, query, last, **options):
    pages = [last]
    while pages[-1].before:
        pages.append(lists.page(scope, query, cursor=pages[-1].before, backwards=True, **options))
    return pages[::-1]


def items(pages):
    return [device for page in pages for device in page.items]


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
@pytest.mark.parametrize("scope", EVERYBODY, ids=lambda scope: scope.account)
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_list_is_everybodys_own_in_order_forwards_and_back(lists, stock, scope, query):
    whole = expected(stock, scope, query)
    pages = forwards(lists, scope, query, size=9)
    assert items(pages) == whole
    assert all(scope.sees(device.generation) for device in items(pages))
    assert items(backwards(lists, scope, query, pages[-1], size=9)) == whole


def test_the_stock_has_something_for_everybody_in_every_way(stock):
    """Else the test above would show less than it says."""
    for scope in EVERYBODY:
        found = {name: len(expected(stock, scope, query)) for name, query in QUERIES.items()}
        own = {name: query for name, query in QUERIES.items() if query.customer in ("", scope.account)}
        empty = {name for name in (QUERIES if scope.is_reseller else own) if not found[name]}
        assert empty == ({"nobody"} if scope.is_reseller else set())


@pytest.mark.parametrize("scope", EVERYBODY, ids=lambda scope: scope.account)
@pytest.mark.parametrize(
    "rest",
    [DeviceQuery(), DeviceQuery(status=Status.PENDING), DeviceQuery(order="PO 1"), DeviceQuery(customer="CUST-NW")],
    ids=["all", "pending", "order", "customer"],
)
def test_the_devices_of_one_upload_are_there_for_its_owners_only(lists, stock, scope, rest):
    for upload in stock.uploads:
        query = replace(rest, upload=upload.id)
        pages = forwards(lists, scope, query, size=4)
        assert items(pages) == expected(stock, scope, query)
        assert items(backwards(lists, scope, query, pages[-1], size=4)) == items(pages)


@pytest.mark.parametrize("scope", [BOLT, FABRIKAM], ids=lambda scope: scope.account)
def test_short_pages_lead_through_the_list_and_name_no_upload_that_the_asker_does_not_see(lists, stock, scope):
    seen = {device.generation.upload for device in expected(stock, scope, DeviceQuery())}
    seen |= {upload.id for upload in stock.uploads if scope.owns(upload)}
    for query in (QUERIES["verified"], DeviceQuery(customer="CUST-FAB", status=Status.PENDING, model="pix")):
        pages = forwards(lists, scope, query, size=3, budget=6)
        assert items(pages) == expected(stock, scope, query)
        assert any(page.searched and len(page.items) < 3 for page in pages)
        for page in pages[:-1]:
            name = _name_of(scope, query)
            assert cursors.decode(page.after, of=name).gap.group.partition("#")[2] in seen


def _name_of(scope, query):
    from rollcall.store.device_lists import _name  # noqa: PLC0415 - what only this test looks into

    return _name(scope, query)


def test_a_cursor_of_another_list_or_another_account_is_refused(lists, stock):
    query = QUERIES["pending of a customer"]
    cursor = lists.page(NORTHWIND, query, size=1).after
    assert lists.page(NORTHWIND, query, size=1, cursor=cursor).items
    for scope, other in [(ACME, query), (FABRIKAM, query), (NORTHWIND, QUERIES["all"])]:
        with pytest.raises(CursorError):
            lists.page(scope, other, cursor=cursor)
    with pytest.raises(CursorError):
        lists.page(NORTHWIND, query, cursor="nonsense")
    with pytest.raises(CursorError):
        lists.page(NORTHWIND, query, backwards=True)


def test_the_beginning_of_an_upload_id_will_do_where_it_fits_one_only(lists, stock, monkeypatch):
    upload = stock.uploads[0]
    query = DeviceQuery(upload=upload.id[:9].lower().replace("-", ""))
    assert items(forwards(lists, ACME, query)) == expected(stock, ACME, DeviceQuery(upload=upload.id))
    assert lists.page(FABRIKAM, query).items == ()
    assert lists.page(ACME, DeviceQuery(upload="U-000000")).items == ()
    monkeypatch.setattr(UploadLists, "find", lambda *_: (upload, stock.uploads[2]))
    with pytest.raises(AmbiguousUploadError) as raised:
        lists.page(ACME, query)
    assert len(raised.value.uploads) == 2


def test_the_total_is_told_where_the_list_has_ended(lists, stock):
    whole = expected(stock, NORTHWIND, DeviceQuery())
    pages = forwards(lists, NORTHWIND, DeviceQuery(), size=7)
    assert [page.total for page in pages[:-1]] == [None] * (len(pages) - 1)
    assert pages[-1].total == len(whole)
    assert [page.first for page in pages] == list(range(1, len(whole) + 1, 7))


def test_an_upload_in_progress_shows_its_devices_to_the_reseller(cloud, lists):
    house = Warehouse(cloud, chunk_rows=4)
    house.uploads += ["placeholder"] * 50  # other keys than the stock's
    house.upload("RSL-NEW", [Line("CUST-NEW")] * 6, finished=False)
    reseller, customer = Scope("RSL-NEW", Side.RESELLER), Scope("CUST-NEW", Side.CUSTOMER)
    assert len(lists.page(reseller, DeviceQuery(), size=10).items) == 6
    assert len(lists.page(reseller, DeviceQuery(customer="CUST-NEW"), size=10).items) == 6
    assert lists.page(customer, DeviceQuery(), size=10).items == ()
    assert len(lists.page(customer, DeviceQuery(status=Status.PENDING), size=10).items) == 6


def test_other_customers_rows_of_a_file_do_not_count_against_a_page(cloud, lists):
    house = Warehouse(cloud, chunk_rows=30)
    house.uploads += ["placeholder"] * 100  # other keys than the stock's
    lines = [Line("CUST-ONE")] + [Line("CUST-TWO")] * 58 + [Line("CUST-ONE")]
    house.upload("RSL-MIXED", lines, many=True, second=7)
    page = lists.page(Scope("CUST-ONE", Side.CUSTOMER), DeviceQuery(tag="none"), budget=10)
    assert (page.items, page.searched, page.after) == ((), None, None)
    page = lists.page(Scope("CUST-ONE", Side.CUSTOMER), DeviceQuery(), budget=10)
    assert [device.generation.line for device in page.items] == [2, 61]
