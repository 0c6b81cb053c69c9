"""A busy day: which of its uploads have messages of their own, and which stand on the day's board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import size

from rollcall.store.binding import bind
from rollcall.store.notices import expiry
from rollcall.store.notices_table import LINE_PREFIX, DayItem, LineItem, notice_pk

if TYPE_CHECKING:
    from pynamodb.attributes import UnicodeSetAttribute

    from rollcall.notices import Notice

#: Uploads of a day that have a message of their own whatever comes of them.
OWN: Final = 3
#: Uploads after these that get one because they failed. More failures than that have one cause, and the board says so.
FAILED: Final = 5
_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


class BoardsStore:
    """Reads and writes boards.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._days = bind(DayItem, table, region=region, host=host)
        self._lines = bind(LineItem, table, region=region, host=host)

    def own(self, board: Notice, notice: str, *, failed: bool, at: str) -> bool:
        """Whether a notice may have a message of its own; the same answer however often it is asked.

        Args:
            board: of the day.
            notice: id of the notice that asks.
            failed: its upload failed.
            at: now, UTC.
        """
        sets = [(DayItem.own, OWN), *([(DayItem.failed, FAILED)] if failed else [])]
        return any(self._join(board, group, most, notice, at) for group, most in sets)

    def add(self, board: Notice, upload: str, *, started_at: str, at: str) -> None:
        """Puts an upload on the board; a repeat writes the same again."""
        self._lines(
            pk=notice_pk(board.id),
            sk=f"{LINE_PREFIX}{started_at}#{upload}",
            upload=upload,
            expires=expiry(at),
        ).save()

    def uploads(self, board: Notice, *, limit: int) -> list[str]:
        """Uploads on the board, the newest first."""
        items = self._lines.query(
            notice_pk(board.id),
            LineItem.sk.startswith(LINE_PREFIX),
            scan_index_forward=False,
            limit=limit,
            consistent_read=True,
        )
        return [item.upload for item in items]

    def count(self, board: Notice) -> int:
        """How many uploads are on the board."""
        return self._lines.count(notice_pk(board.id), LineItem.sk.startswith(LINE_PREFIX), consistent_read=True)

    def _join(self, board: Notice, group: UnicodeSetAttribute, most: int, notice: str, at: str) -> bool:
        room = group.does_not_exist() | (size(group) < most) | group.contains(notice)  # type: ignore[no-untyped-call] # pynamodb's own omission
        try:
            self._days(pk=notice_pk(board.id)).update(
                actions=[group.add({notice}), DayItem.expires.set(expiry(at))], condition=room
            )
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True
