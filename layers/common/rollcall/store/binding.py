"""Ties a pynamodb model to the table it is read from, which is known only when the program runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from rollcall.store.connections import client_of, connection_of, use_client
from rollcall.store.patience import tries
from rollcall.store.sessions import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.models import Model

ModelT = TypeVar("ModelT", bound="type[Model]")

#: Seconds. DynamoDB answers in milliseconds; a call that hangs longer is better tried again.
CONNECT_TIMEOUT = 2.0
READ_TIMEOUT = 5.0


def bind(model: ModelT, table: str, *, region: str | None = None, host: str | None = None) -> ModelT:
    """The subclass of ``model`` whose items are those of ``table``; the same one for the same place.

    Args:
        model: declares attributes and indexes, and no ``Meta``.
        table: name of the table.
        region: AWS region; None for the environment's.
        host: endpoint URL of an emulator; None for the environment's or AWS.
    """
    known = (model, table, *_place(region, host))
    if known in _bound:
        return cast("ModelT", _bound[known])
    meta = type(
        "Meta",
        (),
        {
            "table_name": table,
            "region": region,
            "host": host,
            "connect_timeout_seconds": CONNECT_TIMEOUT,
            "read_timeout_seconds": READ_TIMEOUT,
            "max_retry_attempts": 5,
        },
    )
    bound = type(model.__name__, (model,), {"Meta": meta, "__module__": model.__module__})
    _share_client(bound, region, host)
    _bound[known] = bound
    return cast("ModelT", bound)


#: One botocore client for each place: pynamodb would make one a model, at 0.2 s and a TLS handshake apiece.
_clients: dict[tuple[str | None, str | None], Any] = {}
#: Models that are bound already; stores of the same table share them.
_bound: dict[tuple[Any, ...], Any] = {}


def forget() -> None:
    """Forgets clients and bound models, for a process that goes on with another environment."""
    _clients.clear()
    _bound.clear()
    session.cache_clear()


def _place(region: str | None, host: str | None) -> tuple[str | None, str | None]:
    return (
        region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        host or os.environ.get("AWS_ENDPOINT_URL_DYNAMODB") or os.environ.get("AWS_ENDPOINT_URL"),
    )


def _share_client(bound: type[Model], region: str | None, host: str | None) -> None:
    place = _place(region, host)
    if place not in _clients:
        _clients[place] = client_of(bound, session())
    use_client(bound, _clients[place])


#: How often a transaction is tried that another one got in the way of, and seconds before the second try at the most.
_ATTEMPTS: Final = 6
_FIRST_PAUSE: Final = 0.04
_CONDITION: Final = "ConditionalCheckFailed"
_PASSING: Final = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


def transact(model: type[Model], fill: Callable[[TransactWrite], None]) -> bool:
    """Writes items, all or none.

    Args:
        model: bound to a table; the writes may be of others in the same place, too.
        fill: puts the writes into the transaction; called again for each attempt.

    Returns:
        False if a condition did not hold, and then nothing was written.

    Raises:
        TransactWriteError: DynamoDB would not, or not within the attempts.
    """
    for attempt in tries(_ATTEMPTS, first=_FIRST_PAUSE):
        try:
            with TransactWrite(connection=connection_of(model)) as transaction:
                fill(transaction)
        except TransactWriteError as error:
            codes = {reason.code for reason in error.cancellation_reasons if reason}
            if _CONDITION in codes:
                return False
            if not codes & _PASSING or attempt == _ATTEMPTS:
                raise
        else:
            break
    return True
