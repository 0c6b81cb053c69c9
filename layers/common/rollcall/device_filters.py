"""Which devices a list shows (rows P2 and P3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.devices import order_term

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.devices import ListedDevice
    from rollcall.queries import DeviceQuery
    from rollcall.scopes import Scope


def wanted(scope: Scope, query: DeviceQuery) -> Callable[[ListedDevice], bool]:
    """Tells whether a device belongs into a list.

    A model matches by its whole text or its beginning, a tag as a whole, both in any case; an order number as
    `order_term` compares. What the account may not see is never wanted, wherever it was read from.

    Args:
        scope: who asks.
        query: what for; ``customer`` and ``upload`` are ids.
    """
    order = order_term(query.order)
    model = query.model.strip().casefold()
    tag = query.tag.strip().casefold()

    def is_wanted(device: ListedDevice) -> bool:
        born = device.generation
        return (
            scope.sees(born)
            and (not query.customer or born.customer == query.customer)
            and (not query.upload or born.upload == query.upload)
            and (query.status is None or device.status is query.status)
            and (not order or order_term(device.order_number) == order)
            and device.model.strip().casefold().startswith(model)
            and (not tag or any(one.strip().casefold() == tag for one in device.tags))
        )

    return is_wanted
