"""The accounts table, as it is reached: its models tied to one table, transactions, and consistent reads."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final, TypeVar

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from rollcall.store.account_items import (
    ChangeItem,
    InsightItem,
    InvitationItem,
    InvitedItem,
    Item,
    KeyItem,
    LinkItem,
    MemberItem,
    PersonItem,
    ProfileItem,
)
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Callable


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
