"""Tells open pages that something changed: server-sent events."""

from __future__ import annotations

import queue
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.slack.world import World

KEEP_ALIVE: Final = 15.0


@contextmanager
def subscription(world: World) -> Iterator[queue.SimpleQueue[str]]:
    """Yield a queue on which the id of a team appears whenever something in it changed."""
    changes: queue.SimpleQueue[str] = queue.SimpleQueue()
    world.listeners.append(changes.put)
    try:
        yield changes
    finally:
        world.listeners.remove(changes.put)


def next_lines(changes: queue.SimpleQueue[str], seconds: float = KEEP_ALIVE) -> str:
    """Return the next event as its lines, or a comment where nothing changed for ``seconds``."""
    try:
        teams = {changes.get(timeout=seconds)}
    except queue.Empty:
        return ": still here\n\n"
    while not changes.empty():
        teams.add(changes.get())
    return f"data: {' '.join(sorted(teams))}\n\n"
