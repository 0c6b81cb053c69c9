"""Says that there is something to tell; what it is and to whom is found out when it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.notices import Notice
    from rollcall.store.notices import NoticesStore
    from rollcall.store.queues import Queue


class Herald:
    """Makes notices due and sends for them to be told.

    Args:
        notices: where they are kept.
        queue: of notices.
    """

    def __init__(self, notices: NoticesStore, queue: Queue) -> None:
        self._notices = notices
        self._queue = queue

    def begin(self, notice: Notice, *, at: str, note: str = "") -> None:
        """Makes a new notice due and has it told; one that is there is told again as it is.

        Args:
            notice: the notice.
            at: now, UTC.
            note: what the subject's state is where that is kept nowhere else.
        """
        self._notices.begin(notice, at=at, note=note)
        self.call(notice.id)

    def begin_all(self, notices: Sequence[Notice], *, at: str, delay: int = 0) -> None:
        """The same for several, whose messages go together.

        Args:
            notices: at most some hundred.
            at: when they are due, UTC.
            delay: seconds to wait before they are told.
        """
        for notice in notices:
            self._notices.begin(notice, at=at)
        self._queue.send([{"kind": "notice", "id": notice.id} for notice in notices], delay=delay)

    def mark(self, notice: Notice, *, at: str) -> None:
        """Makes a notice due again, and has it told."""
        self._notices.mark(notice, at=at)
        self.call(notice.id)

    def mark_known(self, notice: Notice, *, at: str) -> None:
        """The same of a notice that is there; nothing where it is not."""
        if self._notices.get(notice.id):
            self.mark(notice, at=at)

    def mark_all(self, notices: Sequence[Notice], *, at: str) -> None:
        """The same for several, at most some hundred, whose messages go together."""
        for notice in notices:
            self._notices.mark(notice, at=at)
        self._queue.send([{"kind": "notice", "id": notice.id} for notice in notices])

    def call(self, notice: str, *, delay: int = 0) -> None:
        """Has a notice told; what is due is swept up by the clock where this message is lost.

        Args:
            notice: id.
            delay: seconds to wait before.
        """
        self._queue.send([{"kind": "notice", "id": notice}], delay=delay)
