"""Notices as they are stored: due until they are told, told by one worker at a time, each copy remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pynamodb.exceptions import PutError, UpdateError

from rollcall.notices import Notice, NoticeKind
from rollcall.store.binding import bind
from rollcall.store.notices_table import DUE, NOTICE, UNDELIVERED, NoticeItem, notice_pk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pynamodb.transactions import TransactWrite

#: Seconds that a notice and its copies are remembered: for as long they can be brought up to date.
KEPT: Final = 90 * 24 * 3600
#: Undelivered notices that are counted.
_COUNTED: Final = 1_000
_CONDITION_FAILED: Final = "ConditionalCheckFailedException"


class HeldError(Exception):
    """Another worker is telling the notice."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice with what is known about its telling.

    Attributes:
        notice: the notice.
        version: how often something was to be told; what is told now covers all of it.
        told_at: when it was told last, epoch seconds; 0 if never.
        due: something has still to be told.
        sweeps: how often the clock had to send it again since it became due.
        note: what the subject's state is where that is kept nowhere else.
        since: when it became due or undelivered, UTC; empty if it is neither.
        trouble: why places refused it, as (place, code).
    """

    notice: Notice
    version: int
    told_at: float = 0.0
    due: bool = False
    sweeps: int = 0
    note: str = ""
    since: str = ""
    trouble: tuple[tuple[str, str], ...] = ()


class NoticesStore:
    """Reads and writes notices.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(NoticeItem, table, region=region, host=host)

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
            return _kept(self._items.get(notice_pk(notice), NOTICE, consistent_read=True))
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
        return _kept(item)

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

    def due(self, *, before: str) -> Iterator[Kept]:
        """Notices that are due since before a moment, the oldest first; the index they are read from lags a little."""
        return map(_kept, self._items.by_outbox.query(DUE, NoticeItem.outbox_at < before, page_size=100))

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
        return [_kept(item) for item in items]

    def count_undelivered(self) -> int:
        """How many notices no place took; from a thousand on nobody counts."""
        return self._items.by_outbox.count(UNDELIVERED, limit=_COUNTED)

    def note(self, notice: str, note: str) -> None:
        """Changes the state of a subject that is kept nowhere else."""
        self._update(notice, [NoticeItem.note.set(note)], NoticeItem.pk.exists())

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


def _kept(item: NoticeItem) -> Kept:
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
