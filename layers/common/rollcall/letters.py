"""Dead letters: messages that failed as often as their queue lets them, described without what a company wrote."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from rollcall import layout
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH: Final = 8
_REFERENCE: Final = re.compile(r"R-[0-9A-Z-]{1,30}")
#: To the minute: two colons with something between them would be an emoji's name.
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
#: Characters of a user or channel id that are shown; logs show as many.
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class DeadQueue:
    """A queue with what its dead letters lie in.

    Attributes:
        name: as operators call it.
        letters: URL of the dead-letter queue.
        source: URL of the queue that they failed in; empty where they failed in a stream.
    """

    name: str
    letters: str
    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """How a message failed the last time.

    Attributes:
        error: the kind of exception, and the service's code if it came from one; no text of it.
        reference: the id under which the logs tell more.
        at: UTC.
    """

    error: str
    reference: str
    at: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter as operators see it.

    Attributes:
        id: short, of its own; ``L-…``.
        queue: name.
        kind: what it asks for.
        about: ids of what it is about; empty if it names none.
        sent_at: when it was first sent, UTC.
        reference: the id under which the logs tell more; empty if it brought none and nobody noted one.
        failure: how it failed the last time; None where nobody noted it.
    """

    id: str
    queue: str
    kind: str
    about: str
    sent_at: str
    reference: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a queue's dead letters.

    Attributes:
        queue: name.
        count: about how many there are, as the clock counted them; None before the first time.
        looked_at: when they were looked at one by one, UTC; empty if never.
    """

    queue: str
    count: int | None = None
    looked_at: str = ""


def read_queues(text: str) -> dict[str, DeadQueue]:
    """The queues that the environment names: a JSON object of name → [URL of the dead letters, URL of the queue].

    Raises:
        ValueError: it is something else.
    """
    raw = json.loads(text or "{}")
    return {str(name): DeadQueue(str(name), str(dead), str(source)) for name, (dead, source) in raw.items()}


def letter_id(message_id: str) -> str:
    """The short id of a message: the same however often it is looked at."""
    characters = crockford(hashlib.sha256(message_id.encode()).digest(), _LENGTH)
    return f"L-{characters[:4]}-{characters[4:]}"


def reference_in(body: str) -> str:
    """The id that a message brought with it, under which the logs of all that came of one click or file tell more."""
    try:
        message = json.loads(body)
    except ValueError:
        return ""
    found = message.get("reference") if isinstance(message, dict) else ""
    return found if isinstance(found, str) and _REFERENCE.fullmatch(found) else ""


def describe(body: str) -> tuple[str, str]:
    """What a message asks for and the ids of what it is about, in words of ours and ids alone.

    Names of files, texts of messages and whatever else a company wrote are left out.
    """
    try:
        message = json.loads(body)
    except ValueError:
        return "not readable", ""
    if not isinstance(message, dict):
        return "not readable", ""
    if isinstance(message.get("Records"), list):
        return "new file", _file(message)
    if "upload_id" in message:
        upload, part = _id(message["upload_id"]), message.get("chunk")
        return ("end of an upload", upload) if part is None else ("rows of an upload", f"{upload} part {_id(part)}")
    if "DDBStreamBatchInfo" in message:
        return "changes not published", _batch(message["DDBStreamBatchInfo"])
    kind = _id(message.get("kind")) or "not known"
    named = [_id(message.get(name)) for name in ("id", "upload", "account") if message.get(name)]
    user = str(message.get("user") or "")
    return kind.replace("_", " "), " · ".join([*dict.fromkeys(named), *([f"…{user[-_SHOWN:]}"] if user else [])])


def _file(message: Mapping[str, Any]) -> str:
    """Whose file it is: the companies of its key, without its name."""
    try:
        key = unquote_plus(str(message["Records"][0]["s3"]["object"]["key"]))
    except (KeyError, IndexError, TypeError):
        return ""
    upload, accept = layout.parse_upload_key(key), layout.parse_accept_key(key)
    if accept:
        return _id(accept.customer)
    if upload is None:
        return ""
    reserved = layout.reserved_id(key)
    return " · ".join(_id(part) for part in (upload.reseller, upload.customer or layout.MANY, reserved) if part)


def _batch(batch: object) -> str:
    """Of which table, how many, and when they were made."""
    if not isinstance(batch, dict):
        return ""
    table = str(batch.get("streamArn")).partition(":table/")[2].partition("/")[0]
    size, moments = batch.get("batchSize"), (batch.get(f"approximateArrivalOf{one}Record") for one in ("First", "Last"))
    shown = [str(one)[:16] for one in moments if _MOMENT.match(str(one))]
    parts = [_id(table), f"{size} changes" if isinstance(size, int) else "", " to ".join(dict.fromkeys(shown))]
    return " · ".join(part for part in parts if part)


def _id(value: object) -> str:
    """An id of ours as it is; anything longer, or with other characters in it, is none."""
    text = str(value if value is not None else "")
    return text if len(text) <= 80 and text.replace("-", "").replace("_", "").isalnum() and text.isascii() else ""  # noqa: PLR2004 - the longest of our ids has 70
