"""What is told of a busy day: its uploads on one message, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import reseller_reader
from rollcall.views import upload_messages as views

if TYPE_CHECKING:
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.boards import BoardsStore
    from rollcall.store.upload_lists import UploadLists


class BoardNews:
    """Knows what to tell of a busy day.

    Args:
        boards: which uploads are on it.
        uploads: their state.
        accounts: who is to be told.
    """

    def __init__(self, boards: BoardsStore, uploads: UploadLists, accounts: AccountsStore) -> None:
        self._boards = boards
        self._uploads = uploads
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """More may come until the day is over."""
        return False

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None while nothing is on the board."""
        notice = kept.notice
        total = self._boards.count(notice)
        if not total:
            return None
        lines = self._uploads.lines(self._boards.uploads(notice, limit=views.BOARD_LINES))
        reader = reseller_reader(self._accounts, notice.account, [line.customer for line in lines if line.customer])
        reseller = self._accounts.reseller(notice.account)
        return News(
            stops=route(
                notice.addressee, reseller.notify if reseller else None, self._accounts.members_of(notice.account)
            ),
            draw=lambda _place, as_of: views.board(notice.subject, lines, total, reader, as_of=as_of),
            state="",
            number=total,
        )
