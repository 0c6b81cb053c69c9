"""The event bus: takes ten events at a time, and says of each whether it took it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.state_events import SOURCE
from rollcall.store.patience import tries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.state_events import StateEvent

#: Entries of a PutEvents. An event is under 2 kB, so ten are far below its 1 MB.
BATCH: Final = 10
#: Times that entries are sent which the bus was too busy for.
_TRIES: Final = 5
#: Seconds, before the second of them, at the most.
_FIRST_PAUSE: Final = 0.2


class BusError(Exception):
    """The bus did not take all events; whoever sends them sends them again."""


class Bus:
    """Sends events.

    Args:
        client: EventBridge.
        name: of the bus.
        pause: sleeps for so many seconds.
    """

    def __init__(
        self,
        client: Any,  # noqa: ANN401 - a client of boto3 or botocore
        name: str,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._name = name
        self._pause = pause

    def send(self, events: Sequence[StateEvent]) -> None:
        """Sends events in their order, as far as the bus keeps one.

        Raises:
            BusError: it refused some of them several times; others it has taken.
        """
        for start in range(0, len(events), BATCH):
            self._send([self._entry(event) for event in events[start : start + BATCH]])

    def _send(self, entries: list[dict[str, Any]]) -> None:
        codes: set[str] = set()
        for _ in tries(_TRIES, first=_FIRST_PAUSE, pause=self._pause):
            answers = self._client.put_events(Entries=entries)["Entries"]
            codes = {answer["ErrorCode"] for answer in answers if "ErrorCode" in answer}
            entries = [entry for entry, answer in zip(entries, answers, strict=True) if "ErrorCode" in answer]
            if not entries:
                return
        raise BusError(f"the bus refused {len(entries)} events: {', '.join(sorted(codes))}")

    def _entry(self, event: StateEvent) -> dict[str, Any]:
        return {
            "EventBusName": self._name,
            "Source": SOURCE,
            "DetailType": event.detail_type,
            "Time": datetime.strptime(event.at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
            "Detail": json.dumps(event.detail, ensure_ascii=False, separators=(",", ":")),
        }
