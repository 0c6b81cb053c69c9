"""What stays of a deleted device: ``audit#<customer>#<line>`` in the partition of its upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rollcall.conflicts import Generation
from rollcall.store.device_items import entry_of, history_item
from rollcall.store.uploads_table import AUDIT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import HistoryEntry
    from rollcall.life import Change


@dataclass(frozen=True, slots=True)
class AuditItem:
    """A deleted device.

    Attributes:
        generation: its arrival.
        device: the typed key it lay under.
        keys: the typed keys of all its identifiers.
        history: everything that happened to it; the last entry is its end.
    """

    generation: Generation
    device: str
    keys: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


def audit_key(born: Generation) -> dict[str, Any]:
    """The key of what stays of a device; no arrival is deleted twice."""
    return {"pk": {"S": born.upload}, "sk": {"S": f"{AUDIT_PREFIX}{born.customer}#{born.line:07}"}}


def audit_item(change: Change) -> dict[str, Any]:
    """What stays of a device that goes."""
    device = change.before
    born = device.generation
    return {
        **audit_key(born),
        "device": {"S": device.id},
        "reseller": {"S": born.reseller},
        "customer": {"S": born.customer},
        "line": {"N": str(born.line)},
        "keys": {"L": [{"S": key} for key in device.own_keys()]},
        "history": {"L": [{"M": history_item(entry)} for entry in (*device.history, *change.last)]},
    }


def audit_of(item: Mapping[str, Any]) -> AuditItem:
    """The way back, from an item as DynamoDB sends it."""
    return AuditItem(
        generation=Generation(item["reseller"]["S"], item["customer"]["S"], item["pk"]["S"], int(item["line"]["N"])),
        device=item["device"]["S"],
        keys=tuple(key["S"] for key in item["keys"]["L"]),
        history=tuple(entry_of(entry["M"]) for entry in item["history"]["L"]),
    )
