"""Ways through an account's devices, by upload date and within an upload in the order of the file.

Lists that are newest first run against the order of lines, so no index can simply be read from end to end: the walks
go from upload to upload one way, and through each upload the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from rollcall.cursors import END, LAST_LINE, Gap
from rollcall.devices import SHARDS
from rollcall.paging import Seen, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter

T = TypeVar("T")
K = TypeVar("K")

#: Rows of one request at the most, and uploads of one.
_MOST_ROWS: Final = 250
_FIRST_UPLOADS: Final = 8
_MOST_UPLOADS: Final = 100
_GROWTH: Final = 2


@dataclass(frozen=True, slots=True)
class Block(Generic[T, K]):
    """What one request brought.

    Attributes:
        items: in the order that was asked for.
        reached: key of the last row that was looked at, if rows may follow behind it; None at the end.
    """

    items: tuple[T, ...]
    reached: K | None = None


@dataclass(frozen=True, slots=True)
class UploadGroup:
    """The devices of one upload.

    Attributes:
        key: ``<started at>#<upload id>``: the order of uploads.
        upload: its id.
        chunks: how many there are.
        is_shared: each row names its customer, so that an account may be concerned with some chunks only.
    """

    key: str
    upload: str
    chunks: int
    is_shared: bool = False


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


class Shards(Protocol):
    """One customer's devices in an index that is spread over shards. Each call is one request at the most."""

    def beyond(
        self, shard: int, key: str | None, *, inclusive: bool, descending: bool, limit: int
    ) -> Block[ListedDevice, str]:
        """Devices of a shard from an upload on (None: all); `Block.reached` is an upload's key, too."""
        ...

    def within(
        self, shard: int, key: str, low: int, high: int, *, descending: bool, limit: int
    ) -> Block[ListedDevice, int]:
        """Devices of a shard and one upload with ``low ≤ line < high``."""
        ...

    def is_own(self, device: ListedDevice) -> bool:
        """Whether the device's upload is one that the account sees."""
        ...

    def next_own(self, key: str, *, descending: bool) -> str | None:
        """The next upload behind a key that the account sees."""
        ...


def group_of(device: ListedDevice) -> str:
    """The key of the upload that a device came with."""
    return f"{device.uploaded_at}#{device.generation.upload}"


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
        yield mark(_far_edge(key, backwards=backwards))
        size = min(size * _GROWTH, _MOST_UPLOADS)


def through_shards(
    shelf: Shards, gap: Gap | None, *, newest_first: bool, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    """From upload to upload through an index, with the arguments of `through_uploads`.

    A round reads a little of each shard. Uploads that end within what was read are settled with it; the one that does
    not is read by itself, in the order of its lines. Uploads that the account does not see are leapt over to the next
    that it does, so that no gap ever names somebody else's upload.
    """
    descending = newest_first != backwards
    key: str | None = None
    inclusive = False
    if gap:
        yield from within_upload(shelf, gap.group, gap, backwards=backwards, meter=meter, limit=limit)
        key = gap.group
    while True:
        meter.check()
        size = meter.allow(limit, times=2 * SHARDS)
        blocks = [
            shelf.beyond(shard, key, inclusive=inclusive, descending=descending, limit=size) for shard in range(SHARDS)
        ]
        horizon = _horizon(blocks, descending=descending)
        for group, found in _by_upload(blocks, descending=descending):
            devices = list(found)
            if not shelf.is_own(devices[0]):
                if group == horizon:
                    break
                continue
            key, inclusive = group, False
            if group == horizon:
                yield from within_upload(shelf, group, None, backwards=backwards, meter=meter, limit=limit)
                break
            yield from _lines(group, sorted(devices, key=_line, reverse=backwards))
            yield mark(_far_edge(group, backwards=backwards))
        if horizon is None:
            return
        if key != horizon:
            key, inclusive = shelf.next_own(horizon, descending=descending), True
            if key is None:
                return
            yield mark(_near_edge(key, backwards=backwards))
        limit = min(limit * _GROWTH, _MOST_ROWS)


def within_upload(
    shelf: Shards, key: str, gap: Gap | None, *, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    """Through the devices of one upload in an index, line by line."""
    low, high = _bounds(0, gap, backwards=backwards)

    def shard(number: int) -> Iterator[ListedDevice]:
        lo, hi, size = low, high, limit
        while lo < hi:
            if (lo, hi) != (low, high):
                meter.check()
            block = shelf.within(number, key, lo, hi, descending=backwards, limit=meter.allow(size, times=SHARDS))
            yield from block.items
            if block.reached is None:
                return
            lo, hi = (lo, block.reached) if backwards else (block.reached + 1, hi)
            size = min(size * _GROWTH, _MOST_ROWS)

    yield from _lines(key, merge(*map(shard, range(SHARDS)), key=_line, reverse=backwards))
    yield mark(_far_edge(key, backwards=backwards))


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
    yield mark(_far_edge(group.key, backwards=backwards))


def _through_lines(
    shelf: Chunks, group: UploadGroup, chunk: int, gap: Gap | None, *, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    low, high = _bounds(chunk, gap, backwards=backwards)
    while low < high:
        meter.check()
        block = shelf.rows(group, chunk, low, high, descending=backwards, limit=meter.allow(limit))
        yield from _lines(group.key, iter(block.items), step=chunk)
        if block.reached is None:
            break
        low, high = (low, block.reached) if backwards else (block.reached + 1, high)
        yield mark(Gap(group.key, chunk, high if backwards else low))
        limit = min(limit * _GROWTH, _MOST_ROWS)
    yield mark(Gap(group.key, chunk) if backwards else Gap(group.key, chunk + 1))


def _bounds(step: int, gap: Gap | None, *, backwards: bool) -> tuple[int, int]:
    """The lines of a step that lie ahead of a gap."""
    low, high = 0, LAST_LINE
    if gap is None or gap.step == step:
        return (low, high) if gap is None else (low, gap.line) if backwards else (gap.line, high)
    is_ahead = step < gap.step if backwards else step > gap.step
    return (low, high) if is_ahead else (low, low)


def _lines(
    key: str, devices: Iterator[ListedDevice] | list[ListedDevice], step: int = 0
) -> Iterator[Seen[ListedDevice]]:
    for device in devices:
        line = _line(device)
        yield Seen(device, Gap(key, step, line), Gap(key, step, line + 1))


def _by_upload(
    blocks: list[Block[ListedDevice, str]], *, descending: bool
) -> Iterator[tuple[str, Iterator[ListedDevice]]]:
    return groupby(merge(*(block.items for block in blocks), key=group_of, reverse=descending), key=group_of)


def _horizon(blocks: list[Block[ListedDevice, str]], *, descending: bool) -> str | None:
    """The first upload of which there may be more than was read; None if all is read."""
    reached = [block.reached for block in blocks if block.reached is not None]
    return (max if descending else min)(reached, default=None)


def _line(device: ListedDevice) -> int:
    return device.generation.line


def _near_edge(key: str, *, backwards: bool) -> Gap:
    """The end of an upload that a walk comes to first."""
    return Gap(key, END) if backwards else Gap(key)


def _far_edge(key: str, *, backwards: bool) -> Gap:
    """The end of an upload that a walk comes to last."""
    return Gap(key) if backwards else Gap(key, END)
