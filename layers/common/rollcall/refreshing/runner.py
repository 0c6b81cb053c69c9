"""Works on refreshes, in bounded steps, each remembered, so that one that dies goes on where it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.notices import healed_notice, refresh_notice
from rollcall.refreshes import KIND, TRIES, RefreshState
from rollcall.refreshing.doubted import Doubted
from rollcall.registry import Inquiry, Opinion, status_of
from rollcall.store.device_changes import LockedError
from rollcall.store.transactions import OutOfTimeError
from rollcall.transitions import Status
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from rollcall.decisions import Target
    from rollcall.refreshes import Refresh
    from rollcall.registry import Registry, Strictness
    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.devices import DevicesStore
    from rollcall.store.exchanges import ExchangesStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.queues import Queue
    from rollcall.store.refreshes import RefreshesStore
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.decisions import Tidings
    from rollcall.telling.herald import Herald

#: Customers that are told between two times that a refresh is stored.
_TOLD: Final = 100
#: Pages without any such device after which a place is remembered.
_PAGES: Final = 20
#: Seconds until a device is tried again whose whole upload somebody decides on.
_PAUSE: Final = 5


class UnansweredError(Exception):
    """The registry did not answer; the place stays."""


class RefreshRunner:
    """Works on refreshes. Safe to repeat at any point, and by two workers at once.

    Args:
        refreshes: where they are kept.
        lists: the lists of chosen devices.
        uploads: the chunks of an upload.
        devices: the devices of a chunk.
        changes: reads devices.
        healing: heals them.
        registry: who is asked.
        strictness: what becomes of a device that is not recognised.
        herald: has it told to whoever asked, and to customers.
        tidings: has messages about uploads brought up to date.
        queue: of jobs.
        seconds_left: how long the worker may still run.
        now: the time, with a time zone.
        margin: seconds kept back for the last steps.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        refreshes: RefreshesStore,
        lists: JobsStore,
        uploads: UploadsStore,
        devices: DevicesStore,
        changes: DeviceChanges,
        healing: ExchangesStore,
        registry: Registry,
        strictness: Strictness,
        herald: Herald,
        tidings: Tidings,
        queue: Queue,
        seconds_left: Callable[[], float],
        now: Callable[[], datetime],
        margin: float = 30.0,
    ) -> None:
        self._refreshes = refreshes
        self._doubted = Doubted(lists=lists, uploads=uploads, devices=devices)
        self._changes = changes
        self._healing = healing
        self._registry = registry
        self._strictness = strictness
        self._herald = herald
        self._tidings = tidings
        self._queue = queue
        self._seconds_left = seconds_left
        self._now = now
        self._margin = margin

    def run(self, id_: str) -> Refresh | None:
        """Works on a refresh until it is done or the time is up; then it is sent on its way again.

        Returns:
            The refresh as it is then; None if there is none.
        """
        refresh = self._refreshes.get(id_)
        if refresh is None:
            return None
        return self._settle(refresh) if refresh.is_over else self._work(refresh)

    def _work(self, refresh: Refresh) -> Refresh:
        unsaved = 0
        try:
            for targets, place in self._doubted.pages(refresh):
                if self._seconds_left() < self._margin:
                    raise OutOfTimeError  # noqa: TRY301 - it ends as if a store had noticed
                healed = self._page(refresh, targets) if targets else Counter()
                refresh = refresh.advance(len(targets), healed, place)
                unsaved += 1
                if not targets and unsaved < _PAGES:
                    continue
                saved = self._save(refresh)
                if saved is None:
                    return refresh  # another worker is further
                refresh, unsaved = saved, 0
                self._tell_asker(refresh)
        except OutOfTimeError:
            return self._later(refresh)
        except LockedError:
            return self._later(refresh, delay=_PAUSE)
        except UnansweredError:
            refresh = replace(refresh, tries=refresh.tries + 1)
            if refresh.tries < TRIES:
                return self._later(refresh, delay=refresh.pause)
            return self._end(refresh, RefreshState.GIVEN_UP)
        return self._end(refresh, RefreshState.DONE)

    def _page(self, refresh: Refresh, targets: Sequence[Target]) -> Counter[str]:
        """Asks about some devices and heals those that are recognised; how many of which customer.

        Raises:
            UnansweredError: the registry did not answer; those that it did answer about are healed.
        """
        found = self._changes.read(target.key for target in targets)
        doubted = [
            (target, device)
            for target in targets
            if (device := found.get(target.key))
            and device.generation == target.generation
            and device.status is Status.MPTS_ERROR
        ]
        verdicts = self._registry.ask([Inquiry(refresh.account, one.ids, one.stc) for _, one in doubted])
        recognised = [
            target
            for (target, _), verdict in zip(doubted, verdicts, strict=True)
            if status_of(verdict, self._strictness) is Status.PENDING
        ]
        healed: Counter[str] = Counter()
        if recognised:
            outcome = self._healing.heal(refresh.occasion, recognised)
            moved = [device.generation for device in outcome.decided]
            healed.update(born.customer for born in moved)
            self._tidings.devices_changed(moved)
        if any(verdict.opinion is Opinion.UNAVAILABLE for verdict in verdicts):
            raise UnansweredError
        return healed

    # -- what follows ------------------------------------------------------------------------------------------------

    def _end(self, refresh: Refresh, state: RefreshState) -> Refresh:
        """Ends a refresh; who healed is counted by the figures, as a worker that died may have told less."""
        done = refresh.total if state is RefreshState.DONE else refresh.done
        over = replace(refresh, state=state, done=done, finished_at=utc(self._now()))
        saved = self._save(over.count(self._healed(refresh)))
        return self._settle(saved) if saved else refresh

    def _settle(self, refresh: Refresh) -> Refresh:
        """What follows the end; a repeat does the same again."""
        self._tell(refresh, refresh.healed)
        self._tell_asker(refresh)
        return self._tell_others(refresh) if refresh.others else refresh

    def _tell(self, refresh: Refresh, customers: Collection[str]) -> None:
        """Has customers told, and the messages about their uploads brought up to date."""
        self._tidings.devices_changed(self._doubted.parts(refresh, customers))
        self._herald.mark_all([healed_notice(refresh.id, customer) for customer in customers], at=utc(self._now()))

    def _tell_others(self, refresh: Refresh) -> Refresh:
        """Tells the customers that the refresh does not name, a page at a time; those that are left another time."""
        others = [customer for customer in sorted(self._healed(refresh)) if customer not in refresh.healed]
        while page := others[refresh.told : refresh.told + _TOLD]:
            if self._seconds_left() < self._margin:
                self._queue.send([{"kind": KIND, "id": refresh.id}])
                return refresh
            self._tell(refresh, page)
            saved = self._save(replace(refresh, told=refresh.told + len(page)))
            if saved is None:
                return refresh  # another worker is further
            refresh = saved
        return refresh

    def _healed(self, refresh: Refresh) -> dict[str, int]:
        """How many devices of which customer the refresh has healed, by the figures of the uploads."""
        if refresh.upload:
            return self._refreshes.healed_of(refresh)
        healed: Counter[str] = Counter()
        for born in self._doubted.listed(refresh):
            healed[born.customer] += self._refreshes.healed_by(refresh, born.upload, born.customer)
        return dict(+healed)

    def _tell_asker(self, refresh: Refresh) -> None:
        if refresh.person:
            self._herald.mark(refresh_notice(refresh.id, refresh.account, refresh.person), at=utc(self._now()))

    def _later(self, refresh: Refresh, *, delay: int = 0) -> Refresh:
        saved = self._save(refresh)
        if saved is not None:
            self._queue.send([{"kind": KIND, "id": refresh.id}], delay=delay)
        return saved or refresh

    def _save(self, refresh: Refresh) -> Refresh | None:
        now = self._now()
        return self._refreshes.save(refresh, at=utc(now), now=now.timestamp())
