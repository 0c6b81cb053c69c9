"""Claims: all identifiers of a device or none, one holder each, whatever day DynamoDB has."""

from __future__ import annotations

import pytest

from rollcall.conflicts import Generation
from rollcall.devices import Device
from rollcall.identifiers import Identifier, IdKind
from rollcall.store.claims import Claims
from rollcall.store.device_items import TOMBSTONE, items_of
from rollcall.store.patience import OutOfTimeError
from rollcall.transitions import Status
from tests.fakes.dynamodb import FakeDynamoDB, busy, cancelled


def device(line, *numbers, upload="U-1", reseller="RSL-ACME", customer="CUST-NORTHWIND"):
    """A device with these (made up) identifiers: the first two are IMEIs, a third is its serial."""
    slots = zip(("imei", "imei2", "serial"), numbers, strict=False)
    kinds = {"imei": IdKind.IMEI, "imei2": IdKind.IMEI, "serial": IdKind.SERIAL}
    return Device(
        generation=Generation(reseller=reseller, customer=customer, upload=upload, line=line),
        ids={slot: Identifier(kinds[slot], str(number)) for slot, number in slots},
        status=Status.PENDING,
        chunk=0,
        model="",
        order_number="",
        order_date="",
        tags=(),
        stc="",
        uploaded_at="2026-03-01T09:30:00Z",
        uploaded_by="S3",
        version=1,
        history=(),
    )


class Clock:
    """Time that passes only by pausing."""

    def __init__(self, seconds=60.0):
        self.seconds = seconds
        self.pauses = []

    def left(self):
        return self.seconds

    def pause(self, seconds):
        self.pauses.append(seconds)
        self.seconds -= seconds


@pytest.fixture
def dynamodb():
    return FakeDynamoDB()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def claims(dynamodb, clock):
    return Claims(dynamodb, "t", seconds_left=clock.left, pause=clock.pause)


def store(dynamodb, *devices):
    dynamodb.items.update({item["id"]["S"]: item for one in devices for item in items_of(one)})


def bury(dynamodb, *devices):
    for one in devices:
        for item in items_of(one):
            dynamodb.items[item["id"]["S"]] = {**item, "kind": {"S": TOMBSTONE}}


# ---- looking up -----------------------------------------------------------------------------------------------------


def test_held_identifiers_name_their_holder_and_free_ones_are_left_out(dynamodb, claims):
    held = device(2, 11, 12)
    store(dynamodb, held)

    assert claims.look_up(["imei#11", "imei#12", "imei#13", "serial#11"]) == {
        "imei#11": held.generation,
        "imei#12": held.generation,
    }
    assert dynamodb.consistent == {True}


def test_a_hundred_keys_a_call_each_once(dynamodb, claims):
    claims.look_up([f"imei#{number % 250}" for number in range(300)])

    assert [len(keys) for _, keys in dynamodb.calls] == [100, 100, 50]
    assert claims.cost.requests == 3
    assert claims.cost.read_units == 3.0


def test_nothing_to_look_up_asks_nothing(dynamodb, claims):
    assert claims.look_up([]) == {}
    assert dynamodb.calls == []


def test_unprocessed_keys_are_asked_for_until_they_are_answered(dynamodb, claims, clock):
    store(dynamodb, *(device(line, line) for line in range(10)))
    dynamodb.unprocessed = [7, 3, 1]

    assert len(claims.look_up(f"imei#{line}" for line in range(10))) == 10
    assert [len(keys) for _, keys in dynamodb.calls] == [10, 7, 3, 1]
    assert len(clock.pauses) == 3


@pytest.mark.parametrize(
    "code", ["ProvisionedThroughputExceededException", "ThrottlingException", "InternalServerError"]
)
def test_a_busy_table_is_asked_again(dynamodb, claims, code):
    store(dynamodb, device(2, 11))
    dynamodb.troubles = [busy(code, "BatchGetItem")] * 3

    assert list(claims.look_up(["imei#11"])) == ["imei#11"]


def test_what_a_deleted_device_left_is_free(dynamodb, claims):
    bury(dynamodb, device(2, 11, 12))

    assert claims.look_up(["imei#11", "imei#12"]) == {}


def test_a_lack_of_permission_is_not_waited_for(dynamodb, claims, clock):
    dynamodb.troubles = [busy("AccessDeniedException", "BatchGetItem")]

    with pytest.raises(Exception, match="AccessDenied"):
        claims.look_up(["imei#11"])
    assert clock.pauses == []


# ---- claiming -------------------------------------------------------------------------------------------------------


def test_a_free_device_is_stored_whole(dynamodb, claims):
    assert claims.claim([device(2, 11, 12, 13)]) == {}
    assert set(dynamodb.items) == {"imei#11", "imei#12", "serial#13"}
    assert claims.cost.write_units == 6.0


@pytest.mark.parametrize("identifiers", [1, 2, 3])
def test_a_hundred_actions_a_transaction_and_no_device_over_two(dynamodb, claims, identifiers):
    devices = [device(line, *(line * 10 + slot for slot in range(identifiers))) for line in range(1, 121)]
    claims.claim(devices)
    whole = [{item["id"]["S"] for item in items_of(one)} for one in devices]

    assert len(dynamodb.items) == 120 * identifiers
    for _, keys in dynamodb.calls:
        assert len(keys) <= 100
        assert all(ids <= set(keys) or not ids & set(keys) for ids in whole)
    assert len(dynamodb.calls) == {1: 2, 2: 3, 3: 4}[identifiers]


