"""Where a notice goes, and which one it is (row B26)."""

from __future__ import annotations

import pytest

from rollcall.accounts import CustomerRole, Member, NotifyTarget, Person, ResellerRole
from rollcall.notices import board_notice, channel_notice, person_of, upload_notice
from rollcall.routes import admins_only, channel, dm, route

pytestmark = pytest.mark.feature("B26")


def member(user, role, account="RSL-ACME"):
    return Member(account=account, team="T0ACME", user=user, name=user, role=role)


RAE = member("U0RAE", ResellerRole.ADMIN)
UMA = member("U0UMA", ResellerRole.UPLOADER)
ROB = member("U0ROB", ResellerRole.ADMIN)
MEMBERS = (RAE, UMA, ROB)
CHANNEL = NotifyTarget("T0ACME", "C0ACME")


def test_the_uploader_comes_first_then_the_channel_then_the_admins():
    assert route(UMA.person, CHANNEL, MEMBERS) == (
        (dm(UMA.person),),
        (channel(CHANNEL),),
        (dm(RAE.person), dm(ROB.person)),
    )


@pytest.mark.parametrize("person", [None, Person("T0ACME", "U0GONE"), Person("T0OTHER", "U0UMA")])
def test_who_is_no_member_now_is_not_told(person):
    assert route(person, CHANNEL, MEMBERS)[0] == (channel(CHANNEL),)


def test_without_a_channel_the_admins_are_next():
    assert route(None, None, MEMBERS) == ((dm(RAE.person), dm(ROB.person)),)


def test_without_anybody_there_is_no_route():
    assert route(None, None, ()) == ()


@pytest.mark.parametrize(
    ("role", "is_admin"),
    [(role, role.name == "ADMIN") for side in (ResellerRole, CustomerRole) for role in side],
)
def test_admins_of_either_side_are_admins_and_nobody_else(role, is_admin):
    account = "RSL-ACME" if isinstance(role, ResellerRole) else "CUST-NORTHWIND"
    assert bool(admins_only([member("U0X", role, account)])) is is_admin


def test_a_dm_and_a_channel_are_told_apart():
    assert dm(RAE.person).is_dm
    assert not channel(CHANNEL).is_dm
    assert dm(RAE.person).key == "T0ACME#U0RAE"


def test_a_notice_has_one_id_for_one_subject_and_audience():
    ids = {
        upload_notice("U-1", "RSL-ACME").id,
        upload_notice("U-2", "RSL-ACME").id,
        upload_notice("U-1", "RSL-BOLTWAVE").id,
        board_notice("2026-03-01", "RSL-ACME").id,
        board_notice("2026-03-01", "RSL-ACME", "T0ACME#U0RAE").id,
        board_notice("2026-03-02", "RSL-ACME").id,
        channel_notice("T0ACME", "C0ACME", "RSL-ACME").id,
    }
    assert len(ids) == 7
    assert upload_notice("U-1", "RSL-ACME").id in ids
    assert all(len(found) == len("N-") + 16 for found in ids)


@pytest.mark.parametrize(("key", "person"), [("T0ACME#U0RAE", RAE.person), ("", None), ("T0ACME#", None)])
def test_a_persons_key_leads_back_to_the_person(key, person):
    assert person_of(key) == person
