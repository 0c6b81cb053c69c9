"""The accounts table: what lies under which key, and how it is reached.

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

import random
import time
from typing import TYPE_CHECKING, Final, TypeVar

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.exceptions import TransactWriteError
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Person

PROFILE: Final = "profile"
KEY: Final = "key"
CUSTOMER: Final = "customer"
OPERATORS: Final = "operators"
COMPANIES: Final = "companies"
PRESENCE: Final = "presence"
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


class Item(Model):
    """The two keys, which all items have. By itself it is a pointer.

    Attributes:
        target: of a pointer: an account id, or a key's digest.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    target = UnicodeAttribute(null=True)


class PersonItem(Item):
    """Whatever lies under a person: pointers to accounts, and their presence.

    Attributes:
        left: of the presence alone: Slack said that the person's account is deactivated.
    """

    left = BooleanAttribute(null=True)


class ProfileItem(Item):
    """A company of either side.

    Attributes:
        admins: persons' keys; a set, so that "never the last admin" is a condition on this one item.
        msp_ids: of a reseller; a set, so that "carries this MSP id" is a condition, too.
        msp_id: of a customer.
        sold_to_codes: list of [alias, code].
        notify: [team, channel].
        undo_seconds: of a customer: see `rollcall.accounts.Customer`; none: as the deployment has it.
        release_verified: likewise; none: yes.
        time_zone: IANA name; none: nobody has said.
        language: see `rollcall.languages`; none: English.
        reminders: of a customer: hours, see `rollcall.reminder_books`; none: as usual.
    """

    account = UnicodeAttribute()
    name = UnicodeAttribute()
    msp_ids = UnicodeSetAttribute(null=True)
    msp_id = UnicodeAttribute(null=True)
    sold_to_codes = JSONAttribute(null=True)
    notify = JSONAttribute(null=True)
    admins = UnicodeSetAttribute(null=True)
    undo_seconds = NumberAttribute(null=True)
    release_verified = BooleanAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    reminders = JSONAttribute(null=True)


class MemberItem(Item):
    """A person's place in an account, or among the operators."""

    account = UnicodeAttribute()
    person = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute(default="")
    role = UnicodeAttribute()


class LinkItem(Item):
    """A link, in the customer's partition: what is most worth guarding in it is the customer's decision.

    Attributes:
        own: false where the reseller has no link of its own: then only the decision counts, for as long as the
            reseller carries the customer's MSP id.
        declared: what the accounts file said last; a decision taken since is kept until the file says something else.
    """

    reseller = UnicodeAttribute()
    customer = UnicodeAttribute()
    internal_reference = UnicodeAttribute(default="")
    registered = UnicodeAttribute()
    own = BooleanAttribute()
    declared = UnicodeAttribute(null=True)


class KeyItem(Item):
    """An API key, under its digest."""

    account = UnicodeAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()


class InvitationItem(Item):
    """An invitation; see `rollcall.invitations.Invitation`.

    Attributes:
        by: person's key; ``holder`` and ``used_by`` likewise.
        until: epoch seconds.
        expires: epoch seconds after which DynamoDB forgets it; until then an old code is told from a forged one.
    """

    kind = UnicodeAttribute()
    by = UnicodeAttribute()
    by_account = UnicodeAttribute(default="")
    until = NumberAttribute()
    company = UnicodeAttribute(default="")
    reseller = UnicodeAttribute(default="")
    reference = UnicodeAttribute(default="")
    role = UnicodeAttribute(default="")
    holder = UnicodeAttribute(null=True)
    note = UnicodeAttribute(default="")
    used_by = UnicodeAttribute(null=True)
    revoked_by = UnicodeAttribute(null=True)
    expires = NumberAttribute()


class InvitedItem(Item):
    """Pointer to an invitation, forgotten together with it."""

    expires = NumberAttribute()


