"""A removal dies at each of its calls in turn, before and behind its effect, and its message comes again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.removals import RemovalState
from tests.books import right_books
from tests.faults import Killed, Killer
from tests.files_of import imei
from tests.removers import KEY, NIA, RAE, STATES, Removers


@pytest.fixture
def office(cloud):
    office = Removers(cloud)
    office.upload = office.stock(uploaded_by="uma@acme.example")
    return office


@pytest.fixture
def small(monkeypatch):
    """Pages of two, nothing at the click, and each step is remembered."""
    monkeypatch.setattr("rollcall.removals.AT_ONCE", 0)
    monkeypatch.setattr("rollcall.removing.removals.PAGE", 2)
    monkeypatch.setattr("rollcall.removing.runner.PAGE", 1)
    monkeypatch.setattr("rollcall.removing.runner._STEPS", 1)
    monkeypatch.setattr("rollcall.removing.steps.PAGE", 2)
    monkeypatch.setattr("rollcall.removing.steps.PAGES", 2)


def by_list(office):
    office.removals.delete(RAE, [imei(one) for one in (*STATES, 99)], once="x")


def by_upload(office):
    office.removals.undo(RAE, office.uploads.get(office.upload), once="x")


def by_release(office):
    office.delete(2)
    (asked,) = [one[1] for one in office.told() if one[0] == "release"]
    office.removals.answer(NIA, asked, release=True)


def run(office, killer=None):
    """Delivers the job's message until it has ended well, the first time with a killer."""
    removal = None
    while office.queue.messages:
        message = office.queue.messages[0]
        if killer and not killer.struck:
            try:
                with killer.stalking():
                    removal = office.run(message)
            except Killed:
                continue
        else:
            removal = office.run(message)
        office.queue.messages.remove(message)
    return office.store.get(removal.id)


def ending(office, removal):
    """What is left for anybody to see; how often a thing was remembered or told is nobody's business."""
    uploads = {}
    for item in office.cloud.peek("UploadsTable"):
        item.pop("revision", None)
        item.pop("version", None)
        uploads[item["pk"]["S"], item["sk"]["S"]] = item
    return sorted(map(str, office.cloud.peek("DevicesTable"))), uploads, replace(removal, revision=0)


@pytest.mark.feature("B19")
@pytest.mark.feature("P15")
@pytest.mark.feature("B8")
@pytest.mark.parametrize("begin", [by_list, by_upload, by_release])
def test_a_removal_that_dies_at_any_call_ends_as_if_it_had_not(office, small, begin):
    begin(office)
    checkpoint, messages = office.cloud.checkpoint(), list(office.queue.messages)
    counter = Killer()
    wanted = ending(office, run(office, counter))
    assert wanted[2].state is RemovalState.DONE

    for at, operation in enumerate(counter.calls):
        for effect in (False, True):
            if effect and operation in {"GetItem", "BatchGetItem", "Query"}:
                continue  # to die behind a read is to die before the next call
            office.cloud.restore(checkpoint, keep=KEY)
            office.queue.messages = list(messages)
            killer = Killer(at=at, effect=effect)
            removal = run(office, killer)

            assert killer.struck
            devices, uploads, found = ending(office, removal)
            assert found == wanted[2], f"killed at call {at}, {operation}"
            assert devices == wanted[0]
            for key in uploads.keys() | wanted[1].keys():
                assert uploads.get(key) == wanted[1].get(key), (key, at, operation)
    right_books(office.cloud, office, {})
