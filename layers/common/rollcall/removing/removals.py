"""Removals as people and programs ask for them: by a list, by an upload, and with the customer's release."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.approvals.answers import Denied
from rollcall.decisions import Target
from rollcall.errors import Fault
from rollcall.jobs import job_id
from rollcall.life import Occasion
from rollcall.lists import PAGE, of_targets
from rollcall.notices import release_notice, release_reminder_notice, removal_notice
from rollcall.permissions import Act, allows
from rollcall.removals import MOST, Removal, RemovalKind, RemovalState
from rollcall.removing.naming import lines_of
from rollcall.removing.removers import undo_fault
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.approvals.wishes import Approver
    from rollcall.devices import Device
    from rollcall.lists import ListLine
    from rollcall.removing.guards import Releases
    from rollcall.removing.removers import Remover
    from rollcall.removing.runner import RemovalRunner
    from rollcall.store.deletions import DeletionsStore
    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.jobs import JobsStore
    from rollcall.store.queues import Queue
    from rollcall.store.removals import RemovalsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Upload

#: Seconds after which the queue looks after a small removal, in case whoever clicked was cut off.
_AFTER_A_CLICK: Final = 15


class Removals:
    """Begins removals, and takes customers' answers about them.

    Args:
        removals: where they are kept.
        lists: and their lists.
        deletions: knows what can be deleted.
        changes: reads devices.
        releases: which customers have to be asked.
        runner: works on the small ones at once.
        herald: has it told.
        queue: of jobs.
        now: the time, with a time zone.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        removals: RemovalsStore,
        lists: JobsStore,
        deletions: DeletionsStore,
        changes: DeviceChanges,
        releases: Releases,
        runner: RemovalRunner,
        herald: Herald,
        queue: Queue,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._removals = removals
        self._lists = lists
        self._deletions = deletions
        self._changes = changes
        self._releases = releases
        self._runner = runner
        self._herald = herald
        self._queue = queue
        self._now = now

    def get(self, removal: str, account: str) -> Removal | None:
        """A removal of an account's own, or one whose release it is asked for; None for every other."""
        found = self._removals.get(removal)
        return found if found and account in (found.account, found.customer) else None

    # -- by list -----------------------------------------------------------------------------------------------------

    def delete(
        self, remover: Remover, identifiers: Sequence[str], *, once: str, reference: str = ""
    ) -> Removal | Denied:
        """Begins to delete devices (row P15): a job does it, and keeps of each line that stays why it does.

        What the customer has accepted stays with ``RELEASE_NEEDED``, and the customer is asked to release it.

        Args:
            remover: who.
            identifiers: of the devices, as typed; each device counts once.
            once: names the occasion: the same one begins one job.
            reference: the id under which the logs tell more.

        Returns:
            The job; its id is that of ``GET /v1/jobs/<id>``, and `get` reads it.

        Raises:
            OutOfTimeError: the caller's time is up; nothing has begun.
        """
        if not allows(remover.role, Act.DELETE):
            return Denied((Fault("DECISION_NOT_ALLOWED"),))
        if len(identifiers) > MOST:
            return Denied((Fault("LIST_TOO_LONG", details={"limit": f"{MOST:,}"}),))
        lines = lines_of(identifiers, self._changes, reseller=remover.account)
        removal = self._new(remover, RemovalKind.DELETE, once, reference, total=len(lines))
        known = self._removals.get(removal.id)
        return known or self._begin(self._with_pages(removal, lines))

    def judge(self, devices: Sequence[Device]) -> list[Fault | None]:
        """Why devices could not be deleted as they are now, in their order; None for those that could."""
        return self._deletions.faults(devices, guard=self._releases.guard())

    def draft(self, remover: Remover, devices: Sequence[Device], *, once: str, reference: str = "") -> Removal:
        """Remembers what somebody is shown and has not confirmed yet: these devices, as they arrived."""
        targets = [Target(device.id, device.generation) for device in devices]
        removal = self._new(remover, RemovalKind.DELETE, once, reference, total=len(targets))
        draft = self._with_pages(replace(removal, state=RemovalState.DRAFT), of_targets(targets))
        self._removals.begin(draft, now=self._now().timestamp())
        return draft

    def confirm(self, remover: Remover, id_: str, *, reference: str = "") -> Removal | Denied:
        """Deletes what was shown; a small removal at once, as far as the time goes.

        Returns:
            The removal as it is then. Confirmed twice it is one.
        """
        removal = self._removals.get(id_)
        if removal is None or removal.account != remover.account:
            return Denied((Fault("NOT_FOUND"),))
        if not allows(remover.role, Act.DELETE):
            return Denied((Fault("DECISION_NOT_ALLOWED"),))
        if removal.state is not RemovalState.DRAFT:
            return removal
        now = self._now()
        occasion = Occasion(id_, remover.by, utc(now), reference or removal.reference)
        running = replace(
            removal, state=RemovalState.RUNNING, occasion=occasion, person=remover.person, created_at=utc(now)
        )
        saved = self._removals.save(running, at=utc(now), now=now.timestamp())
        if saved is None:
            return self._removals.get(id_) or removal
        return self._start(saved, watched=True)

    # -- by upload ---------------------------------------------------------------------------------------------------

    def undo_fault(self, remover: Remover, upload: Upload) -> Fault | None:
        """Why somebody may not take an upload back, or there is nothing to; None if they may."""
        return undo_fault(remover, upload, now=self._now())

    def undone(self, upload: str) -> Removal | None:
        """The removal that took an upload back last; None if none did."""
        return self._removals.of_upload(upload)

    def undo(self, remover: Remover, upload: Upload, *, once: str, reference: str = "") -> Removal | Denied:
        """Takes an upload back (row B8): what waits and what the registry does not know goes, the rest stays.

        Args:
            remover: who.
            upload: as read.
            once: names the occasion: the same one begins one job.
            reference: the id under which the logs tell more.
        """
        fault = self.undo_fault(remover, upload)
        if fault:
            return Denied((fault,))
        last = self._removals.of_upload(upload.id)
        if last and not last.is_over:
            return last
        removal = self._new(remover, RemovalKind.UNDO_UPLOAD, once, reference, total=upload.figures.rows.stored)
        known = self._removals.get(removal.id)
        if known:
            return known
        removal = replace(removal, upload=upload.id)
        self._removals.mark_upload(removal)
        return self._begin(removal, watched=True)

    # -- the customer ------------------------------------------------------------------------------------------------

    def answer(self, approver: Approver, id_: str, *, release: bool) -> tuple[Removal, bool] | Denied:
        """Takes a customer's answer: the devices are released and go, or it keeps them. The first answer counts.

        Returns:
            The removal as it is then, and whether it was this answer that counted.
        """
        removal = self._removals.get(id_)
        if removal is None or not removal.customer or removal.customer != approver.account:
            return Denied((Fault("NOT_FOUND"),))
        if not allows(approver.role, Act.RELEASE):
            return Denied((Fault("DECISION_NOT_ALLOWED"),))
        if removal.state is not RemovalState.WAITING:
            return removal, False
        now = self._now()
        answered = replace(removal, answered_by=approver.by, answered_at=utc(now))
        if release:
            answered = replace(answered, state=RemovalState.RUNNING)
        else:
            answered = replace(answered, state=RemovalState.REFUSED, fault="RELEASE_DENIED", finished_at=utc(now))
        saved = self._removals.save(answered, at=utc(now), now=now.timestamp())
        if saved is None:
            return self._removals.get(id_) or removal, False
        self._herald.mark(release_notice(id_, saved.customer), at=utc(now))
        for number in (1, 2):  # what reminded of it says now what was answered
            self._herald.mark_known(release_reminder_notice(id_, number, saved.customer), at=utc(now))
        if release:
            return self._start(saved, watched=False), True
        if saved.person:
            self._herald.mark(removal_notice(id_, saved.account, saved.person), at=utc(now))
        return saved, True

    # -- the same for all --------------------------------------------------------------------------------------------

    def _new(self, remover: Remover, kind: RemovalKind, once: str, reference: str, *, total: int) -> Removal:
        id_, at = job_id(kind, remover.account, remover.by, once), utc(self._now())
        occasion = Occasion(id_, remover.by, at, reference or id_)
        return Removal(id_, kind, remover.account, occasion, at, person=remover.person, total=total)

    def _with_pages(self, removal: Removal, lines: Sequence[ListLine]) -> Removal:
        starts = range(0, len(lines), PAGE)
        for number, start in enumerate(starts):
            self._lists.put_page(removal.id, number, lines[start : start + PAGE], now=self._now().timestamp())
        return replace(removal, pages=len(starts))

    def _begin(self, removal: Removal, *, watched: bool = False) -> Removal:
        if not self._removals.begin(removal, now=self._now().timestamp()):
            return self._removals.get(removal.id) or removal
        return self._start(removal, watched=watched)

    def _start(self, removal: Removal, *, watched: bool) -> Removal:
        """Has a removal worked on: by whoever began it if it is small, and in any case looked after by the queue."""
        at_once = watched and removal.is_small
        self._queue.send([{"kind": removal.kind.value, "id": removal.id}], delay=_AFTER_A_CLICK if at_once else 0)
        return (self._runner.run(removal.id, watched=True) if at_once else None) or removal
