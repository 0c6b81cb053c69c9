"""What an upload's message says of the manufacturer's registry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.views.upload_notes import registry_lines
from tests.unit.views.sample import RAE, upload

pytestmark = pytest.mark.feature("P7")


def noted(*, check_only=False, **codes):
    return replace(upload(), check_only=check_only, figures=replace(upload().figures, notes_by_code=codes))


def test_nothing_is_said_where_the_registry_said_nothing():
    assert registry_lines(noted(ID_SEPARATORS=3, MODEL_ADDED=2), RAE) == []


def test_each_doubt_is_a_line_with_what_to_do():
    one = noted(NOT_RECOGNISED=2, REGISTRY_UNAVAILABLE=1, TAC_UNKNOWN=1_200)
    doubted, silent, strange = registry_lines(one, RAE)

    assert "2 devices not recognised" in doubted
    assert f"devices refresh upload:{one.id}" in doubted
    assert "1 device; it is asked again by itself" in silent
    assert "1,200 devices of a kind" in strange


def test_a_check_has_stored_nothing_and_nothing_is_asked_again():
    lines = registry_lines(noted(check_only=True, NOT_RECOGNISED=2, REGISTRY_UNAVAILABLE=1), RAE)

    assert "would be stored as MPTS_ERROR" in lines[0]
    assert "asks again" not in lines[0]
    assert "asked again" not in lines[1]
