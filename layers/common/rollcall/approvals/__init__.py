"""What a customer decides: at the click where that is possible, by a job where it takes longer."""

from rollcall.approvals.answers import (
    Answer,
    Decided,
    Denied,
    NeedsRegistration,
    Queued,
    Stale,
    Taken,
)
from rollcall.approvals.approvals import Approvals
from rollcall.approvals.wishes import Approver, Wish

__all__ = [
    "Answer",
    "Approvals",
    "Approver",
    "Decided",
    "Denied",
    "NeedsRegistration",
    "Queued",
    "Stale",
    "Taken",
    "Wish",
]
