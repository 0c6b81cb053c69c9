"""Companies, the links between them, their people and their keys, as plain values."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rollcall.languages import Language
from rollcall.reminders import Reminding

#: How an account's id looks, by kind. None of them can hold "#", "/" or "_many", so an id is safe in a key.
RESELLER_ID: Final = re.compile(r"RSL-[A-Z0-9-]{1,60}")
CUSTOMER_ID: Final = re.compile(r"CUST-[A-Z0-9-]{1,60}")
MSP_ID: Final = re.compile(r"MSP-[A-Z0-9-]{1,60}")


class ResellerRole(StrEnum):
    """What a person or key may do for a reseller; `rollcall.permissions` says what that is."""

    VIEWER = "viewer"
    UPLOADER = "uploader"
    ADMIN = "admin"


class CustomerRole(StrEnum):
    """What a person or key may do for a customer; `rollcall.permissions` says what that is."""

    VIEWER = "viewer"
    APPROVER = "approver"
    ADMIN = "admin"


class OperatorRole(StrEnum):
    """Those who run Rollcall itself have one role."""

    OPERATOR = "operator"


#: A role of either side. "viewer" and "admin" stand on both: compare roles of one side only, never their texts.
Role = ResellerRole | CustomerRole | OperatorRole


class Registration(StrEnum):
    """Whether a customer has agreed to receive devices from a reseller (P24)."""

    REGISTERED = "registered"
    UNREGISTERED = "unregistered"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as Slack knows them. A user id alone is not a person: two workspaces may both have it.

    Attributes:
        team: home workspace or enterprise, such as "T0ACME".
        user: user id in it, such as "U0RAE".
    """

    team: str
    user: str

    @property
    def key(self) -> str:
        """Both ids in one text, such as "T0ACME#U0RAE"."""
        return f"{self.team}#{self.user}"


@dataclass(frozen=True, slots=True)
class SoldToCode:
    """A code that ties a sale to the manufacturer, and the alias under which people pick it."""

    alias: str
    code: str


@dataclass(frozen=True, slots=True)
class NotifyTarget:
    """The channel in which an account wants to be told things."""

    team: str
    channel: str


@dataclass(frozen=True, slots=True)
class Reseller:
    """A company that sells devices and uploads them.

    Attributes:
        id: such as "RSL-ACME".
        name: company name.
        msp_ids: the MSPs it may upload to without a link of its own (P11).
        sold_to_codes: in the order of the list; no alias stands twice.
        notify: None: its people are told in person.
        time_zone: IANA name; empty if none is set.
        digest: it is told of the quality of uploads once a week (B22).
        language: in which its people are told things.
    """

    id: str
    name: str
    msp_ids: tuple[str, ...] = ()
    sold_to_codes: tuple[SoldToCode, ...] = ()
    notify: NotifyTarget | None = None
    time_zone: str = ""
    digest: bool = True
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Customer:
    """A company that bought devices and decides about them.

    Attributes:
        id: such as "CUST-NORTHWIND".
        name: company name.
        msp_id: set for a managed service provider; belongs to this one customer.
        notify: None: its people are told in person.
        undo_seconds: how long a decision on a few devices can be undone (B7); None: as the deployment has it.
        release_verified: VERIFIED devices are deleted only once the customer has released them (P15).
        time_zone: IANA name; empty if none is set.
        digest: it is told of the quality of uploads once a week (B22).
        reminding: when it is reminded of what waits for its decision (B15).
        language: in which its people are told things.
    """

    id: str
    name: str
    msp_id: str | None = None
    notify: NotifyTarget | None = None
    undo_seconds: int | None = None
    release_verified: bool = True
    time_zone: str = ""
    digest: bool = True
    reminding: Reminding = field(default_factory=Reminding)
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Link:
    """A reseller may upload to a customer.

    Attributes:
        reseller: account id.
        customer: account id, never an MSP id.
        internal_reference: what the reseller calls this customer; may be empty.
        registered: what the customer decided about the reseller. Always a true value: ask `is_registered`.
        via_msp: there is no link of the reseller's own, it carries the customer's MSP id.
    """

    reseller: str
    customer: str
    internal_reference: str = ""
    registered: Registration = Registration.UNREGISTERED
    via_msp: bool = False

    @property
    def is_registered(self) -> bool:
        """The customer has agreed to receive devices from this reseller."""
        return self.registered is Registration.REGISTERED

    @property
    def is_blocked(self) -> bool:
        """The customer takes no more uploads from this reseller."""
        return self.registered is Registration.BLOCKED


@dataclass(frozen=True, slots=True)
class Member:
    """A person's place in one account; the same person may have others.

    Attributes:
        account: reseller or customer id.
        team: home workspace or enterprise of the person.
        user: user id in it.
        name: as shown to the other company, too.
        role: of the account's side.
        email: shown to the own company only; may be empty.
    """

    account: str
    team: str
    user: str
    name: str
    role: ResellerRole | CustomerRole
    email: str = ""

    @property
    def person(self) -> Person:
        """Who it is, whatever the account."""
        return Person(self.team, self.user)


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who runs Rollcall."""

    team: str
    user: str
    name: str
    role: OperatorRole = OperatorRole.OPERATOR

    @property
    def person(self) -> Person:
        """Who it is."""
        return Person(self.team, self.user)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of the HTTP API. The key itself is nowhere kept, only its digest.

    Attributes:
        account: reseller or customer id.
        name: unique in the account.
        sha256: digest as `key_digest` gives it.
        role: of the account's side.
    """

    account: str
    name: str
    sha256: str
    role: ResellerRole | CustomerRole


@dataclass(frozen=True, slots=True)
class Directory:
    """All accounts of an accounts file, already checked."""

    operators: tuple[Operator, ...] = ()
    resellers: tuple[Reseller, ...] = ()
    customers: tuple[Customer, ...] = ()
    links: tuple[Link, ...] = ()
    members: tuple[Member, ...] = ()
    keys: tuple[ApiKey, ...] = ()


def key_digest(key: str) -> str:
    """SHA-256 of an API key as 64 lower-case hexadecimal digits; keys are long and random, so no salt is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def role_of(account: str, text: str) -> ResellerRole | CustomerRole:
    """The role that a stored text means in an account.

    Raises:
        ValueError: the account's side has no such role.
    """
    return ResellerRole(text) if account.startswith("RSL-") else CustomerRole(text)
