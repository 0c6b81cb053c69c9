"""Dead letters of the streams: their changes are read once more and published, while the streams have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rollcall.store.stream_records import event_of
from rollcall.store.streams import ChangesGoneError
from rollcall.stream_letters import read_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.state_events import StateEvent
    from rollcall.store.bus import Bus
    from rollcall.store.dead_letters import Found
    from rollcall.store.streams import Streams
    from rollcall.stream_letters import StreamBatch


@dataclass(slots=True)
class Republishing:
    """What came of letters, counted as they are gone through.

    Attributes:
        streams: reads changes again.
        bus: takes events.
        events: events that were published.
        gone: id of a letter → its batch, which no stream has any more: nobody can publish it.
        unreadable: letters that name no batch, or one with a change in it that cannot be read.
    """

    streams: Streams
    bus: Bus
    events: int = 0
    gone: dict[str, StreamBatch] = field(default_factory=dict)
    unreadable: int = 0

    def publish(self, letter: Found) -> bool:
        """Publishes what a letter names, once more as a whole: an event's id is the same as the first time.

        Returns:
            Whether its changes are published, and the letter has done its service.

        Raises:
            BusError: the bus did not take all; the letter stays, and the rest waits.
        """
        batch = read_batch(letter.body)
        if batch is None:
            self.unreadable += 1
            return False
        try:
            for records in self.streams.records(batch):
                events = _events(records)
                self.bus.send(events)
                self.events += len(events)
        except ChangesGoneError:
            # Taken out once somebody was told of it: there is no other trace of these changes.
            self.gone[letter.id] = batch
            return False
        except _UnreadableError:
            self.unreadable += 1
            return False
        return True


class _UnreadableError(Exception):
    """A change cannot be read, which is most often why its batch came here; a new version may read it."""


def _events(records: Iterable[Mapping[str, Any]]) -> list[StateEvent]:
    try:
        return [event for record in records if (event := event_of(record))]
    except Exception as error:
        raise _UnreadableError from error
