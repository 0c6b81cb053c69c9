"""The life of a device: which state may follow which, and by what act.

The table is the whole rule; the store makes each step conditional on the state and the generation it was decided for.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """State of a device."""

    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    MPTS_ERROR = "MPTS_ERROR"
    EXCHANGING = "EXCHANGING"
    REJECTED = "REJECTED"

    @property
    def sentence(self) -> str:
        """What the state means, for a person who asks."""
        return _SENTENCES[self]


_SENTENCES: Final = {
    Status.PENDING: "Stored; the customer has not decided yet.",
    Status.VERIFIED: "The customer has accepted the device.",
    Status.MPTS_ERROR: (
        "Stored, but the manufacturer's registry does not recognise it as a device of an authorised reseller; it "
        "cannot be accepted until the registry does."
    ),
    Status.EXCHANGING: "Its IMEI is being exchanged; it goes back by itself to the state it had.",
    Status.REJECTED: (
        "The customer has rejected it. Once the undo window has passed, only deleting it and uploading it again "
        "brings it back."
    ),
}


class Act(StrEnum):
    """What moves a device from one state to another."""

    UPLOADED = "uploaded"
    HEALED = "healed"
    ACCEPTED = "accepted"
    AUTO_ACCEPTED = "auto_accepted"
    REJECTED = "rejected"
    UNDONE = "undone"
    EXCHANGE_BEGUN = "exchange_begun"
    EXCHANGE_ENDED = "exchange_ended"
    RELEASED = "released"
    DELETED = "deleted"
    UPLOAD_UNDONE = "upload_undone"


class TransitionError(Exception):
    """An act that the state of a device does not allow.

    Attributes:
        status: the state the device has; None if there is no device.
        act: what was tried.
    """

    def __init__(self, status: Status | None, act: Act) -> None:
        self.status = status
        self.act = act
        super().__init__(f"a device that is {status or 'not there'} cannot be {act.value}")


#: (from, act) → the states that may follow; None stands for "no device".
TABLE: Final[dict[tuple[Status | None, Act], frozenset[Status | None]]] = {
    (None, Act.UPLOADED): frozenset({Status.PENDING, Status.MPTS_ERROR}),
    (Status.MPTS_ERROR, Act.HEALED): frozenset({Status.PENDING}),
    (Status.PENDING, Act.ACCEPTED): frozenset({Status.VERIFIED}),
    (Status.PENDING, Act.AUTO_ACCEPTED): frozenset({Status.VERIFIED}),
    (Status.PENDING, Act.REJECTED): frozenset({Status.REJECTED}),
    (Status.VERIFIED, Act.UNDONE): frozenset({Status.PENDING}),
    (Status.REJECTED, Act.UNDONE): frozenset({Status.PENDING}),
    (Status.PENDING, Act.EXCHANGE_BEGUN): frozenset({Status.EXCHANGING}),
    (Status.VERIFIED, Act.EXCHANGE_BEGUN): frozenset({Status.EXCHANGING}),
    (Status.EXCHANGING, Act.EXCHANGE_ENDED): frozenset({Status.PENDING, Status.VERIFIED}),
    (Status.VERIFIED, Act.RELEASED): frozenset({Status.VERIFIED}),
    (Status.PENDING, Act.DELETED): frozenset({None}),
    (Status.VERIFIED, Act.DELETED): frozenset({None}),
    (Status.MPTS_ERROR, Act.DELETED): frozenset({None}),
    (Status.REJECTED, Act.DELETED): frozenset({None}),
    (Status.PENDING, Act.UPLOAD_UNDONE): frozenset({None}),
    (Status.MPTS_ERROR, Act.UPLOAD_UNDONE): frozenset({None}),
}


def follow(status: Status | None, act: Act, *, before_exchange: Status | None = None) -> Status | None:
    """The state that follows.

    Args:
        status: the state now; None where there is no device.
        act: what is done.
        before_exchange: the state from which an exchange began; needed to end one.

    Returns:
        The new state, None where the device is gone. For ``UPLOADED`` the state of a device that the registry
        recognises; a device that it does not is stored as ``MPTS_ERROR`` by the caller.

    Raises:
        TransitionError: the table has no such step.
    """
    allowed = TABLE.get((status, act))
    if allowed is None:
        raise TransitionError(status, act)
    if act is Act.EXCHANGE_ENDED:
        if before_exchange not in allowed:
            raise TransitionError(status, act)
        return before_exchange
    if act is Act.UPLOADED:
        return Status.PENDING
    (target,) = allowed
    return target


def sources(act: Act) -> frozenset[Status | None]:
    """The states from which an act may start; what a conditional write checks."""
    return frozenset(status for status, possible in TABLE if possible is act)
