"""Writes a list into a CSV file, however long it is (row P14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from rollcall import device_sheets, quality_sheets, upload_sheets
from rollcall.acting import Stranger, Undecided
from rollcall.commands import Hint
from rollcall.desk.customers import CustomerNames
from rollcall.desk.quality import period_of, store_of
from rollcall.desk.uploads import uploads_of
from rollcall.desk.visits import Visits, scope_of
from rollcall.grammar import parse
from rollcall.quality import weeks_back
from rollcall.sheets import SheetWriter
from rollcall.store.accounts import AccountsStore
from rollcall.store.device_lists import AmbiguousUploadError, DeviceLists
from rollcall.store.installations import ChoicesStore
from rollcall.store.upload_lists import UploadLists
from rollcall.uploads import utc
from rollcall.views import hints
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rollcall.accounts import Person
    from rollcall.commands import Command
    from rollcall.settings import Settings
    from rollcall.store.quality import QualityStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

    Row = tuple[str, ...]

#: Devices read at a time, and looked at for that.
_DEVICES: Final = 1_000
_BUDGET: Final = 20_000
_UPLOADS: Final = 100


@dataclass(frozen=True, slots=True)
class Export:
    """A list that was written, or the piece of it that there was time for.

    Attributes:
        reader: whose it is.
        name: of the file.
        rows: lines in it, without the heading.
        what: the noun of one line.
        after: where the rest begins; None at the end of the list.
        comment: what is said with the file; empty for how many rows are in it.
    """

    reader: Reader
    name: str
    rows: int
    what: str
    after: str | None = None
    comment: str = ""


class Exporter:
    """Writes lists.

    Args:
        visits: who asks.
        customers: finds the customer that a filter names.
        devices: lists of devices.
        uploads: lists of uploads.
        figures: how good uploads are.
    """

    def __init__(
        self,
        visits: Visits,
        customers: CustomerNames,
        devices: DeviceLists,
        uploads: UploadLists,
        figures: QualityStore,
    ) -> None:
        self._figures = figures
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
            store_of(settings),
        )

    def write(
        self,
        person: Person,
        account: str,
        question: str,
        path: Path,
        *,
        cursor: str | None = None,
        enough: Callable[[], bool] = lambda: False,
    ) -> Export | Message | None:
        """Writes the list that somebody asked for.

        Args:
            person: who asks.
            account: the one they acted for.
            question: the command in canonical form.
            path: of the file.
            cursor: where an earlier piece ended; only the first piece has a heading.
            enough: asked after each page whether to stop there.

        Returns:
            What was written; what to tell them where nothing could be; None where they may not ask that any more.
        """
        command = parse(question)
        if isinstance(command, Hint) or command.word not in ("export", "quality"):
            return None
        who = self._visits.who(person, named=account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return None
        if command.word == "quality":
            return self._quality(who, command, path)
        of_devices = command.area == "devices"
        heading = device_sheets.LIST_COLUMNS if of_devices else upload_sheets.COLUMNS
        read = self._device_rows if of_devices else self._upload_rows
        writer, count = SheetWriter(), 0
        head = writer.write([heading])
        try:
            with path.open("wb") as file:
                file.write(b"" if cursor else head)
                while True:
                    rows, cursor = read(who, command, cursor)
                    file.write(writer.write(rows))
                    count += len(rows)
                    if cursor is None or enough():
                        break
        except AmbiguousUploadError as several:
            return hints.ambiguous(command.query.upload, len(several.uploads), who)
        return Export(who, f"{command.area}.csv", count, "device" if of_devices else "upload", cursor)

    def _quality(self, reader: Reader, command: Command, path: Path) -> Export | None:
        """The figures of a period: a line for all together, one for each company."""
        period = period_of(command)
        if period is None:
            return None
        first, last = weeks_back(utc(datetime.now(UTC)), period.weeks)
        summed, parts = self._figures.seen_by(reader.acting, first, last)
        rows = [quality_sheets.row(first, last, "", "all together", summed)]
        rows += [
            quality_sheets.row(first, last, account, reader.names.get(account) or account, part)
            for account, part in sorted(parts.items())
        ]
        path.write_bytes(SheetWriter().write([quality_sheets.COLUMNS, *rows]))
        return Export(reader, "quality.csv", len(rows), "line", None)

    def _device_rows(self, reader: Reader, command: Command, cursor: str | None) -> tuple[list[Row], str | None]:
        query = replace(command.query, customer=self._customers.find(reader, command.query.customer))
        page = self._devices.page(scope_of(reader), query, size=_DEVICES, cursor=cursor, budget=_BUDGET)
        rows = [
            device_sheets.listed_row(device, reader.uploader_text(device.uploaded_by, device.generation.reseller))
            for device in page.items
        ]
        return rows, page.after

    def _upload_rows(self, reader: Reader, command: Command, cursor: str | None) -> tuple[list[Row], str | None]:
        customer = self._customers.find(reader, command.options.get("customer", ""))
        page = uploads_of(self._uploads, scope_of(reader), customer, size=_UPLOADS, cursor=cursor)
        return [upload_sheets.row(line, reader.uploader_text(line.uploaded_by, line.account)) for line in page.items], (
            page.after
        )
