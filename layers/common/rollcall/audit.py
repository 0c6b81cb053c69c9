"""A customer's audit: every step in the life of each of its devices, as lines of a sheet (row B18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.rule_notes import readable
from rollcall.transitions import Act

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.account_changes import Change
    from rollcall.conflicts import Generation
    from rollcall.devices import HistoryEntry

COLUMNS: Final = (
    *("at", "act", "by", "status", "device", "identifiers", "reseller_id", "upload_id", "line"),
    *("decision_id", "reference", "note", "rollcall_export"),
)
#: What the customer's own side does; whoever does the rest is shown by company.
_OWN: Final = frozenset({Act.ACCEPTED, Act.AUTO_ACCEPTED, Act.REJECTED, Act.UNDONE})
_ROLLCALL: Final = "rollcall"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One step of one device.

    Attributes:
        device: the typed key it lies, or lay, under.
        keys: the typed keys of all its identifiers.
        generation: its arrival.
        entry: the step.
        gone: the device was deleted later on, or by this very step.
    """

    device: str
    keys: tuple[str, ...]
    generation: Generation
    entry: HistoryEntry
    gone: bool


def row(one: AuditEntry, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """A line of the customer's audit.

    The reseller's people are not named to the customer: what they did is shown as done by their company.

    Args:
        one: the step.
        names: ``by`` of a history → how the person is called, for the customer's own people.
    """
    entry, born = one.entry, one.generation
    by = entry.by
    if entry.act in _OWN:
        by = (names or {}).get(by, by)
    elif by != _ROLLCALL:
        by = born.reseller
    return (
        *(entry.at, entry.act.value, by, entry.status.value, one.device, " ".join(one.keys)),
        *(
            born.reseller,
            born.upload,
            str(born.line),
            entry.decision,
            entry.reference,
            readable(entry.note, names or {}),
            "",
        ),
    )


def look_row(change: Change) -> tuple[str, ...]:
    """A line of the customer's audit for an operator who began to look into the company, or looked at something."""
    note = f"{change.about}; because: {change.after}" if change.after else change.about
    empty = ("",) * 7
    return (change.at, change.what.value, f"{change.by_name} (operator of Rollcall)", *empty, "", note, "")
