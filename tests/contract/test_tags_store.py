"""Tags are changed beside the life of a device: no step waits for them, and nobody's change is lost."""

from __future__ import annotations

import pytest

from rollcall.device_filters import wanted
from rollcall.queries import DeviceQuery
from rollcall.scopes import Scope, Side
from rollcall.store.tags import TagsStore
from rollcall.tags import TagChange
from tests.books import right_books
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.faults import watching
from tests.files_of import csv_of, imei
from tests.removers import KEY, Removers


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=50) as cloud:
        cloud.accounts.apply(sample_directory())
        rows = [f"{imei(number)},{'old|Stock' if number == 1 else ''}" for number in range(1, 41)]
        upload = Chain(cloud).upload(KEY, csv_of(*rows, header="imei,tags")).upload_id
        yield cloud, upload, cloud.checkpoint()


@pytest.fixture
def office(world):
    cloud, upload, checkpoint = world
    cloud.restore(checkpoint, keep=KEY)
    office = Removers(cloud)
    office.upload = upload
    office.tags = TagsStore(office.transactions, "DevicesTable")
    return office


def read(office, *numbers):
    found = office.decisions.changes.read(f"imei#{imei(number)}" for number in numbers)
    return list(found.values())


def tags_of(office, number):
    return office.devices.find(f"imei#{imei(number)}").tags


@pytest.mark.feature("P3")
def test_tags_are_added_and_removed_and_lists_find_them(office):
    outcome = office.tags.change(read(office, *range(1, 41)), TagChange(add=("stock", "lager 2"), remove=("OLD",)))

    assert [one.changed for one in outcome] == [True] * 40
    assert tags_of(office, 1) == ("Stock", "lager 2"), "what it has in another case is not added once more"
    assert tags_of(office, 40) == ("stock", "lager 2")
    listed = office.devices.of_chunk(office.upload, 0)
    is_wanted = wanted(Scope("RSL-ACME", Side.RESELLER), DeviceQuery(tag="STOCK"))
    assert sum(map(is_wanted, listed)) == 40
    again = office.tags.change(read(office, 1), TagChange(add=("stock",)))
    assert [one.changed for one in again] == [False]
    office.tags.change(read(office, 1), TagChange(remove=("stock", "lager 2")))
    assert tags_of(office, 1) == ()


def test_tags_touch_neither_history_nor_version_and_decisions_leave_them(office):
    before = read(office, 2)[0]
    office.tags.change([before], TagChange(add=("stock",)))
    after = read(office, 2)[0]
    assert (after.history, after.version, after.status) == (before.history, before.version, before.status)
    office.accept(2)
    assert tags_of(office, 2) == ("stock",)
    right_books(office.cloud, office, {})


def test_of_two_changes_at_once_both_count(office):
    second = TagsStore(office.transactions, "DevicesTable")
    struck = []

    def overtake(operation, _params):
        if operation == "TransactWriteItems" and not struck:
            struck.append(operation)
            second.change(read(office, 2), TagChange(add=("theirs",)))

    with watching(before=overtake):
        office.tags.change(read(office, 2, 3), TagChange(add=("mine",)))
    assert tags_of(office, 2) == ("theirs", "mine")
    assert tags_of(office, 3) == ("mine",)


def test_what_was_deleted_or_uploaded_again_meanwhile_is_left_alone(office):
    devices = read(office, 2, 3)
    office.delete(2)
    office.delete(3, once="other")
    Chain(office.cloud).upload(KEY.replace("a.csv", "b.csv"), csv_of(imei(3)))
    assert office.tags.change(devices, TagChange(add=("mine",))) == []
    assert tags_of(office, 3) == ()


def test_a_device_that_is_accepted_while_it_is_tagged_is_both(office):
    struck = []

    def overtake(operation, _params):
        if operation == "TransactWriteItems" and not struck:
            struck.append(operation)
            office.tags.change(read(office, 2), TagChange(add=("mine",)))

    with watching(before=overtake):
        assert office.accept(2).outcome.done == 1
    assert (office.status(2), tags_of(office, 2)) == ("VERIFIED", ("mine",))


def test_too_many_are_refused_device_by_device(office):
    many = TagChange(add=tuple(f"tag {number}" for number in range(20)))
    outcome = office.tags.change(read(office, 1, 2), many)
    by_line = {one.device.generation.line: one.fault and one.fault.code for one in outcome}
    assert by_line == {2: "TAGS_TOO_MANY", 3: None}
