"""The clock's look at what waits for a customer's release: who has to answer is reminded (row P15)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.hours import is_quiet, zone_of
from rollcall.notices import release_reminder_notice
from rollcall.release_reminders import FIRST, NEVER, next_look, number_due
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.store.accounts import AccountsStore
    from rollcall.store.removals import RemovalsStore
    from rollcall.telling.herald import Herald

#: Reminders of one look; the next goes on.
_MOST: Final = 50


class ReleaseSweep:
    """Reminds customers. Each step may be done twice: a reminder is a notice of its own, which is told once.

    Args:
        removals: what waits.
        accounts: when a customer's people are left alone.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(
        self, removals: RemovalsStore, accounts: AccountsStore, herald: Herald, clock: Callable[[], float]
    ) -> None:
        self._removals = removals
        self._accounts = accounts
        self._herald = herald
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> list[str]:
        """Has due reminders told; the accounts that are reminded. In quiet hours it is made up for later.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = datetime.fromtimestamp(self._clock(), UTC)
        reminded: list[str] = []
        for removal in self._removals.waiting(at=utc(now - FIRST)):
            if len(reminded) >= _MOST or enough():
                break
            customer = self._accounts.customer(removal.customer)
            if customer is None:
                self._removals.put_off(removal, at=NEVER)
                continue
            if is_quiet(now, zone_of(customer.time_zone)):
                continue
            number = number_due(removal, now)
            self._herald.mark(release_reminder_notice(removal.id, number, customer.id), at=utc(now))
            self._removals.put_off(removal, at=next_look(removal, number))
            reminded.append(customer.id)
        return reminded
