"""Paging through devices against one full sort, with the indexes held in memory.

The indexes here keep the same promises as the tables: sorted partitions, read a few rows at a time, either way. What
is shown is that no page repeats or leaves out a row, whatever the filter, the size and the budget, and that nobody
is shown a row, or told a position, of somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rollcall import cursors
from rollcall.conflicts import Generation
from rollcall.device_filters import wanted
from rollcall.devices import SHARDS, ListedDevice
from rollcall.identifiers import Identifier, IdKind
from rollcall.paging import MOST_REQUESTS, Meter, cut
from rollcall.queries import DeviceQuery
from rollcall.scopes import Scope, Side
from rollcall.shard_walk import through_shards, within_upload
from rollcall.transitions import Status
from rollcall.upload_walk import UploadGroup, through_uploads
from rollcall.walking import Block, group_of

CHUNK_ROWS = 3
CUSTOMERS = ("CUST-A", "CUST-B")
RESELLERS = ("RSL-A", "RSL-B")


@dataclass(frozen=True)
class File:
    """An upload in the model: its devices by line; None for a line that was refused or deleted since."""

    number: int
    second: int
    reseller: str
    customers: tuple[str, ...]
    rows: tuple[tuple[str, Status, str, str] | None, ...]

    @property
    def upload(self):
        return f"U-{self.number:016}"

    @property
    def at(self):
        return f"2026-03-01T09:30:{self.second:02}Z"

    @property
    def key(self):
        return f"{self.at}#{self.upload}"

    def devices(self):
        for index, row in enumerate(self.rows):
            if row is not None:
                customer, status, model, tag = row
                value = f"{self.number:07}{index:07}"
                line = 2 + index
                yield ListedDevice(
                    id=f"serial#{value}",
                    generation=Generation(self.reseller, customer, self.upload, line),
                    ids={"serial": Identifier(IdKind.SERIAL, value)},
                    status=status,
                    model=model,
                    order_number="",
                    tags=(tag,),
                    uploaded_at=self.at,
                    uploaded_by="S3",
                )


@st.composite
def files(draw):
    made = []
    for number in range(draw(st.integers(0, 7))):
        customers = draw(st.sampled_from([("CUST-A",), ("CUST-A",), ("CUST-B",), CUSTOMERS]))
        row = st.tuples(
            st.sampled_from(customers),
            st.sampled_from([Status.PENDING, Status.PENDING, Status.VERIFIED]),
            st.sampled_from(["Galaxy A55", "galaxy s24", "Pixel"]),
            st.sampled_from(["hq", "Depot"]),
        )
        made.append(
            File(
                number=number,
                second=draw(st.integers(0, 3)),
                reseller=draw(st.sampled_from(RESELLERS)),
                customers=customers,
                rows=tuple(draw(st.lists(st.one_of(row, row, row, st.none()), max_size=12))),
            )
        )
    return made


scopes = st.one_of(
    st.builds(Scope, st.sampled_from(RESELLERS), st.just(Side.RESELLER)),
    st.builds(Scope, st.sampled_from(CUSTOMERS), st.just(Side.CUSTOMER)),
)
queries = st.builds(
    DeviceQuery,
    customer=st.sampled_from(["", "CUST-A", "CUST-B"]),
    status=st.sampled_from([None, Status.PENDING, Status.VERIFIED]),
    model=st.sampled_from(["", "GALAXY", "pixel"]),
    tag=st.sampled_from(["", "HQ"]),
    newest_first=st.booleans(),
)


def block(rows, descending, limit, key):
    """A page of a sorted partition: DynamoDB tells a last key whenever it stopped at the limit."""
    rows = list(reversed(rows)) if descending else rows
    part = rows[:limit]
    return Block(tuple(part), key(part[-1]) if part and len(part) == limit else None)


class Memory:
    """Both kinds of index over some files, for one account; counts as the store does."""

    def __init__(self, model, scope, customer, meter, only=None):
        self.files = sorted(model, key=lambda file: file.key)
        self.scope = scope
        self.customer = customer
        self.meter = meter
        self.only = only

    def owned(self):
        if self.scope.is_reseller:
            return [file for file in self.files if file.reseller == self.scope.account]
        return [file for file in self.files if any(d.generation.customer == self.scope.account for d in file.devices())]

    def groups(self, key, *, inclusive, descending, limit):
        self.meter.count(0)
        if self.only:
            return Block((self.group(self.only),))
        found = [file for file in self.owned() if ahead(file.key, key, inclusive=inclusive, descending=descending)]
        part = block(found, descending, limit, lambda file: file.key)
        return Block(tuple(map(self.group, part.items)), part.reached)

    def group(self, file):
        chunks = -(-len(file.rows) // CHUNK_ROWS)
        return UploadGroup(file.key, file.upload, chunks, is_shared=bool(self.customer and len(file.customers) > 1))

    def chunks(self, group, low, high, *, descending):
        numbers = list(range(low, high))
        if not group.is_shared:
            return Block(tuple(reversed(numbers) if descending else numbers))
        self.meter.count(0)
        part = block(numbers, descending, 2, lambda number: number)
        return Block(tuple(number for number in part.items if self.concerns(group, number)), part.reached)

    def concerns(self, group, chunk):
        return any(device.generation.customer == self.customer for device in self.chunk(group, chunk, 0, 10**9))

    def chunk(self, group, chunk, low, high):
        (file,) = (file for file in self.files if file.key == group.key)
        for device in file.devices():
            line = device.generation.line
            if low <= line < high and (line - 2) // CHUNK_ROWS == chunk:
                yield device

    def rows(self, group, chunk, low, high, *, descending, limit):
        part = block(list(self.chunk(group, chunk, low, high)), descending, limit, lambda d: d.generation.line)
        items = tuple(d for d in part.items if not group.is_shared or d.generation.customer == self.customer)
        self.meter.count(len(items))
        return Block(items, part.reached)

    def shard(self, number):
        """A shard of the index of what is PENDING for the customer, by every reseller."""
        return sorted(
            (
                device
                for file in self.files
                for device in file.devices()
                if device.generation.customer == self.customer
                and device.status is Status.PENDING
                and hash(device.generation.line * 7) % SHARDS == number
            ),
            key=lambda device: (group_of(device), device.generation.line),
        )

    def beyond(self, shard, key, *, inclusive, descending, limit):
        found = [d for d in self.shard(shard) if ahead(group_of(d), key, inclusive=inclusive, descending=descending)]
        part = block(found, descending, limit, group_of)
        self.meter.count(len(part.items))
        return part

    def within(self, shard, key, low, high, *, descending, limit):
        found = [d for d in self.shard(shard) if group_of(d) == key and low <= d.generation.line < high]
        part = block(found, descending, limit, lambda d: d.generation.line)
        self.meter.count(len(part.items))
        return part

    def is_own(self, device):
        return self.scope.sees(device.generation)

    def next_own(self, key, *, descending):
        self.meter.count(0)
        found = [file.key for file in self.owned() if ahead(file.key, key, inclusive=False, descending=descending)]
        return (found[-1] if descending else found[0]) if found else None


def ahead(key, start, *, inclusive, descending):
    if start is None or key == start:
        return start is None or inclusive
    return key < start if descending else key > start


def expected(model, scope, query):
    """One full sort: uploads by date, each in the order of its lines."""
    keep = wanted(scope, query)
    by_date = sorted(model, key=lambda file: file.key, reverse=query.newest_first)
    return [device for file in by_date for device in file.devices() if keep(device)]


class Pager:
    """Asks for pages as the store does."""

    def __init__(self, model, scope, query, way, *, size, budget, requests=MOST_REQUESTS, only=None):
        self.model, self.scope, self.query, self.way = model, scope, query, way
        self.size, self.budget, self.requests, self.only = size, budget, requests, only
        self.spent = []

    def page(self, cursor=None, *, backwards=False):
        meter = Meter(self.budget, self.requests)
        customer = self.query.customer if self.scope.is_reseller else self.scope.account
        shelf = Memory(self.model, self.scope, customer, meter, self.only)
        start = cursors.decode(cursor, of="list") if cursor else None
        gap = start.gap if start else None
        if self.way == "uploads":
            walk = through_uploads(
                shelf, gap, newest_first=self.query.newest_first, backwards=backwards, meter=meter, limit=self.size + 1
            )
        elif self.only:
            walk = within_upload(shelf, self.only.key, gap, backwards=backwards, meter=meter, limit=self.size + 1)
        else:
            walk = through_shards(
                shelf, gap, newest_first=self.query.newest_first, backwards=backwards, meter=meter, limit=self.size + 1
            )
        page = cut(
            walk,
            size=self.size,
            keep=wanted(self.scope, self.query),
            start=start,
            backwards=backwards,
            meter=meter,
            of="list",
        )
        self.spent.append((meter.requests, meter.items))
        for end in filter(None, (page.before, page.after)):
            self.look_into(end)
        assert len(page.items) <= self.size
        return page

    def look_into(self, cursor):
        """A cursor can be unpacked by anyone: it must not name an upload that the asker does not see."""
        seen = {file.key for file in Memory(self.model, self.scope, "", Meter(0)).owned()}
        assert cursors.decode(cursor, of="list").gap.group in seen

    def forwards(self):
        pages = [self.page()]
        while pages[-1].after:
            pages.append(self.page(pages[-1].after))
            assert len(pages) < 500
        return pages

    def backwards(self, last):
        pages = [last]
        while pages[-1].before:
            pages.append(self.page(pages[-1].before, backwards=True))
            assert len(pages) < 500
        return pages[::-1]


def items(pages):
    return [device for page in pages for device in page.items]


def holds(pager, whole):
    """Forwards to the end and backwards to the beginning, everything in order and numbered."""
    there = pager.forwards()
    assert items(there) == whole
    assert there[0].before is None
    assert there[-1].total == len(whole)
    assert all(page.first == 1 + sum(len(p.items) for p in there[:i]) for i, page in enumerate(there) if page.items)
    back = pager.backwards(there[-1])
    assert items(back) == whole
    numbered = 1
    for page in back:
        if page.items:
            assert page.first == numbered
        numbered += len(page.items)
    # Turning round on the way leads to the same rows again.
    for page in back[:-1]:
        following = pager.page(page.after)
        at = numbered_after(back, page)
        assert list(following.items) == whole[at : at + len(following.items)]


def numbered_after(pages, page):
    return sum(len(p.items) for p in pages[: pages.index(page) + 1])


sizes = st.integers(1, 6)
budgets = st.one_of(st.integers(1, 12), st.just(500))
request_limits = st.one_of(st.integers(1, 8), st.just(MOST_REQUESTS))


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
@settings(max_examples=200, deadline=None)
@given(files(), scopes, queries, sizes, budgets, request_limits)
def test_pages_of_uploads_are_one_full_sort(model, scope, query, size, budget, requests):
    if not scope.is_reseller:
        query = replace(query, customer=scope.account)
    holds(
        Pager(model, scope, query, "uploads", size=size, budget=budget, requests=requests),
        expected(model, scope, query),
    )


@pytest.mark.feature("P2")
@pytest.mark.feature("P3")
@settings(max_examples=200, deadline=None)
@given(files(), scopes, queries, sizes, budgets, request_limits)
def test_pages_of_an_index_in_shards_are_one_full_sort(model, scope, query, size, budget, requests):
    customer = (query.customer or "CUST-A") if scope.is_reseller else scope.account
    query = replace(query, customer=customer, status=Status.PENDING)
    holds(
        Pager(model, scope, query, "shards", size=size, budget=budget, requests=requests), expected(model, scope, query)
    )


@pytest.mark.feature("P3")
@settings(max_examples=200, deadline=None)
@given(files().filter(bool), queries, sizes, budgets, st.sampled_from(["uploads", "shards"]), st.data())
def test_pages_of_one_upload_are_one_full_sort(model, query, size, budget, way, data):
    file = data.draw(st.sampled_from(model))
    scope = Scope(file.reseller, Side.RESELLER)
    query = replace(query, upload=file.upload)
    if way == "shards":
        query = replace(query, status=Status.PENDING, customer=query.customer or "CUST-A")
    holds(Pager(model, scope, query, way, size=size, budget=budget, only=file), expected(model, scope, query))


def uploads_of(reseller, numbers, rows, customer="CUST-A", status=Status.PENDING):
    row = (customer, status, "Pixel", "hq")
    return [File(number, number % 60, reseller, (customer,), (row,) * rows) for number in numbers]


def test_a_page_ends_when_its_budget_is_spent_and_says_so():
    model = uploads_of("RSL-A", range(3), 100)
    pager = Pager(
        model, Scope("RSL-A", Side.RESELLER), DeviceQuery(status=Status.VERIFIED), "uploads", size=5, budget=120
    )
    first, *_, last = pager.forwards()
    assert first.items == ()
    assert first.searched == 120
    assert first.after
    assert last.searched is None
    assert all(found <= 120 for _, found in pager.spent)


def test_uploads_that_hold_nothing_any_more_do_not_hold_a_page_up():
    model = [replace(file, rows=(None,) * 30) for file in uploads_of("RSL-A", range(40), 1)]
    pager = Pager(model, Scope("RSL-A", Side.RESELLER), DeviceQuery(), "uploads", size=5, budget=500)
    pages = pager.forwards()
    assert items(pages) == []
    assert len(pages) > 1
    assert all(requests <= MOST_REQUESTS + 1 for requests, _ in pager.spent)


def test_another_resellers_devices_are_leapt_over_and_not_read():
    theirs = uploads_of("RSL-B", range(1, 59), 200)
    own = [File(0, 0, "RSL-A", ("CUST-A",), (("CUST-A", Status.PENDING, "Pixel", "hq"),))]
    query = DeviceQuery(customer="CUST-A", status=Status.PENDING)
    pager = Pager(theirs + own, Scope("RSL-A", Side.RESELLER), query, "shards", size=5, budget=500)
    (page,) = pager.forwards()
    assert len(page.items) == 1
    assert pager.spent[0][0] <= 4 + 1 + 4
    assert pager.spent[0][1] <= 60


def test_a_cursor_gives_no_rights():
    """A position inside somebody else's upload, put together by hand, shows nothing of it."""
    theirs = uploads_of("RSL-B", [1], 10)
    forged = cursors.encode(cursors.Cursor(cursors.Gap(theirs[0].key), 0), of="list")
    query = DeviceQuery(customer="CUST-A", status=Status.PENDING)
    for way in ("shards", "uploads"):
        pager = Pager(theirs, Scope("RSL-A", Side.RESELLER), query, way, size=5, budget=500)
        pager.look_into = lambda _: None
        assert pager.page(forged).items == ()


