"""Counts what an upload brought of a customer's orders, and counts anew where devices have gone since (row B17)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rollcall.checklists import Checklist
from rollcall.ruling.progress import HaltedError, Progress
from rollcall.store.orders import OrderGoneError
from rollcall.store.transactions import OutOfTimeError

if TYPE_CHECKING:
    from rollcall.orders import Order, Tally
    from rollcall.ruling.walking import Walker
    from rollcall.store.arrivals import ArrivalsStore
    from rollcall.store.orders import OrdersStore
    from rollcall.store.parts import Part, PartsStore

#: Uploads of a reseller that are counted anew when an order is announced or its models are changed, the newest first.
RECOUNTED: Final = 50


class Counting:
    """Counts. Safe to repeat at any point, and by two workers at once.

    Args:
        parts: uploads as decisions see them.
        walker: their devices.
        orders: what was announced.
        arrivals: what each upload brought.
    """

    def __init__(self, *, parts: PartsStore, walker: Walker, orders: OrdersStore, arrivals: ArrivalsStore) -> None:
        self._parts = parts
        self._walker = walker
        self._orders = orders
        self._arrivals = arrivals

    def count(
        self,
        part: Part,
        *,
        again: bool = False,
        begun: Progress = Progress(),  # noqa: B008 - a frozen value
    ) -> bool | None:
        """Counts what an upload brought of the orders that its customer announced to its reseller.

        Args:
            part: the customer's part of the upload.
            again: it arrived before; if that was before any order was announced and it brought nothing of one, nothing
                is said of it.
            begun: how far earlier rounds have come.

        Returns:
            None where nothing is to be said. False where the index of devices has not shown all of them yet, or still
            shows some that are gone: what was seen is counted, and has to be counted again.

        Raises:
            HaltedError: the worker's time is up; says how far it has come.
        """
        orders = self._orders.of_customer(part.customer, reseller=part.reseller)
        known = self._arrivals.of(part.upload, part.customer).tally
        if known is None and all(order.closed for order in orders):
            return None
        ended = self._walk(part, orders, begun)
        tally = ended.tally
        if again and known is None and not tally.found:
            return None
        try:
            self._keep(part, orders, tally)
        except OutOfTimeError as late:
            raise HaltedError(ended) from late
        there = part.stored - self._parts.figures(part.upload, part.customer).removed
        return tally.seen == there

    def _keep(self, part: Part, orders: list[Order], tally: Tally) -> None:
        for order in orders:
            _, devices, others = tally.found.get(order.id, ("", 0, 0))
            with suppress(OrderGoneError):
                self._orders.count(order, part.upload, devices=devices, others=others)
        self._arrivals.put_tally(part.upload, part.customer, tally)

    def _walk(self, part: Part, orders: list[Order], begun: Progress) -> Progress:
        progress, checklist = begun, Checklist(orders, begun=begun.tally)
        try:
            for place, page in self._walker.pages(part, begun.place):
                for device in page:
                    checklist.check(device)
                progress = Progress(place=place, tally=checklist.tally)
        except OutOfTimeError as late:
            raise HaltedError(progress) from late
        return progress

    def uploads_of(self, customer: str, reseller: str) -> list[str]:
        """The uploads that an order concerns which is announced or changed now."""
        return self._parts.uploads_of(customer, reseller)[:RECOUNTED]
