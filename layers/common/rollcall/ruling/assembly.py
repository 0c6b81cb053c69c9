"""Puts together, on a stack's tables and queues, what happens by itself when an upload has arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.ruling.counting import Counting
from rollcall.ruling.rehearsing import Rehearsal
from rollcall.ruling.running import Ruler
from rollcall.ruling.walking import Walker
from rollcall.store.accounts import AccountsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.known_resellers import KnownResellers

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.settings import Settings
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.jobs import JobsStore


class Arrivals:
    """What looks after arrivals, for one job.

    Attributes:
        counting: counts orders.
        ruler: applies rules.
        rehearsal: says what a rule would have done.

    Args:
        settings: names of the tables, and the windows.
        decisions: the devices.
        jobs: what long lists were about.
        dynamodb: client.
        seconds_left: how long the job may still run.
    """

    def __init__(
        self,
        settings: Settings,
        decisions: DecisionsStore,
        jobs: JobsStore,
        *,
        dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
        seconds_left: Callable[[], float],
    ) -> None:
        walker = Walker(DevicesStore(settings.devices_table), seconds_left=seconds_left)
        accounts = AccountsStore(settings.accounts_table)
        known = KnownResellers(dynamodb, settings.uploads_table, jobs)
        self.counting = Counting(
            parts=decisions.parts, walker=walker, orders=decisions.orders, arrivals=decisions.arrivals
        )
        self.ruler = Ruler(
            decisions=decisions,
            walker=walker,
            rules=decisions.rules,
            orders=decisions.orders,
            arrivals=decisions.arrivals,
            known=known,
            accounts=accounts,
            accounts_table=settings.accounts_table,
            uploads_table=settings.uploads_table,
            windows=settings.windows,
        )
        self.rehearsal = Rehearsal(
            decisions=decisions, walker=walker, known=known, accounts=accounts, uploads=settings.uploads_table
        )
