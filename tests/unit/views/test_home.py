"""The App Home tab."""

from __future__ import annotations

import pytest

from rollcall.accounts import Operator, Person
from rollcall.acting import Stranger
from rollcall.uploads import UploadStatus
from rollcall.views.home import customer_home, operator_home, reseller_home, stranger_home
from rollcall.views.message import Message
from rollcall.waiting import Looked, Waiting
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, actions, fits, line, said


def words(view):
    return said(Message("x", view["blocks"]))


def waiting(company, number=1):
    return Waiting(f"U-7K3F-9QMC-2V5R-{number:04}", company, 40, AT, "PO 17")


def looked(*uploads, **more):
    return Looked(uploads, sum(one.devices for one in uploads), **more)


def test_a_reseller_sees_what_failed_what_waits_and_what_came():
    lines = [line(), line(2, UploadStatus.ERROR, stored=0, refused=9)]
    view = fits(reseller_home(lines, looked(waiting("CUST-NORTHWIND")), RAE, updated_at=AT))

    text = words(view)
    assert "Updated <!date^1772357400" in text
    parts = (
        "Needs you: 1 upload",
        "Failed: nothing stored",
        "40 devices waiting for customers",
        "For Northwind",
        "Recent",
    )
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "Acme Mobile · reseller" in text


def test_a_customer_sees_what_waits_grouped_by_reseller():
    view = fits(
        customer_home(
            looked(waiting("RSL-B"), waiting("RSL-ACME", 2), waiting("RSL-B", 3)), [line()], NIA, updated_at=AT
        )
    )

    text = words(view)
    assert "120 devices waiting for you" in text
    assert text.count("From RSL-B") == 1
    assert text.index("From Acme Mobile") < text.index("From RSL-B")
    assert actions(Message("x", view["blocks"])) == ["uploads.open"] * 5
    assert "`march.csv`* from Acme Mobile" in text


@pytest.mark.parametrize("number", [0, 1, 50, 5_000])
def test_any_number_fits(number):
    lines = [line(place, UploadStatus.ERROR, stored=0, refused=1) for place in range(number)]
    waits = looked(*(waiting(f"RSL-{place}", place) for place in range(number)))

    for view in (reseller_home(lines, waits, RAE, updated_at=AT), customer_home(waits, lines, NIA, updated_at=AT)):
        fits(view)
        assert view["blocks"][-1]["elements"][0]["text"].startswith(("Acme", "Northwind"))
    many = words(reseller_home(lines, waits, RAE, updated_at=AT))
    assert f"And {number - 10:,} more uploads" in many or number <= 10
    assert f"And {number - 20:,} more uploads" in many or number <= 20
    assert ("there are more" in words(customer_home(waits, lines, NIA, updated_at=AT))) == (number > 20)


def test_what_was_counted_is_said_and_a_check_needs_nobody():
    lines = [
        line(1, UploadStatus.COMPLETED_WITH_ERROR, stored=1, refused=1),
        line(2, UploadStatus.ERROR, stored=0, refused=0, fault="FILE_KIND"),
        line(3, UploadStatus.ERROR, stored=0, refused=3, check_only=True),
    ]
    text = words(fits(reseller_home(lines, looked(waiting("CUST-NORTHWIND"), is_all=False), RAE, updated_at=AT)))
    assert "*Needs you: 1 upload with refused rows, 1 file refused as a whole*" in text
    assert "Counted in your newest 3 uploads, without checks." in text
    assert "*40 devices waiting for customers, in your newest 3 uploads*" in text
    assert "Older uploads were not looked at: `/rollcall uploads list`" in text

    text = words(fits(reseller_home(lines, looked(is_all=False), RAE, updated_at=AT)))
    assert "No device of your newest 3 uploads waits" in text
    text = words(fits(reseller_home(lines[2:], looked(), RAE, updated_at=AT)))
    assert "Needs you" not in text
    assert "No device waits for a customer's decision." in text


def test_a_customer_hears_how_many_wait_although_not_all_are_named():
    waits = Looked((waiting("RSL-B"),), 900, more=True)
    assert "*900 devices waiting for you*" in words(fits(customer_home(waits, [], NIA, updated_at=AT)))
    waits = Looked((), 30_000, is_all=False, more=True)
    text = words(fits(customer_home(waits, [], NIA, updated_at=AT)))
    assert "*more than 30,000 devices waiting for you*" in text
    assert "Nothing waits" not in text


def test_nothing_to_show_says_what_to_do():
    assert "Upload a CSV file here" in words(fits(reseller_home([], looked(), RAE, updated_at=AT)))
    assert "Nothing waits for you" in words(fits(customer_home(looked(), [], NIA, updated_at=AT)))


def test_an_operator_sees_what_needs_one():
    operator = Operator("T0OPS", "U0OPS", "Olu Ops")

    assert "Nothing needs you now" in words(fits(operator_home(operator, updated_at=AT)))
    assert "3 dead letters" in words(fits(operator_home(operator, updated_at=AT, notes=["3 dead letters"])))


def test_a_stranger_sees_who_they_are():
    assert "`U0X`" in words(fits(stranger_home(Stranger(Person("T0X", "U0X")), updated_at=AT)))


def test_a_tab_that_is_published_again_has_new_ids_where_it_changed():
    before, after = (
        reseller_home([], looked(waiting("CUST-NORTHWIND", n)), RAE, updated_at=AT)["blocks"] for n in (1, 2)
    )

    assert [old["block_id"] == new["block_id"] for old, new in zip(before, after, strict=True)].count(False) == 1
    assert UPLOAD not in str(before)
