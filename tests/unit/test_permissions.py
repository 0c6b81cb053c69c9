"""Who may do what: every cell of the table, and none beside it."""

from __future__ import annotations

import pytest

from rollcall.accounts import CustomerRole, OperatorRole, ResellerRole
from rollcall.permissions import Act, acts_of, allows, is_attended, roles_that_may

RV, RU, RA = ResellerRole.VIEWER, ResellerRole.UPLOADER, ResellerRole.ADMIN
CV, CP, CA = CustomerRole.VIEWER, CustomerRole.APPROVER, CustomerRole.ADMIN
OP = OperatorRole.OPERATOR
ROLES = [RV, RU, RA, CV, CP, CA, OP]

MAY = {
    Act.SEE_DEVICES: [RV, RU, RA, CV, CP, CA],
    Act.SEE_UPLOADS: [RV, RU, RA, CV, CP, CA],
    Act.UPLOAD: [RU, RA],
    Act.UNDO_OWN_UPLOAD: [RU, RA],
    Act.DELETE: [RA],
    Act.UNDO_ANY_UPLOAD: [RA],
    Act.DECIDE: [CP, CA],
    Act.SET_RULES: [CP, CA],
    Act.RELEASE: [CP, CA],
    Act.MANAGE_ACCOUNT: [RA, CA],
    Act.INVITE_CUSTOMERS: [RA, OP],
    Act.OPERATE: [OP],
    Act.SEE_CONTENT_WITH_REASON: [OP],
}


def name(value):
    return f"{type(value).__name__}.{value.name}"


@pytest.mark.parametrize("act", Act, ids=name)
@pytest.mark.parametrize("role", ROLES, ids=name)
def test_every_cell(role, act):
    may = any(role is one for one in MAY[act])  # "is": an admin of the other side is equal as a text

    assert allows(role, act) is may
    assert (act in acts_of(role)) is may


@pytest.mark.parametrize("act", Act, ids=name)
def test_who_may(act):
    assert [name(role) for role in roles_that_may(act)] == [name(role) for role in MAY[act]]


def test_the_same_word_on_the_other_side_gives_no_right():
    """The texts of the two "admin"s are equal; the rights must not be."""
    assert ResellerRole.ADMIN == CustomerRole.ADMIN

    assert not allows(CustomerRole.ADMIN, Act.UPLOAD)
    assert not allows(ResellerRole.ADMIN, Act.DECIDE)


def test_a_text_is_no_role():
    with pytest.raises(KeyError):
        allows("admin", Act.UPLOAD)


@pytest.mark.parametrize(
    ("roles", "attended"),
    [([], False), ([RV], False), ([CV, CV], False), ([RV, RU], True), ([RA], True), ([CP], True), ([CA], True)],
)
def test_an_account_needs_somebody_who_may_act(roles, attended):
    assert is_attended(roles) is attended
