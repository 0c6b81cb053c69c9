"""Upload ids: the same for the same object version, readable, and understood as people type them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.upload_ids import ALPHABET, crockford, derive, display, understand

PLACE = {"bucket": "b", "key": "uploads/R/C/may.csv", "version": "v1"}


@pytest.mark.feature("B4")
def test_the_same_version_has_the_same_id_and_any_other_another():
    ids = {derive(**{**PLACE, **other}) for other in ({}, {"bucket": "c"}, {"key": "k"}, {"version": "v2"})}

    assert derive(**PLACE) == derive(**PLACE)
    assert len(ids) == 4


def test_parts_cannot_run_into_each_other():
    assert derive(bucket="a", key="bc", version="") != derive(bucket="ab", key="c", version="")


def test_the_form_is_the_promised_one():
    assert re.fullmatch(r"U(-[0-9A-HJKMNP-TV-Z]{4}){4}", derive(**PLACE))


def test_the_id_never_changes():
    """Ids are written down by people and programs; this one was computed when the rule was made."""
    assert derive(**PLACE) == display(crockford(bytes.fromhex(SHA256), 16))


#: printf 'b\0uploads/R/C/may.csv\0v1' | sha256sum
SHA256 = "9a96f997c7de39ebfcce15276bf928e5d5fb8cf0cd57e59d048760a2433906d1"


@pytest.mark.parametrize(
    ("data", "length", "text"),
    [(b"\x00", 1, "0"), (b"\xff\xff", 3, "ZZZ"), (b"\x08\x42\x10\x84\x21", 8, "11111111"), (b"\xf8", 1, "Z")],
)
def test_crockford(data, length, text):
    assert crockford(data, length) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("U-7K3F-9QMC-2V5R-8TXA", "U-7K3F-9QMC-2V5R-8TXA"),
        ("u7k3f9qmc2v5r8txa", "U-7K3F-9QMC-2V5R-8TXA"),
        ("  u-7k3f 9qmc 2v5r\t8txa ", "U-7K3F-9QMC-2V5R-8TXA"),
        ("U-7K3F9Q", "U-7K3F-9Q"),
        ("U-7K3F-9QMC", "U-7K3F-9QMC"),
        ("U-OIL1-0O", "U-0111-00"),
    ],
)
def test_case_dashes_and_lookalikes_do_not_matter(typed, meant):
    assert understand(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "U", "U-7K3F9", "7K3F9QMC", "U-7K3F-9QMC-2V5R-8TXAB", "U-7K3F9U", "U-7K3F.9Q", "356779103674064", "U-éééééé"],
)
def test_what_cannot_be_an_upload_id(typed):
    assert understand(typed) is None


@given(st.binary(min_size=10, max_size=32), st.integers(6, 16))
def test_any_prefix_of_six_or_more_is_a_prefix_of_the_id(data, length):
    characters = crockford(data, 16)

    assert display(characters).startswith(understand("u" + characters[:length].lower()))
    assert set(characters) <= set(ALPHABET)