@pytest.mark.feature("B11")
def test_a_device_of_which_one_identifier_is_held_is_not_stored_at_all(dynamodb, claims):
    """The first IMEI of one is the second of another: one key space."""
    held = device(2, 11, 12, upload="U-0")
    store(dynamodb, held)
    asking = device(3, 12, 14)

    assert claims.claim([asking, device(4, 15)]) == {asking.generation: {"imei#12": held.generation}}
    assert set(dynamodb.items) == {"imei#11", "imei#12", "imei#15"}


def test_every_held_identifier_of_a_device_is_told(dynamodb, claims):
    one, other = device(2, 11, upload="U-0"), device(3, 12, upload="U-9", reseller="RSL-BOLTWAVE")
    store(dynamodb, one, other)
    asking = device(4, 11, 12, 13)

    assert claims.claim([asking]) == {asking.generation: {"imei#11": one.generation, "imei#12": other.generation}}


@pytest.mark.feature("B4")
def test_a_device_that_the_same_row_stored_before_counts_as_stored(dynamodb, claims):
    store(dynamodb, device(2, 11, 12))
    before = dict(dynamodb.items)

    assert claims.claim([device(2, 11, 12), device(3, 13)]) == {}
    assert dynamodb.items.keys() == {*before, "imei#13"}
    assert {key: dynamodb.items[key] for key in before} == before


@pytest.mark.feature("P15")
def test_a_deleted_device_can_be_uploaded_again(dynamodb, claims):
    bury(dynamodb, device(2, 11, 12, upload="U-0"))

    assert claims.claim([device(2, 11, 12)]) == {}
    assert {item["kind"]["S"] for item in dynamodb.items.values()} == {"device", "pointer"}


def test_a_late_worker_does_not_bring_a_deleted_device_back(dynamodb, claims):
    """Its tombstone is of the very generation that the worker holds; for the figures it was stored."""
    late = device(2, 11, 12)
    bury(dynamodb, late)

    assert claims.claim([late]) == {}
    assert {item["kind"]["S"] for item in dynamodb.items.values()} == {TOMBSTONE}


@pytest.mark.parametrize(
    "code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded"]
)
def test_conflict_and_throttling_are_tried_again_and_refuse_no_row(dynamodb, claims, clock, code):
    dynamodb.troubles = [cancelled("None", code), cancelled(code, code), cancelled(code, "None")]

    assert claims.claim([device(2, 11), device(3, 12)]) == {}
    assert set(dynamodb.items) == {"imei#11", "imei#12"}
    assert len(clock.pauses) == 3


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "ProvisionedThroughputExceededException", "TransactionInProgressException"]
)
def test_a_refused_call_is_tried_again(dynamodb, claims, code):
    dynamodb.troubles = [busy(code), busy(code)]

    assert claims.claim([device(2, 11)]) == {}
    assert claims.cost.requests == 3


def test_only_a_failed_condition_refuses_whatever_else_went_wrong(dynamodb, claims):
    """One row's identifier is held, another's item was being written: only the first is refused."""
    held = device(9, 11, upload="U-0")
    store(dynamodb, held)
    dynamodb.troubles = [cancelled(("ConditionalCheckFailed", items_of(held)[0]), "TransactionConflict", "None")]
    first, second, third = device(2, 11), device(3, 12), device(4, 13)

    assert claims.claim([first, second, third]) == {first.generation: {"imei#11": held.generation}}
    assert set(dynamodb.items) == {"imei#11", "imei#12", "imei#13"}


@pytest.mark.parametrize(
    "error", [cancelled("ValidationError"), busy("AccessDeniedException"), busy("ValidationException")]
)
def test_what_trying_again_cannot_mend_is_raised(dynamodb, claims, clock, error):
    dynamodb.troubles = [error]

    with pytest.raises(Exception, match=r"ValidationError|AccessDenied|ValidationException"):
        claims.claim([device(2, 11)])
    assert clock.pauses == []


def test_pauses_grow_with_jitter_and_have_an_end(dynamodb, clock, monkeypatch):
    bounds = []
    monkeypatch.setattr("rollcall.store.patience.random.uniform", lambda low, high: bounds.append((low, high)) or high)
    claims = Claims(dynamodb, "t", seconds_left=clock.left, pause=clock.pause)
    dynamodb.troubles = [cancelled("TransactionConflict")] * 9
    claims.claim([device(2, 11)])

    assert [low for low, _ in bounds] == [0] * 9
    assert [high for _, high in bounds] == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0, 2.0]


# ---- the deadline ---------------------------------------------------------------------------------------------------


def test_no_call_is_begun_when_time_is_up(dynamodb):
    claims = Claims(dynamodb, "t", seconds_left=lambda: 2.9, margin=3.0)

    with pytest.raises(OutOfTimeError):
        claims.look_up(["imei#11"])
    with pytest.raises(OutOfTimeError):
        claims.claim([device(2, 11)])
    assert dynamodb.calls == []


def test_waiting_ends_before_the_deadline_and_what_is_stored_stays(dynamodb, monkeypatch):
    clock = Clock(10.0)
    monkeypatch.setattr("rollcall.store.patience.random.uniform", lambda _, high: high)
    claims = Claims(dynamodb, "t", seconds_left=clock.left, pause=clock.pause, margin=3.0)
    dynamodb.troubles = [None, *[cancelled("TransactionConflict")] * 50]

    with pytest.raises(OutOfTimeError):
        claims.claim([device(line, line) for line in range(101)])
    assert clock.seconds >= 3.0
    assert len(dynamodb.items) == 100


def test_looking_up_ends_before_the_deadline_too(dynamodb):
    clock = Clock(5.0)
    claims = Claims(dynamodb, "t", seconds_left=clock.left, pause=clock.pause)
    dynamodb.troubles = [busy("ThrottlingException", "BatchGetItem")] * 100

    with pytest.raises(OutOfTimeError):
        claims.look_up(["imei#11"])
    assert clock.seconds >= 3.0
