"""The page about the API says nothing that is not so."""

from __future__ import annotations

import json
import re

from rollcall.api.checking import wrongs
from rollcall.api.operations import OPERATIONS, Name
from rollcall.api.reports import LARGEST_REPORT
from rollcall.api.starting import VALID
from rollcall.api.takes import MOST_IDENTIFIERS
from rollcall.errors import CATALOGUE
from rollcall.settings import Settings
from rollcall.store.api_requests import KEPT
from tests.cloud import ROOT

PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")


def test_every_address_on_the_page_is_one_of_a_call():
    shapes = {re.sub(r"\{\w+\}", "*", operation.path) for operation in OPERATIONS.values()}
    named = {re.sub(r"\$\w+|\{\w+\}", "*", path) for path in re.findall(r"/v1/[\w/.${}]*\w\}?", PAGE)}
    assert len(named) >= 7
    assert named <= shapes


def test_every_body_on_the_page_is_as_its_call_wants_it():
    bodies = [
        json.loads(text.replace("'$UPLOAD'", "U-7K3F-9QMC-2V5R-8TXA")) for text in re.findall(r"-d '(\{.*\})'", PAGE)
    ]
    for body, name in zip(bodies, (Name.START_UPLOAD, Name.DECIDE), strict=True):
        assert not list(wrongs(body, OPERATIONS[name].body))


def test_the_numbers_and_codes_on_the_page_are_those_of_the_code():
    assert set(re.findall(r"`([A-Z]+_[A-Z_]+)`", PAGE)) <= {*CATALOGUE, "AWAITING_FILE", "IN_PROGRESS"}
    assert (VALID, "within fifteen minutes" in PAGE) == (15 * 60, True)
    assert (LARGEST_REPORT, "above 1 MB" in PAGE) == (1024 * 1024, True)
    assert (KEPT // 86_400, "for 90 days" in PAGE) == (90, True)
    assert (MOST_IDENTIFIERS, "up to ten\nthousand" in PAGE) == (10_000, True)
    assert f"{Settings('', '', '', '').api_requests_per_minute} a minute" in PAGE
