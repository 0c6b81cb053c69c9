"""Pages of lists that are short enough to be read as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rollcall.queries import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

ItemT = TypeVar("ItemT")


def page_of(items: Sequence[ItemT], cursor: str, *, backwards: bool, size: int) -> Page[ItemT]:
    """A page of a list; its cursors are numbers of items.

    Args:
        items: all of them.
        cursor: number of the first item or, backwards, of the first behind the page; anything else is the beginning.
        backwards: the page before the cursor.
        size: most items of the page.
    """
    is_number = cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(len(items)))
    at = int(cursor) if is_number else 0
    start = max(at - size, 0) if backwards else min(at, max(len(items) - 1, 0))
    shown = tuple(items[start : start + size])
    return Page(
        shown,
        first=start + 1 if shown else 0,
        total=len(items),
        before=str(start) if start else None,
        after=str(start + size) if start + size < len(items) else None,
    )
