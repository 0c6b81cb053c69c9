"""Which devices are meant by identifiers that somebody typed or a program sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errors import Fault
from rollcall.identifiers import IdKind, candidates, read
from rollcall.lists import ListLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.store.device_changes import DeviceChanges


def lines_of(identifiers: Sequence[str], changes: DeviceChanges, *, reseller: str) -> list[ListLine]:
    """The devices of a reseller that identifiers mean, each once with its arrival; what means none keeps its fault.

    Args:
        identifiers: as typed.
        changes: reads devices.
        reseller: account id; another one's devices are not there.

    Raises:
        OutOfTimeError: the caller's time is up.
    """
    keys = {text: [one.key for one in candidates(text)] for text in dict.fromkeys(identifiers)}
    found = changes.read(key for some in keys.values() for key in some)
    lines: list[ListLine] = []
    seen: set[str] = set()
    for number, (text, some) in enumerate(keys.items(), 1):
        devices = {
            found[key].id: found[key] for key in some if key in found and found[key].generation.reseller == reseller
        }
        if len(devices) == 1:
            (device,) = devices.values()
            if device.id not in seen:
                lines.append(ListLine(number, "", text, (device.id,), generation=device.generation))
            seen.add(device.id)
            continue
        fault = Fault("ID_AMBIGUOUS", value=text) if devices else Fault("NOT_FOUND", value=text)
        if not some:
            fault = next(iter(read(text, frozenset(IdKind)).faults), Fault("ID_MISSING", value=text))
        lines.append(ListLine(number, "", text, faults=(fault,)))
    return lines
