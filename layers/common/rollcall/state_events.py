"""What other systems are told of devices and uploads: an event for each change of state (row B24).

docs/events.md says what each field means and docs/events.schema.json holds its form; a field that stands there stays.
An event names companies and devices and no person: who did something, and the texts they wrote, are asked for through
the API by those who may know.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rollcall.rows import SLOTS
from rollcall.transitions import Act
from rollcall.upload_ids import crockford
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.conflicts import Generation
    from rollcall.devices import Device
    from rollcall.uploads import Upload

#: The schema's version: the second number grows with a new field, the first with anything else.
VERSION: Final = "1.0"
SOURCE: Final = "rollcall"
DEVICE: Final = "Device State Changed"
UPLOAD: Final = "Upload State Changed"
_ID_CHARACTERS: Final = 20


@dataclass(frozen=True, slots=True)
class StateEvent:
    """An event as it goes to the bus.

    Attributes:
        detail_type: ``DEVICE`` or ``UPLOAD``.
        at: when it happened, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        detail: what is told, as JSON values.
    """

    detail_type: str
    at: str
    detail: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The same for the same change, however often it is told."""
        return str(self.detail["id"])


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left of a device that was deleted.

    Attributes:
        generation: whose it was.
        act: how it went.
        at: when, UTC.
        occasion: id of the delete.
    """

    generation: Generation
    act: Act
    at: str
    occasion: str


def device_event(before: Device | None, after: Device | Gone | None) -> StateEvent | None:
    """What is to be told of one write to a device; None if its state is the same as before.

    Args:
        before: None if there was none.
        after: what is there now; None if not even a trace is.
    """
    device = after if after is not None and not isinstance(after, Gone) else before
    if device is None:
        return None
    old = before.status if before else None
    new = device.status if device is after else None
    if before is not None and before.generation != device.generation:
        return None  # a write replaces no device by another without a trace in between
    if old is new:
        return None
    if device is after:
        last = device.history[-1]
        act, at, occasion, sequence = last.act, last.at, last.decision, device.version
    else:
        sequence = device.version + 1
        gone = after if isinstance(after, Gone) else None
        act, occasion = (gone.act, gone.occasion) if gone else (Act.DELETED, "")
        at = gone.at if gone else device.history[-1].at
    born = device.generation
    ids = {slot: device.ids[slot].value for slot in SLOTS if slot in device.ids}
    about = {**ids, "model": device.model, "order_number": device.order_number}
    detail = {
        "version": VERSION,
        "id": _id("device", device.id, str(born), str(sequence)),
        "at": at,
        "reseller": born.reseller,
        "customer": born.customer,
        "upload": born.upload,
        "line": born.line,
        "device": {name: value for name, value in about.items() if value},
        "act": act.value,
        "from": old.value if old else None,
        "to": new.value if new else None,
        "sequence": sequence,
        **({"occasion": occasion} if occasion else {}),
    }
    return StateEvent(DEVICE, at, detail)


def upload_event(before: Upload | None, after: Upload | None, *, seen_at: str) -> StateEvent | None:
    """What is to be told of one write to an upload's head; None if its state is the same as before.

    Args:
        before: None if there was none.
        after: None if it lapsed, since its file never came.
        seen_at: when the write was made, UTC; for what has no time of its own.
    """
    upload = after or before
    old, new = before.status if before else None, after.status if after else None
    if upload is None or old is new:
        return None
    at = seen_at
    if after and after.finished_at:
        at = after.finished_at
    elif after and new is UploadStatus.IN_PROGRESS:
        at = after.started_at
    rows = upload.figures.rows
    final = after is not None and not after.is_running
    detail: dict[str, Any] = {
        "version": VERSION,
        "id": _id("upload", upload.id, new.value if new else ""),
        "at": at,
        "reseller": upload.reseller,
        "customer": upload.customer,
        "upload": upload.id,
        "many_customers": upload.many,
        "check_only": upload.check_only,
        "source": upload.source,
        "from": old.value if old else None,
        "to": new.value if new else None,
        **({"order_number": upload.order_number} if upload.order_number else {}),
        **({"total": rows.total, "stored": rows.stored, "refused": rows.refused} if final else {}),
    }
    return StateEvent(UPLOAD, at, detail)


def _id(*parts: str) -> str:
    return "E-" + crockford(hashlib.sha256("\0".join(parts).encode()).digest(), _ID_CHARACTERS)
