"""Orders that a customer expects devices of: how many came, which of them nobody announced (row B17).

An order is one reseller's: its number is compared as the lists of devices compare it, whatever its case, width and
spacing. What each upload brought of it is a share. Shares fill the order in the order in which they were counted, so
that two uploads at once never fill the same place twice; a share that shrinks, since devices were deleted, makes room
for the later ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rollcall.devices import order_term
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Devices of one order, and orders of one customer that are open at a time.
LARGEST_QUANTITY: Final = 1_000_000
MOST_OPEN: Final = 500
#: Characters of an order number.
LONGEST_NUMBER: Final = 100
_ID_CHARACTERS: Final = 12


class Expectation(StrEnum):
    """Whether a device was expected, and if not, why."""

    EXPECTED = "expected"
    OVER = "over"  # more than the quantity
    OTHER_MODEL = "other_model"
    CLOSED = "closed"
    UNKNOWN = "unknown"  # nobody announced an order of this number by this reseller
    NONE = "none"  # the device names no order


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer announced.

    Attributes:
        id: ``OR-…``; one for each customer, reseller and number.
        customer: account id; ``reseller`` likewise.
        number: as it was typed first.
        quantity: devices.
        models: names or TACs, see `model_names`; empty for any.
        due: day by which they are expected, ``YYYY-MM-DD``, UTC; empty for none.
        closed: nothing more is expected of it.
        version: grows with each change; 0 before it is stored.
        by: who changed it last, ``person:<team>:<user>`` or ``api:<key name>``.
        at: when, UTC.
        made_at: when it was announced, UTC.
        got: devices of the right model that came, over all uploads; more than the quantity if too many did.
    """

    id: str
    customer: str
    reseller: str
    number: str
    quantity: int
    models: tuple[str, ...] = ()
    due: str = ""
    closed: bool = False
    version: int = 0
    by: str = ""
    at: str = ""
    made_at: str = ""
    got: int = 0

    @property
    def arrived(self) -> int:
        """Devices that came and were expected."""
        return min(self.got, self.quantity)

    @property
    def missing(self) -> int:
        """Devices that are still to come; none of a closed order."""
        return 0 if self.closed else self.quantity - self.arrived


@dataclass(frozen=True, slots=True)
class OrderShare:
    """What one upload brought of an order.

    Attributes:
        upload: upload id.
        number: the how-manieth share of the order it is, from 1.
        devices: of the right model, that are there now.
        others: of another model, likewise.
    """

    upload: str
    number: int
    devices: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What one upload brought a customer, by order.

    Attributes:
        found: order id → number as the file has it, devices of the right model, devices of another.
        unknown: order number as the file has it → devices; of orders that were not announced. What is not counted by
            name, see `checklists.SPELT`, stands under an empty one.
        none: devices without an order number.
        seen: all devices that were looked at.
    """

    found: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    none: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order as an upload's message tells it.

    Attributes:
        order: as it is now.
        fitting: devices of this upload that were expected.
        over: devices of this upload that are more than the quantity, or came after the order was closed.
        others: devices of this upload of another model.
    """

    order: Order
    fitting: int
    over: int
    others: int

    @property
    def unexpected(self) -> int:
        """Devices of this upload that were not expected."""
        return self.over + self.others


@dataclass(frozen=True, slots=True)
class OrderNews:
    """What an upload's message says of a customer's orders.

    Attributes:
        lines: the announced orders of which it brought something.
        unknown: order number → devices; of orders that were not announced, the largest first.
        none: devices without an order number.
    """

    lines: tuple[OrderLine, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    none: int = 0

    @property
    def expected(self) -> int:
        """Devices of all orders of which it brought something."""
        return sum(line.order.quantity for line in self.lines)

    @property
    def got(self) -> int:
        """How many of these have come, with this upload and others."""
        return sum(line.order.arrived for line in self.lines)

    @property
    def unexpected(self) -> int:
        """Devices of this upload that nobody expected."""
        return sum(line.unexpected for line in self.lines) + sum(n for _, n in self.unknown) + self.none


def order_id(customer: str, reseller: str, number: str) -> str:
    """The id of the order that a customer announced of a reseller under a number, however it is spelt."""
    parts = "\0".join((customer, reseller, order_term(number)))
    return "OR-" + crockford(hashlib.sha256(parts.encode()).digest(), _ID_CHARACTERS)


def fill(quantity: int, shares: Iterable[OrderShare]) -> dict[str, int]:
    """How many devices of each upload find room in an order: upload id → devices, the earliest share first."""
    room, fitting = quantity, {}
    for share in sorted(shares, key=lambda one: one.number):
        fitting[share.upload] = min(share.devices, room)
        room -= fitting[share.upload]
    return fitting


def tally_to_json(tally: Tally) -> dict[str, Any]:
    """A tally as it is stored."""
    return {
        "found": {id_: list(counts) for id_, counts in tally.found.items()},
        "unknown": dict(tally.unknown),
        "none": tally.none,
        "seen": tally.seen,
    }


def tally_from_json(raw: Mapping[str, Any]) -> Tally:
    """The way back."""
    found = {id_: (str(number), int(devices), int(others)) for id_, (number, devices, others) in raw["found"].items()}
    return Tally(found, raw["unknown"], raw["none"], raw["seen"])


def news_of(
    tally: Tally, orders: Mapping[str, Order], shares: Mapping[str, Iterable[OrderShare]], upload: str
) -> OrderNews:
    """What an upload's message says of the orders.

    Args:
        tally: of the upload.
        orders: those in it, as they are now; one that is gone counts as never announced.
        shares: of each of them.
        upload: upload id.
    """
    lines, unknown = [], dict(tally.unknown)
    for id_, (number, devices, others) in tally.found.items():
        order = orders.get(id_)
        if order is None:
            unknown[number] = unknown.get(number, 0) + devices + others
            continue
        fitting = fill(order.quantity, shares.get(id_, ())).get(upload, 0)
        lines.append(OrderLine(order, fitting, max(devices - fitting, 0), others))
    return OrderNews(
        tuple(sorted(lines, key=lambda line: line.order.number)),
        tuple(sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))),
        tally.none,
    )
