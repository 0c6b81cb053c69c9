"""For which account a person acts."""

from __future__ import annotations

import pytest

from rollcall.accounts import CustomerRole, Member, Person, ResellerRole
from rollcall.acting import Acting, Stranger, Undecided, choose

TAM = Person("T0BOLT", "U0TWO")


def member(account, role):
    return Member(account=account, team=TAM.team, user=TAM.user, name="Tam", email="tam@bolt.example", role=role)


RESELLER = member("RSL-BOLTWAVE", ResellerRole.VIEWER)
CUSTOMER = member("CUST-FABRIKAM", CustomerRole.APPROVER)
BOTH = (RESELLER, CUSTOMER)


@pytest.mark.feature("B25")
@pytest.mark.parametrize(
    ("memberships", "named", "remembered", "expected"),
    [
        ((RESELLER,), "", "", RESELLER),
        ((RESELLER,), "", "CUST-FABRIKAM", RESELLER),
        ((RESELLER,), "rsl-boltwave", "", RESELLER),
        (BOTH, "", "CUST-FABRIKAM", CUSTOMER),
        (BOTH, "", "cust-fabrikam", CUSTOMER),
        (BOTH, "RSL-BOLTWAVE", "CUST-FABRIKAM", RESELLER),
        (BOTH, "Cust-Fabrikam", "RSL-BOLTWAVE", CUSTOMER),
        (BOTH, "", "", Undecided(BOTH)),
        (BOTH, "", "RSL-ACME", Undecided(BOTH)),
        (BOTH, "RSL-ACME", "RSL-BOLTWAVE", Stranger(TAM, "RSL-ACME", BOTH)),
        ((RESELLER,), "RSL-ACME", "", Stranger(TAM, "RSL-ACME", (RESELLER,))),
        ((), "", "", Stranger(TAM)),
        ((), "RSL-ACME", "RSL-ACME", Stranger(TAM, "RSL-ACME")),
    ],
)
def test_what_is_named_counts_then_what_was_chosen_then_what_is_the_only_one(memberships, named, remembered, expected):
    assert choose(TAM, memberships, named=named, remembered=remembered) == expected


@pytest.mark.parametrize(("place", "is_reseller"), [(RESELLER, True), (CUSTOMER, False)])
def test_the_side_follows_from_the_role(place, is_reseller):
    acting = Acting(place, "A company")
    assert (acting.account, acting.is_reseller) == (place.account, is_reseller)
