"""The reports of an upload: what became of each row, why, what to mend, and what each customer has of it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from rollcall import layout, reports
from rollcall.chunks import context_from_json, outcomes_from_json
from rollcall.shares import Tally
from rollcall.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rollcall.chunks import Outcome
    from rollcall.errors import Fault
    from rollcall.rows import FileContext
    from rollcall.shares import Share
    from rollcall.store.object_writer import ObjectWriter
    from rollcall.store.objects import Objects
    from rollcall.store.upload_chunks import ChunkResult
    from rollcall.uploads import Upload

_CSV: Final = "text/csv; charset=utf-8"
#: Rows turned into bytes at a time.
_ROWS: Final = 500


class Reporting:
    """Writes reports.

    Args:
        objects: the bucket.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def write(
        self, upload: Upload, results: Sequence[ChunkResult], fault: Fault | None, notes: Sequence[Fault]
    ) -> tuple[Share, ...]:
        """Writes the sheets; a repeat writes the same again.

        Args:
            upload: of which.
            results: of all its chunks.
            fault: why the file failed as a whole, if it did.
            notes: about the file as a whole.

        Returns:
            What each customer has of it, by customer id.
        """
        tally = Tally(upload)
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
            for chunk, outcome in self._outcomes(results):
                tally.add(chunk, outcome)
                every.add(reports.result_row(outcome))
                for found in outcome.faults:
                    errors.add(reports.fault_row(outcome.line, found, context))
                for note in outcome.notes:
                    noted.add(reports.fault_row(outcome.line, note, context))
                if outcome.faults and context is not None:
                    resend.add(reports.resend_row(outcome))
        return tally.shares()

    def put_summary(self, upload: Upload, shares: Iterable[Share]) -> None:
        """Writes ``summary.json`` of a finished upload; a repeat writes the same again."""
        body = json.dumps(reports.summary(upload, shares), ensure_ascii=False, indent=2) + "\n"
        key = f"{layout.reports_prefix(upload.reseller, upload.id)}summary.json"
        self._objects.put(key, body.encode(), "application/json")

    def _context(self, results: Sequence[ChunkResult]) -> FileContext | None:
        if not results:
            return None
        return context_from_json(next(self._objects.lines(results[0].outcomes)))

    def _outcomes(self, results: Iterable[ChunkResult]) -> Iterator[tuple[int, Outcome]]:
        """All rows in the order of the file, each with its chunk's number; one chunk in memory at a time."""
        for result in results:
            for outcome in outcomes_from_json(islice(self._objects.lines(result.outcomes), 1, None)):
                yield result.number, outcome


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
