"""Ties a pynamodb model to the table it is read from, which is known only when the program runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from pynamodb.models import Model

ModelT = TypeVar("ModelT", bound="type[Model]")

#: Seconds. DynamoDB answers in milliseconds; a call that hangs longer is better tried again.
CONNECT_TIMEOUT = 2.0
READ_TIMEOUT = 5.0


def bind(model: ModelT, table: str, *, region: str | None = None, host: str | None = None) -> ModelT:
    """A subclass of ``model`` whose items are those of ``table``.

    Args:
        model: declares attributes and indexes, and no ``Meta``.
        table: name of the table.
        region: AWS region; None for the environment's.
        host: endpoint URL of an emulator; None for the environment's or AWS.
    """
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
    return cast("ModelT", bound)


#: One botocore client for each place: pynamodb would make one a model, at 0.2 s and a TLS handshake apiece.
_clients: dict[tuple[str | None, str | None], Any] = {}


def _share_client(bound: Any, region: str | None, host: str | None) -> None:  # noqa: ANN401 - pynamodb's metaclass types say less
    connection = bound._get_connection().connection  # noqa: SLF001 - there is no public way to it
    place = (
        region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
        host or os.environ.get("AWS_ENDPOINT_URL_DYNAMODB") or os.environ.get("AWS_ENDPOINT_URL"),
    )
    if place not in _clients:
        _clients[place] = connection.client
    connection._client = _clients[place]  # noqa: SLF001 - likewise
