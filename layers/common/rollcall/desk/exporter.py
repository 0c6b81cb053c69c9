"""Writes a list into a CSV file, however long it is (row P14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from rollcall import device_sheets, upload_sheets
from rollcall.acting import Stranger, Undecided
from rollcall.commands import Hint
from rollcall.desk.customers import CustomerNames
from rollcall.desk.uploads import uploads_of
from rollcall.desk.visits import Visits, scope_of
from rollcall.grammar import parse
from rollcall.sheets import SheetWriter
from rollcall.store.accounts import AccountsStore
from rollcall.store.device_lists import AmbiguousUploadError, DeviceLists
from rollcall.store.installations import ChoicesStore
from rollcall.store.upload_lists import UploadLists
from rollcall.views import hints
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rollcall.accounts import Person
    from rollcall.commands import Command
    from rollcall.settings import Settings
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Devices read at a time, and looked at for that.
_DEVICES: Final = 1_000
_BUDGET: Final = 20_000
_UPLOADS: Final = 100


@dataclass(frozen=True, slots=True)
class Export:
    """A list that was written.

    Attributes:
        reader: whose it is.
        name: of the file.
        rows: lines in it, without the heading.
        what: the noun of one line.
    """

    reader: Reader
    name: str
    rows: int
    what: str


class Exporter:
    """Writes lists.

    Args:
        visits: who asks.
        customers: finds the customer that a filter names.
        devices: lists of devices.
        uploads: lists of uploads.
    """

    def __init__(self, visits: Visits, customers: CustomerNames, devices: DeviceLists, uploads: UploadLists) -> None:
        self._visits = visits
        self._customers = customers
        self._devices = devices
        self._uploads = uploads

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The exporter on a stack's tables."""
        accounts = AccountsStore(settings.accounts_table)
        return cls(
            Visits(accounts, ChoicesStore(settings.accounts_table)),
            CustomerNames(accounts),
            DeviceLists(settings.devices_table, settings.uploads_table),
            UploadLists(settings.uploads_table),
        )

    def write(self, person: Person, account: str, question: str, path: Path) -> Export | Message | None:
        """Writes the list that somebody asked for.

        Args:
            person: who asks.
            account: the one they acted for.
            question: the command in canonical form.
            path: of the file.

        Returns:
            What was written; what to tell them where nothing could be; None where they may not ask that any more.
        """
        command = parse(question)
        if isinstance(command, Hint) or command.word != "export":
            return None
        who = self._visits.who(person, named=account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return None
        of_devices = command.area == "devices"
        heading = device_sheets.LIST_COLUMNS if of_devices else upload_sheets.COLUMNS
        pages = self._device_rows(who, command) if of_devices else self._upload_rows(who, command)
        writer, count = SheetWriter(), 0
        try:
            with path.open("wb") as file:
                file.write(writer.write([heading]))
                for rows in pages:
                    file.write(writer.write(rows))
                    count += len(rows)
        except AmbiguousUploadError as several:
            return hints.ambiguous("upload", command.query.upload, len(several.uploads), who)
        return Export(who, f"{command.area}.csv", count, "device" if of_devices else "upload")

    def _device_rows(self, reader: Reader, command: Command) -> Iterator[list[Sequence[str]]]:
        query = replace(command.query, customer=self._customers.find(reader, command.query.customer))
        scope, cursor = scope_of(reader), None
        while True:
            page = self._devices.page(scope, query, size=_DEVICES, cursor=cursor, budget=_BUDGET)
            yield [
                device_sheets.listed_row(device, _uploader(reader, device.uploaded_by, device.generation.reseller))
                for device in page.items
            ]
            cursor = page.after
            if cursor is None:
                return

    def _upload_rows(self, reader: Reader, command: Command) -> Iterator[list[Sequence[str]]]:
        customer = self._customers.find(reader, command.options.get("customer", ""))
        scope, cursor = scope_of(reader), None
        while True:
            page = uploads_of(self._uploads, scope, customer, size=_UPLOADS, cursor=cursor)
            yield [upload_sheets.row(line, _uploader(reader, line.uploaded_by, line.account)) for line in page.items]
            cursor = page.after
            if cursor is None:
                return


def _uploader(reader: Reader, uploaded_by: str, reseller: str) -> str:
    """Who uploaded: the other company's people are named by company, and never by email."""
    return uploaded_by if reader.is_reseller else reader.names.get(reseller, reseller)