def test_a_page_stops_between_leaps():
    """Own uploads without a match, each between two of somebody else's that have many."""
    theirs = uploads_of("RSL-B", range(1, 60, 2), 40)
    own = [
        replace(file, second=file.number) for file in uploads_of("RSL-A", range(0, 60, 2), 1, status=Status.VERIFIED)
    ]
    query = DeviceQuery(customer="CUST-A", status=Status.PENDING)
    pager = Pager(theirs + own, Scope("RSL-A", Side.RESELLER), query, "shards", size=5, budget=500, requests=20)
    pages = pager.forwards()
    assert items(pages) == []
    assert len(pages) > 2
    assert all(requests <= 20 + 10 for requests, _ in pager.spent)


def test_a_page_stops_between_chunks_that_do_not_concern_the_customer():
    other = ("CUST-B", Status.PENDING, "Pixel", "hq")
    own = ("CUST-A", Status.PENDING, "Pixel", "hq")
    model = [File(0, 0, "RSL-A", CUSTOMERS, (*(other,) * 300, own))]
    pager = Pager(model, Scope("CUST-A", Side.CUSTOMER), DeviceQuery(), "uploads", size=5, budget=500, requests=20)
    pages = pager.forwards()
    assert len(items(pages)) == 1
    assert len(pages) > 2
    assert all(requests <= 20 + 1 for requests, _ in pager.spent)


def test_the_beginning_is_number_one_whatever_came_in_between():
    old, new = uploads_of("RSL-A", [1], 10), uploads_of("RSL-A", [2], 3)
    pager = Pager(old, Scope("RSL-A", Side.RESELLER), DeviceQuery(), "uploads", size=5, budget=500)
    second = pager.page(pager.page().after)
    pager.model = old + new
    first = pager.page(second.before, backwards=True)
    newest = pager.page(first.before, backwards=True)
    assert (first.first, len(first.items)) == (1, 5)
    assert (newest.first, len(newest.items), newest.before) == (1, 3, None)
    assert pager.page(newest.after).first == 4
    third = pager.page(pager.page(second.before, backwards=True).after)
    pager.model = [replace(old[0], rows=(None,) * 4 + old[0].rows[4:])]
    left = pager.page(third.before, backwards=True)
    assert (left.first, len(left.items), left.before) == (1, 1, None)
