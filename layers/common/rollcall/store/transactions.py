"""Reads and transactions that wait and try again where trying again helps, until the worker's time is up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.store.patience import OutOfTimeError, Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.store.sessions import LazyClient

#: DynamoDB's own limits: keys of a BatchGetItem, actions of a TransactWriteItems.
LOOKUP_KEYS: Final = 100
TRANSACTION_ACTIONS: Final = 100

#: Reasons that say nothing about the items: somebody else was at one of them, or the table was busy.
PASSING: Final = frozenset(
    {
        "TransactionConflict",
        "TransactionConflictException",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "InternalServerError",
        "None",
    }
)
CONDITION_FAILED: Final = "ConditionalCheckFailed"

__all__ = [
    "CONDITION_FAILED",
    "LOOKUP_KEYS",
    "PASSING",
    "TRANSACTION_ACTIONS",
    "Failed",
    "OutOfTimeError",
    "Transactions",
]


@dataclass(frozen=True, slots=True)
class Failed:
    """An action of a cancelled transaction whose condition did not hold.

    Attributes:
        place: of the action in the transaction, from 0.
        item: what was there, as DynamoDB sends it; None if nothing was.
    """

    place: int
    item: Mapping[str, Any] | None


class Transactions:
    """Makes calls to DynamoDB that boto3 alone would give up too early.

    Args:
        client: DynamoDB.
        seconds_left: how long the worker may still run; asked before each call.
        pause: sleeps for so many seconds.
        margin: seconds kept back for the worker's last steps.
    """

    def __init__(
        self,
        client: DynamoDBClient | LazyClient,
        *,
        seconds_left: Callable[[], float],
        pause: Callable[[float], None] = time.sleep,
        margin: float = 3.0,
    ) -> None:
        self._client: Any = client
        self._patience = Patience(seconds_left, pause=pause, margin=margin)

    def get(self, table: str, keys: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The items under so many keys, as they are after every write that came before; missing ones are left out.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        wanted = list(keys)
        found: list[Mapping[str, Any]] = []
        for start in range(0, len(wanted), LOOKUP_KEYS):
            found += self._get(table, wanted[start : start + LOOKUP_KEYS])
        return found

    def _get(self, table: str, keys: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        pauses = self._patience.pauses()
        pending = keys
        while pending:
            self.check_time()
            try:
                answer = self._client.batch_get_item(RequestItems={table: {"Keys": pending, "ConsistentRead": True}})
            except ClientError as error:
                if error.response["Error"]["Code"] not in PASSING:
                    raise
                next(pauses)
                continue
            found += answer["Responses"].get(table, [])
            left = answer.get("UnprocessedKeys") or {}
            pending = left[table]["Keys"] if table in left else []
            if pending:
                next(pauses)
        return found

    def write(self, actions: Sequence[Mapping[str, Any]]) -> tuple[Failed, ...]:
        """Makes a transaction of up to 100 actions.

        Returns:
            The actions whose condition did not hold, and then nothing was written; empty if all was.

        Raises:
            OutOfTimeError: the worker's time is up; nothing was written, or nobody knows whether it was.
            RuntimeError: DynamoDB refused for a reason that trying again will not mend.
        """
        pauses = self._patience.pauses()
        while True:
            self.check_time()
            try:
                self._client.transact_write_items(TransactItems=actions)
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code == "TransactionCanceledException":
                    failed = _failed(error.response["CancellationReasons"])
                    if failed:
                        return failed
                elif code not in PASSING:
                    raise
                next(pauses)
                continue
            return ()

    def check_time(self) -> None:
        """Raises `OutOfTimeError` if the worker must come to its end."""
        self._patience.check()

    def is_late(self) -> bool:
        """Whether the worker must come to its end."""
        return self._patience.is_over()


def _failed(reasons: Sequence[Mapping[str, Any]]) -> tuple[Failed, ...]:
    failed = []
    for place, reason in enumerate(reasons):
        code = reason.get("Code", "None")
        if code == CONDITION_FAILED:
            failed.append(Failed(place, reason.get("Item") or None))
        elif code not in PASSING:
            raise RuntimeError(f"DynamoDB refused a transaction: {code} {reason.get('Message', '')}")
    return tuple(failed)
