"""What a person did in Slack, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.accounts import Person


@dataclass(frozen=True, slots=True)
class Click:
    """What a person did, once.

    Attributes:
        person: who.
        once: names it, such as a trigger id.
        reference: the id under which the logs tell more.
    """

    person: Person
    once: str
    reference: str = ""
