"""The devices of a customer's part of an upload, in the order of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.jobs import Place
from rollcall.store.transactions import OutOfTimeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.devices import ListedDevice
    from rollcall.store.devices import DevicesStore
    from rollcall.store.parts import Part

#: Devices that are listed in one request.
PAGE: Final = 900


class Walker:
    """Walks parts.

    Args:
        devices: the devices of a chunk.
        seconds_left: how long the worker may still run.
        margin: seconds kept back for its last steps.
    """

    def __init__(
        self,
        devices: DevicesStore,
        *,
        seconds_left: Callable[[], float],
        margin: float = 10.0,
    ) -> None:
        self._devices = devices
        self._seconds_left = seconds_left
        self._margin = margin

    def pages(
        self,
        part: Part,
        after: Place = Place(),  # noqa: B008 - a frozen value
    ) -> Iterator[tuple[Place, tuple[ListedDevice, ...]]]:
        """The devices as the index shows them, which may lag behind by a moment.

        Args:
            part: whose devices.
            after: the place behind which to begin.

        Yields:
            The place behind a page, and its devices; at least one page before the time is up.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        for chunk in range(part.chunks) if part.own_chunks is None else part.own_chunks:
            if chunk < after.chunk:
                continue
            line = after.line if chunk == after.chunk else 0
            while read := self._devices.of_chunk(part.upload, chunk, after_line=line, limit=PAGE):
                line = read[-1].generation.line
                yield Place(chunk, line), tuple(one for one in read if one.generation.customer == part.customer)
                if self._seconds_left() < self._margin:
                    raise OutOfTimeError
