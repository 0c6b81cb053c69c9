"""What S3 tells of a new object, taken out of the queue message that brought it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import unquote_plus


class NotificationError(ValueError):
    """A message in the uploads queue that no S3 bucket sent."""


@dataclass(frozen=True, slots=True)
class NewObject:
    """One version of one object.

    Attributes:
        bucket: its name.
        key: free of URL encoding.
        version: version id; empty where the event names none.
    """

    bucket: str
    key: str
    version: str


def read_notification(body: str) -> tuple[NewObject, ...]:
    """Reads an S3 event notification.

    Unknown fields are ignored: the event's schema grows. The test message that S3 sends when notifications are
    switched on names no object, and what was deleted or tagged is not new.

    Args:
        body: of the SQS message.

    Raises:
        NotificationError: it is not such a message.
    """
    try:
        message = json.loads(body)
        if message.get("Event") == "s3:TestEvent":
            return ()
        return tuple(_new_object(record) for record in message["Records"] if _is_creation(record))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotificationError(f"not an S3 event notification: {error!r}") from error


def _is_creation(record: dict[str, str]) -> bool:
    # The schema's first versions and AWS's own samples write "ObjectCreated:Put", emulators "s3:ObjectCreated:Put".
    return record.get("eventName", "ObjectCreated").removeprefix("s3:").startswith("ObjectCreated")


def _new_object(record: dict[str, dict[str, dict[str, str]]]) -> NewObject:
    s3 = record["s3"]
    thing = s3["object"]
    return NewObject(
        bucket=s3["bucket"]["name"],
        # S3 encodes as a form does, some emulators "/" too: decode before any look at the key.
        key=unquote_plus(thing["key"]),
        version=thing.get("versionId") or "",
    )
