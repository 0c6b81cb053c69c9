"""What is told a customer of a busy day: the uploads that wait for it, on one message, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.notices import waiting_notice
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader
from rollcall.uploads import utc
from rollcall.views import waiting_boards as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.notices import Kept
    from rollcall.standing import Standing
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.boards import BoardsStore
    from rollcall.store.standings import Standings
    from rollcall.telling.herald import Herald


class WaitingBoards:
    """Decides which uploads of a day have a message of their own, and puts the others on the day's board.

    Args:
        boards: which have one.
        herald: has a day's board told.
        clock: epoch seconds.
    """

    def __init__(self, boards: BoardsStore, herald: Herald, clock: Callable[[], float]) -> None:
        self._boards = boards
        self._herald = herald
        self._clock = clock

    def takes(self, kept: Kept, standing: Standing) -> bool:
        """Whether a customer's part of an upload stands on the day's board; the same answer however often asked."""
        board = waiting_notice(standing.uploaded_at[:10], kept.notice.account)
        at = utc(datetime.fromtimestamp(self._clock(), UTC))
        if self._boards.own(board, kept.notice.id, failed=False, at=at):
            return False
        if kept.due:
            self._boards.add(board, standing.upload, started_at=standing.uploaded_at, at=at)
            self._herald.mark(board, at=at)
        return True


class WaitingBoardNews:
    """Knows what to tell a customer of a busy day.

    Args:
        boards: which uploads are on it.
        standings: how they stand.
        accounts: who is to be told.
        clock: epoch seconds.
    """

    def __init__(
        self, boards: BoardsStore, standings: Standings, accounts: AccountsStore, clock: Callable[[], float]
    ) -> None:
        self._boards = boards
        self._standings = standings
        self._accounts = accounts
        self._clock = clock

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """More may come until the day is over."""
        return False

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None while nothing is on the board."""
        notice = kept.notice
        uploads = self._boards.uploads(notice, limit=views.LINES)
        total = self._boards.count(notice)
        found = [self._standings.of(upload, notice.account) for upload in uploads]
        standings = [one for one in found if one and not one.blocked]
        if not standings:
            return None
        customer = self._accounts.customer(notice.account)
        reader = customer_reader(self._accounts, notice.account, {one.pending.reseller for one in standings})
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(notice.account)),
            draw=lambda _place, as_of: views.board(notice.subject, standings, total, reader, as_of=as_of),
            state="",
            number=total,
        )
