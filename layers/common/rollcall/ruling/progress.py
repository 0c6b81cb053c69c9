"""How far an arrival has come: its devices are walked in rounds, and each message says where its round begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rollcall.jobs import Place
from rollcall.orders import Tally, tally_from_json, tally_to_json
from rollcall.store.transactions import OutOfTimeError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to where an arrival is worked on, and what came of that: a message that comes twice counts nothing twice.

    Attributes:
        counted: its orders are counted; the place is one of the rules' walk.
        place: all devices before it are done.
        tally: of those, by order.
        left: hindrance → those of them that wait for a person.
    """

    counted: bool = False
    place: Place = field(default_factory=Place)
    tally: Tally = field(default_factory=Tally)
    left: Mapping[str, int] = field(default_factory=dict)


class HaltedError(OutOfTimeError):
    """The worker's time is up in the middle of a walk.

    Attributes:
        progress: where the next round begins.
    """

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        super().__init__()


def progress_to_json(progress: Progress) -> dict[str, Any]:
    """Progress as a message holds it: under 200 KB, whatever stands in the file (see `checklists.SPELT`)."""
    return {
        "counted": progress.counted,
        "chunk": progress.place.chunk,
        "line": progress.place.line,
        "tally": tally_to_json(progress.tally),
        "left": dict(progress.left),
    }


def progress_from_json(raw: Mapping[str, Any] | None) -> Progress:
    """The way back; None for what has not begun."""
    if raw is None:
        return Progress()
    return Progress(raw["counted"], Place(raw["chunk"], raw["line"]), tally_from_json(raw["tally"]), raw["left"])
