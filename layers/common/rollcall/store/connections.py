"""What pynamodb keeps to itself and has to be reached all the same; nobody else touches it.

`tests.contract.test_connections` says what of it is relied on, so that a new version that is otherwise is noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pynamodb.connection import Connection
    from pynamodb.models import Model


def connection_of(model: type[Model]) -> Connection:
    """The connection that a bound model speaks through, as `pynamodb.transactions` takes it."""
    connection: Connection = model._get_connection().connection  # noqa: SLF001 - there is no public way to it
    return connection


def client_of(model: type[Model], session: Any) -> Any:  # noqa: ANN401 - botocore's, untyped
    """The botocore client that a bound model makes for itself, out of a session, with the limits of its ``Meta``."""
    connection = connection_of(model)
    connection._local.session = session  # noqa: SLF001 - likewise
    return connection.client


def use_client(model: type[Model], client: Any) -> None:  # noqa: ANN401 - likewise
    """Lets a bound model speak through a client that another one has made."""
    connection_of(model)._client = client  # noqa: SLF001 - likewise
