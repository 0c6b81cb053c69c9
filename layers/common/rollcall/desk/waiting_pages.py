"""Pages of what waits for a customer: the uploads in which a device waits, and no others (row P21)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.cursors import CursorError
from rollcall.queries import Page
from rollcall.store.pending_uploads import before, behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.desk.turns import Turn
    from rollcall.reminders import Found
    from rollcall.standing import Standing
    from rollcall.store.pending_uploads import PendingUploads

#: An edge of the index of what waits. It names no company: whoever sends one reads what waits for their own.
_CURSOR: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ#U-[0-9A-Z-]{6,40}[#$]")


def page_of_waiting(
    pending: PendingUploads, standing: Callable[[str], Standing | None], customer: str, turn: Turn, *, size: int
) -> Page[Standing]:
    """A page of the uploads that wait for a customer, newest first.

    The index tells of an upload from its first device on, and for a moment after its last was decided. Such uploads
    are looked at and left out: at most twice as many are looked at as stand on a page, so a page costs a bounded time.

    Args:
        pending: finds the uploads.
        standing: how the customer's part of an upload stands; None while it is in progress.
        customer: account id of the asker.
        turn: which page.
        size: most uploads of it.

    Raises:
        CursorError: the cursor is malformed, or missing for a page before it.
    """
    edge = turn.cursor or ""
    if (turn.backwards and not edge) or (edge and not _CURSOR.fullmatch(edge)):
        raise CursorError("malformed")
    walk = pending.walk(customer, edge, newest_first=not turn.backwards)
    looked, kept = _taken(walk, standing, size)
    more = next(walk, None) is not None
    if turn.backwards:
        looked.reverse()
        kept.reverse()
    newer, older = (more, True) if turn.backwards else (bool(edge), more)
    return Page(
        tuple(kept),
        first=1 if kept else 0,
        before=(behind(looked[0]) if looked else edge) if newer else None,
        after=(before(looked[-1]) if looked else edge) if older else None,
    )


def _taken(
    walk: Iterator[Found], standing: Callable[[str], Standing | None], size: int
) -> tuple[list[Found], list[Standing]]:
    """The uploads that were looked at, and how those of them stand in which something waits."""
    looked: list[Found] = []
    kept: list[Standing] = []
    for found in islice(walk, 2 * size):
        looked.append(found)
        one = standing(found.subject)
        if one and one.pending.total > 0:
            kept.append(one)
        if len(kept) == size:
            break
    return looked, kept
