"""What is counted of decisions, for the dashboard's first row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.occasions import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.devices import Device

#: Metric of each kind of decision, in devices.
METRICS: Final = {
    DecisionKind.ACCEPT: "DevicesAccepted",
    DecisionKind.REJECT: "DevicesRejected",
    DecisionKind.UNDO: "DevicesUndone",
}
#: How long what was decided had waited: hours, one value a decision, of its oldest device.
WAITED: Final = "PendingHours"
_HOUR: Final = 3_600


def count_decided(kind: DecisionKind, devices: int) -> None:
    """Counts the devices of a decision that was carried out.

    Args:
        kind: of the decision.
        devices: how many it moved.
    """
    count(METRICS[kind], devices)


def count_waited(kind: DecisionKind, devices: Iterable[Device], now: datetime) -> None:
    """Counts how long devices had waited that were just decided; of an undo it says nothing.

    Args:
        kind: of the decision.
        devices: that it moved.
        now: with a time zone.
    """
    came = min((device.uploaded_at for device in devices), default="")
    if came and kind is not DecisionKind.UNDO:
        count(WAITED, (now - datetime.fromisoformat(came)).total_seconds() / _HOUR)
