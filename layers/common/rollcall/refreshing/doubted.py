"""The devices that a refresh is about: those of a list that somebody chose, or those of an upload that wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.conflicts import Generation
from rollcall.decisions import Target
from rollcall.jobs import Place
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rollcall.refreshes import Refresh
    from rollcall.store.devices import DevicesStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.uploads import UploadsStore

#: Devices that are listed in one request, and asked about in one inquiry.
PAGE: Final = 450


class Doubted:
    """Finds them.

    Args:
        lists: the lists of chosen devices.
        uploads: the chunks of an upload.
        devices: the devices of a chunk.
    """

    def __init__(self, *, lists: JobsStore, uploads: UploadsStore, devices: DevicesStore) -> None:
        self._lists = lists
        self._uploads = uploads
        self._devices = devices

    def pages(self, refresh: Refresh) -> Iterator[tuple[list[Target], Place]]:
        """The devices of each step from where the refresh is, and the place behind them."""
        if not refresh.upload:
            for number in range(refresh.place.chunk, refresh.pages):
                lines = self._lists.page(refresh.id, number)
                yield [Target(line.keys[0], line.generation) for line in lines], Place(number + 1)
            return
        upload = self._uploads.get(refresh.upload)
        chunks = (upload.chunks or 0) if upload else 0
        for chunk in range(refresh.place.chunk, chunks):
            line = refresh.place.line if chunk == refresh.place.chunk else 0
            while read := self._devices.of_chunk(refresh.upload, chunk, after_line=line, limit=PAGE):
                line = read[-1].generation.line
                waiting = [Target(one.id, one.generation) for one in read if one.status is Status.MPTS_ERROR]
                yield waiting, Place(chunk, line)

    def parts(self, refresh: Refresh, customers: Collection[str]) -> list[Generation]:
        """One arrival for each part that some customers have of the uploads that the refresh is about."""
        if refresh.upload:
            return [Generation(refresh.account, customer, refresh.upload, 0) for customer in customers]
        return [born for born in self.listed(refresh) if born.customer in customers]

    def listed(self, refresh: Refresh) -> list[Generation]:
        """One arrival for each customer's part of each upload that the list names."""
        lines = (line for number in range(refresh.pages) for line in self._lists.page(refresh.id, number))
        born = (line.generation for line in lines)
        return list({(one.upload, one.customer): one for one in born if one}.values())
