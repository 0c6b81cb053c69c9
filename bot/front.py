"""The app of a request: with the listeners that may answer it, since each room of them brings modules to import.

A new environment has three seconds for its first answer, and that answer comes from one room of many.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from listeners.claims import ALL, rooms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt import App, BoltRequest, BoltResponse


class Front:
    """Answers requests.

    Args:
        make: makes an app with the listeners of some rooms, by their names, and with those that every app has.
    """

    def __init__(self, make: Callable[[Sequence[str]], App]) -> None:
        self._make = cache(make)

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Answers a request."""
        return self.app_for(rooms_of(request.body)).dispatch(request)

    def app_for(self, rooms: Sequence[str] = ALL) -> App:
        """The app with the listeners of some rooms; of all of them where none are named."""
        return self._make(tuple(rooms))
