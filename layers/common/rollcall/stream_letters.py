"""Dead letters of the streams: where changes lie that could not be published, and not the changes themselves.

What Lambda sends to the destination of a failed batch names the stream, the shard and the first and last sequence
number; the records are to be read there, which a stream of DynamoDB allows for a day.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rollcall.letters import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

_BATCH: Final = "DDBStreamBatchInfo"
_STREAM: Final = re.compile(r"arn:[\w-]+:dynamodb:[\w-]*:\d*:table/(?P<table>[\w.-]{3,255})/stream/[\w:.-]+")
#: As long as DynamoDB Streams takes them; what is shorter is refused before it is asked for.
_NUMBER: Final = re.compile(r"[0-9]{21,40}")
_SHARD: Final = re.compile(r"[\w-]{28,65}", re.ASCII)
_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
_CODE: Final = re.compile(r"[A-Za-z]{1,60}")


@dataclass(frozen=True, slots=True)
class StreamBatch:
    """Changes that were not published.

    Attributes:
        stream: its ARN.
        table: name of the table whose stream it is.
        shard: id of the shard.
        first: sequence number of the first change; ``last`` likewise. Digits, and longer than 64 bits.
        size: how many changes.
        begun: when the first of them was made, UTC; ``ended`` likewise of the last. Empty where Lambda did not say.
    """

    stream: str
    table: str
    shard: str
    first: str
    last: str
    size: int
    begun: str = ""
    ended: str = ""


def read_batch(body: str) -> StreamBatch | None:
    """The changes that a letter names; None for a letter of another kind."""
    message = _object(body)
    batch = message.get(_BATCH)
    if not isinstance(batch, dict):
        return None
    stream = _STREAM.fullmatch(str(batch.get("streamArn")))
    first, last = (str(batch.get(f"{end}SequenceNumber")) for end in ("start", "end"))
    if stream is None or not all(_NUMBER.fullmatch(one) for one in (first, last)):
        return None
    if not _SHARD.fullmatch(str(batch.get("shardId"))):
        return None
    size = batch.get("batchSize")
    return StreamBatch(
        stream=stream[0],
        table=stream["table"],
        shard=str(batch.get("shardId")),
        first=first,
        last=last,
        size=size if isinstance(size, int) else 0,
        begun=_moment(batch.get("approximateArrivalOfFirstRecord")),
        ended=_moment(batch.get("approximateArrivalOfLastRecord")),
    )


def read_failure(body: str) -> Failure | None:
    """How the batch failed, which such a letter says itself; None for a letter of another kind."""
    message = _object(body)
    if read_batch(body) is None:
        return None
    asked, answered = message.get("requestContext"), message.get("responseContext")
    found = [
        asked.get("condition") if isinstance(asked, dict) else "",
        answered.get("functionError") if isinstance(answered, dict) else "",
    ]
    codes = [str(one) for one in found if _CODE.fullmatch(str(one or ""))]
    return Failure(" ".join(codes) or "not said", "", _moment(message.get("timestamp")))


def _object(body: str) -> Mapping[str, Any]:
    try:
        message = json.loads(body)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _moment(text: object) -> str:
    found = _MOMENT.fullmatch(str(text))
    return f"{found[1]}Z" if found else ""
