"""What is told of an expected order when its day is over, and finding those of which that has still to be told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.notices import order_notice
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader
from rollcall.uploads import utc
from rollcall.views import orders as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.orders import OrdersStore
    from rollcall.telling.herald import Herald


class OrderNews:
    """Knows what to tell a customer of an order whose day is over.

    Args:
        orders: as they are now.
        accounts: who is to be told.
    """

    def __init__(self, orders: OrdersStore, accounts: AccountsStore) -> None:
        self._orders = orders
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None where the order is gone, closed, put off, or complete by now."""
        id_, _, due = kept.notice.subject.partition("#")
        account = kept.notice.account
        order = self._orders.get(account, id_)
        if order is None or order.due != due or not order.missing:
            return None
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [order.reseller])
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.overdue(order, reader),
            state="missing",
        )


class OrderSweep:
    """Finds orders whose day is over, and has it told, once.

    Args:
        orders: where they are kept.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(self, orders: OrdersStore, herald: Herald, clock: Callable[[], float]) -> None:
        self._orders = orders
        self._herald = herald
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """Has told what is due; ids of the orders of which devices are missing.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        missing = []
        for order in self._orders.due(before=now):
            if enough():
                break
            if order.missing:
                self._herald.begin(order_notice(order.id, order.due, order.customer), at=now)
                missing.append(order.id)
            self._orders.told(order)
        return tuple(missing)
