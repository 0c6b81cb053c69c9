"""What is said of quality, with limits that Slack sets and words that say how exact it is."""

from __future__ import annotations

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import CustomerRole, Member, ResellerRole
from rollcall.acting import Acting
from rollcall.backlogs import Pile, by_reseller
from rollcall.catalogue import CATALOGUE
from rollcall.errors import Kind
from rollcall.quality import Period, Quality
from rollcall.queries import Page
from rollcall.views import quality as views
from rollcall.views import reminders
from rollcall.views.reader import Reader

ROWS = [name for name, code in CATALOGUE.items() if code.kind is Kind.ROW]
BAD = Quality(9, 1, 1_000, 400, 900, 390, dict.fromkeys(ROWS, 30), {0: 3, 12: 5})


def reader(account, role):
    names = {f"CUST-{number}": f"Customer <{number}> & *Co*" for number in range(60)}
    return Reader(Acting(Member(account, "T", "U", "Rae", role), "Acme *Mobile*"), names)


def fits(message):
    assert not problems({"text": message.text, "blocks": message.blocks}, "message")
    return message.text


@pytest.mark.feature("B22")
def test_very_many_companies_and_causes_fit_into_a_message():
    rae, nia = reader("RSL-ACME", ResellerRole.ADMIN), reader("CUST-1", CustomerRole.VIEWER)
    parts = {f"CUST-{number}": BAD for number in range(60)}
    for who in (rae, nia):
        told = fits(views.page(BAD, parts, Period.QUARTER, "2026-02-09", who))
        assert "error rate 60.0 %, first-time-right 43.3 %" in told
        assert "1 file could not be read at all" in told
        fits(views.digest("2026-03-02", BAD, parts, who))
    found = tuple((f"RSL-{number}", f"R <{number}>", BAD) for number in range(8))
    fits(views.of_resellers(Page(found, first=1, total=90, after="8"), Period.WEEK, "2026-03-02", "operator quality"))
    fits(views.of_resellers(Page((), first=0, total=0), Period.WEEK, "2026-03-02", "operator quality"))


@pytest.mark.feature("B22")
def test_a_median_is_said_as_the_step_that_it_is():
    assert views.median(Quality(hours={0: 1})) == "between 0 and 1 hour (of 1 device)"
    assert views.median(Quality(hours={3: 2})) == "between 4 and 8 hours (of 2 devices)"
    assert views.median(Quality(hours={12: 1})) == "more than 720 hours (of 1 device)"
    assert "steps" in views.MEANING
    assert "first time" in views.MEANING


@pytest.mark.feature("B15")
def test_reminders_of_very_much_fit_into_a_message():
    asked = ("2026-03-03T09:30:00Z", "2026-03-05T09:30:00Z")
    piles = tuple(
        Pile(f"U-7K3F-9QMC-{number:04}-AAAA", f"RSL-{number}", number + 1, "2026-03-02T09:30:00Z", asked)
        for number in range(100)
    )
    people = tuple(f"person:T0NW:U{number}" for number in range(30))
    nia, rae = reader("CUST-1", CustomerRole.ADMIN), reader("RSL-1", ResellerRole.UPLOADER)
    assert "there are more" in fits(reminders.reminder(by_reseller(piles), nia, more=True))
    assert "5,050 devices" in fits(reminders.escalation(by_reseller(piles), asked, people, nia))
    assert "Nobody of your company may decide" in fits(reminders.escalation(by_reseller(piles), (), (), nia))
    told = fits(reminders.still_waiting(piles, "CUST-1", people, rae))
    assert "5,050 devices are still waiting" in told
    assert "and 20 more" in told
    assert "It has nobody who may decide." in fits(reminders.still_waiting(piles[:1], "CUST-1", (), rae))
