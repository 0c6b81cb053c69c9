"""The timeline of a device."""

from __future__ import annotations

import pytest

from rollcall.transitions import Act, Status
from rollcall.views.history import timeline
from tests.unit.views.sample import NIA, RAE, actions, device, entry, fits, said

STORY = (
    entry(),
    entry(Act.ACCEPTED, "person:T0NW:U0NIA", Status.VERIFIED),
    entry(Act.UNDONE, "person:T0NW:U0ZED", Status.PENDING),
    entry(Act.REJECTED, "api:mdm", Status.REJECTED, "wrong *model*"),
)


@pytest.mark.feature("B13")
def test_the_reseller_reads_who_did_what_when():
    text = said(fits(timeline(device(history=STORY, status=Status.REJECTED), RAE)))

    assert "*Uploaded* by `rae@acme.example`, then PENDING" in text
    assert "*Accepted* by Nia (Northwind Logistics), then VERIFIED" in text
    assert "*Decision undone* by Northwind Logistics, then PENDING" in text
    assert "*Rejected* by Northwind Logistics, then REJECTED · `wrong *model*`" in text
    assert text.index("Uploaded") < text.index("Accepted") < text.index("Rejected")
    assert text.count("<!date^1772357400") == 4


@pytest.mark.feature("B13")
def test_the_customer_reads_the_same_from_its_side():
    shown = fits(timeline(device(history=STORY), NIA))

    text = said(shown)
    assert "*Uploaded* by Acme Mobile, then PENDING" in text
    assert "rae@" not in text
    assert "*Accepted* by Nia, then VERIFIED" in text
    assert "*Decision undone* by a colleague" in text
    assert "*Rejected* by API key `mdm`" in text
    assert actions(shown) == ["devices.open", "page.dm"]


@pytest.mark.parametrize("by", ["s3", "S3", "rollcall", "api:erp", "x@y.example", "<!here>"])
@pytest.mark.parametrize("reader", [RAE, NIA])
@pytest.mark.parametrize("act", Act)
def test_every_act_of_everybody_can_be_told(act, by, reader):
    fits(timeline(device(history=(entry(act, by),)), reader))


@pytest.mark.parametrize("number", [0, 1, 50, 5_000])
def test_a_history_of_any_length_fits(number):
    shown = fits(timeline(device(history=tuple(entry(note="x" * 500) for _ in range(number))), NIA))

    assert ("more in between" in said(shown)) == (number > 25)
    assert "Now: PENDING" in said(shown)
