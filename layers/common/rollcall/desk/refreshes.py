"""Having the manufacturer's registry asked again (row P7)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from rollcall.commands import Command, render
from rollcall.desk.removers import Removers
from rollcall.identifiers import candidates
from rollcall.permissions import Act, allows
from rollcall.refreshing.assembly import refreshes
from rollcall.refreshing.refreshes import Asker
from rollcall.scopes import Scope, Side
from rollcall.store.devices import DevicesStore
from rollcall.store.sessions import LazyClient
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.transitions import Status
from rollcall.upload_ids import understand
from rollcall.views import hints
from rollcall.views import refreshes as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.desk.clicks import Click
    from rollcall.desk.turns import Turn
    from rollcall.devices import Device
    from rollcall.refreshing.refreshes import Refreshes
    from rollcall.settings import Settings
    from rollcall.views.reader import Reader

#: The same command within so many seconds is the same one: Slack repeats what it thinks was not heard.
_SAME: Final = 60


class RefreshDesk:
    """Takes the wish to ask again; a job asks.

    Args:
        removers: who may, of those who click.
        refreshes: begins it.
        devices: single devices.
        uploads: single uploads.
        upload_lists: finds an upload by the beginning of its id.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        removers: Removers,
        refreshes: Refreshes,
        devices: DevicesStore,
        uploads: UploadsStore,
        upload_lists: UploadLists,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._removers = removers
        self._refreshes = refreshes
        self._devices = devices
        self._uploads = uploads
        self._upload_lists = upload_lists
        self._now = now

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        return cls(
            removers=Removers.from_settings(settings),
            refreshes=refreshes(settings, dynamodb=LazyClient("dynamodb"), sqs=LazyClient("sqs")),
            devices=DevicesStore(settings.devices_table),
            uploads=UploadsStore(settings.uploads_table),
            upload_lists=UploadLists(settings.uploads_table),
        )

    def clicked(self, click: Click, key: str) -> Message:
        """Has the registry asked about the device whose card was open, as if that had been typed."""
        found = self._removers.by_device(click.person, Act.UPLOAD, self._devices.find(key), key)
        if isinstance(found, Message):
            return found
        place, _ = found
        return self._ask(place.reader, Command("devices", "refresh", ids=(key.partition("#")[2] or key,)))

    def ask(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """Has the registry asked about some devices, or about those of an upload that it did not recognise."""
        return self._ask(reader, command)

    def _ask(self, reader: Reader, command: Command) -> Message:
        member = reader.acting.member
        if not allows(member.role, Act.UPLOAD):
            return hints.not_allowed(Act.UPLOAD, reader)
        named = command.options.get("upload", "")
        if bool(named) == bool(command.ids):
            return views.nothing_named(reader)
        asker = Asker(member.account, f"person:{member.team}:{member.user}", member.person.key)
        minute = int(self._now().timestamp()) // _SAME
        once = f"{member.person.key} {minute} {render(command)}"
        if named:
            return self._upload(reader, asker, named, once)
        return self._chosen(reader, asker, command, once)

    def _upload(self, reader: Reader, asker: Asker, named: str, once: str) -> Message:
        scope = Scope(asker.account, Side.RESELLER)
        found = self._upload_lists.find(scope, named) if understand(named) else ()
        if len(found) > 1:
            return hints.ambiguous(named, len(found), reader)
        upload = self._uploads.get(found[0].id) if found else None
        if upload is None:
            return hints.not_there("upload", named, reader)
        if upload.is_running:
            return views.in_progress(upload.id, reader)
        doubted = self._uploads.unrecognised(upload.id)
        if not doubted:
            return views.nothing_to_ask((), 0, reader, upload=upload.id)
        begun = self._refreshes.of_upload(asker, upload.id, devices=doubted, once=once)
        return views.begun(begun, (), 0, reader)

    def _chosen(self, reader: Reader, asker: Asker, command: Command, once: str) -> Message:
        scope = Scope(asker.account, Side.RESELLER)
        keys = {text: [one.key for one in candidates(text)] for text in command.ids}
        stored = self._devices.find_many([key for some in keys.values() for key in some])
        known: dict[str, Device] = {}
        unknown: list[str] = []
        for text, some in keys.items():
            seen = [stored[key] for key in some if key in stored and scope.sees(stored[key].generation)]
            known.update((device.id, device) for device in seen)
            if not seen:
                unknown.append(text)
        doubted = [device for device in known.values() if device.status is Status.MPTS_ERROR]
        others = len(known) - len(doubted)
        if not doubted:
            return views.nothing_to_ask(unknown, others, reader)
        begun = self._refreshes.of_devices(asker, doubted, once=once)
        return views.begun(begun, unknown, others, reader)
