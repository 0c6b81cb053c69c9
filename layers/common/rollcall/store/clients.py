"""boto3 clients for the bulk path, set up for functions that live for seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sqs.client import SQSClient

#: Seconds to connect, seconds to wait for an answer. A call that hangs is cheaper tried again than waited for.
_CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "max_attempts": 4})


def dynamodb() -> DynamoDBClient:
    """A client that does not validate parameters: the items are built in one place and tested (about 2x faster)."""
    return boto3.client("dynamodb", config=_CONFIG.merge(Config(parameter_validation=False)))


def s3() -> S3Client:
    """A client for objects; reading a large body may pause longer than a call to a table."""
    return boto3.client("s3", config=_CONFIG.merge(Config(read_timeout=30)))


def s3_signer() -> S3Client:
    """A client whose signatures others use: version 4, and the bucket's own address, which needs no redirection."""
    return boto3.client(
        "s3", config=_CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
    )


def sqs() -> SQSClient:
    """A client for queues."""
    return boto3.client("sqs", config=_CONFIG)


def streams() -> Any:  # noqa: ANN401 - the stubs have no streams
    """A client for the streams of tables."""
    return boto3.client("dynamodbstreams", config=_CONFIG)


def events() -> Any:  # noqa: ANN401 - the stubs have no event bus
    """A client for the event bus."""
    return boto3.client("events", config=_CONFIG)
