"""Notices as they are stored: due until they are told, told by one worker at a time, each copy remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pynamodb.exceptions import PutError, UpdateError

from rollcall.store.notice_outbox import KEPT, NoticeOutbox, expiry, kept_of
from rollcall.store.notices_table import DUE, NOTICE, UNDELIVERED, NoticeItem, notice_pk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pynamodb.transactions import TransactWrite

    from rollcall.notices import Kept, Notice

_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


__all__ = ["KEPT", "HeldError", "NoticesStore", "expiry"]


class HeldError(Exception):
    """Another worker is telling the notice."""


class NoticesStore(NoticeOutbox):
    """Reads and writes notices.

    The arguments are those of `NoticeOutbox`.
    """

    def begin(self, notice: Notice, *, at: str, note: str = "") -> bool:
        """Makes a new notice due; False if it is there already, and then nothing changes.

        Args:
            notice: the notice.
            at: now, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
            note: what the subject's state is where that is kept nowhere else.
        """
        item = self._items(
            pk=notice_pk(notice.id),
            kind=notice.kind.value,
            subject=notice.subject,
            account=notice.account,
            person=notice.person or None,
            version=1,
            outbox=DUE,
            outbox_at=at,
            note=note or None,
            expires=expiry(at),
        )
        try:
            item.save(condition=NoticeItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True

    def mark(self, notice: Notice, *, at: str) -> None:
        """Makes a notice due, whether or not it was there."""
        self._items(pk=notice_pk(notice.id)).update(actions=_marks(notice, at))

    def mark_within(self, transaction: TransactWrite, notice: Notice, *, at: str) -> None:
        """Makes a notice due in the transaction that makes it true."""
        transaction.update(self._items(pk=notice_pk(notice.id)), _marks(notice, at))

    def get(self, notice: str) -> Kept | None:
        """A notice as it is now; None if there is none."""
        try:
            return kept_of(self._items.get(notice_pk(notice), NOTICE, consistent_read=True))
        except self._items.DoesNotExist:
            return None

    def take(self, notice: str, *, worker: str, now: float, until: float) -> Kept | None:
        """Takes a notice for one worker, so that no two post the same thing at once.

        Args:
            notice: id.
            worker: names this attempt.
            now: epoch seconds.
            until: when the worker will have stopped, epoch seconds.

        Returns:
            The notice as it is now; None if there is none.

        Raises:
            HeldError: another worker has it.
        """
        item = self._items(pk=notice_pk(notice))
        free = NoticeItem.lease_until.does_not_exist() | (NoticeItem.lease_until <= now) | (NoticeItem.worker == worker)
        try:
            item.update(
                actions=[NoticeItem.worker.set(worker), NoticeItem.lease_until.set(until)],
                condition=NoticeItem.pk.exists() & free,
            )
        except UpdateError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise
            if self.get(notice) is None:
                return None
            raise HeldError from None
        return kept_of(item)

    def release(self, notice: str, *, worker: str) -> None:
        """Gives a notice back as it is."""
        self._update(
            notice,
            [NoticeItem.worker.remove(), NoticeItem.lease_until.remove()],
            NoticeItem.worker == worker,
        )

    def told(self, notice: str, version: int, *, now: float) -> bool:
        """Remembers that a version was told, and gives the notice back; False if there is a newer one to be told."""
        return self._update(
            notice,
            [
                NoticeItem.version_told.set(version),
                NoticeItem.told_at.set(now),
                NoticeItem.worker.remove(),
                NoticeItem.lease_until.remove(),
                NoticeItem.outbox.remove(),
                NoticeItem.outbox_at.remove(),
                NoticeItem.sweeps.remove(),
                NoticeItem.trouble.remove(),
            ],
            NoticeItem.version == version,
        )

    def undelivered(self, notice: str, version: int, trouble: Sequence[tuple[str, str]], *, at: str) -> bool:
        """Puts a notice on the operators' list, since no place takes it, and gives it back; False as with `told`.

        Args:
            notice: id.
            version: the one that was tried.
            trouble: why each place refused it, as (place, code).
            at: now, UTC.
        """
        return self._update(
            notice,
            [
                NoticeItem.version_told.set(version),
                NoticeItem.worker.remove(),
                NoticeItem.lease_until.remove(),
                NoticeItem.outbox.set(UNDELIVERED),
                NoticeItem.outbox_at.set(at),
                NoticeItem.sweeps.remove(),
                NoticeItem.trouble.set([list(pair) for pair in trouble]),
            ],
            NoticeItem.version == version,
        )

    def schedule(self, notice: str, *, now: float, until: float) -> bool:
        """Remembers that a message will tell the notice again; False if there is such a message already.

        Args:
            notice: id.
            now: epoch seconds.
            until: when that message will be there, epoch seconds.
        """
        free = NoticeItem.redraw_at.does_not_exist() | (NoticeItem.redraw_at <= now)
        return self._update(notice, [NoticeItem.redraw_at.set(until)], NoticeItem.pk.exists() & free)

    def note(self, notice: str, note: str) -> None:
        """Changes the state of a subject that is kept nowhere else."""
        self._update(notice, [NoticeItem.note.set(note)], NoticeItem.pk.exists())


def _marks(notice: Notice, at: str) -> list[Any]:
    actions = [
        NoticeItem.kind.set(notice.kind.value),
        NoticeItem.subject.set(notice.subject),
        NoticeItem.account.set(notice.account),
        NoticeItem.version.add(1),
        NoticeItem.outbox.set(DUE),
        NoticeItem.outbox_at.set(at),
        NoticeItem.expires.set(expiry(at)),
        NoticeItem.sweeps.remove(),
    ]
    if notice.person:
        actions.append(NoticeItem.person.set(notice.person))
    return actions
