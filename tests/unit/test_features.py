"""docs/features.md says what the tests show, and no more."""

import re

import pytest

from ops import ROOT
from ops.features import PAGE, features_page, marked_tests, states

MARKED = marked_tests(ROOT / "tests")


def test_the_page_names_the_tests_that_carry_each_mark():
    page = PAGE.read_text(encoding="utf-8")

    assert page == features_page(page, MARKED), "run: python -m ops.docs features"


def test_every_row_stands_once():
    rows = re.findall(r"^\| ([PB]\d+) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert [f"P{n}" for n in range(1, 27)] + [f"B{n}" for n in range(1, 28)] == rows
    assert list(states(PAGE.read_text(encoding="utf-8"))) == rows


@pytest.mark.parametrize(("row", "state"), states(PAGE.read_text(encoding="utf-8")).items())
def test_a_row_that_is_done_or_part_done_has_a_test(row, state):
    assert state == "not yet" or MARKED.get(row)


def test_every_mark_names_a_row():
    assert set(MARKED) <= set(states(PAGE.read_text(encoding="utf-8")))
