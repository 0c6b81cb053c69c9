"""Cuts pages out of a long walk over rows, of which only some are wanted, at a bounded cost.

A walk yields what it comes by, in either direction. Pages are intervals between two gaps of one fixed order, so
Prev and Next neither repeat nor leave out a row, whatever is filtered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from rollcall import cursors
from rollcall.queries import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.cursors import Cursor, Gap

T = TypeVar("T")

#: Requests of one page. At 5 to 20 ms each it stays within the three seconds that Slack waits.
MOST_REQUESTS: Final = 60


class SpentError(Exception):
    """The budget of a page is used up; the walk goes on from the last gap that it told."""


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What a walk came by: a row, or without one, only the news of how far it has got.

    Attributes:
        row: the row, if any.
        lo: the gap before it in the order of the list.
        hi: the gap behind it.
    """

    row: T | None
    lo: Gap
    hi: Gap


def mark(gap: Gap) -> Seen[T]:
    """Everything up to here has been looked at."""
    return Seen(None, gap, gap)


class Meter:
    """Counts what a page costs, and says when it is enough.

    It never stops a walk that has not got any further, so every page makes some way.

    Args:
        items: rows that may be read.
        requests: calls that may be made, give or take the ten of a round that has begun.
    """

    def __init__(self, items: int, requests: int = MOST_REQUESTS) -> None:
        self._items = items
        self._requests = requests
        self.items = 0
        self.requests = 0
        self.has_advanced = False

    def count(self, items: int) -> None:
        """One more request, and what it brought."""
        self.requests += 1
        self.items += items

    def check(self) -> None:
        """Asked before each round of requests.

        Raises:
            SpentError: it is enough.
        """
        if self.has_advanced and (self.items >= self._items or self.requests >= self._requests):
            raise SpentError

    def allow(self, limit: int, *, times: int = 1) -> int:
        """How many rows each of so many requests may ask for: ``limit``, or less near the end of the budget."""
        return max(1, min(limit, (self._items - self.items) // times))


def cut(
    walk: Iterator[Seen[T]],
    *,
    size: int,
    keep: Callable[[T], bool],
    start: Cursor | None,
    backwards: bool,
    meter: Meter,
    of: str,
) -> Page[T]:
    """The next page of a walk.

    Args:
        walk: begins at ``start`` and runs the way that ``backwards`` says.
        size: most items of the page.
        keep: whether a row is wanted.
        start: where the page begins (backwards: ends); None for the beginning of the list.
        backwards: towards the beginning of the list; only with a ``start``.
        meter: of the walk.
        of: names the list in its cursors.
    """
    items: list[T] = []
    edge = start.gap if start else None
    searched = 0
    is_spent = has_more = False
    try:
        for seen in walk:
            if seen.row is not None:
                if keep(seen.row):
                    if len(items) == size:
                        has_more = True
                        break
                    items.append(seen.row)
                searched += 1
            reached = seen.lo if backwards else seen.hi
            meter.has_advanced = meter.has_advanced or reached != edge
            edge = reached
    except SpentError:
        is_spent = has_more = True
    far = edge if has_more else None
    number = start.number if start else 0
    if backwards:
        items.reverse()
        number = max(0, number - len(items)) if has_more else 0

    def cursor(gap: Gap | None, at: int) -> str | None:
        return cursors.encode(cursors.Cursor(gap, at), of=of) if gap else None

    near = start.gap if start else None
    low, high = (far, near) if backwards else (near, far)
    return Page(
        items=tuple(items),
        first=number + 1 if items else 0,
        total=None if backwards or has_more else number + len(items),
        before=cursor(low, number),
        after=cursor(high, number + len(items)),
        searched=searched if is_spent and len(items) < size else None,
    )
