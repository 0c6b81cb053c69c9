"""Who decides and what they want decided, besides on which devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.decisions import Decision, DecisionKind, decision_id
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rollcall.accounts import Role
    from rollcall.decisions import Windows


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides, as the stored membership or key has it at this moment.

    Attributes:
        account: customer id.
        role: in it.
        by: ``person:<team>:<user>`` or ``api:<key name>``.
    """

    account: str
    role: Role
    by: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants decided.

    Attributes:
        once: names the occasion, such as a click; the same occasion decides once.
        kind: accept or reject.
        reason: of a rejection.
        approval_id: of an acceptance of a single device.
        only_this_time: accept from a reseller that is not registered, without registering it.
        reference: the id under which the logs tell more.
        reply: where a job says what came of it.
    """

    once: str
    kind: DecisionKind = DecisionKind.ACCEPT
    reason: str = ""
    approval_id: str = ""
    only_this_time: bool = False
    reference: str = ""
    reply: Mapping[str, str] | None = None


def decision_of(wish: Wish, *, customer: str, by: str, devices: int, at: datetime, windows: Windows) -> Decision:
    """The decision that a wish is.

    Args:
        wish: what.
        customer: account id of those whose it is.
        by: who decides, as a history has it.
        devices: on how many.
        at: now, with a time zone.
        windows: how long it can be undone.
    """
    return Decision(
        id=decision_id(wish.once, customer, by, wish.kind),
        kind=wish.kind,
        customer=customer,
        by=by,
        at=utc(at),
        until="" if wish.kind is DecisionKind.UNDO else windows.until(at, devices),
        reason=wish.reason.strip(),
        approval_id=wish.approval_id.strip(),
        reference=wish.reference,
    )
