"""The third step: reports are written, the upload becomes final, its summary is put last."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from rollcall import layout, reports
from rollcall.chunks import context_from_json, outcomes_from_json
from rollcall.notices import approval_notice, upload_notice
from rollcall.occasions import refer_to
from rollcall.refreshes import AGAIN
from rollcall.sheets import SheetWriter
from rollcall.transitions import Status
from rollcall.uploads import UNKNOWN_CUSTOMER, Figures, UploadStatus, add_up, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rollcall.chunks import Outcome
    from rollcall.errors import Fault
    from rollcall.rows import FileContext
    from rollcall.store.objects import Objects, ObjectWriter
    from rollcall.store.queues import Queue
    from rollcall.store.upload_chunks import ChunkResult
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Upload

_CSV: Final = "text/csv; charset=utf-8"
#: Seconds until a registry is asked again that did not answer while an upload was stored; the most that SQS delays.
_REGISTRY_PAUSE: Final = 900
#: Rows turned into bytes at a time.
_ROWS: Final = 500


class Finish(StrEnum):
    """What the finisher did."""

    FINISHED = "finished"
    REPEATED = "repeated"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class Finisher:
    """Finishes uploads whose chunks are all in.

    Args:
        uploads: where uploads are kept.
        objects: the bucket.
        herald: has the outcome told.
        jobs: queue of longer work.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        uploads: UploadsStore,
        objects: Objects,
        herald: Herald,
        jobs: Queue,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._uploads = uploads
        self._objects = objects
        self._herald = herald
        self._jobs = jobs
        self._now = now

    def finish(self, upload_id: str) -> tuple[Finish, Upload | None]:
        """Finishes an upload; safe to repeat at any point.

        The order is the promise: the reports are there before the upload is final, and the summary comes last, so
        whoever sees it finds all the rest.
        """
        upload = self._uploads.get(upload_id)
        if upload is None:
            return Finish.UNKNOWN, None
        refer_to(upload.reference)
        if upload.status is UploadStatus.AWAITING_FILE:
            return Finish.NOT_YET, upload
        notice = upload_notice(upload.id, upload.reseller)
        if upload.status is not UploadStatus.IN_PROGRESS:
            self._put_summary(upload)
            self._herald.call(notice.id)
            self._tell_customers(upload)
            self._ask_again(upload)
            return Finish.REPEATED, upload
        results = list(self._uploads.chunk_results(upload_id))
        if upload.chunks is None or len(results) < upload.chunks:
            return Finish.NOT_YET, upload
        fault, notes = self._uploads.file_faults(upload_id)
        unrecognised = self._write_reports(upload, results, fault, notes)
        figures = _figures(results, fault, notes)
        status = reports.file_status(fault, figures.status)
        at = utc(self._now())
        if not upload.check_only:
            for customer, devices in unrecognised.items():
                self._uploads.put_unrecognised(upload_id, customer, devices)
            self._put_parts(upload, figures, status, at)
        first = self._uploads.finish(upload_id, figures, status, at=at, tell=notice)
        final = self._uploads.get(upload_id) or replace(upload, status=status, figures=figures, finished_at=at)
        self._put_summary(final)
        self._herald.call(notice.id)
        self._tell_customers(final)
        self._ask_again(final)
        return Finish.FINISHED if first else Finish.REPEATED, final

    def _tell_customers(self, upload: Upload) -> None:
        """Each customer that has devices of the upload now hears of its own part, once (row P21)."""
        if upload.check_only:
            return
        by_customer = upload.figures.by_customer if upload.many else {upload.customer: upload.figures.rows}
        for customer, split in by_customer.items():
            if customer and customer != UNKNOWN_CUSTOMER and split.stored:
                self._herald.begin(approval_notice(upload.id, customer), at=upload.finished_at or utc(self._now()))

    def _ask_again(self, upload: Upload) -> None:
        """Has the manufacturer's registry asked once more if it never answered about some devices (row P7)."""
        if "REGISTRY_UNAVAILABLE" in upload.figures.notes_by_code and not upload.check_only:
            self._jobs.send([{"kind": AGAIN, "id": upload.id, "upload": upload.id}], delay=_REGISTRY_PAUSE)

    def _write_reports(
        self, upload: Upload, results: Sequence[ChunkResult], fault: Fault | None, notes: Sequence[Fault]
    ) -> Counter[str]:
        """Writes them; how many devices of each customer arrived in MPTS_ERROR."""
        unrecognised: Counter[str] = Counter()
        context = self._context(results)
        with ExitStack() as stack:
            prefix = layout.reports_prefix(upload.reseller, upload.id)

            def sheet(name: str, header: Sequence[str]) -> _Sheet:
                writer = stack.enter_context(self._objects.writer(f"{prefix}{name}.csv", _CSV))
                return stack.enter_context(_Sheet(writer, header))

            errors = sheet("errors", reports.FAULT_COLUMNS)
            noted = sheet("notes", reports.FAULT_COLUMNS)
            every = sheet("results", reports.RESULT_COLUMNS)
            resend = sheet("resend", reports.resend_header(context))
            if fault:
                errors.add(reports.fault_row(None, fault, None))
            for note in notes:
                noted.add(reports.fault_row(None, note, context))
            for outcome in self._outcomes(results):
                if outcome.status == Status.MPTS_ERROR:
                    unrecognised[outcome.customer] += 1
                every.add(reports.result_row(outcome))
                for found in outcome.faults:
                    errors.add(reports.fault_row(outcome.line, found, context))
                for note in outcome.notes:
                    noted.add(reports.fault_row(outcome.line, note, context))
                if outcome.faults and context is not None:
                    resend.add(reports.resend_row(outcome))
        return unrecognised

    def _context(self, results: Sequence[ChunkResult]) -> FileContext | None:
        if not results:
            return None
        return context_from_json(next(self._objects.lines(results[0].outcomes)))

    def _outcomes(self, results: Iterable[ChunkResult]) -> Iterator[Outcome]:
        """All rows in the order of the file, one chunk in memory at a time."""
        for result in results:
            yield from outcomes_from_json(islice(self._objects.lines(result.outcomes), 1, None))

    def _put_parts(self, upload: Upload, figures: Figures, status: UploadStatus, at: str) -> None:
        """What each customer sees: its own part and no more; nothing of an upload that brought it nothing."""
        if not upload.many:
            if upload.customer and figures.rows.stored:
                self._uploads.put_part(upload, upload.customer, figures.rows, status, at=at)
            return
        for customer, split in figures.by_customer.items():
            if customer != UNKNOWN_CUSTOMER and split.stored:
                part = Figures(rows=split).status
                self._uploads.put_part(upload, customer, split, part, at=at)

    def _put_summary(self, upload: Upload) -> None:
        body = json.dumps(reports.summary(upload), ensure_ascii=False, indent=2) + "\n"
        key = f"{layout.reports_prefix(upload.reseller, upload.id)}summary.json"
        self._objects.put(key, body.encode(), "application/json")


class _Sheet:
    """A CSV that is written some hundred rows at a time."""

    def __init__(self, target: ObjectWriter, header: Sequence[str]) -> None:
        self._target = target
        self._sheet = SheetWriter()
        self._rows: list[Sequence[str]] = [header]

    def add(self, row: Sequence[str]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        self._target.write(self._sheet.write(self._rows))
        self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._flush()


def _figures(results: Sequence[ChunkResult], fault: Fault | None, notes: Sequence[Fault]) -> Figures:
    figures = add_up(result.figures for result in results)
    if fault:
        return replace(figures, by_code={fault.code: 1})
    noted = dict(figures.notes_by_code)
    for note in notes:
        noted[note.code] = noted.get(note.code, 0) + 1
    return replace(figures, notes_by_code=noted)
