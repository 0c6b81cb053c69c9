"""Companies, people and keys as values."""

from __future__ import annotations

import dataclasses

import pytest

from rollcall.accounts import (
    CUSTOMER_ID,
    MSP_ID,
    RESELLER_ID,
    CustomerRole,
    Link,
    Member,
    Operator,
    Person,
    Registration,
    ResellerRole,
    key_digest,
    role_of,
)


@pytest.mark.parametrize(("shape", "prefix"), [(RESELLER_ID, "RSL"), (CUSTOMER_ID, "CUST"), (MSP_ID, "MSP")])
@pytest.mark.parametrize(
    ("rest", "good"),
    [
        ("-ACME", True),
        ("-ACME-2", True),
        ("-7", True),
        ("", False),
        ("-", False),
        ("-acme", False),
        ("-A#B", False),
        ("-A/B", False),
        ("-A_many", False),
        ("-A B", False),
        ("-ACME\n", False),
        ("-ÄCME", False),
        ("-" + "A" * 61, False),
    ],
)
def test_ids_are_safe_in_keys(shape, prefix, rest, good):
    assert bool(shape.fullmatch(prefix + rest)) is good


def test_many_is_never_an_account():
    assert not any(shape.fullmatch("_many") for shape in (RESELLER_ID, CUSTOMER_ID, MSP_ID))


def test_a_person_is_a_team_and_a_user():
    assert Person("T0ACME", "U0RAE").key == "T0ACME#U0RAE"
    assert Person("T0ACME", "U0RAE") != Person("T0NW", "U0RAE")
    assert Member("RSL-ACME", "T0ACME", "U0RAE", "Rae", ResellerRole.ADMIN).person == Person("T0ACME", "U0RAE")
    assert Operator("T0OPS", "U0OPS", "Olu Ops").person == Person("T0OPS", "U0OPS")


@pytest.mark.feature("P24")
@pytest.mark.parametrize(
    ("state", "registered", "blocked"),
    [
        (Registration.REGISTERED, True, False),
        (Registration.UNREGISTERED, False, False),
        (Registration.BLOCKED, False, True),
    ],
)
def test_what_a_registration_means(state, registered, blocked):
    link = Link("RSL-ACME", "CUST-NORTHWIND", registered=state)

    assert (link.is_registered, link.is_blocked) == (registered, blocked)


def test_a_new_link_is_not_registered():
    assert Link("RSL-ACME", "CUST-NORTHWIND").registered is Registration.UNREGISTERED


def test_a_role_is_one_of_its_side():
    assert role_of("RSL-ACME", "admin") is ResellerRole.ADMIN
    assert role_of("CUST-NORTHWIND", "admin") is CustomerRole.ADMIN
    with pytest.raises(ValueError, match="approver"):
        role_of("RSL-ACME", "approver")
    with pytest.raises(ValueError, match="uploader"):
        role_of("CUST-NORTHWIND", "uploader")


def test_a_key_is_kept_as_its_sha_256():
    # printf abc | sha256sum; the example of FIPS 180-2
    assert key_digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_values_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Person("T0ACME", "U0RAE").team = "T0NW"
