"""An arrival of many rounds whose workers die at any call: what others end is what it would have been (row B16)."""

from __future__ import annotations

import pytest

from rollcall.errands import arrivals
from tests.faults import Killed, Killer
from tests.rulers import Arriving


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
def test_workers_that_die_at_any_call_of_any_round_leave_what_others_end(world):
    message = world.arrive()
    checkpoint = world.office.cloud.checkpoint()
    world.patience = 6

    def run(killer):
        world.queue.messages = [message]
        with killer.stalking():
            while world.queue.messages:
                here = world.queue.messages[0]
                try:
                    world.deliver(here)
                except Killed:
                    killer._dead = False
                    world.deliver(here)
                world.queue.messages.remove(here)

    counter = Killer()
    run(counter)
    world.check()
    wanted = sorted(map(str, world.office.cloud.peek("UploadsTable")))
    for at in range(0, len(counter.calls), 3):
        for effect in (False, True):
            world.office.cloud.restore(checkpoint)
            killer = Killer(at=at, effect=effect)
            run(killer)
            assert killer.struck
            assert sorted(map(str, world.office.cloud.peek("UploadsTable"))) == wanted, f"killed at call {at}"
    world.check()
