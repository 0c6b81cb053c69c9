"""A decision on all of an upload, a transaction's worth of devices at a time, in the order of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind, Target
from rollcall.jobs import NamedRefusal, Place, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rollcall.decided import Outcome, Settled
    from rollcall.decisions import Decision
    from rollcall.devices import ListedDevice
    from rollcall.jobs import Job
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.devices import DevicesStore

#: Devices of a step: one transaction, with the share in the figures and, of an undo, the look at the lock.
PAGE: Final = 98
#: Steps' worth of devices that are listed in one request.
PAGES: Final = 10


class UploadSteps:
    """Walks an upload; which of its devices wait is read from the devices themselves.

    Args:
        decisions: the devices.
        devices: the devices of a chunk.
    """

    def __init__(self, decisions: DecisionsStore, devices: DevicesStore) -> None:
        self._decisions = decisions
        self._devices = devices

    def steps(self, job: Job) -> Iterator[tuple[Progress, Place]]:
        """Decides step by step, from where the job is; after each step, what it came to and where the next begins.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        part = self._decisions.parts.get(job.upload, job.account)
        if part is None:
            return
        own = range(part.chunks) if part.own_chunks is None else part.own_chunks
        for chunk in (number for number in own if number >= job.place.chunk):
            line = job.place.line if chunk == job.place.chunk else 0
            while read := self._devices.of_chunk(job.upload, chunk, after_line=line, limit=PAGE * PAGES):
                for start in range(0, len(read), PAGE):
                    page = read[start : start + PAGE]
                    line = page[-1].generation.line
                    yield self._step(job, page), Place(chunk, line)

    def _step(self, job: Job, page: Sequence[ListedDevice]) -> Progress:
        targets = [
            Target(one.id, one.generation)
            for one in page
            if one.generation.customer == job.account and job.selection.takes(one.order_number, one.model)
        ]
        return _progress(self._decisions.settle(job.decision, targets, owner=job.decision.id), job.decision)


def _progress(outcome: Outcome, decision: Decision) -> Progress:
    refused = [one for one in outcome.refused if _concerns(one, decision)]
    by_code: dict[str, int] = {}
    for one in refused:
        code = one.fault.code if one.fault else ""
        by_code[code] = by_code.get(code, 0) + 1
    return Progress(
        done=outcome.done + len(refused),
        decided=outcome.done,
        by_code=by_code,
        refused=tuple(
            NamedRefusal(one.target.key.partition("#")[2], one.fault.code, one.fault.message)
            for one in refused
            if one.fault
        ),
    )


def _concerns(one: Settled, decision: Decision) -> bool:
    """What was settled before the whole was decided on did not wait then, and is not refused now."""
    return decision.kind is DecisionKind.UNDO or one.entry is None or one.entry.at >= decision.at
