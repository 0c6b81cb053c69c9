"""The second step: the rows of one chunk are judged, their identifiers claimed, their devices stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall import conflicts, layout
from rollcall.chunks import (
    context_from_json,
    context_to_json,
    outcome_of,
    outcome_to_json,
    planned_from_json,
)
from rollcall.conflicts import Generation
from rollcall.devices import Arrival, arrive
from rollcall.errors import Fault
from rollcall.notices import upload_notice
from rollcall.occasions import refer_to
from rollcall.rows import judge
from rollcall.store.upload_chunks import ChunkResult
from rollcall.uploads import Figures, Split, UploadStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rollcall.chain.recognising import Recogniser
    from rollcall.chunks import (
        Outcome,
        PlannedRow,
    )
    from rollcall.rows import FileContext, Row
    from rollcall.store.claims import Claims
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.transitions import Status
    from rollcall.uploads import Cost, Upload


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a worker did.

    Attributes:
        figures: of the chunk; None where there was nothing left to do for it.
        last: the upload's chunks are all in, and the finisher was told.
    """

    figures: Figures | None
    last: bool


class Loader:
    """Loads one chunk at a time.

    Args:
        uploads: where uploads are kept.
        objects: the bucket.
        claims: the devices table.
        recogniser: asks the manufacturer's registry.
        finishes: queue of uploads to finish.
        herald: has the upload's progress told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        uploads: UploadsStore,
        objects: Objects,
        claims: Claims,
        recogniser: Recogniser,
        finishes: Queue,
        herald: Herald,
        clock: Callable[[], float],
    ) -> None:
        self._uploads = uploads
        self._objects = objects
        self._claims = claims
        self._recogniser = recogniser
        self._finishes = finishes
        self._herald = herald
        self._clock = clock

    def load(self, upload_id: str, number: int, *, worker: str, seconds: float) -> Loaded:
        """Loads a chunk; safe to repeat at any point.

        Args:
            upload_id: the upload.
            number: of the chunk, from 0.
            worker: names this attempt, different for each.
            seconds: how long the worker may run; its lease on the chunk ends then.

        Raises:
            LeaseHeldError: another worker is on the chunk.
            OutOfTimeError: the worker had to stop; the next try goes on from there.
            RegistryUnavailableError: the manufacturer's registry did not answer; the next try asks again.
        """
        upload = self._uploads.get(upload_id)
        if upload is None or upload.status is not UploadStatus.IN_PROGRESS:
            return Loaded(None, last=False)
        refer_to(upload.reference)
        now = self._clock()
        done = self._uploads.take_chunk(upload_id, number, worker=worker, now=now, until=now + seconds)
        figures = None
        if done is None:
            try:
                figures = self._load(upload, number, worker)
            except Exception:
                self._uploads.release_chunk(upload_id, number, worker=worker)
                raise
        last = self._uploads.chunks_done(upload_id) == upload.chunks
        if last:
            self._finishes.send([{"upload_id": upload_id}])
        else:
            self._herald.call(upload_notice(upload_id, upload.reseller).id)
        return Loaded(figures, last=last)

    def _load(self, upload: Upload, number: int, worker: str) -> Figures:
        lines = self._objects.lines(layout.chunk_key(upload.id, number))
        context = context_from_json(next(lines))
        planned = [planned_from_json(line) for line in lines]
        rows, statuses = self._settle(upload, number, planned, context)
        outcomes = [
            outcome_of(row, plan.cells, status=status.value)
            for row, plan, status in zip(rows, planned, statuses, strict=True)
        ]
        # A key of its own for each attempt: what a slower one writes later never stands beside another's figures.
        key = layout.outcome_key(upload.id, number, worker)
        self._objects.put_lines(key, [context_to_json(context), *map(outcome_to_json, outcomes)])
        figures = count(outcomes, cost=self._claims.cost)
        self._uploads.finish_chunk(upload.id, ChunkResult(number, key, figures), worker=worker)
        return figures

    def _settle(
        self, upload: Upload, number: int, planned: Sequence[PlannedRow], context: FileContext
    ) -> tuple[list[Row], list[Status]]:
        """Judges all rows, looks all their identifiers up, and stores what may be stored, each in its state."""
        rows = [_with_repeats(judge(plan.line, plan.cells, context, plan.faults), plan) for plan in planned]
        rows, statuses = self._recogniser.judge(upload, number, rows, context)
        holders = self._claims.look_up(key.key for row in rows for key in row.ids.values())
        rows = [_with_conflicts(row, upload, holders) for row in rows]
        if upload.check_only:
            return rows, statuses
        arrival = Arrival(
            reseller=upload.reseller,
            upload=upload.id,
            chunk=number,
            at=upload.started_at,
            by=upload.uploaded_by,
            source=upload.source,
            stc=context.stc,
            reference=upload.reference,
        )
        free = [
            arrive(row, _generation(row, upload), arrival, status)
            for row, status in zip(rows, statuses, strict=True)
            # A row whose identifiers are held by itself was stored by an earlier try.
            if not row.faults and not any(identifier.key in holders for identifier in row.ids.values())
        ]
        refused = self._claims.claim(free)
        rows = [_with_conflicts(row, upload, refused.get(_generation(row, upload), {})) for row in rows]
        return rows, statuses


def count(outcomes: Sequence[Outcome], *, cost: Cost) -> Figures:
    """The figures of some rows. A row counts once under each of its codes."""
    by_code: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    rows = Split()
    for outcome in outcomes:
        rows += Split(stored=int(outcome.stored), refused=int(not outcome.stored))
        by_code.update({fault.code for fault in outcome.faults})
        notes.update({note.code for note in outcome.notes})
    return Figures(rows=rows, by_code=by_code, notes_by_code=notes, cost=cost)


def _generation(row: Row, upload: Upload) -> Generation:
    return Generation(reseller=upload.reseller, customer=row.customer, upload=upload.id, line=row.line)


def _with_repeats(row: Row, planned: PlannedRow) -> Row:
    faults = [
        Fault("DUPLICATE_IN_FILE", *row.sources[slot], {"first_line": str(planned.repeats[identifier.key])})
        for slot, identifier in row.ids.items()
        if identifier.key in planned.repeats
    ]
    return row.refused(*faults) if faults else row


def _with_conflicts(row: Row, upload: Upload, holders: Mapping[str, Generation]) -> Row:
    if not holders:
        return row
    asking = _generation(row, upload)
    faults = [
        fault
        for slot, (column, value) in row.sources.items()
        if (holder := holders.get(row.ids[slot].key))
        and (fault := conflicts.fault(asking, holder, column=column, value=value))
        # The line that came first in this very file holds it: the row is refused as a repeat already.
        and holder.upload != upload.id
    ]
    return row.refused(*faults) if faults else row
