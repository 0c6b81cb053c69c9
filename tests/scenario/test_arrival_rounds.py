"""Arrivals that take many rounds: each goes on where the last one ended, whatever dies or comes twice (B16, B17)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.errands import arrivals
from rollcall.ruling.messages import ROUNDS, NoProgressError, arrival, recount
from tests.faults import watching
from tests.rulers import NORTHWIND, Arriving


@pytest.fixture
def world(cloud, chain, monkeypatch):
    """Pages of two, transactions of two."""
    monkeypatch.setattr("rollcall.ruling.running.PAGE", 2)
    monkeypatch.setattr("rollcall.ruling.walking.PAGE", 2)
    made = Arriving(cloud, chain)
    monkeypatch.setattr(arrivals, "_workshop", made.assembled)
    monkeypatch.setattr(arrivals, "_queue", lambda _: made.queue)
    return made


@pytest.mark.feature("B16")
def test_one_round_is_enough_for_a_worker_with_time(world):
    assert world.work(world.arrive()) == 1
    world.check()


@pytest.mark.feature("B16")
@pytest.mark.parametrize("patience", [5, 7, 8, 14])
def test_a_worker_whose_time_is_up_anywhere_goes_on_where_it_was(world, patience):
    message = world.arrive()
    world.patience = patience
    rounds = world.work(message)

    assert rounds > 1
    world.check()
    assert len(world.told) == 1


@pytest.mark.feature("B16")
def test_a_round_reads_no_page_that_an_earlier_one_has_done(world):
    message = world.arrive()
    world.patience = 5
    asked = []

    def remember(operation, params):
        if operation == "Query" and params.get("IndexName") == "by_upload":
            asked.append(str(params["ExpressionAttributeValues"]))

    with watching(before=remember):
        rounds = world.work(message)
    walk = len(range(1, 10, 2)) + 1  # pages of two, and a look behind the last one
    assert len(asked) <= 2 * walk + rounds, "one walk for the orders, one for the rules, and pages that were cut off"


@pytest.mark.feature("B16")
def test_messages_that_come_twice_change_nothing(world):
    message = world.arrive()
    world.patience = 6
    world.work(message, times=2)

    world.check()


@pytest.mark.feature("B17")
def test_orders_are_counted_anew_in_rounds_and_what_lags_from_the_start(world, monkeypatch):
    world.work(world.arrive())
    order = world.rules.decisions.orders.of_customer(NORTHWIND)[0]
    world.patience = 4
    rounds = world.work(recount(world.upload, NORTHWIND, once="again"))

    assert rounds > 1
    assert world.rules.decisions.orders.of_customer(NORTHWIND) == [order]
    world.check()


@pytest.mark.feature("B17")
def test_devices_that_the_index_does_not_show_yet_are_counted_from_the_first_on_again(world, monkeypatch):
    message = world.arrive()
    world.patience = 5
    counting, passes = type(world.rules.counting()), []
    count = counting.count

    def lagging(self, part, **named):
        exact = count(self, part, **named)
        passes.append(named["begun"])
        return exact and len(passes) > 1

    monkeypatch.setattr(counting, "count", lagging)
    world.work(message)

    assert len(passes) == 2
    world.check()


@pytest.mark.feature("B16")
def test_a_round_that_comes_nowhere_fails_and_is_not_sent_on(world):
    message = world.arrive()
    world.patience = 0
    world.deliver(message)  # one page is always counted
    (begun,) = world.queue.take()
    nowhere = {**begun, "progress": {**begun["progress"], "counted": True, "chunk": 0, "line": 0}}
    with pytest.raises(NoProgressError, match="nothing was done"):
        world.deliver(nowhere)
    assert world.queue.messages == []


@pytest.mark.feature("B16")
def test_rounds_without_end_fail_in_the_end(world):
    message = world.arrive()
    world.patience = 5
    with pytest.raises(NoProgressError, match=f"too many rounds for 9 devices.*after {ROUNDS + 1} rounds"):
        world.deliver({**message, "rounds": ROUNDS})
    assert world.queue.messages == []


@pytest.mark.feature("B16")
def test_rules_that_are_spent_are_not_read_again(world):
    upload = world.arrive()["upload"]
    read = []

    def remember(operation, params):
        values = str(params.get("ExpressionAttributeValues", ""))
        if operation == "Query" and f"rules#{NORTHWIND}" in values and "rule#" in values:
            read.append(operation)

    world.work(arrival(upload, NORTHWIND))
    world.rules.decisions.arrivals.put_ruling(upload, NORTHWIND, replace(world.ruling(), done=False))
    with watching(before=remember):
        world.work(arrival(upload, NORTHWIND))
    assert len(read) == len(("at the start", "for all pages", "at the end"))
    world.check()
