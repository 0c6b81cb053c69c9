"""The way through an account's devices from upload to upload, chunk to chunk, line to line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from rollcall.cursors import Gap
from rollcall.paging import mark
from rollcall.walking import GROWTH, MOST_ROWS, bounds, far_edge, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter, Seen
    from rollcall.walking import Block

#: Uploads of one request, at first and at the most.
_FIRST_UPLOADS: Final = 8
_MOST_UPLOADS: Final = 100


@dataclass(frozen=True, slots=True)
class UploadGroup:
    """The devices of one upload.

    Attributes:
        key: ``<started at>#<upload id>``: the order of uploads.
        upload: its id.
        chunks: how many there are.
        is_shared: each row names its customer, so that an account may be concerned with some chunks only.
        own: the numbers of those, ascending; None where that is not known.
    """

    key: str
    upload: str
    chunks: int
    is_shared: bool = False
    own: tuple[int, ...] | None = None


class Chunks(Protocol):
    """An account's uploads, their chunks, and the devices in those. Each call is one request at the most."""

    def groups(self, key: str | None, *, inclusive: bool, descending: bool, limit: int) -> Block[UploadGroup, str]:
        """Uploads from a key on (None: all)."""
        ...

    def chunks(self, group: UploadGroup, low: int, high: int, *, descending: bool) -> Block[int, int]:
        """The numbers in ``low ≤ number < high`` of chunks that may concern the account."""
        ...

    def rows(
        self, group: UploadGroup, chunk: int, low: int, high: int, *, descending: bool, limit: int
    ) -> Block[ListedDevice, int]:
        """Devices of a chunk with ``low ≤ line < high``."""
        ...


def through_uploads(
    shelf: Chunks, gap: Gap | None, *, newest_first: bool, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    """From upload to upload, chunk to chunk, line to line.

    Args:
        shelf: what is read.
        gap: where to begin; None for the end of the list that the walk comes from.
        newest_first: the order of the list.
        backwards: against that order.
        meter: counts what is read.
        limit: devices of the first request.
    """
    descending = newest_first != backwards
    key, inclusive = (gap.group if gap else None), True
    size = _FIRST_UPLOADS
    while True:
        meter.check()
        block = shelf.groups(key, inclusive=inclusive, descending=descending, limit=size)
        for group in block.items:
            inside = gap if gap and gap.group == group.key else None
            yield from _through_chunks(shelf, group, inside, backwards=backwards, meter=meter, limit=limit)
        if block.reached is None:
            return
        key, inclusive = block.reached, False
        yield mark(far_edge(key, backwards=backwards))
        size = min(size * GROWTH, _MOST_UPLOADS)


def _through_chunks(
    shelf: Chunks, group: UploadGroup, gap: Gap | None, *, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    low, high = 0, group.chunks
    if gap:
        low, high = (low, min(high, gap.step + 1)) if backwards else (gap.step, high)
    while low < high:
        block = shelf.chunks(group, low, high, descending=backwards)
        for chunk in block.items:
            yield from _through_lines(shelf, group, chunk, gap, backwards=backwards, meter=meter, limit=limit)
        if block.reached is None:
            break
        low, high = (low, block.reached) if backwards else (block.reached + 1, high)
        yield mark(Gap(group.key, high if backwards else low))
        meter.check()
    yield mark(far_edge(group.key, backwards=backwards))


def _through_lines(
    shelf: Chunks, group: UploadGroup, chunk: int, gap: Gap | None, *, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    low, high = bounds(chunk, gap, backwards=backwards)
    while low < high:
        meter.check()
        block = shelf.rows(group, chunk, low, high, descending=backwards, limit=meter.allow(limit))
        yield from lines(group.key, iter(block.items), step=chunk)
        if block.reached is None:
            break
        low, high = (low, block.reached) if backwards else (block.reached + 1, high)
        yield mark(Gap(group.key, chunk, high if backwards else low))
        limit = min(limit * GROWTH, MOST_ROWS)
    yield mark(Gap(group.key, chunk) if backwards else Gap(group.key, chunk + 1))
