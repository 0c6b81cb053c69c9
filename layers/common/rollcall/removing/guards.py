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
        self._asked: dict[str, bool] = {}

    def guard(self, released: str = "") -> Callable[[Device], Fault | None]:
        """Refuses devices that have to be released first.

        Args:
            released: the customer that has released what is to be deleted; empty if none has.
        """

        def check(device: Device) -> Fault | None:
            customer = device.generation.customer
            if device.status is not Status.VERIFIED or customer == released or not self._needed(customer):
                return None
            return Fault("RELEASE_NEEDED")

        return check

    def _needed(self, customer: str) -> bool:
        if customer not in self._asked:
            profile = self._accounts.customer(customer)
            self._asked[customer] = profile is None or profile.release_verified
        return self._asked[customer]
