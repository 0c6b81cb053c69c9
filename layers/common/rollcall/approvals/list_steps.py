"""A decision on a list, page by page: of each line is kept what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind, Target
from rollcall.errors import Fault
from rollcall.jobs import JobKind, NamedRefusal, Place, Progress, touched_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rollcall.devices import Device
    from rollcall.jobs import Job
    from rollcall.lists import ListLine
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.jobs import JobsStore

#: What can be wrong with undoing the decision on a device; anything else was wrong with the list already.
_OF_UNDO: Final = frozenset({"DECISION_GONE", "UNDO_TOO_LATE", "DEVICE_EXCHANGING"})


class ListSteps:
    """Walks a list.

    Args:
        decisions: the devices.
        jobs: the list, and what came of each line.
        accounts: who is registered.
    """

    def __init__(self, decisions: DecisionsStore, jobs: JobsStore, accounts: AccountsStore) -> None:
        self._decisions = decisions
        self._jobs = jobs
        self._accounts = accounts

    def steps(self, job: Job) -> Iterator[tuple[Progress, Place]]:
        """Decides page by page, from where the job is; after each page, what it came to and where the next begins.

        Raises:
            OutOfTimeError: the worker's time is up.
            LockedError: an undo, while somebody decides on the whole upload of a device.
        """
        registered: dict[str, bool] = {}
        for number in range(job.place.chunk, job.pages):
            lines = self._jobs.page(job.pages_of, number)
            refused, concerned, devices = self._page(job, lines, registered)
            if job.kind is not JobKind.UNDO_DECISION:
                self._jobs.put_result(job.id, number, refused, touched_by(devices))
            yield _progress(concerned, refused), Place(number + 1)

    def _page(
        self, job: Job, lines: Sequence[ListLine], registered: dict[str, bool]
    ) -> tuple[list[ListLine], int, tuple[Device, ...]]:
        """The lines that were refused, each with its faults; how many the decision concerned; those it is made of."""
        found = self._decisions.changes.read(key for line in lines for key in line.keys)
        meant: list[tuple[ListLine, Target]] = []
        refused: dict[int, ListLine] = {}
        for line in lines:
            devices = {found[key].id: key for key in line.keys if key in found}
            if line.faults:
                refused[line.line] = line
            elif len(devices) > 1:
                refused[line.line] = _refused(line, Fault("ID_AMBIGUOUS"))
            else:
                key = next(iter(devices.values()), line.keys[0])
                meant.append((line, Target(key, line.generation, line.approval_id)))

        def guard(device: Device) -> Fault | None:
            if job.decision.kind is not DecisionKind.ACCEPT or job.only_this_time:
                return None
            reseller = device.generation.reseller
            if reseller not in registered:
                link = self._accounts.link(reseller, job.account)
                registered[reseller] = bool(link and link.is_registered)
            return None if registered[reseller] else Fault("RESELLER_NOT_REGISTERED", details={"reseller": reseller})

        outcome = self._decisions.settle(job.decision, [target for _, target in meant], guard=guard)
        concerned = len(refused)
        for (line, _), one in zip(meant, outcome.settled, strict=True):
            concerned += bool(one.done or one.fault)
            if one.fault:
                refused[line.line] = _refused(line, one.fault)
        if job.kind is JobKind.UNDO_DECISION:  # of a list, what was refused then is not to be undone
            refused = {number: line for number, line in refused.items() if line.faults[0].code in _OF_UNDO}
            concerned = outcome.done + len(refused)
        return [refused[number] for number in sorted(refused)], concerned, outcome.decided


def _refused(line: ListLine, fault: Fault) -> ListLine:
    value = fault.value or line.value
    return replace(line, faults=(replace(fault, column=fault.column or line.column, value=value),))


def _progress(concerned: int, refused: Sequence[ListLine]) -> Progress:
    by_code: dict[str, int] = {}
    for line in refused:
        for code in {fault.code for fault in line.faults}:
            by_code[code] = by_code.get(code, 0) + 1
    return Progress(
        done=concerned,
        decided=concerned - len(refused),
        by_code=by_code,
        refused=tuple(NamedRefusal(line.value, line.faults[0].code, line.faults[0].message) for line in refused),
    )
