"""Questions about devices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.commands import render
from rollcall.cursors import CursorError
from rollcall.desk.turns import start_of
from rollcall.desk.visits import scope_of
from rollcall.device_sheets import device_sheet
from rollcall.identifiers import candidates
from rollcall.store.device_lists import AmbiguousUploadError
from rollcall.telling.readers import people
from rollcall.uploads import utc
from rollcall.views import device_tables, devices, found, hints, history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.commands import Command
    from rollcall.desk.customers import CustomerNames
    from rollcall.desk.turns import Turn
    from rollcall.device_sheets import DeviceSheet
    from rollcall.devices import Device
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.device_lists import DeviceLists
    from rollcall.store.devices import DevicesStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Devices on a page: five read well on a phone, a table takes a hundred rows but nobody reads them.
PAGE: Final = 5
TABLE_PAGE: Final = 25


class DeviceDesk:
    """Answers questions about devices.

    Args:
        customers: finds the customer that a filter names.
        devices: finds single devices.
        lists: lists them.
        accounts: names of those who decided.
    """

    def __init__(
        self, customers: CustomerNames, devices: DevicesStore, lists: DeviceLists, accounts: AccountsStore
    ) -> None:
        self._customers = customers
        self._devices = devices
        self._lists = lists
        self._accounts = accounts

    def find(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """One device as a card, several as a list; what may not be seen is as unknown as what is not there."""
        known, unknown = self.look_up(reader, command.ids)
        if len(command.ids) == 1 and len(known) == 1:
            return devices.card(known[0], reader, now=utc(datetime.now(UTC)))
        return found.found(known, unknown, render(command), reader)

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of a list."""
        question = render(command)
        query = replace(command.query, customer=self._customers.find(reader, command.query.customer))
        try:
            page = self._lists.page(
                scope_of(reader),
                query,
                size=TABLE_PAGE if turn.as_table else PAGE,
                cursor=turn.cursor,
                backwards=turn.backwards,
            )
        except CursorError:
            return hints.expired(question, reader.command, say=reader.say)
        except AmbiguousUploadError as several:
            return hints.ambiguous(query.upload, len(several.uploads), reader)
        view = device_tables.table_listing if turn.as_table else devices.listing
        return view(page, question, reader, cursor=start_of(page))

    def timeline(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """What happened to one device."""
        known, unknown = self.look_up(reader, command.ids[:1])
        if not known:
            return found.not_found(unknown, reader)
        names = {**reader.names, **people(self._accounts, [known[0].generation.customer])}
        return history.timeline(known[0], replace(reader, names=names))

    def sheet(self, reader: Reader, ids: Sequence[str]) -> DeviceSheet:
        """The state of many devices as a CSV (row B14)."""
        say = reader.say
        return device_sheet(*self.look_up(reader, ids), uploader=reader.uploader_text, say=say, count=say.count)

    def look_up(self, reader: Reader, ids: Sequence[str]) -> tuple[list[Device], list[str]]:
        """The devices of some identifiers as typed, each once, and the identifiers that lead to none."""
        scope = scope_of(reader)
        keys = {text: [identifier.key for identifier in candidates(text)] for text in ids}
        stored = self._devices.find_many([key for some in keys.values() for key in some])
        known: dict[str, Device] = {}
        unknown: list[str] = []
        for text, some in keys.items():
            seen = [stored[key] for key in some if key in stored and scope.sees(stored[key].generation)]
            known.update((device.primary.key, device) for device in seen)
            if not seen:
                unknown.append(text)
        return list(known.values()), unknown
