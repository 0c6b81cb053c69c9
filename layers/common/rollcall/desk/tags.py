"""Tagging at the desk: by command and by the form of a device's card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.commands import render
from rollcall.desk.removers import Removers, own_devices
from rollcall.desk.sent_forms import instead, metadata_of
from rollcall.permissions import Act
from rollcall.store.deadlines import Deadline
from rollcall.store.devices import DevicesStore
from rollcall.store.sessions import LazyClient
from rollcall.store.tags import TagsStore
from rollcall.store.transactions import OutOfTimeError, Transactions
from rollcall.tags import read_change
from rollcall.views import approval_forms, decision_answers, removals
from rollcall.views import tags as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.commands import Command
    from rollcall.desk.clicks import Click
    from rollcall.desk.removers import Place
    from rollcall.desk.turns import Turn
    from rollcall.devices import Device
    from rollcall.settings import Settings
    from rollcall.tags import TagChange
    from rollcall.views.reader import Reader

    View = dict[str, Any]

#: Seconds that a change may take; what is left is done by the same command once more.
_SECONDS: Final = 2.7
_MARGIN: Final = 0.3


class TagDesk:
    """Answers what has to do with tags.

    Args:
        removers: who may.
        tags: changes them.
        devices: single devices.
        deadline: of the request that is being answered.
    """

    def __init__(self, *, removers: Removers, tags: TagsStore, devices: DevicesStore, deadline: Deadline) -> None:
        self._removers = removers
        self._tags = tags
        self._devices = devices
        self._deadline = deadline

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables."""
        deadline = Deadline()
        transactions = Transactions(LazyClient("dynamodb"), seconds_left=deadline.left, margin=_MARGIN)
        return cls(
            removers=Removers.from_settings(settings),
            tags=TagsStore(transactions, settings.devices_table),
            devices=DevicesStore(settings.devices_table),
            deadline=deadline,
        )

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """A change that was typed where nothing is changed, such as in a message."""
        return removals.elsewhere(render(command), reader)

    def typed(self, click: Click, command: Command, *, name: str) -> Message:
        """Changes the tags of devices that were typed.

        Args:
            click: who typed, and once.
            command: what; its texts are the tags with their signs.
            name: the real name of the slash command.
        """
        self._deadline.start(_SECONDS)
        place = self._removers.by_command(
            click.person, Act.UPLOAD, named=command.as_account, question=render(command), command=name
        )
        if isinstance(place, Message):
            return place
        change, faults = read_change(command.texts)
        if faults or not change:
            return views.nothing_said(faults, place.reader)
        known, unknown = own_devices(self._devices, place.remover.account, command.ids)
        return self._change(place, change, known, unknown)

    def clicked(self, click: Click, key: str) -> Message | View:
        """Opens the form of the device whose card was open."""
        self._deadline.start(_SECONDS)
        found = self._removers.by_device(click.person, Act.UPLOAD, self._devices.find(key), key)
        if isinstance(found, Message):
            return found
        place, device = found
        return views.tag_form(device, place.reader.say)

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes the form."""
        self._deadline.start(_SECONDS)
        value = metadata_of(view)
        key = str(value.get("id", ""))
        device = self._devices.find(key) if key else None
        if device and (device.generation.upload, device.generation.line) != (value.get("u"), value.get("l")):
            device = None  # deleted and uploaded again since it was shown
        found = self._removers.by_device(click.person, Act.UPLOAD, device, key)
        if isinstance(found, Message):
            return instead(found)
        place, device = found
        fields = {name: approval_forms.choice(view, name) for name in (views.ADD, views.REMOVE)}
        signs = {views.ADD: "+", views.REMOVE: "-"}
        errors: dict[str, str] = {}
        signed: list[str] = []
        for name, text in fields.items():
            texts = [f"{signs[name]}{one.strip()}" for one in text.split(",") if one.strip()]
            _, faults = read_change(texts)
            if faults:
                errors[name] = place.reader.say.sentence(faults[0])
            signed += texts
        change, faults = read_change(signed)
        if not errors and faults:
            errors[views.REMOVE] = place.reader.say.sentence(faults[0])
        if not errors and not change:
            errors[views.ADD] = place.reader.say("Name a tag to add, or one to remove.")
        if errors:
            return {"response_action": "errors", "errors": {name: text[:150] for name, text in errors.items()}}
        return instead(self._change(place, change, [device], []))

    def _change(self, place: Place, change: TagChange, known: Sequence[Device], unknown: Sequence[str]) -> Message:
        try:
            outcome = self._tags.change(known, change)
        except OutOfTimeError:
            return decision_answers.out_of_time(place.reader)
        return views.tagged(change, outcome, unknown, place.reader)
