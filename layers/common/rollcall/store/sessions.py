"""botocore clients for the Slack front, made at their first call.

boto3's own import would cost a sixth of the three seconds that Slack waits, and each client some tens of milliseconds.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import get_session

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
def _client(service: str) -> Any:  # noqa: ANN401 - likewise
    return get_session().create_client(service, config=_CONFIG)
