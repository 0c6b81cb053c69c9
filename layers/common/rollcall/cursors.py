"""Cursors: where a page ends and the next begins, as a text that may travel through a button or a URL.

A cursor says a position and nothing else. Whoever sends one back is asked for their rights again, and what they may
not see stays out whatever the position says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Final

#: A step beyond every other: behind the last row of a group.
END: Final = 1_000_000
#: A line beyond every other. A file of 256 MB has no more lines than that.
LAST_LINE: Final = 1_000_000_000

_LONGEST: Final = 300
_TEXT: Final = re.compile(r"[0-9A-Za-z_-]+")
_GROUP: Final = re.compile(r"[0-9A-Za-z:#_.-]{1,100}")
_DIGEST_BYTES: Final = 6


class CursorError(Exception):
    """A text that is no cursor, or one of another list."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two rows: just before one line of one step of a group.

    Attributes:
        group: an upload by its date, ``<started at>#<upload id>``; groups are ordered by this text.
        step: a part of the group, such as a chunk; ascending.
        line: within the step; ascending.
    """

    group: str
    step: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """An end of a page.

    Attributes:
        gap: between its outermost row and the next.
        number: how many items of the list come before, as they were counted on the way here.
    """

    gap: Gap
    number: int


def encode(cursor: Cursor, *, of: str) -> str:
    """The cursor as a URL-safe text of at most 300 characters.

    Args:
        cursor: the position.
        of: names the list, that is what was asked for and by whom; the same text is needed to read the cursor.
    """
    gap = cursor.gap
    raw = json.dumps([_digest(of), gap.group, gap.step, gap.line, cursor.number], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(text: str, *, of: str) -> Cursor:
    """The way back.

    Raises:
        CursorError: the text is malformed, or the cursor of a list that is not called ``of``.
    """
    if len(text) > _LONGEST or not _TEXT.fullmatch(text):
        raise CursorError("malformed")
    try:
        raw = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise CursorError("malformed") from None
    match raw:
        case [str(digest), str(group), int(step), int(line), int(number)] if (
            _GROUP.fullmatch(group)
            and not any(isinstance(value, bool) for value in (step, line, number))
            and 0 <= step <= END
            and 0 <= line <= LAST_LINE
            and 0 <= number <= LAST_LINE
        ):
            if digest != _digest(of):
                raise CursorError("of another list")
            return Cursor(Gap(group, step, line), number)
    raise CursorError("malformed")


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[: 2 * _DIGEST_BYTES]
