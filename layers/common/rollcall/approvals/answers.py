"""What somebody is told who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.accounts import Registration
    from rollcall.decided import Outcome
    from rollcall.decisions import Decision
    from rollcall.errors import Fault
    from rollcall.jobs import Job
    from rollcall.waiting import PendingPart


@dataclass(frozen=True, slots=True)
class Decided:
    """It is decided, of each device that could be; ``outcome`` says of each of the others why not.

    Attributes:
        decision: as it is stored. Where no device could be decided on, nothing is.
        outcome: device by device.
    """

    decision: Decision
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Queued:
    """A job decides it; nobody else decides on the whole upload meanwhile.

    Attributes:
        job: as it began, or as it is if the same click began it before.
    """

    job: Job


@dataclass(frozen=True, slots=True)
class NeedsRegistration:
    """Nothing is decided: the reseller has to be registered first, or accepted from this time only (row P24).

    Attributes:
        reseller: account id.
        registration: what the customer has decided about it so far.
    """

    reseller: str
    registration: Registration


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing is decided: what waits is no longer what was shown (row P22).

    Attributes:
        pending: what waits now.
        by: the last decision on the whole upload, if there was one: who was faster.
    """

    pending: PendingPart
    by: Decision | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Nothing is decided: somebody of the same customer is deciding on the whole upload.

    Attributes:
        by: their decision; None if it is not known.
    """

    by: Decision | None


@dataclass(frozen=True, slots=True)
class Denied:
    """Nothing is decided, and the same again would not be."""

    faults: tuple[Fault, ...]


Answer = Decided | Queued | NeedsRegistration | Stale | Taken | Denied
