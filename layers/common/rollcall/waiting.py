"""Devices that wait for a customer's decision, by the upload they came in (row P21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.devices import order_term

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pending devices of one upload.

    Attributes:
        upload: upload id.
        company: account id of the other side: the customer that decides, or the reseller that uploaded.
        devices: how many wait.
        since: when they were uploaded, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        order_number: of the upload; may be empty.
    """

    upload: str
    company: str
    devices: int
    since: str
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What waits, as far as somebody looked.

    Attributes:
        uploads: in which something waits, one by one.
        devices: how many wait, in other uploads as well where there are more.
        is_all: nothing waits elsewhere, or it is counted in ``devices``.
        more: something waits in uploads that are not named.
    """

    uploads: tuple[Waiting, ...]
    devices: int
    is_all: bool = True
    more: bool = False


@dataclass(frozen=True, slots=True)
class WaitingTotal:
    """How many devices wait for a customer, whatever uploads they came in.

    Attributes:
        devices: that were counted.
        is_all: nobody counted on where there are very many; False means "more than".
    """

    devices: int
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of an upload's devices (row B9); empty for all of them.

    Attributes:
        order: an order number, as `rollcall.devices.order_term` compares.
        model: a model by its whole name or its beginning, in any case.
    """

    order: str = ""
    model: str = ""

    def __bool__(self) -> bool:
        return bool(self.order.strip() or self.model.strip())

    def takes(self, order_number: str, model: str) -> bool:
        """Whether a device with these belongs to the part."""
        if self.order.strip() and order_term(order_number) != order_term(self.order):
            return False
        return model.strip().casefold().startswith(self.model.strip().casefold())


@dataclass(frozen=True, slots=True)
class PendingPart:
    """What waits for a customer's decision in one upload, and as of when (row P22).

    Attributes:
        upload: upload id.
        customer: account id.
        reseller: account id.
        version: grows with everything that happens to the devices; a decision on "all" is on what was pending then.
        total: devices that wait.
        by_model: model → how many of those that were counted.
        by_order: order number → likewise.
        counted: devices behind ``by_model`` and ``by_order``: all that wait, or the first of very many.
    """

    upload: str
    customer: str
    reseller: str
    version: int
    total: int
    by_model: Mapping[str, int]
    by_order: Mapping[str, int]
    counted: int
