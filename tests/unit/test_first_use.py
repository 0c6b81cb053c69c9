"""Parts that are made when something of them is first used."""

from __future__ import annotations

import pytest

from rollcall.first_use import on_first_use
from tests.cloud import ROOT  # noqa: F401 - the bot's folder is on the path


class Part:
    name = "part"

    def greet(self, whom, *, loud=False):
        return f"hello {whom}{'!' if loud else ''}"


def test_it_is_made_once_and_only_when_something_of_it_is_used():
    made = []

    def make():
        made.append(1)
        return Part()

    part = on_first_use(make)
    assert made == []
    assert part.greet("you", loud=True) == "hello you!"
    assert part.name == "part"
    assert made == [1]


def test_what_the_part_does_not_have_is_missed_as_of_the_part():
    with pytest.raises(AttributeError, match="'Part' object has no attribute 'other'"):
        _ = on_first_use(Part).other


def test_what_goes_wrong_while_it_is_made_is_told_each_time():
    def make():
        raise ZeroDivisionError

    part = on_first_use(make)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = part.name
