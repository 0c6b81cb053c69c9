"""What is sent to the queue of jobs about arrivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.ruling.progress import progress_from_json, progress_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.ruling.progress import Progress

#: ``kind`` of a message: devices have reached a customer; an upload, or a reseller's, is counted anew; a rule is tried.
ARRIVED: Final = "arrived"
RECOUNT: Final = "recount"
RECOUNT_ORDERS: Final = "recount_orders"
TRY_RULE: Final = "try_rule"

#: Rounds of five minutes that an arrival may take at the most, and devices for each of which it may take one more. A
#: round does 400,000 where all goes well; one that does less than a tenth of these on the average is not getting on.
ROUNDS: Final = 12
_DEVICES: Final = 25_000
#: What a message holds beside what it was sent with.
_ROUNDS: Final = "rounds"
_PROGRESS: Final = "progress"


class NoProgressError(Exception):
    """An arrival does not get on: it would be sent on for ever."""


def arrival(upload: str, customer: str) -> dict[str, Any]:
    """That an upload has arrived at a customer."""
    return {"kind": ARRIVED, "id": f"{upload}#{customer}", "upload": upload, "customer": customer}


def recount(upload: str, customer: str, *, once: str) -> dict[str, Any]:
    """That an upload's share in a customer's orders is to be counted anew.

    Args:
        upload: upload id.
        customer: account id.
        once: names the occasion.
    """
    return {"kind": RECOUNT, "id": f"{once}#{upload}#{customer}", "upload": upload, "customer": customer}


def recount_orders(customer: str, reseller: str, *, once: str) -> dict[str, Any]:
    """That the uploads of a reseller are to be counted anew; the arguments are those of `recount`."""
    return {"kind": RECOUNT_ORDERS, "id": f"{once}#{reseller}", "customer": customer, "reseller": reseller}


def progress_of(message: Mapping[str, Any]) -> Progress:
    """How far an arrival, or a recount, has come."""
    return progress_from_json(message.get(_PROGRESS))


def onward(message: Mapping[str, Any], progress: Progress, *, devices: int) -> dict[str, Any]:
    """What is sent for the next round.

    Args:
        message: this round's.
        progress: where this round ended.
        devices: that the part has.

    Raises:
        NoProgressError: this round came nowhere, or there were more rounds than so many devices may take.
    """
    rounds = int(message.get(_ROUNDS, 0)) + 1
    place = f"{message['id']} after {rounds} rounds: chunk {progress.place.chunk}, line {progress.place.line}"
    if progress == progress_of(message):
        raise NoProgressError(f"nothing was done of {place}")
    if rounds > ROUNDS + devices // _DEVICES:
        raise NoProgressError(f"too many rounds for {devices} devices, {place}")
    return {**message, _ROUNDS: rounds, _PROGRESS: progress_to_json(progress)}


def again(message: Mapping[str, Any], *, passes: int) -> dict[str, Any]:
    """What is sent to have the same counted once more from its first device."""
    kept = {name: value for name, value in message.items() if name not in (_ROUNDS, _PROGRESS)}
    return {**kept, "passes": passes}
