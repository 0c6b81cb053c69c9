"""The accounts table: what lies under which key.

| pk | sk | what |
|---|---|---|
| `account#RSL-ACME` | `profile` | the company, and who its admins are |
| `account#RSL-ACME` | `member#T0ACME#U0RAE` | one person's place in it |
| `account#RSL-ACME` | `link#CUST-NORTHWIND` | pointer: this reseller has a link to that customer |
| `account#RSL-ACME` | `key#erp` | pointer: digest of the key of that name |
| `account#CUST-NORTHWIND` | `link#RSL-ACME` | the link: reference, and what the customer decided about the reseller |
| `person#T0ACME#U0RAE` | `account#RSL-ACME` | pointer: this person is a member there |
| `msp#MSP-CONTOSO` | `customer` | pointer: the one customer that is this MSP |
| `msp#MSP-CONTOSO` | `reseller#RSL-ACME` | pointer: a reseller that carries this MSP id |
| `key#<sha256>` | `key` | one API key |
| `operators` | `member#T0OPS#U0OPS` | one operator |
| `companies` | `RSL-ACME` | pointer: there is this company; and what the clock found missing in it |
| `person#T0ACME#U0RAE` | `presence` | whether the person's Slack account is deactivated, as far as is known |
| `person#T0BRANCH#W0RAE` | `home` | under which other workspace of an organisation Slack knows the same person |
| `catalogue` | `current` | which edition of the manufacturer's catalogue counts |
| `catalogue#C-…` | `tac#35693803` | the models of one code of an edition |
| `invitation#<digest>` | `invitation` | one invitation |
| `account#RSL-ACME` | `invited#<digest>` | pointer: an invitation of this account |
| `invitation#operators` | `invited#<digest>` | pointer: one by an operator |
| `account#RSL-ACME` | `change#2026-03-01T09:30:00Z#…` | what somebody changed or looked at; never changed itself |
| `person#T0OPS#U0OPS` | `insight#RSL-ACME` | until when this operator may read what that company has |

Every fact stands once. A pointer carries none, and is written in one transaction with what it points to, so all
reads are of the table itself and strongly consistent: a right that was taken away is gone at the next click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.accounts import Person

PROFILE: Final = "profile"
KEY: Final = "key"
CUSTOMER: Final = "customer"
OPERATORS: Final = "operators"
COMPANIES: Final = "companies"
PRESENCE: Final = "presence"
HOME: Final = "home"
INVITATION: Final = "invitation"
#: Partition of the pointers to invitations by operators; not theirs itself, which nobody writes from Slack.
OPERATORS_INVITED: Final = "invitation#operators"


def account_pk(account: str) -> str:
    """Partition of an account."""
    return f"account#{account}"


def member_sk(person: Person) -> str:
    """Sort key of a person's place in an account, or among the operators."""
    return f"member#{person.key}"


def insight_sk(account: str) -> str:
    """Sort key, in an operator's partition, of their leave to read what a company has."""
    return f"insight#{account}"


def link_sk(account: str) -> str:
    """Sort key of a link, or the pointer to one, by the account at its other end."""
    return f"link#{account}"


def person_pk(person: Person) -> str:
    """Partition of the accounts that a person is a member of."""
    return f"person#{person.key}"


def msp_pk(msp_id: str) -> str:
    """Partition of an MSP id."""
    return f"msp#{msp_id}"


def reseller_sk(reseller_id: str) -> str:
    """Sort key, in an MSP id's partition, of a reseller that carries it."""
    return f"reseller#{reseller_id}"


def key_pk(digest: str) -> str:
    """Partition of an API key."""
    return f"key#{digest}"


def invitation_pk(digest: str) -> str:
    """Partition of an invitation."""
    return f"invitation#{digest}"


def invited_sk(digest: str) -> str:
    """Sort key, in the inviter's partition, of the pointer to an invitation."""
    return f"invited#{digest}"


def key_sk(name: str) -> str:
    """Sort key, in an account's partition, of the pointer to its key of that name."""
    return f"key#{name}"
