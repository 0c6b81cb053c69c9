"""Notices that are due, or that nobody took: what the clock and operators look through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pynamodb.exceptions import UpdateError

from rollcall.notice_kinds import NoticeKind
from rollcall.notices import Kept, Notice
from rollcall.store.binding import bind
from rollcall.store.notices_table import DUE, UNDELIVERED, NoticeItem, notice_pk

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds that a notice and its copies are remembered: for as long they can be brought up to date.
KEPT: Final = 90 * 24 * 3600
#: Undelivered notices that are counted.
_COUNTED: Final = 1_000
_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


class NoticeOutbox:
    """Finds notices by what is still to be done about them.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(NoticeItem, table, region=region, host=host)

    def due(self, *, before: str) -> Iterator[Kept]:
        """Notices that are due since before a moment, the oldest first; the index they are read from lags a little."""
        return map(kept_of, self._items.by_outbox.query(DUE, NoticeItem.outbox_at < before, page_size=100))

    def swept(self, notice: str, version: int, *, look_again: str) -> bool:
        """Remembers that the clock sent a notice again; False if it is no longer due, or a newer version is.

        Args:
            notice: id.
            version: the one that was found due.
            look_again: when the clock may do so once more, UTC.
        """
        return self._update(
            notice,
            [NoticeItem.sweeps.add(1), NoticeItem.outbox_at.set(look_again)],
            (NoticeItem.outbox == DUE) & (NoticeItem.version == version),
        )

    def list_undelivered(self, *, limit: int) -> list[Kept]:
        """Notices that no place took, the newest first."""
        items = self._items.by_outbox.query(UNDELIVERED, scan_index_forward=False, limit=limit)
        return [kept_of(item) for item in items]

    def count_undelivered(self) -> int:
        """How many notices no place took; from a thousand on nobody counts."""
        return self._items.by_outbox.count(UNDELIVERED, limit=_COUNTED)

    def _update(self, notice: str, actions: list[Any], condition: Any) -> bool:  # noqa: ANN401 - pynamodb's condition types are private
        try:
            self._items(pk=notice_pk(notice)).update(actions=actions, condition=condition)
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True


def expiry(at: str) -> int:
    """When something that was stored at a moment may go, epoch seconds.

    Args:
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """
    return int(datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()) + KEPT


def kept_of(item: NoticeItem) -> Kept:
    """A notice out of its item."""
    return Kept(
        notice=Notice(NoticeKind(item.kind), item.subject, item.account, item.person or ""),
        version=int(item.version),
        told_at=float(item.told_at or 0),
        due=item.outbox == DUE,
        sweeps=int(item.sweeps or 0),
        note=item.note or "",
        since=item.outbox_at or "",
        trouble=tuple((place, code) for place, code in item.trouble or ()),
    )
