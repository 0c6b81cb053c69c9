"""Works on removals: in bounded steps, each remembered, so that one that dies goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.conflicts import Generation
from rollcall.jobs import Place, job_id
from rollcall.lists import PAGE
from rollcall.notices import release_notice, removal_notice
from rollcall.removals import Removal, RemovalKind, RemovalState
from rollcall.removing.steps import by_customer
from rollcall.ruling.messages import recount
from rollcall.store.transactions import OutOfTimeError
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from rollcall.removing.steps import ListSteps, Stepped, UploadSteps
    from rollcall.store.arrivals import ArrivalsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.queues import Queue
    from rollcall.store.removals import RemovalsStore
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.decisions import Tidings
    from rollcall.telling.herald import Herald

#: Steps between two times that a removal is stored.
_STEPS: Final = 5
#: Parts of uploads that the steps between may touch: the messages about each are sent for before it is stored.
_PARTS: Final = 100
#: How often an upload is gone through to find devices that the index did not show yet, and seconds before each time.
_PASSES: Final = 3
_PAUSE: Final = 5


class RemovalRunner:
    """Works on removals. Safe to repeat at any point, and by two workers at once.

    Args:
        removals: where they are kept.
        lists: and their lists.
        list_steps: deletes what a list names.
        upload_steps: takes an upload back.
        uploads: what is left of one.
        herald: has it told.
        tidings: brings the messages about the devices up to date.
        arrivals: which uploads were counted into orders.
        queue: of jobs.
        seconds_left: how long the worker may still run.
        now: the time, with a time zone.
        margin: seconds kept back for the last steps.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        removals: RemovalsStore,
        lists: JobsStore,
        list_steps: ListSteps,
        upload_steps: UploadSteps,
        uploads: UploadsStore,
        herald: Herald,
        tidings: Tidings,
        arrivals: ArrivalsStore,
        queue: Queue,
        seconds_left: Callable[[], float],
        now: Callable[[], datetime],
        margin: float = 10.0,
    ) -> None:
        self._removals = removals
        self._lists = lists
        self._list_steps = list_steps
        self._upload_steps = upload_steps
        self._uploads = uploads
        self._herald = herald
        self._tidings = tidings
        self._arrivals = arrivals
        self._queue = queue
        self._seconds_left = seconds_left
        self._now = now
        self._margin = margin

    def run(self, id_: str, *, watched: bool = False) -> Removal | None:
        """Works on a removal until it is done or the time is up; then it is sent on its way again.

        Args:
            id_: of the removal.
            watched: who asked for it waits for the answer, so that no message need tell them.

        Returns:
            The removal as it is then; None if there is none.
        """
        removal = self._removals.get(id_)
        if removal is None or removal.state in (RemovalState.DRAFT, RemovalState.WAITING):
            return removal
        if removal.is_over:
            return self._settle(removal, watched=removal.is_small and not removal.parent)
        return self._work(removal, watched=watched)

    def _work(self, removal: Removal, *, watched: bool) -> Removal:
        steps: Iterator[Stepped] = (
            self._upload_steps.steps(removal) if removal.upload else self._list_steps.steps(removal)
        )
        unsaved = 0
        parts: set[tuple[str, str]] = set()
        try:
            for step, place, touched in steps:
                removal = removal.advance(step, place)
                parts |= touched
                unsaved += 1
                if unsaved == _STEPS or len(parts) >= _PARTS:
                    self._follow(parts, removal)
                    saved = self._save(removal)
                    if saved is None:
                        return removal  # another worker is further
                    removal, unsaved = saved, 0
                    self._tell_asker(removal, watched=watched)
                    parts.clear()
                if self._seconds_left() < self._margin:
                    return self._later(removal, parts)
        except OutOfTimeError:
            return self._later(removal, parts)
        self._follow(parts, removal)
        if removal.upload:
            removal = self._counted(removal)
            if self._has_missed_some(removal):
                return self._later(removal.go_through_again(), delay=_PAUSE)
        at = utc(self._now())
        ended = self._save(replace(removal, state=RemovalState.DONE, place=Place(), done=removal.total, finished_at=at))
        return self._settle(ended, watched=watched) if ended else removal

    def _has_missed_some(self, removal: Removal) -> bool:
        """Whether something of the upload still waits: the index has not shown it yet, or a decision was taken back."""
        if removal.passes + 1 >= _PASSES:
            return False
        upload = self._uploads.get(removal.upload)
        return bool(upload and upload.figures.rows.stored > self._uploads.settled(upload.id))

    def _counted(self, removal: Removal) -> Removal:
        """The removal with what is gone by the upload's own figures: a worker that died may have told less."""
        return removal.count(self._removals.removed_of(removal))

    def _later(self, removal: Removal, parts: Iterable[tuple[str, str]] = (), *, delay: int = 0) -> Removal:
        self._follow(parts, removal)
        saved = self._save(removal)
        if saved is not None:
            self._queue.send([{"kind": removal.kind.value, "id": removal.id}], delay=delay)
        return saved or removal

    def _save(self, removal: Removal) -> Removal | None:
        now = self._now()
        return self._removals.save(removal, at=utc(now), now=now.timestamp())

    # -- what follows ------------------------------------------------------------------------------------------------

    def _settle(self, removal: Removal, *, watched: bool) -> Removal:
        """What follows the end; a repeat does the same again."""
        if removal.by_code.get("RELEASE_NEEDED"):
            self._ask_for_release(removal)
        if removal.upload:
            self._follow(((removal.upload, customer) for customer in removal.removed), removal)
        if removal.customer:
            self._herald.mark(release_notice(removal.id, removal.customer), at=utc(self._now()))
        for customer in removal.removed:
            self._herald.mark(removal_notice(removal.id, customer), at=utc(self._now()))
        self._tell_asker(removal, watched=watched)
        return self._tell_others(removal) if removal.others.devices else removal

    def _tell_others(self, removal: Removal) -> Removal:
        """Tells the customers that the removal does not name, a page at a time; those that are left another time."""
        others = [customer for customer in self._customers(removal) if customer not in removal.removed]
        while page := others[removal.told : removal.told + _PARTS]:
            if self._seconds_left() < self._margin:
                self._queue.send([{"kind": removal.kind.value, "id": removal.id}])
                return removal
            if removal.upload:
                self._follow(((removal.upload, customer) for customer in page), removal)
            self._herald.mark_all([removal_notice(removal.id, customer) for customer in page], at=utc(self._now()))
            saved = self._save(replace(removal, told=removal.told + len(page)))
            if saved is None:
                return removal  # another worker is further
            removal = saved
        return removal

    def _customers(self, removal: Removal) -> list[str]:
        """Those of whom something is gone, by id."""
        if removal.upload:
            return sorted(self._removals.removed_of(removal))
        stays = {line.line for line in self._lists.refused(removal.id)}
        lines = (line for number in range(removal.pages) for line in self._lists.page(removal.id, number))
        return sorted({line.generation.customer for line in lines if line.generation and line.line not in stays})

    def _ask_for_release(self, removal: Removal) -> None:
        """Begins what waits for the customers, and asks them."""
        for customer, lines in by_customer(list(self._lists.refused(removal.id))).items():
            id_, now = job_id(removal.id, customer), self._now()
            if self._removals.get(id_) is None:
                starts = range(0, len(lines), PAGE)
                for number, start in enumerate(starts):
                    self._lists.put_page(id_, number, lines[start : start + PAGE], now=now.timestamp())
                waiting = Removal(
                    id=id_,
                    kind=RemovalKind.DELETE,
                    account=removal.account,
                    occasion=replace(removal.occasion, id=id_),
                    created_at=utc(now),
                    person=removal.person,
                    pages=len(starts),
                    customer=customer,
                    parent=removal.id,
                    state=RemovalState.WAITING,
                    total=len(lines),
                )
                self._removals.begin(waiting, now=now.timestamp())
            self._herald.mark(release_notice(id_, customer), at=utc(now))

    def _follow(self, parts: Iterable[tuple[str, str]], removal: Removal) -> None:
        """Has the messages about parts of uploads brought up to date, before it is remembered how far this has come.

        What they brought of orders is counted anew.
        """
        touched = sorted(parts)
        self._tidings.devices_changed(Generation(removal.account, customer, upload, 0) for upload, customer in touched)
        counted = [part for part in touched if self._arrivals.of(*part).tally]
        self._queue.send([recount(upload, customer, once=removal.id) for upload, customer in counted])

    def _tell_asker(self, removal: Removal, *, watched: bool) -> None:
        if removal.person and not watched:
            self._herald.mark(removal_notice(removal.id, removal.account, removal.person), at=utc(self._now()))
