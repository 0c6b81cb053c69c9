"""The third step: reports are written, the upload becomes final, its summary is put last."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall import reports
from rollcall.chain.counting import Counting
from rollcall.chain.reporting import Reporting
from rollcall.chain.sharing import Sharing
from rollcall.notices import upload_notice
from rollcall.occasions import refer_to
from rollcall.refreshes import AGAIN
from rollcall.shares import Share
from rollcall.uploads import UNKNOWN_CUSTOMER, UploadStatus, add_up, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.errors import Fault
    from rollcall.store.objects import Objects
    from rollcall.store.quality import QualityStore
    from rollcall.store.queues import Queue
    from rollcall.store.upload_chunks import ChunkResult
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Figures, Upload

#: Seconds until a registry is asked again that did not answer while an upload was stored; the most that SQS delays.
_REGISTRY_PAUSE: Final = 900


class Finish(StrEnum):
    """What the finisher did."""

    FINISHED = "finished"
    REPEATED = "repeated"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    #: The time was up before every report was written or every customer's part stored; it is still in progress.
    GOES_ON = "goes_on"


class Finisher:
    """Finishes uploads whose chunks are all in.

    Args:
        uploads: where uploads are kept.
        objects: the bucket.
        herald: has the outcome told.
        quality: figures of resellers.
        finishes: queue of uploads to finish, for what one worker cannot get done.
        jobs: queue of longer work.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        uploads: UploadsStore,
        objects: Objects,
        herald: Herald,
        quality: QualityStore,
        finishes: Queue,
        jobs: Queue,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._uploads = uploads
        self._reporting = Reporting(objects)
        self._sharing = Sharing(uploads=uploads, objects=objects, herald=herald, jobs=jobs, now=now)
        self._counting = Counting(quality)
        self._herald = herald
        self._finishes = finishes
        self._jobs = jobs
        self._now = now

    def finish(
        self, upload_id: str, *, seconds_left: Callable[[], float] = lambda: math.inf
    ) -> tuple[Finish, Upload | None]:
        """Finishes an upload; safe to repeat at any point.

        The order is the promise: the reports are there before the upload is final, and the summary comes before
        anybody is told, so whoever sees it finds all the rest.

        Args:
            upload_id: which.
            seconds_left: how long the worker may still run. What does not fit is left to a message to the queue.
        """
        upload = self._uploads.get(upload_id)
        if upload is None:
            return Finish.UNKNOWN, None
        refer_to(upload.reference)
        if upload.status is UploadStatus.AWAITING_FILE:
            return Finish.NOT_YET, upload
        if upload.status is not UploadStatus.IN_PROGRESS:
            self._follow(upload, self._sharing.kept(upload), seconds_left)
            return Finish.REPEATED, upload
        results = list(self._uploads.chunk_results(upload_id))
        if upload.chunks is None or len(results) < upload.chunks:
            return Finish.NOT_YET, upload
        fault, notes = self._uploads.file_faults(upload_id)
        shares = self._reported(upload, results, fault, notes, seconds_left)
        figures = _figures(results, fault, notes)
        status = reports.file_status(fault, figures.status)
        at = utc(self._now())
        if shares is None or not (
            self._sharing.mark(upload, shares, seconds_left=seconds_left)
            if upload.check_only
            else self._sharing.store(upload, shares, status, at=at, seconds_left=seconds_left)
            and self._counting.count(upload, shares, at=at, seconds_left=seconds_left)
        ):
            self._go_on(upload_id)
            return Finish.GOES_ON, upload
        notice = upload_notice(upload.id, upload.reseller)
        first = self._uploads.finish(upload_id, figures, status, at=at, tell=notice)
        final = self._uploads.get(upload_id) or replace(upload, status=status, figures=figures, finished_at=at)
        self._follow(final, shares, seconds_left)
        return Finish.FINISHED if first else Finish.REPEATED, final

    def _reported(
        self,
        upload: Upload,
        results: Sequence[ChunkResult],
        fault: Fault | None,
        notes: Sequence[Fault],
        seconds_left: Callable[[], float],
    ) -> tuple[Share, ...] | None:
        """Writes the reports; None if the time was up before all were written."""
        # Kept shares mean that they are written: another round need not do that again.
        shares = self._sharing.kept(upload)
        if shares is None:
            shares = self._reporting.write(upload, results, fault, notes, seconds_left=seconds_left)
            if shares is not None:
                self._sharing.keep(upload, shares)
        return shares

    def _follow(self, upload: Upload, shares: Sequence[Share] | None, seconds_left: Callable[[], float]) -> None:
        """What follows once an upload is final; a repeat does again what may have been lost."""
        if shares is None and not upload.many:
            shares = (Share(upload.customer or UNKNOWN_CUSTOMER, upload.figures.rows),)
        # Of a file for many they are there until long after everything is over.
        if shares is not None:
            self._reporting.put_summary(upload, shares)
        self._herald.call(upload_notice(upload.id, upload.reseller).id)
        if upload.check_only:
            return
        self._ask_again(upload)
        pause = self._sharing.tell(upload, shares or (), seconds_left=seconds_left)
        if pause is not None:
            self._go_on(upload.id, delay=pause)

    def _ask_again(self, upload: Upload) -> None:
        """Has the manufacturer's registry asked once more if it never answered about some devices (row P7)."""
        if "REGISTRY_UNAVAILABLE" in upload.figures.notes_by_code:
            self._jobs.send([{"kind": AGAIN, "id": upload.id, "upload": upload.id}], delay=_REGISTRY_PAUSE)

    def _go_on(self, upload_id: str, *, delay: int = 0) -> None:
        self._finishes.send([{"upload_id": upload_id}], delay=delay)


def _figures(results: Sequence[ChunkResult], fault: Fault | None, notes: Sequence[Fault]) -> Figures:
    figures = add_up(result.figures for result in results)
    if fault:
        return replace(figures, by_code={fault.code: 1})
    noted = dict(figures.notes_by_code)
    for note in notes:
        noted[note.code] = noted.get(note.code, 0) + 1
    return replace(figures, notes_by_code=noted)
