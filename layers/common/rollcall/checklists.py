"""The devices of one upload beside the orders that a customer announced (row B17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.devices import order_term
from rollcall.model_names import is_named
from rollcall.orders import Expectation, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.devices import ListedDevice
    from rollcall.orders import Order

#: Characters of the unannounced order numbers of a file that are counted by name, those that come first; devices of
#: the others are counted together. A file may have a number of its own, and of 1,000 characters, in each row.
SPELT: Final = 15_000


class Checklist:
    """Compares the devices of one upload with the orders, one after the other in the order of the file.

    Args:
        orders: those of the customer from this reseller, by id.
        room: order id → devices of this upload that find room in it; None while they are being counted.
        begun: what an earlier round has counted of the same upload.
    """

    def __init__(
        self,
        orders: Iterable[Order],
        room: Mapping[str, int] | None = None,
        begun: Tally = Tally(),  # noqa: B008 - nobody changes it
    ) -> None:
        self._orders = {order_term(order.number): order for order in orders}
        self._room = room
        self._found = dict(begun.found)
        self._unknown = dict(begun.unknown)
        self._none, self._seen = begun.none, begun.seen
        self._spelt = sum(map(len, self._unknown))

    def check(self, device: ListedDevice) -> Expectation:
        """Whether a device was expected; it counts from now on."""
        self._seen += 1
        number = device.order_number.strip()
        if not number:
            self._none += 1
            return Expectation.NONE
        order = self._orders.get(order_term(number))
        if order is None:
            name = number if self._is_spelt(number) else ""
            self._unknown[name] = self._unknown.get(name, 0) + 1
            return Expectation.UNKNOWN
        spelt, devices, others = self._found.get(order.id, (number, 0, 0))
        if not is_named(order.models, device.model, device.ids):
            self._found[order.id] = spelt, devices, others + 1
            return Expectation.OTHER_MODEL
        self._found[order.id] = spelt, devices + 1, others
        if order.closed:
            return Expectation.CLOSED
        room = order.quantity if self._room is None else self._room.get(order.id, 0)
        return Expectation.EXPECTED if devices < room else Expectation.OVER

    def _is_spelt(self, number: str) -> bool:
        """Whether a number is counted by name: from its first device on, so that its figure is right, or never."""
        if number in self._unknown:
            return True
        if self._spelt + len(number) > SPELT:
            return False
        self._spelt += len(number)
        return True

    @property
    def tally(self) -> Tally:
        """What was counted so far."""
        return Tally(dict(self._found), dict(self._unknown), self._none, self._seen)
