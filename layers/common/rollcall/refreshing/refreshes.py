"""Begins refreshes, for people and for Rollcall itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.decisions import Target
from rollcall.life import Occasion
from rollcall.lists import PAGE, of_targets
from rollcall.refreshes import KIND, Refresh, refresh_id
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rollcall.devices import Device
    from rollcall.store.jobs import JobsStore
    from rollcall.store.queues import Queue
    from rollcall.store.refreshes import RefreshesStore


@dataclass(frozen=True, slots=True)
class Asker:
    """Who has the registry asked again.

    Attributes:
        account: reseller id.
        by: as a history has it.
        person: as `Person.key`; empty for nobody in particular.
    """

    account: str
    by: str
    person: str = ""


class Refreshes:
    """Begins refreshes.

    Args:
        refreshes: where they are kept.
        lists: and their lists.
        queue: of jobs.
        now: the time, with a time zone.
    """

    def __init__(
        self, *, refreshes: RefreshesStore, lists: JobsStore, queue: Queue, now: Callable[[], datetime]
    ) -> None:
        self._refreshes = refreshes
        self._lists = lists
        self._queue = queue
        self._now = now

    def of_devices(self, asker: Asker, devices: Sequence[Device], *, once: str, reference: str = "") -> Refresh:
        """Has the registry asked about some devices of the asker's.

        Args:
            asker: who.
            devices: as read; only as they arrived then.
            once: names the occasion: the same one begins one refresh.
            reference: the id under which the logs tell more.
        """
        lines = of_targets([Target(device.id, device.generation) for device in devices])
        starts = range(0, len(lines), PAGE)
        refresh = self._new(asker, once, reference, pages=len(starts), total=len(devices))
        for number, start in enumerate(starts):
            page = lines[start : start + PAGE]
            self._lists.put_page(refresh.id, number, page, now=self._now().timestamp())
        return self._begin(refresh)

    def of_upload(
        self, asker: Asker, upload: str, *, devices: int, once: str, reference: str = "", delay: int = 0
    ) -> Refresh:
        """Has the registry asked about all devices of an upload that it did not recognise.

        Args:
            asker: who.
            upload: id of an upload of the asker's that is over.
            devices: how many there are.
            once: names the occasion: the same one begins one refresh.
            reference: the id under which the logs tell more.
            delay: seconds until it is worked on.
        """
        return self._begin(self._new(asker, once, reference, upload=upload, total=devices), delay=delay)

    def _new(self, asker: Asker, once: str, reference: str, *, total: int, upload: str = "", pages: int = 0) -> Refresh:
        id_ = refresh_id(asker.account, once)
        return Refresh(
            id=id_,
            account=asker.account,
            occasion=Occasion(id_, asker.by, utc(self._now()), reference or id_),
            person=asker.person,
            upload=upload,
            pages=pages,
            total=total,
        )

    def _begin(self, refresh: Refresh, *, delay: int = 0) -> Refresh:
        if not self._refreshes.begin(refresh, now=self._now().timestamp()):
            refresh = self._refreshes.get(refresh.id) or refresh
        if not refresh.is_over:
            self._queue.send([{"kind": KIND, "id": refresh.id}], delay=delay)
        return refresh
