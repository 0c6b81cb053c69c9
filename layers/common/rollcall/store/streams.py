"""Reads changes of a table again out of its stream, which keeps them for a day."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rollcall.stream_letters import StreamBatch

#: What DynamoDB answers where records, their shard or the stream itself are not there any more.
_GONE: Final = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})


class ChangesGoneError(Exception):
    """The stream has forgotten the changes."""


class Streams:
    """Reads streams.

    Args:
        client: DynamoDB Streams.
    """

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - a client of boto3 or botocore
        self._client = client

    def records(self, batch: StreamBatch) -> Iterator[list[dict[str, Any]]]:
        """The changes of a batch as Lambda brings them, some at a time and in their order.

        Args:
            batch: where they lie.

        Raises:
            ChangesGoneError: at least the first of them is not there any more.
        """
        last = int(batch.last)
        try:
            place = self._client.get_shard_iterator(
                StreamArn=batch.stream,
                ShardId=batch.shard,
                ShardIteratorType="AT_SEQUENCE_NUMBER",
                SequenceNumber=batch.first,
            ).get("ShardIterator")
            while place:
                answer = self._client.get_records(ShardIterator=place)
                found = answer["Records"]
                yield [_as_lambda(record) for record in found if _number(record) <= last]
                if found and _number(found[-1]) >= last:
                    return
                place = answer.get("NextShardIterator")
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                raise ChangesGoneError from error
            raise


def _number(record: Mapping[str, Any]) -> int:
    return int(record["dynamodb"]["SequenceNumber"])


def _as_lambda(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as Lambda writes it: its time as a number, what is binary in base 64."""
    change = dict(record["dynamodb"])
    moment = change.get("ApproximateCreationDateTime")
    if isinstance(moment, datetime):
        change["ApproximateCreationDateTime"] = moment.timestamp()
    for name in ("Keys", "OldImage", "NewImage"):
        if name in change:
            change[name] = {field: _as_text(value) for field, value in change[name].items()}
    return {**record, "dynamodb": change}


def _as_text(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"B": b64encode(value["B"]).decode()} if isinstance(value.get("B"), bytes) else value
