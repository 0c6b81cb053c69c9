"""Who holds an identifier already, and what that means for a row that brings it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rollcall.errors import Fault


@dataclass(frozen=True, slots=True)
class Generation:
    """One arrival of a device: the row that stored it, and for whom.

    A device that was deleted and uploaded again has another generation, so nothing that was decided about the old
    one touches the new.

    Attributes:
        reseller: account id.
        customer: customer id.
        upload: upload id.
        line: line of the file.
    """

    reseller: str
    customer: str
    upload: str
    line: int

    def __str__(self) -> str:
        return f"{self.upload}#{self.line}#{self.customer}"


class Verdict(StrEnum):
    """What the holder of an identifier is to a row that brings the same one."""

    OWN = "own"
    SAME_CUSTOMER = "DUPLICATE_SAME_CUSTOMER"
    OTHER_CUSTOMER = "DUPLICATE_OTHER_CUSTOMER"
    OTHER_RESELLER = "HELD_BY_OTHER_RESELLER"


def compare(asking: Generation, holder: Generation) -> Verdict:
    """Tells a row's own earlier try from the three kinds of conflict (rows P16, P17, P19, B10)."""
    if holder == asking:
        return Verdict.OWN
    if holder.reseller != asking.reseller:
        return Verdict.OTHER_RESELLER
    if holder.customer != asking.customer:
        return Verdict.OTHER_CUSTOMER
    return Verdict.SAME_CUSTOMER


def fault(asking: Generation, holder: Generation, *, column: str, value: str) -> Fault | None:
    """The fault of one identifier that is held already; None for the row's own earlier try.

    A reseller's own upload is named; what another party did never is.
    """
    verdict = compare(asking, holder)
    if verdict is Verdict.OWN:
        return None
    if verdict is Verdict.OTHER_RESELLER:
        return Fault(verdict.value, column, value)
    details = {"upload": holder.upload, "line": str(holder.line)}
    if verdict is Verdict.OTHER_CUSTOMER:
        details["customer"] = holder.customer
    return Fault(verdict.value, column, value, details)
