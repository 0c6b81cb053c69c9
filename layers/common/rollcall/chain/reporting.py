"""The reports of an upload: what became of each row, why, what to mend, and what each customer has of it."""

from __future__ import annotations

import json
import math
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

from rollcall import layout, reports, resends
from rollcall.chain.sharing import MARGIN
from rollcall.chunks import context_from_json, outcomes_from_json
from rollcall.shares import Tally, merged, share_from_json, share_to_json
from rollcall.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
#: Rows after which the time is looked at: with a fault in each they take about 1.4 s of a whole CPU.
_GROUP_ROWS: Final = 20_000
#: Seconds that a worker should have for joining what was written in groups: a gigabyte at 10 MB/s.
_JOINING: Final = 100.0
_SHEETS: Final = ("errors", "notes", "results", "resend")
_SHARES: Final = "shares.jsonl.gz"


class Reporting:
    """Writes reports.

    A file of which the rows are too many for one worker is written in groups of chunks. What a group came to is kept
    beside its sheets, and put there last: whoever goes on finds it and does not write that group again.

    Args:
        objects: the bucket.
    """

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def write(
        self,
        upload: Upload,
        results: Sequence[ChunkResult],
        fault: Fault | None,
        notes: Sequence[Fault],
        *,
        seconds_left: Callable[[], float] = lambda: math.inf,
    ) -> tuple[Share, ...] | None:
        """Writes the sheets; a repeat writes the same again.

        Args:
            upload: of which.
            results: of all its chunks.
            fault: why the file failed as a whole, if it did.
            notes: about the file as a whole.
            seconds_left: how long the worker may still run.

        Returns:
            What each customer has of it, by customer id; None if the time was up before all were written: the next
            call goes on. Each call gets at least one group done.
        """
        groups = list(_groups(results))
        context = self._context(results)
        whole = layout.reports_prefix(upload.reseller, upload.id)
        if len(groups) == 1:
            return self._write_group(upload, groups[0], context, fault, notes, first=True, prefix=whole)
        shares: list[Share] = []
        written = 0
        for number, group in enumerate(groups):
            prefix = layout.report_group_prefix(upload.id, number)
            kept = self._objects.lines_if_there(f"{prefix}{_SHARES}")
            if kept is not None:
                shares += map(share_from_json, kept)
                continue
            if written and seconds_left() < MARGIN:
                return None
            found = self._write_group(upload, group, context, fault, notes, first=not number, prefix=prefix)
            self._objects.put_lines(f"{prefix}{_SHARES}", map(share_to_json, found))
            shares += found
            written += 1
        if written and seconds_left() < _JOINING:
            return None
        prefixes = [layout.report_group_prefix(upload.id, number) for number in range(len(groups))]
        for name in _SHEETS:
            self._objects.join([f"{prefix}{name}.csv" for prefix in prefixes], f"{whole}{name}.csv", _CSV)
        return merged(shares)

    def _write_group(
        self,
        upload: Upload,
        results: Iterable[ChunkResult],
        context: FileContext | None,
        fault: Fault | None,
        notes: Sequence[Fault],
        *,
        first: bool,
        prefix: str,
    ) -> tuple[Share, ...]:
        """The lines of some chunks; the first group begins with the headings and what is wrong with the whole file."""
        tally = Tally(upload)
        with ExitStack() as stack:

            def sheet(name: str, header: Sequence[str]) -> _Sheet:
                writer = stack.enter_context(self._objects.writer(f"{prefix}{name}.csv", _CSV))
                return stack.enter_context(_Sheet(writer, header if first else None))

            errors = sheet("errors", reports.FAULT_COLUMNS)
            noted = sheet("notes", reports.FAULT_COLUMNS)
            every = sheet("results", reports.RESULT_COLUMNS)
            resend = sheet("resend", resends.resend_header(context))
            if fault and first:
                errors.add(reports.fault_row(None, fault, None))
            for note in notes if first else ():
                noted.add(reports.fault_row(None, note, context))
            for chunk, outcome in self._outcomes(results):
                tally.add(chunk, outcome)
                every.add(reports.result_row(outcome))
                for found in outcome.faults:
                    errors.add(reports.fault_row(outcome.line, found, context))
                for note in outcome.notes:
                    noted.add(reports.fault_row(outcome.line, note, context))
                if outcome.faults and context is not None:
                    resend.add(resends.resend_row(outcome, context))
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


def _groups(results: Sequence[ChunkResult]) -> Iterator[Sequence[ChunkResult]]:
    """Chunks in the order of the file, each time as many as have the rows of a group; one group at least."""
    begin = rows = 0
    for end, result in enumerate(results, 1):
        rows += result.figures.rows.total
        if rows >= _GROUP_ROWS and end < len(results):
            yield results[begin:end]
            begin, rows = end, 0
    yield results[begin:]


class _Sheet:
    """A CSV that is written some hundred rows at a time; without a header it is the continuation of another."""

    def __init__(self, target: ObjectWriter, header: Sequence[str] | None) -> None:
        self._target = target
        self._sheet = SheetWriter(begun=header is None)
        self._rows: list[Sequence[str]] = [] if header is None else [header]

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
