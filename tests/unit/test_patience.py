"""Pauses grow, are drawn below their bound, and end with the worker's time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.store.patience import OutOfTimeError, Patience, tries


@given(st.floats(0, 30), st.floats(0, 5))
def test_nobody_waits_into_the_margin(left, margin):
    clock = [left]
    paused = []

    def pause(seconds):
        paused.append(seconds)
        clock[0] -= seconds

    patience = Patience(lambda: clock[0], pause=pause, margin=margin)
    pauses = patience.pauses()

    def work():
        for _ in range(10_000):
            next(pauses)
            clock[0] -= 0.01  # what is tried takes its time
            patience.check()

    with pytest.raises(OutOfTimeError):
        work()
    assert clock[0] >= min(left, margin) - 0.011
    assert all(seconds <= 2.0 for seconds in paused)


def test_pauses_grow_to_two_seconds(monkeypatch):
    bounds = []
    monkeypatch.setattr("rollcall.store.patience.random.uniform", lambda _, high: bounds.append(high) or high)
    pauses = Patience(lambda: 100.0, pause=lambda _: None).pauses()
    for _ in range(8):
        next(pauses)
    assert bounds == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]


def test_tries_are_counted_and_the_first_waits_for_nothing(monkeypatch):
    bounds, paused = [], []
    monkeypatch.setattr("rollcall.store.patience.random.uniform", lambda _, high: bounds.append(high) or high)
    assert list(tries(4, first=0.2, pause=paused.append)) == [1, 2, 3, 4]
    assert bounds == paused == [0.2, 0.4, 0.8]
