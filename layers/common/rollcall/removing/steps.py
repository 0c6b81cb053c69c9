"""The steps of a removal: page by page of a list, or a transaction's worth at a time through an upload."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.decisions import Target
from rollcall.jobs import NamedRefusal, Place
from rollcall.removals import Removed, Step
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rollcall.decided import Settled
    from rollcall.errors import Fault
    from rollcall.lists import ListLine
    from rollcall.removals import Removal
    from rollcall.removing.guards import Releases
    from rollcall.store.deletions import DeletionsStore
    from rollcall.store.devices import DevicesStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.uploads import UploadsStore

    #: What a step came to, where the next begins, and the parts of uploads that it touched: (upload, customer).
    Stepped = tuple[Step, Place, frozenset[tuple[str, str]]]

#: Devices of a step of an upload.
PAGE: Final = 90
#: Steps' worth of devices that are listed in one request.
PAGES: Final = 10


class ListSteps:
    """Walks a list; of each line is kept why its device stays.

    Args:
        lists: the pages.
        deletions: deletes.
        releases: which devices have to be released first.
    """

    def __init__(self, lists: JobsStore, deletions: DeletionsStore, releases: Releases) -> None:
        self._lists = lists
        self._deletions = deletions
        self._releases = releases

    def steps(self, removal: Removal) -> Iterator[Stepped]:
        """Deletes page by page, from where the removal is.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        for number in range(removal.place.chunk, removal.pages):
            lines = self._lists.page(removal.id, number)
            meant = [line for line in lines if not line.faults]
            outcome = self._deletions.delete(
                removal.occasion,
                [Target(line.keys[0], line.generation) for line in meant],
                reseller=removal.account,
                guard=self._releases.guard(removal.customer if removal.release else ""),
                release=removal.release,
            )
            stays = [line for line in lines if line.faults]
            for line, one in zip(meant, outcome.settled, strict=True):
                if one.fault:
                    stays.append(replace(line, faults=(replace(one.fault, value=one.fault.value or line.value),)))
            stays.sort(key=lambda line: line.line)
            self._lists.put_result(removal.id, number, stays, ())
            step = Step(
                done=len(lines),
                removed=_removed(outcome.settled),
                by_code=Counter(line.faults[0].code for line in stays),
                refused=tuple(_named(line.value, line.faults[0]) for line in stays),
            )
            yield step, Place(number + 1), _parts(outcome.settled)


class UploadSteps:
    """Walks an upload, in the order of its file.

    Args:
        uploads: its chunks.
        devices: the devices of a chunk.
        deletions: deletes.
    """

    def __init__(self, uploads: UploadsStore, devices: DevicesStore, deletions: DeletionsStore) -> None:
        self._uploads = uploads
        self._devices = devices
        self._deletions = deletions

    def steps(self, removal: Removal) -> Iterator[Stepped]:
        """Deletes what waits and what the registry does not know, step by step, from where the removal is.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        upload = self._uploads.get(removal.upload)
        for chunk in range(removal.place.chunk, (upload.chunks or 0) if upload else 0):
            line = removal.place.line if chunk == removal.place.chunk else 0
            while read := self._devices.of_chunk(removal.upload, chunk, after_line=line, limit=PAGE * PAGES):
                for start in range(0, len(read), PAGE):
                    page = read[start : start + PAGE]
                    line = page[-1].generation.line
                    outcome = self._deletions.delete(
                        removal.occasion,
                        [Target(one.id, one.generation) for one in page],
                        reseller=removal.account,
                        act=removal.act,
                    )
                    stays = Counter(_state(one.fault) for one in outcome.refused if one.fault)
                    del stays[""]  # deleted by somebody else since the index was written
                    step = Step(
                        done=len(page),
                        removed=_removed(outcome.settled),
                        by_code=Counter(one.fault.code for one in outcome.refused if one.fault),
                        stays=stays,
                    )
                    yield step, Place(chunk, line), _parts(outcome.settled)


def _removed(settled: Iterable[Settled]) -> dict[str, Removed]:
    gone: dict[str, Removed] = {}
    for one in settled:
        born = one.device.generation if one.device else one.target.generation
        if one.done and born:
            last = one.device.status if one.device else one.entry.status if one.entry else None
            gone[born.customer] = gone.get(born.customer, Removed()) + Removed(1, int(last is Status.VERIFIED))
    return gone


def _parts(settled: Iterable[Settled]) -> frozenset[tuple[str, str]]:
    born = (one.device.generation if one.device else one.target.generation for one in settled if one.done)
    return frozenset((one.upload, one.customer) for one in born if one)


def _state(fault: Fault) -> str:
    if fault.code == "DEVICE_EXCHANGING":
        return Status.EXCHANGING.value
    return str(fault.details.get("status", ""))


def _named(value: str, fault: Fault) -> NamedRefusal:
    return NamedRefusal(value, fault.code, fault.message)


def by_customer(lines: Sequence[ListLine]) -> dict[str, list[ListLine]]:
    """Lines that have to be released, by the customer that has to."""
    waiting: dict[str, list[ListLine]] = {}
    for line in lines:
        if line.generation and line.faults and line.faults[0].code == "RELEASE_NEEDED":
            waiting.setdefault(line.generation.customer, []).append(replace(line, faults=()))
    return waiting
