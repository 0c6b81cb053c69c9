"""Messages between the steps. Each is small: what it speaks of lies in the tables and the bucket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.occasions import current_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

    from rollcall.store.sessions import LazyClient

#: Entries of one SendMessageBatch.
_BATCH: Final = 10


class SendError(Exception):
    """SQS took only part of a batch; the step is run again and sends all of it again."""


class Queue:
    """One queue.

    Args:
        client: SQS.
        url: of the queue.
    """

    def __init__(self, client: SQSClient | LazyClient, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, messages: Iterable[Mapping[str, Any]], *, delay: int = 0) -> None:
        """Sends messages, ten at a time, each with the id of what it comes of.

        Args:
            messages: what to send.
            delay: seconds for which nobody receives them, at most 900.

        Raises:
            SendError: SQS refused some of them.
        """
        known = current_reference()
        about = {"reference": known} if known else {}
        bodies = [json.dumps({**about, **message}, separators=(",", ":")) for message in messages]
        for start in range(0, len(bodies), _BATCH):
            entries: list[SendMessageBatchRequestEntryTypeDef] = [
                {"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies[start : start + _BATCH])
            ]
            if delay:
                for entry in entries:
                    entry["DelaySeconds"] = delay
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            if answer.get("Failed"):
                raise SendError(f"SQS refused {len(answer['Failed'])} of {len(entries)} messages")
