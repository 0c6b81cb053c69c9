"""What each customer has of an upload: stored, and told to them, a page at a time, since they may be many.

Both go on where they stopped, so that no worker need run longer than it may, however many customers a file names.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rollcall import layout
from rollcall.notices import approval_notice
from rollcall.ruling.messages import arrival
from rollcall.shares import share_from_json, share_to_json
from rollcall.uploads import Figures, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from rollcall.shares import Share
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Upload, UploadStatus

#: Customers after which it is remembered how far this has come, and the time is looked at.
PAGE: Final = 100
#: Seconds between the messages to one page of customers and those to the next: about what the notices' function gets
#: done of them, so that the notices of other uploads need not wait until all of these are told.
PACE: Final = 20
#: Pages of one round: SQS delays a message by 900 seconds at the most.
ROUND: Final = 45
#: Seconds kept back for what is left to do when a round ends.
MARGIN: Final = 20.0


class Sharing:
    """Stores and tells shares.

    Args:
        uploads: where they are stored.
        objects: the bucket, which holds those that may take several rounds until all are told.
        herald: has them told.
        jobs: queue of longer work: orders are counted, and rules accept what they may.
        now: the time, with a time zone.
    """

    def __init__(
        self, *, uploads: UploadsStore, objects: Objects, herald: Herald, jobs: Queue, now: Callable[[], datetime]
    ) -> None:
        self._uploads = uploads
        self._objects = objects
        self._herald = herald
        self._jobs = jobs
        self._now = now

    def keep(self, upload: Upload, shares: Sequence[Share]) -> None:
        """Keeps what was counted for the rounds that follow."""
        if _has_rounds(upload):
            self._objects.put_lines(layout.shares_key(upload.id), map(share_to_json, shares))

    def kept(self, upload: Upload) -> tuple[Share, ...] | None:
        """What was counted; None if nothing was, or not of a short file for one, or if it is long since over."""
        if not _has_rounds(upload):
            return None
        lines = self._objects.lines_if_there(layout.shares_key(upload.id))
        return None if lines is None else tuple(map(share_from_json, lines))

    def store(
        self,
        upload: Upload,
        shares: Iterable[Share],
        status: UploadStatus,
        *,
        at: str,
        seconds_left: Callable[[], float],
    ) -> bool:
        """Stores what each customer sees: its own part and no more; nothing of an upload that brought it nothing.

        Args:
            upload: of which.
            shares: all of them, by customer id.
            status: of the upload; of a file for many customers each part has its own.
            at: now, UTC.
            seconds_left: how long the worker may still run.

        Returns:
            False if the time was up before all were stored; the next call goes on from there.
        """
        parts = [share for share in shares if share.has_devices]
        starts = range(0, len(parts), PAGE)
        begin = self._uploads.shared(upload.id).stored if len(starts) > 1 else 0
        for start in starts[begin // PAGE :]:
            if seconds_left() < MARGIN:
                return False
            for share in parts[start : start + PAGE]:
                self._uploads.put_part(
                    upload,
                    share.customer,
                    share.rows,
                    Figures(rows=share.rows).status if upload.many else status,
                    chunks=share.chunks,
                    at=at,
                )
                if share.unrecognised:
                    self._uploads.put_unrecognised(upload.id, share.customer, share.unrecognised)
            if len(starts) > 1:
                self._uploads.set_shared(upload.id, stored=start + PAGE)
        return True

    def mark(self, upload: Upload, shares: Iterable[Share], *, seconds_left: Callable[[], float]) -> bool:
        """Has a check of a file for many customers found among those of each of them, by the reseller alone.

        Args:
            upload: the check.
            shares: all of them, by customer id.
            seconds_left: how long the worker may still run.

        Returns:
            False if the time was up before all were marked; the next call goes on from there.
        """
        concerned = [share.customer for share in shares if share.has_devices] if upload.many else []
        starts = range(0, len(concerned), PAGE)
        begin = self._uploads.shared(upload.id).stored if len(starts) > 1 else 0
        for start in starts[begin // PAGE :]:
            if seconds_left() < MARGIN:
                return False
            for customer in concerned[start : start + PAGE]:
                self._uploads.put_checked(upload, customer)
            if len(starts) > 1:
                self._uploads.set_shared(upload.id, stored=start + PAGE)
        return True

    def tell(self, upload: Upload, shares: Iterable[Share], *, seconds_left: Callable[[], float]) -> int | None:
        """Each customer that has devices of the upload now hears of its own part, once (row P21).

        Args:
            upload: a finished one.
            shares: all of them, by customer id.
            seconds_left: how long the worker may still run.

        Returns:
            Seconds after which to go on with the others; None when all are told.
        """
        customers = [share.customer for share in shares if share.has_devices]
        starts = range(0, len(customers), PAGE)
        begin = self._uploads.shared(upload.id).told if len(starts) > 1 else 0
        for number, start in enumerate(starts[begin // PAGE :]):
            if number == ROUND:
                return ROUND * PACE
            if seconds_left() < MARGIN:
                return 0
            delay = number * PACE
            at = utc(self._now() + timedelta(seconds=delay)) if delay else upload.finished_at or utc(self._now())
            notices = [approval_notice(upload.id, customer) for customer in customers[start : start + PAGE]]
            self._herald.begin_all(notices, at=at, delay=delay)
            self._jobs.send([arrival(upload.id, one) for one in customers[start : start + PAGE]], delay=delay)
            if len(starts) > 1:
                self._uploads.set_shared(upload.id, told=start + PAGE)
        return None


def _has_rounds(upload: Upload) -> bool:
    """Whether an upload may be more than one worker finishes: it has many customers, or more rows than a chunk."""
    return upload.many or (upload.chunks or 0) > 1
