"""Writes a customer's audit into a CSV file, however long it is (row B18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rollcall import audit
from rollcall.acting import Stranger, Undecided
from rollcall.desk.exporter import Export
from rollcall.desk.visits import Visits
from rollcall.sheets import SheetWriter
from rollcall.store.accounts import AccountsStore
from rollcall.store.audit import AuditStore
from rollcall.store.deadlines import seconds_left
from rollcall.store.decisions import DecisionsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.installations import ChoicesStore
from rollcall.telling.readers import people
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.accounts import Person
    from rollcall.settings import Settings
    from rollcall.views.message import Message


class AuditExporter:
    """Writes audits.

    Args:
        visits: who asks.
        accounts: the names of a customer's own people.
        steps: what happened.
    """

    def __init__(self, visits: Visits, accounts: AccountsStore, steps: AuditStore) -> None:
        self._visits = visits
        self._accounts = accounts
        self._steps = steps

    @classmethod
    def from_settings(cls, settings: Settings, client: DynamoDBClient) -> Self:
        """The exporter on a stack's tables."""
        accounts = AccountsStore(settings.accounts_table)
        decisions = DecisionsStore(
            client, devices=settings.devices_table, uploads=settings.uploads_table, seconds_left=seconds_left
        )
        steps = AuditStore(
            client,
            changes=decisions.changes,
            devices=DevicesStore(settings.devices_table),
            parts=decisions.parts,
            uploads=settings.uploads_table,
        )
        return cls(Visits(accounts, ChoicesStore(settings.accounts_table)), accounts, steps)

    def write(
        self,
        person: Person,
        account: str,
        question: str,  # noqa: ARG002 - as of every list
        path: Path,
        *,
        cursor: str | None = None,
        enough: Callable[[], bool] = lambda: False,
    ) -> Export | Message | None:
        """Writes an audit; the arguments and what is returned are those of `Exporter.write`."""
        who = self._visits.who(person, named=account, command=COMMAND)
        if isinstance(who, Stranger | Undecided) or who.is_reseller:
            return None
        names = people(self._accounts, [account])
        writer, count = SheetWriter(), 0
        head = writer.write([audit.COLUMNS])
        with path.open("wb") as file:
            file.write(b"" if cursor else head)
            for entries, after in self._steps.pages(who.acting.account, cursor):
                file.write(writer.write([audit.row(one, names) for one in entries]))
                count += len(entries)
                if enough():
                    return Export(who, "audit.csv", count, "step", after)
            for look in reversed(list(self._accounts.looks_at(account))):
                file.write(writer.write([audit.look_row(look)]))
                count += 1
        return Export(who, "audit.csv", count, "step", None)
