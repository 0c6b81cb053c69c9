"""botocore clients for the Slack front, made at their first call.

boto3's own import would cost a sixth of the three seconds that Slack waits, and each client some tens of milliseconds.
All are of one session, which reads what botocore knows of AWS once: the first of KMS takes 13 ms and not 150.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import get_session

if TYPE_CHECKING:
    from botocore.session import Session

_CONFIG = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "max_attempts": 2})


class LazyClient:
    """A client that is made when one of its operations is first called.

    Args:
        service: as botocore names it, such as ``sqs``.
    """

    def __init__(self, service: str) -> None:
        self._service = service

    def __getattr__(self, operation: str) -> Any:  # noqa: ANN401 - botocore's clients are made at run time
        return getattr(_client(self._service), operation)


@cache
def session() -> Session:
    """The session of this execution environment."""
    return get_session()


@cache
def _client(service: str) -> Any:  # noqa: ANN401 - likewise
    return session().create_client(service, config=_CONFIG)
