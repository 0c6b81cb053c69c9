"""Dead letters of the streams: their changes are read once more and published, while the streams have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rollcall.store.stream_records import event_of
from rollcall.store.streams import ChangesGoneError
from rollcall.stream_letters import read_batch

if TYPE_CHECKING:
    from rollcall.store.bus import Bus
    from rollcall.store.dead_letters import Found
    from rollcall.store.streams import Streams
    from rollcall.stream_letters import StreamBatch


@dataclass(slots=True)
class Republishing:
    """What came of letters, counted as they are gone through.

    Attributes:
        events: events that were published.
        gone: batches that no stream has any more: nobody can publish them.
        unreadable: letters that name no batch, or one with a change in it that cannot be read; they stay.
    """

    streams: Streams
    bus: Bus
    events: int = 0
    gone: list[StreamBatch] = field(default_factory=list)
    unreadable: int = 0

    def publish(self, letter: Found) -> bool:
        """Publishes what a letter names, once more as a whole: an event's id is the same as the first time.

        Returns:
            Whether the letter has done its service: its changes are published, or can never be.

        Raises:
            BusError: the bus did not take all; the letter stays, and the rest waits.
        """
        batch = read_batch(letter.body)
        if batch is None:
            self.unreadable += 1
            return False
        try:
            for records in self.streams.records(batch):
                events = [found for record in records if (found := event_of(record))]
                self.bus.send(events)
                self.events += len(events)
        except ChangesGoneError:
            self.gone.append(batch)
        except (KeyError, ValueError, TypeError, AttributeError):
            # A change that cannot be read is most often why the batch came here: a new version may read it.
            self.unreadable += 1
            return False
        return True
