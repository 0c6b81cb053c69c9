"""What came of playing a rule on the uploads of the last days, before it is switched on (row B16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.rules import Hindrance, Rule


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a rule would have done.

    Attributes:
        rule: it.
        seen: devices of its resellers that came in these days and could be decided on.
        taken: how many of them it would have accepted.
        rejected: how many of these somebody has rejected.
        left: hindrance → devices that it would have left to a person.
        samples: hindrance → identifiers of some of them.
        strangers: its resellers about which it would decide nothing now: not registered, or new.
        cut: there are more than were looked at.
    """

    rule: Rule
    seen: int = 0
    taken: int = 0
    rejected: int = 0
    left: Mapping[Hindrance, int] = field(default_factory=dict)
    samples: Mapping[Hindrance, tuple[str, ...]] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    cut: bool = False
