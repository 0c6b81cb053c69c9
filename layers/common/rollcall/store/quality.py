"""The figures of resellers: added to once for each upload, read week by week (row B22)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rollcall.quality import Quality, total
from rollcall.store.quality_actions import (
    CODE,
    HOURS,
    NOBODY,
    PLAIN,
    add_action,
    counted_action,
    listed_under,
    quality_pk,
)
from rollcall.store.query_pages import items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.acting import Acting
    from rollcall.store.change_actions import Action
    from rollcall.store.sessions import LazyClient
    from rollcall.store.transactions import Transactions

#: Customers in one transaction: two actions each.
_AT_ONCE: Final = 50
#: Weeks of customers that one answer is made of: a quarter of some 750 customers.
MOST: Final = 10_000


class QualityStore:
    """Reads and writes figures.

    Args:
        client: DynamoDB.
        transactions: counts an upload and says that it is counted, together.
        table: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, transactions: Transactions, table: str) -> None:
        self._client: Any = client
        self._transactions = transactions
        self._table = table

    def count(
        self,
        upload: str,
        reseller: str,
        week: str,
        seen: Mapping[str, Quality],
        whole: Quality,
        *,
        is_late: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Adds what an upload brought; what is counted already stays as it is.

        Args:
            upload: upload id.
            reseller: account id.
            week: to which it is added.
            seen: customer → what it sees of the upload.
            whole: what no customer sees, and the file itself.
            is_late: whether the worker's time is up; asked before each transaction.

        Returns:
            False if it was, and the rest is for the next call.

        Raises:
            OutOfTimeError: likewise, within a transaction.
        """
        parts = [(NOBODY, whole), *sorted(seen.items())]
        for start in range(0, len(parts), _AT_ONCE):
            left = parts[start : start + _AT_ONCE]
            while left:
                if is_late():
                    return False
                failed = self._transactions.write(
                    [action for part in left for action in self._actions(upload, reseller, week, *part)]
                )
                counted = {one.place // 2 for one in failed}
                left = [part for place, part in enumerate(left) if place not in counted] if counted else []
        return True

    def of_reseller(self, reseller: str, first: str, last: str) -> dict[str, Quality]:
        """A reseller's figures by customer, over some weeks; under `NOBODY` what no customer sees, and all files.

        Args:
            reseller: account id.
            first: the first week.
            last: the last.
        """
        return self._read(
            "customer",
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": quality_pk(reseller)},
                ":first": {"S": first},
                ":last": {"S": f"{last}#~"},
            },
        )

    def of_customer(self, customer: str, first: str, last: str) -> dict[str, Quality]:
        """What each reseller brought a customer, over some weeks; nothing of anybody else.

        Args:
            customer: account id.
            first: the first week.
            last: the last.
        """
        return self._read(
            "reseller",
            IndexName="by_customer",
            KeyConditionExpression="customer_uploads = :customer AND listed_at BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":customer": {"S": listed_under(customer)},
                ":first": {"S": first},
                ":last": {"S": f"{last}#~"},
            },
        )

    def seen_by(self, acting: Acting, first: str, last: str) -> tuple[Quality, dict[str, Quality]]:
        """The figures that somebody may see: of all together, and of each company of the other side.

        Args:
            acting: for whom they ask.
            first: the first week.
            last: the last.
        """
        if not acting.is_reseller:
            parts = self.of_customer(acting.account, first, last)
            return total(parts.values()), parts
        parts = self.of_reseller(acting.account, first, last)
        return whole(parts), {customer: part for customer, part in parts.items() if customer != NOBODY}

    def _actions(self, upload: str, reseller: str, week: str, customer: str, added: Quality) -> tuple[Action, Action]:
        return (
            counted_action(self._table, upload, customer),
            add_action(self._table, reseller=reseller, customer=customer, week=week, added=added),
        )

    def _read(self, by: str, **query: Any) -> dict[str, Quality]:  # noqa: ANN401 - as boto3 takes it
        found: dict[str, list[Quality]] = {}
        for item in islice(self._items(**query), MOST):
            found.setdefault(item[by]["S"], []).append(_quality(item))
        return {account: total(weeks) for account, weeks in found.items()}

    def _items(self, **query: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - likewise
        return items_of(self._client, {**query, "TableName": self._table})


def whole(parts: Mapping[str, Quality]) -> Quality:
    """The sum of a reseller's parts; a file for many customers counts once."""
    own = parts.get(NOBODY, Quality())
    summed = total(parts.values())
    return Quality(
        files=own.files,
        failed=own.failed,
        rows=summed.rows,
        stored=summed.stored,
        first_rows=summed.first_rows,
        first_stored=summed.first_stored,
        by_code=summed.by_code,
        hours=summed.hours,
    )


def _quality(item: Mapping[str, Any]) -> Quality:
    numbers = {name: int(value["N"]) for name, value in item.items() if "N" in value}
    return Quality(
        **{name: numbers.get(name, 0) for name in PLAIN},
        by_code={name.removeprefix(CODE): number for name, number in numbers.items() if name.startswith(CODE)},
        hours={
            int(name.removeprefix(HOURS)): number
            for name, number in numbers.items()
            if name.startswith(HOURS) and number
        },
    )
