"""The way through one customer's devices in an index that is spread over shards."""

from __future__ import annotations

from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from rollcall.devices import SHARDS
from rollcall.paging import mark
from rollcall.walking import GROWTH, MOST_ROWS, bounds, far_edge, group_of, line_of, lines, near_edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.cursors import Gap
    from rollcall.devices import ListedDevice
    from rollcall.paging import Meter, Seen
    from rollcall.walking import Block


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
            yield from lines(group, sorted(devices, key=line_of, reverse=backwards))
            yield mark(far_edge(group, backwards=backwards))
        if horizon is None:
            return
        if key != horizon:
            key, inclusive = shelf.next_own(horizon, descending=descending), True
            if key is None:
                return
            yield mark(near_edge(key, backwards=backwards))
        limit = min(limit * GROWTH, MOST_ROWS)


def within_upload(
    shelf: Shards, key: str, gap: Gap | None, *, backwards: bool, meter: Meter, limit: int
) -> Iterator[Seen[ListedDevice]]:
    """Through the devices of one upload in an index, line by line."""
    low, high = bounds(0, gap, backwards=backwards)

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
            size = min(size * GROWTH, MOST_ROWS)

    yield from lines(key, merge(*map(shard, range(SHARDS)), key=line_of, reverse=backwards))
    yield mark(far_edge(key, backwards=backwards))


def _by_upload(
    blocks: list[Block[ListedDevice, str]], *, descending: bool
) -> Iterator[tuple[str, Iterator[ListedDevice]]]:
    return groupby(merge(*(block.items for block in blocks), key=group_of, reverse=descending), key=group_of)


def _horizon(blocks: list[Block[ListedDevice, str]], *, descending: bool) -> str | None:
    """The first upload of which there may be more than was read; None if all is read."""
    reached = [block.reached for block in blocks if block.reached is not None]
    return (max if descending else min)(reached, default=None)
