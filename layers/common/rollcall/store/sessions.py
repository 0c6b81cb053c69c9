"""botocore clients for the Slack front, where boto3's own import would cost a sixth of the three seconds it has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import get_session

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sqs.client import SQSClient

_CONFIG = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "max_attempts": 2})


@cache
def sqs() -> SQSClient:
    """A client for queues, made when the first message is sent."""
    return _client("sqs")  # type: ignore[no-any-return] # botocore's clients are made at run time


@cache
def s3() -> S3Client:
    """A client for small reads of reports."""
    return _client("s3")  # type: ignore[no-any-return] # likewise


def _client(service: str) -> Any:  # noqa: ANN401 - botocore's clients are made at run time
    return get_session().create_client(service, config=_CONFIG)
