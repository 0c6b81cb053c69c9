"""Exchanging an IMEI at the desk: by command, and by the form of a device's card (row B21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.approvals.answers import Denied
from rollcall.commands import render
from rollcall.conflicts import Generation
from rollcall.desk.removers import Removers
from rollcall.desk.sent_forms import instead, metadata_of
from rollcall.exchanging.assembly import exchanges as exchanges_on
from rollcall.permissions import Act
from rollcall.store.deadlines import Deadline
from rollcall.store.devices import DevicesStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import OutOfTimeError
from rollcall.views import approval_forms, decision_answers, removals
from rollcall.views import exchanges as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.commands import Command
    from rollcall.desk.clicks import Click
    from rollcall.desk.turns import Turn
    from rollcall.exchanging.exchanges import Exchanges
    from rollcall.settings import Settings
    from rollcall.views.reader import Reader

    View = dict[str, Any]

#: Seconds that the beginning of an exchange may take.
_SECONDS: Final = 2.7
_PAIR: Final = 2


class ExchangeDesk:
    """Answers what has to do with exchanges.

    Args:
        removers: who may.
        exchanges: begins them.
        devices: single devices.
        deadline: of the request that is being answered.
    """

    def __init__(self, *, removers: Removers, exchanges: Exchanges, devices: DevicesStore, deadline: Deadline) -> None:
        self._removers = removers
        self._exchanges = exchanges
        self._devices = devices
        self._deadline = deadline

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        deadline = Deadline()
        return cls(
            removers=Removers.from_settings(settings),
            exchanges=exchanges_on(
                settings, dynamodb=LazyClient("dynamodb"), sqs=LazyClient("sqs"), seconds_left=deadline.left
            ),
            devices=DevicesStore(settings.devices_table),
            deadline=deadline,
        )

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """An exchange that was typed where nothing is changed, such as in a message."""
        return removals.elsewhere(render(command), reader)

    def typed(self, click: Click, command: Command, *, name: str) -> Message:
        """Begins the exchange that was typed.

        Args:
            click: who typed, and once.
            command: what: the old IMEI and the new one.
            name: the real name of the slash command.
        """
        self._deadline.start(_SECONDS)
        place = self._removers.by_command(
            click.person, Act.DELETE, named=command.as_account, question=render(command), command=name
        )
        if isinstance(place, Message):
            return place
        if len(command.ids) != _PAIR:
            return views.two_imeis(place.reader)
        old, new = command.ids
        try:
            answer = self._exchanges.begin(place.remover, old, new, once=click.once, reference=click.reference)
        except OutOfTimeError:
            return decision_answers.out_of_time(place.reader)
        if isinstance(answer, Denied):
            return removals.denied(answer.faults, place.reader)
        return views.begun(answer, place.reader)

    def clicked(self, click: Click, key: str) -> Message | View:
        """Opens the form of the device whose card was open."""
        self._deadline.start(_SECONDS)
        found = self._removers.by_device(click.person, Act.DELETE, self._devices.find(key) if key else None, key)
        if isinstance(found, Message):
            return found
        place, device = found
        fault = views.not_exchangeable(device)
        return removals.denied([fault], place.reader) if fault else views.exchange_form(device, place.reader.say)

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes the form: begins the exchange, or says at the field what is wrong with the IMEI."""
        self._deadline.start(_SECONDS)
        value = metadata_of(view)
        key = str(value.get("id", ""))
        found = self._removers.by_device(click.person, Act.DELETE, self._devices.find(key) if key else None, key)
        if isinstance(found, Message):
            return instead(found)
        place, device = found
        line = value.get("l")
        born = device.generation
        shown = Generation(born.reseller, born.customer, str(value.get("u", "")), line if isinstance(line, int) else -1)
        old = approval_forms.choice(view, views.OLD) or str(value.get("o", ""))
        new = approval_forms.choice(view, views.NEW).strip()
        try:
            answer = self._exchanges.begin(
                place.remover, old, new, once=click.once, shown=shown, reference=click.reference
            )
        except OutOfTimeError:
            return instead(decision_answers.out_of_time(place.reader))
        if isinstance(answer, Denied):
            if answer.faults[0].value == new or answer.faults[0].code == "IDENTIFIER_TAKEN":
                return {
                    "response_action": "errors",
                    "errors": {views.NEW: views.problem(answer.faults, place.reader.say)},
                }
            return instead(removals.denied(answer.faults, place.reader))
        return instead(views.begun(answer, place.reader))
