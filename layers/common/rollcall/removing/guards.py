"""Which devices may go: what a customer has accepted has to be released by it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.errors import Fault
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.devices import Device
    from rollcall.store.accounts import AccountsStore


class Releases:
    """Knows which customers want to be asked, as stored at this moment.

    Args:
        accounts: their profiles.
    """

    def __init__(self, accounts: AccountsStore) -> None:
        self._accounts = accounts

    def guard(self, released: str = "") -> Callable[[Device], Fault | None]:
        """Refuses devices that have to be released first; for one act, for each customer is looked once.

        Args:
            released: the customer that has released what is to be deleted; empty if none has.
        """
        asked: dict[str, bool] = {}

        def check(device: Device) -> Fault | None:
            customer = device.generation.customer
            if device.status is not Status.VERIFIED or customer == released:
                return None
            if customer not in asked:
                profile = self._accounts.customer(customer)
                asked[customer] = profile is None or profile.release_verified
            return Fault("RELEASE_NEEDED") if asked[customer] else None

        return check
