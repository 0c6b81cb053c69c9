"""Changes of devices, as many as a transaction holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.samples import samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rollcall.conflicts import Generation
    from rollcall.life import Change


def by_part(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes by the customer's part of the upload that their device came with."""
    return _grouped(changes, lambda born: (born.upload, born.customer))


def by_partners(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes by reseller and customer, which have figures together, whatever upload their device came with."""
    return _grouped(changes, lambda born: (born.reseller, born.customer))


def _grouped(changes: Iterable[Change], key: Callable[[Generation], tuple[str, str]]) -> list[list[Change]]:
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        groups.setdefault(key(change.before.generation), []).append(change)
    return list(groups.values())


def _weight(change: Change) -> int:
    keys = change.before.own_keys()
    if change.after is None:
        return len(keys) + 1
    return 1 + len(set(change.after.own_keys()) - set(keys))


def _shared(change: Change) -> set[tuple[str, ...]]:
    """What it writes or looks at besides, in one action with all changes of the transaction that do so, too."""
    born = change.before.generation
    part = (born.upload, born.customer)
    looked_at = {("figures", *part), ("lock", *part)} if change.reopens else {("figures", *part)}
    return looked_at | {("week", born.reseller, born.customer, week) for week in samples([change])}


def filled(changes: Iterable[tuple[int, Change]], *, room: int) -> Iterator[list[tuple[int, Change]]]:
    """Fills transactions, with room for what changes share: figures of uploads and weeks, and looks at locks.

    Args:
        changes: each with its place.
        room: actions of a transaction that they may take.
    """
    batch: list[tuple[int, Change]] = []
    shared: set[tuple[str, ...]] = set()
    actions = 0
    for place, change in changes:
        own, needed = _weight(change), _shared(change)
        if batch and actions + own + len(needed - shared) > room:
            yield batch
            batch, shared, actions = [], set(), 0
        actions += own + len(needed - shared)
        batch.append((place, change))
        shared |= needed
    if batch:
        yield batch
