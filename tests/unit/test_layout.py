"""Where files lie, and what their place and metadata say."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.layout import (
    UploadKey,
    chunk_key,
    is_folder_marker,
    outcome_key,
    parse_accept_key,
    parse_order_date,
    parse_upload_key,
    read_metadata,
    reports_prefix,
)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (
            "uploads/RSL-ACME/CUST-NORTHWIND/may.csv",
            UploadKey("RSL-ACME", "CUST-NORTHWIND", "may.csv", check_only=False),
        ),
        ("uploads/RSL-ACME/_many/may.csv", UploadKey("RSL-ACME", None, "may.csv", check_only=False)),
        (
            "uploads/RSL-ACME/MSP-CONTOSO/a/b/may é.csv",
            UploadKey("RSL-ACME", "MSP-CONTOSO", "a/b/may é.csv", check_only=False),
        ),
        ("check/RSL-ACME/CUST-NORTHWIND/may.csv", UploadKey("RSL-ACME", "CUST-NORTHWIND", "may.csv", check_only=True)),
        ("check/RSL-ACME/_many/may.csv", UploadKey("RSL-ACME", None, "may.csv", check_only=True)),
    ],
)
def test_keys_of_the_layout(key, expected):
    assert parse_upload_key(key) == expected


@pytest.mark.parametrize(
    "key",
    [
        "",
        "may.csv",
        "uploads/may.csv",
        "uploads/RSL-ACME/may.csv",
        "uploads//CUST-NORTHWIND/may.csv",
        "uploads/RSL-ACME/ /may.csv",
        "uploads/RSL-ACME/CUST-NORTHWIND/",
        "Uploads/RSL-ACME/CUST-NORTHWIND/may.csv",
        "/uploads/RSL-ACME/CUST-NORTHWIND/may.csv",
        "reports/RSL-ACME/U-1/summary.json",
        "accept/CUST-NORTHWIND/list.csv",
    ],
)
def test_keys_outside_the_layout(key):
    assert parse_upload_key(key) is None


def test_folder_markers():
    assert is_folder_marker("uploads/RSL-ACME/CUST-NORTHWIND/")
    assert not is_folder_marker("uploads/RSL-ACME/CUST-NORTHWIND/may.csv")


@pytest.mark.feature("P8")
def test_metadata_is_percent_encoded_utf8():
    metadata = read_metadata(
        {
            "Order-Number": "PO%20%C3%A9%2B1",
            "order-date": " 2026-05-04 ",
            "stc": "main",
            "uploaded-by": "rae%40acme.example",
            "other": "x",
        }
    )

    assert metadata.order_number == "PO é+1"
    assert metadata.order_date == "2026-05-04"
    assert (metadata.stc, metadata.uploaded_by) == ("main", "rae@acme.example")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a+b", "a+b"),  # a plus is no space
        ("100%", "100%"),
        ("100%25", "100%"),
        ("%zz%2", "%zz%2"),
        ("caf%E9", "caf%E9"),  # not UTF-8: it stays as it is rather than becoming a question mark
        ("%E9 and %C3%A9", "%E9 and é"),
        ("%f0%9f%93%b1", "📱"),
        ("%41%FF", "A%FF"),  # each escape by itself, also where they stand side by side
        ("%C3%A9%ff%C3%e3%81%42%", "é%ff%C3%e3%81B%"),
        ("%20x%20", " x "),
        (" %20x ", " x"),  # what is not escaped belongs to the header
        ("%20%09", ""),
        ("", ""),
    ],
)
def test_a_malformed_escape_stays_as_it_is(raw, text):
    assert read_metadata({"order-number": raw}).order_number == text


@given(st.text().filter(str.strip))
def test_whatever_was_encoded_comes_back(text):
    assert read_metadata({"order-number": quote(text, safe="", errors="replace")}).order_number == (
        text.encode("utf-8", "replace").decode()
    )


@given(st.text(alphabet="%0123456789ABCDEFabcdef "))
def test_escapes_are_read_one_by_one(text):
    """As a strict reader does who takes the longest run of escapes that is a character, else leaves the first alone."""
    expected, rest = "", text.strip()
    while rest:
        for size in (3, 6, 9, 12, 0):
            run = rest[:size]
            if len(run) == size and re.fullmatch(r"(%[0-9A-Fa-f]{2})*", run):
                with suppress(UnicodeDecodeError):
                    expected += bytes.fromhex(run.replace("%", "")).decode() if size else rest[0]
                    rest = rest[size or 1 :]
                    break
    assert read_metadata({"order-number": text}).order_number == (expected if expected.strip() else "")


def test_metadata_may_be_absent():
    assert not any(getattr(read_metadata({}), name) for name in ("order_number", "order_date", "stc", "uploaded_by"))


@pytest.mark.parametrize(
    "text",
    ["2026-05-04", " 2026-05-04 ", "20260504", "2026-W19-1", "2026-05-04T23:59:59Z", "2026-05-04 08:00:00+09:00"],
)
def test_iso_8601_dates(text):
    assert parse_order_date(text) == date(2026, 5, 4)


@pytest.mark.parametrize(
    "text", ["", "4.5.2026", "05/04/2026", "2026-13-01", "2026-02-30", "\uff12\uff10\uff12\uff16-05-04", "soon"]
)
def test_other_dates(text):
    assert parse_order_date(text) is None


@given(st.text(max_size=30))
def test_no_text_makes_a_date_crash(text):
    parse_order_date(text)


def test_what_is_written_lies_outside_the_watched_prefixes():
    """A report under uploads/ would be an upload, and so without end."""
    for key in (reports_prefix("RSL-ACME", "U-1"), chunk_key("U-1", 3), outcome_key("U-1", 3, "w1")):
        assert parse_upload_key(f"{key}x") is None
    assert reports_prefix("RSL-ACME", "U-1") == "reports/RSL-ACME/U-1/"
    assert outcome_key("U-1", 3, "a") != outcome_key("U-1", 3, "b")


@pytest.mark.feature("P26")
@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("accept/CUST-NORTHWIND/list.csv", ("CUST-NORTHWIND", "list.csv")),
        ("accept/CUST-NORTHWIND/2026/may 1.csv", ("CUST-NORTHWIND", "2026/may 1.csv")),
        ("accept/CUST-NORTHWIND/", None),
        ("accept//list.csv", None),
        ("accept/list.csv", None),
        ("uploads/CUST-NORTHWIND/list.csv", None),
    ],
)
def test_the_place_of_a_list_to_accept_by(key, place):
    found = parse_accept_key(key)

    assert (found and (found.customer, found.name)) == place
