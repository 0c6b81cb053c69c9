"""The accounts table, as it is reached: its models tied to one table, transactions, and consistent reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

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
from rollcall.store.binding import bind, transact

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.transactions import TransactWrite


class ConditionFailedError(Exception):
    """A write was refused because what it was decided on is no longer so: read again."""


#: How often a change is decided anew on what has changed meanwhile.
ATTEMPTS: Final = 6

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

    def transact(self, fill: Callable[[TransactWrite], None]) -> None:
        """Writes all or nothing.

        Args:
            fill: puts the writes into the transaction; called again for each attempt.

        Raises:
            ConditionFailedError: a condition did not hold, and nothing was written.
            TransactWriteError: DynamoDB would not, or not within the attempts.
        """
        if not transact(self.pointers, fill):
            raise ConditionFailedError


def get(model: type[ItemT], pk: str, sk: str) -> ItemT | None:
    """The item under a key, as it stands now; None if there is none."""
    try:
        return model.get(pk, sk, consistent_read=True)
    except model.DoesNotExist:
        return None


def under(model: type[ItemT], pk: str, prefix: str) -> list[ItemT]:
    """The items of a partition whose sort keys begin alike, in their order, as they stand now."""
    return list(model.query(pk, model.sk.startswith(prefix), consistent_read=True))
