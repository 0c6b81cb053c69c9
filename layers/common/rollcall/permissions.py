"""Who may do what: one table. Rights come from the stored role at the moment of the act."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.accounts import CustomerRole, OperatorRole, ResellerRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.accounts import Role


class Act(StrEnum):
    """Something a role may or may not do, always within the role's own account."""

    #: find, list, export, history of own company's devices
    SEE_DEVICES = "see devices"
    #: uploads: list, errors, reports (a customer: its own part)
    SEE_UPLOADS = "see uploads"
    #: upload, check, tag, refresh, nudge
    UPLOAD = "upload"
    #: undo own upload within 24 h; whose it was and when is for the caller to compare
    UNDO_OWN_UPLOAD = "undo own upload"
    #: delete, exchange
    DELETE = "delete"
    #: undo any upload of the account
    UNDO_ANY_UPLOAD = "undo any upload"
    #: accept, reject, undo, bulk, register or block a reseller
    DECIDE = "decide"
    #: auto-accept rules, expected orders
    SET_RULES = "set rules"
    #: let a reseller delete devices that were accepted, or keep them
    RELEASE = "release devices that were accepted"
    #: members, channels, references, sold-to codes, keys, settings of own account
    MANAGE_ACCOUNT = "manage account"
    #: invite companies that become customers: of one's own, or of whoever is named
    INVITE_CUSTOMERS = "invite customers"
    #: invite companies, see ids, counts, errors, dead letters, replay, undelivered notices
    OPERATE = "operate"
    #: content of a company, with a reason, shown in that company's audit
    SEE_CONTENT_WITH_REASON = "see content with reason"


_COLUMNS: Final[tuple[Role, ...]] = (
    *(ResellerRole.VIEWER, ResellerRole.UPLOADER, ResellerRole.ADMIN),
    *(CustomerRole.VIEWER, CustomerRole.APPROVER, CustomerRole.ADMIN),
    OperatorRole.OPERATOR,
)

# Reseller: viewer, uploader, admin; customer: viewer, approver, admin; operator.
_TABLE: Final[Mapping[Act, str]] = {
    Act.SEE_DEVICES: "            x x x   x x x   -",
    Act.SEE_UPLOADS: "            x x x   x x x   -",
    Act.UPLOAD: "                 - x x   - - -   -",
    Act.UNDO_OWN_UPLOAD: "        - x x   - - -   -",
    Act.DELETE: "                 - - x   - - -   -",
    Act.UNDO_ANY_UPLOAD: "        - - x   - - -   -",
    Act.DECIDE: "                 - - -   - x x   -",
    Act.SET_RULES: "              - - -   - x x   -",
    Act.RELEASE: "                - - -   - x x   -",
    Act.MANAGE_ACCOUNT: "         - - x   - - x   -",
    Act.INVITE_CUSTOMERS: "       - - x   - - -   x",
    Act.OPERATE: "                - - -   - - -   x",
    Act.SEE_CONTENT_WITH_REASON: "- - -   - - -   x",
}

# By class first: "admin" of a reseller equals "admin" of a customer as a text, and must never be taken for it.
_RIGHTS: Final[Mapping[tuple[type[Role], Role], frozenset[Act]]] = {
    (type(role), role): frozenset(act for act, marks in _TABLE.items() if marks.split()[column] == "x")
    for column, role in enumerate(_COLUMNS)
}


def allows(role: Role, act: Act) -> bool:
    """Whether a role may do something in its own account."""
    return act in acts_of(role)


def acts_of(role: Role) -> frozenset[Act]:
    """Everything a role may do in its own account."""
    return _RIGHTS[type(role), role]


def roles_that_may(act: Act) -> tuple[Role, ...]:
    """The roles that may do something, to say so to someone who may not."""
    return tuple(role for role in _COLUMNS if allows(role, act))


def roles_within(role: Role) -> tuple[Role, ...]:
    """The roles of the same side that may do nothing which a role may not; the least first, itself the last."""
    mine = acts_of(role)
    return tuple(one for one in _COLUMNS if type(one) is type(role) and acts_of(one) <= mine)


def is_attended(roles: Iterable[ResellerRole | CustomerRole]) -> bool:
    """Whether people with these roles can do an account's daily work: upload for a reseller, decide for a customer."""
    return any(allows(role, Act.UPLOAD) or allows(role, Act.DECIDE) for role in roles)
