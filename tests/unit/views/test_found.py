"""What became of a look-up."""

from __future__ import annotations

import pytest

from rollcall.transitions import Status
from rollcall.views.found import found, not_found
from tests.unit.views.sample import NIA, RAE, actions, device, fits, imei, said

QUESTION = "devices find 1 2 3"


@pytest.mark.feature("P4")
@pytest.mark.parametrize("asked", [["490154203237518"], ["1", "<!channel>"], ["x" * 200] * 500])
def test_not_found_says_how_to_look(asked):
    text = said(fits(not_found(asked, RAE)))

    assert "Compare the digits" in text
    assert asked[0][:3] in text or "channel" in text


@pytest.mark.feature("B14")
def test_a_few_get_a_button_each():
    shown = fits(found([device(1), device(2, status=Status.VERIFIED)], ["123"], QUESTION, NIA))

    text = said(shown)
    assert "2 of 3 devices found" in text
    assert "1 PENDING, 1 VERIFIED" in text
    assert "*Not known (1):*\n`123`" in text
    assert actions(shown) == ["devices.open"] * 2 + ["page.dm"]


@pytest.mark.feature("B14")
@pytest.mark.parametrize("as_table", [True, False])
@pytest.mark.parametrize("number", [1, 50, 500, 5_000])
def test_many_become_a_table(number, as_table):
    unknown = [f"{place:015}" for place in range(number)]
    shown = fits(found([device(place) for place in range(number)], unknown, QUESTION, NIA, as_table=as_table))

    text = said(shown)
    assert imei(0).value in text
    assert unknown[0] in text
    assert f"{number:,} of {2 * number:,} devices found" in text
    assert ("*Look these up* to get a row for each" in text) == (number > 99)
    assert any(block["type"] == "table" for block in shown.blocks) == (as_table and number > 5)


@pytest.mark.feature("B14")
def test_unknown_ones_are_listed_even_if_there_are_hundreds():
    assert "and 440 more" in said(fits(found([device()], [str(place) for place in range(500)], QUESTION, RAE)))


def test_none_found_of_many_is_not_found():
    assert "None of these 2" in said(fits(found([], ["1", "2"], QUESTION, RAE)))
