"""A device as it arrives, and the keys under which the indexes find it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.conflicts import Generation
from rollcall.devices import (
    SHARDS,
    Arrival,
    HistoryEntry,
    arrive,
    chunk_partition,
    order_shard,
    order_term,
    pending_shard,
    place,
    shard,
)
from rollcall.identifiers import Identifier, IdKind
from rollcall.rows import Row
from rollcall.transitions import Act, Status

IDS = {
    "serial": Identifier(IdKind.SERIAL, "R58N12ABCDE"),
    "imei2": Identifier(IdKind.IMEI, "356779109574086"),
    "imei": Identifier(IdKind.IMEI, "356779103674064"),
}
ARRIVAL = Arrival(
    reseller="RSL-ACME",
    upload="U-1",
    chunk=3,
    at="2026-03-01T09:30:00Z",
    by="rae@acme.example",
    source="s3",
    stc="1002003",
    reference="R-1",
)
GENERATION = Generation(reseller="RSL-ACME", customer="CUST-NORTHWIND", upload="U-1", line=12)


def test_a_row_becomes_a_pending_device_whose_birth_is_its_first_history():
    row = Row(12, "CUST-NORTHWIND", IDS, "SM-1", "PO-1", "2026-01-02", ("a", "b"))
    device = arrive(row, GENERATION, ARRIVAL)

    assert device.status is Status.PENDING
    assert (device.model, device.order_number, device.order_date, device.tags) == (
        "SM-1",
        "PO-1",
        "2026-01-02",
        ("a", "b"),
    )
    assert (device.chunk, device.stc, device.uploaded_at, device.uploaded_by) == (
        3,
        "1002003",
        "2026-03-01T09:30:00Z",
        "rae@acme.example",
    )
    assert device.history == (
        HistoryEntry("2026-03-01T09:30:00Z", Act.UPLOADED, "rae@acme.example", Status.PENDING, "R-1"),
    )


def test_the_first_slot_that_is_filled_is_the_primary_one():
    device = arrive(Row(12, "C", IDS), GENERATION, ARRIVAL)

    assert [identifier.key for identifier in device.identifiers()] == [
        "imei#356779103674064",
        "imei#356779109574086",
        "serial#R58N12ABCDE",
    ]
    assert device.primary.value == "356779103674064"
    assert arrive(Row(12, "C", {"serial": IDS["serial"]}), GENERATION, ARRIVAL).primary == IDS["serial"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("PO-1", "po-1"),
        ("PO 1", "  po   1 "),
        ("\uff30\uff2f\uff11", "po1"),
        ("STRASSE", "straße"),
        ("PO\u00a01", "PO 1"),
    ],
)
def test_order_numbers_compare_as_people_read_them(text, same):
    assert order_term(text) == order_term(same)


@pytest.mark.parametrize(("one", "other"), [("PO-1", "PO-2"), ("PO1", "PO 1"), ("1", "01")])
def test_other_order_numbers_differ(one, other):
    assert order_term(one) != order_term(other)


@given(st.text(min_size=1, max_size=1_000))
def test_an_order_number_always_fits_a_key_of_an_index(text):
    """A hash key of an index holds 2,048 bytes, and is never empty."""
    key = order_shard("CUST-" + "X" * 60, text, 3)

    assert len(key.encode("utf-8", "surrogatepass")) < 2_048
    assert order_term(order_term(text)) == order_term(text) or order_term(text).startswith("sha256:")


def test_a_long_order_number_is_hashed_and_still_compared():
    assert order_term("X" * 500) == order_term("x" * 500) != order_term("x" * 501)


def test_shards_are_stable_and_even():
    counts = Counter(shard(f"imei#{number:015}") for number in range(4_000))

    assert shard("imei#356779103674064") == shard("imei#356779103674064")
    assert set(counts) == set(range(SHARDS))
    assert max(counts.values()) < 2 * min(counts.values())


def test_shards_of_one_customer_or_order_are_partitions_of_their_own():
    assert pending_shard("CUST-X", 2) == "CUST-X#2"
    assert order_shard("CUST-X", "PO 1", 2) == "CUST-X#po 1#2"
    # A "#" in an order number cannot reach into another order or customer: ids have none, and the shard comes last.
    assert order_shard("CUST-X", "PO#1", 2) != order_shard("CUST-X", "PO", 12)
    assert chunk_partition("U-1", 3) == "U-1#000003"


@given(st.integers(1, 9_999_999), st.integers(1, 9_999_999))
def test_places_sort_as_lines_do(one, other):
    def at(line):
        return place("2026-03-01T09:30:00Z", Generation(reseller="RSL-ACME", customer="C", upload="U-1", line=line))

    assert (at(one) < at(other)) == (one < other)


def test_devices_of_another_day_come_in_the_order_of_the_days():
    early = Generation(reseller="RSL-ACME", customer="C", upload="U-Z", line=9)
    late = Generation(reseller="RSL-ACME", customer="C", upload="U-A", line=1)

    assert place("2026-03-01T09:30:00Z", early) < place("2026-03-02T09:30:00Z", late)
