"""Orders: what came of them, what nobody expected, and shares that never fill a place twice."""

from __future__ import annotations

import json
from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.checklists import Checklist
from rollcall.orders import Expectation, Order, OrderShare, fill, news_of, order_id, tally_from_json, tally_to_json
from tests.unit.views.sample import listed

SHARES = st.lists(st.integers(0, 30), max_size=8).map(
    lambda some: [OrderShare(f"U-{n}", n, devices) for n, devices in enumerate(some, 1)]
)


def order(number="PO 17", quantity=3, **more):
    return Order(order_id("CUST-NORTHWIND", "RSL-ACME", number), "CUST-NORTHWIND", "RSL-ACME", number, quantity, **more)


@pytest.mark.feature("B17")
@given(st.integers(0, 100), SHARES, st.randoms())
def test_shares_fill_an_order_once_in_the_order_in_which_they_were_counted(quantity, shares, random):
    fitting = fill(quantity, shares)
    shuffled = list(shares)
    random.shuffle(shuffled)

    assert fill(quantity, shuffled) == fitting
    assert sum(fitting.values()) == min(quantity, sum(share.devices for share in shares))
    assert all(0 <= fitting[share.upload] <= share.devices for share in shares)


@pytest.mark.feature("B17")
@given(st.integers(0, 60), SHARES.filter(len), st.data())
def test_a_share_that_shrinks_takes_no_place_from_another(quantity, shares, data):
    place = data.draw(st.integers(0, len(shares) - 1))
    one = shares[place]
    smaller = [*shares[:place], OrderShare(one.upload, one.number, data.draw(st.integers(0, one.devices)))]
    smaller += shares[place + 1 :]

    before, after = fill(quantity, shares), fill(quantity, smaller)
    assert all(after[share.upload] >= before[share.upload] for share in shares if share is not one)


@pytest.mark.feature("B17")
def test_numbers_are_compared_whatever_their_case_width_and_spacing():
    assert order_id("C", "R", "PO 17") == order_id("C", "R", " po  \uff117")
    assert order_id("C", "R", "PO 17") != order_id("C", "R2", "PO 17") != order_id("C2", "R", "PO 17")


@pytest.mark.feature("B17")
def test_each_device_is_compared_with_what_was_announced():
    orders = [order(quantity=2), order("PO 18", models=("SM-X",)), order("PO 19", closed=True)]
    checklist = Checklist(orders, {orders[0].id: 1, orders[1].id: 1})
    devices = [
        listed(1, order_number="po 17"),
        listed(2, order_number="PO 17"),
        listed(3, order_number="PO 18"),
        listed(4, order_number="PO 18", model="SM-X"),
        listed(5, order_number="PO 19"),
        listed(6, order_number="PO 20"),
        listed(7, order_number=" "),
    ]

    assert [checklist.check(device) for device in devices] == [
        Expectation.EXPECTED,
        Expectation.OVER,
        Expectation.OTHER_MODEL,
        Expectation.EXPECTED,
        Expectation.CLOSED,
        Expectation.UNKNOWN,
        Expectation.NONE,
    ]
    assert checklist.tally.seen == len(devices)
    assert checklist.tally.found[orders[0].id] == ("po 17", 2, 0)
    assert checklist.tally.found[orders[1].id] == ("PO 18", 1, 1)
    assert checklist.tally.unknown == {"PO 20": 1}
    assert checklist.tally.none == 1


@pytest.mark.feature("B17")
def test_the_news_of_an_upload_are_expected_got_and_not_expected():
    one = order(quantity=120, got=118)
    checklist = Checklist([one])
    for number in range(1, 119):
        checklist.check(listed(number, order_number="PO 17"))
    checklist.check(listed(200, order_number="PO 99"))
    checklist.check(listed(201, order_number=""))
    news = news_of(checklist.tally, {one.id: one}, {one.id: [OrderShare("U-1", 1, 118)]}, "U-1")

    assert (news.expected, news.got, news.unexpected) == (120, 118, 2)
    assert news.lines[0].order.missing == 2
    gone = news_of(checklist.tally, {}, {}, "U-1")
    assert dict(gone.unknown) == {"PO 17": 118, "PO 99": 1}


@pytest.mark.feature("B17")
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=40), st.integers(0, 40), st.integers(0, 12))
def test_a_count_in_rounds_is_that_of_one_round_and_names_only_what_it_counts_rightly(rows, cut, spelt):
    orders = [order("PO 0"), order("PO 1", models=("SM-X",))]
    devices = [
        listed(n, order_number=f"PO {one}", model="SM-X" if other else "SM-Y") for n, (one, other) in enumerate(rows, 1)
    ]
    with patch("rollcall.checklists.SPELT", spelt):
        whole, first = Checklist(orders), Checklist(orders)
        for device in devices:
            whole.check(device)
        for device in devices[:cut]:
            first.check(device)
        rest = Checklist(orders, begun=tally_from_json(json.loads(json.dumps(tally_to_json(first.tally)))))
        for device in devices[cut:]:
            rest.check(device)

    assert rest.tally == whole.tally
    named = {number: devices for number, devices in whole.tally.unknown.items() if number}
    assert sum(map(len, named)) <= spelt
    wanted = Counter(f"PO {one}" for one, _ in rows if one > 1)
    assert all(wanted[number] == count for number, count in named.items())
    assert sum(whole.tally.unknown.values()) == wanted.total()