class ChangeItem(Item):
    """What somebody changed; see `rollcall.account_changes.Change`."""

    account = UnicodeAttribute()
    by = UnicodeAttribute()
    at = UnicodeAttribute()
    what = UnicodeAttribute()
    about = UnicodeAttribute(default="")
    before = UnicodeAttribute(default="")
    after = UnicodeAttribute(default="")
    by_name = UnicodeAttribute(default="")
    operator = BooleanAttribute(default=False)


class InsightItem(Item):
    """An operator's leave to read; see `rollcall.insights.Insight`.

    Attributes:
        until: epoch seconds.
        expires: epoch seconds after which DynamoDB forgets it, some time after it is over.
    """

    account = UnicodeAttribute()
    insight = UnicodeAttribute()
    name = UnicodeAttribute()
    reason = UnicodeAttribute()
    at = UnicodeAttribute()
    until = NumberAttribute()
    expires = NumberAttribute()


class ConditionFailedError(Exception):
    """A write was refused because what it was decided on is no longer so: read again."""


#: How often a write is tried that another one got in the way of.
ATTEMPTS: Final = 6
_FIRST_PAUSE: Final = 0.02  # seconds
_CONDITION: Final = "ConditionalCheckFailed"
_WORTH_RETRYING: Final = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}

ItemT = TypeVar("ItemT", bound=Item)


class AccountsTable:
    """The models, tied to one table, and transactions over them.

    Args:
        table: name of the table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self.pointers = bind(Item, table, region=region, host=host)
        self.people = bind(PersonItem, table, region=region, host=host)
        self.profiles = bind(ProfileItem, table, region=region, host=host)
        self.members = bind(MemberItem, table, region=region, host=host)
        self.links = bind(LinkItem, table, region=region, host=host)
        self.keys = bind(KeyItem, table, region=region, host=host)
        self.invitations = bind(InvitationItem, table, region=region, host=host)
        self.invited = bind(InvitedItem, table, region=region, host=host)
        self.changes = bind(ChangeItem, table, region=region, host=host)
        self.insights = bind(InsightItem, table, region=region, host=host)
        # Left to themselves, they would each make a client of their own, at 0.2 s and a TLS handshake apiece. They
        # can share one connection because they agree in what it knows of a table: its keys, and that it has no index.
        self._connection = self.pointers._get_connection().connection  # noqa: SLF001 - there is no public way to it
        accounts = (self.people, self.profiles, self.members, self.links, self.keys)
        others = (*accounts, self.invitations, self.invited, self.changes, self.insights)
        for model in others:
            model._get_connection().connection = self._connection  # noqa: SLF001 - likewise

    def transact(self, fill: Callable[[TransactWrite], None]) -> None:
        """Writes all or nothing.

        Args:
            fill: puts the writes into the transaction; called again for each attempt.

        Raises:
            ConditionFailedError: a condition did not hold, and nothing was written.
            TransactWriteError: DynamoDB would not, or not within the attempts.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with TransactWrite(connection=self._connection) as transaction:
                    fill(transaction)
            except TransactWriteError as error:
                codes = {reason.code for reason in error.cancellation_reasons if reason}
                if _CONDITION in codes:
                    raise ConditionFailedError from error
                if not codes & _WORTH_RETRYING or attempt == ATTEMPTS:
                    raise
            else:
                return
            time.sleep(random.uniform(0, _FIRST_PAUSE * 2**attempt))  # noqa: S311 - jitter, not a secret


def get(model: type[ItemT], pk: str, sk: str) -> ItemT | None:
    """The item under a key, as it stands now; None if there is none."""
    try:
        return model.get(pk, sk, consistent_read=True)
    except model.DoesNotExist:
        return None


def under(model: type[ItemT], pk: str, prefix: str) -> list[ItemT]:
    """The items of a partition whose sort keys begin alike, in their order, as they stand now."""
    return list(model.query(pk, model.sk.startswith(prefix), consistent_read=True))
