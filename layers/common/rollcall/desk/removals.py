"""Deleting at the desk: the form that asks, taking it, and the customer's release (row P15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.approvals.answers import Denied
from rollcall.commands import render
from rollcall.desk.approvers import Approvers
from rollcall.desk.removers import Removers, own_devices
from rollcall.desk.sent_forms import instead, metadata_of, problem_of
from rollcall.desk.visits import Visits
from rollcall.permissions import Act
from rollcall.removing.assembly import removals as removals_on
from rollcall.store.accounts import AccountsStore
from rollcall.store.deadlines import Deadline
from rollcall.store.devices import DevicesStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import OutOfTimeError
from rollcall.views import decision_answers
from rollcall.views import removal_forms as forms
from rollcall.views import removals as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.commands import Command
    from rollcall.desk.clicks import Click
    from rollcall.desk.removers import Place
    from rollcall.desk.turns import Turn
    from rollcall.removing.removals import Removals
    from rollcall.settings import Settings
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

#: Seconds that a delete may take at the click, of the three that Slack waits; the queue goes on with what is left.
_SECONDS: Final = 2.5


class RemovalDesk:
    """Answers what has to do with deleting.

    Args:
        removers: who may delete.
        approvers: who of a customer may release.
        removals: deletes.
        devices: single devices.
        deadline: of the request that is being answered.
    """

    def __init__(
        self,
        *,
        removers: Removers,
        approvers: Approvers,
        removals: Removals,
        devices: DevicesStore,
        deadline: Deadline,
    ) -> None:
        self._removers = removers
        self._approvers = approvers
        self._removals = removals
        self._devices = devices
        self._deadline = deadline

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        accounts, deadline = AccountsStore(settings.accounts_table), Deadline()
        visits = Visits(accounts, ChoicesStore(settings.accounts_table))
        return cls(
            removers=Removers(visits, accounts),
            approvers=Approvers(visits, accounts),
            removals=removals_on(
                settings, dynamodb=LazyClient("dynamodb"), sqs=LazyClient("sqs"), seconds_left=deadline.left
            ),
            devices=DevicesStore(settings.devices_table),
            deadline=deadline,
        )

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """A delete that was typed where nothing is changed, such as in a message."""
        return views.elsewhere(render(command), reader)

    # -- devices -----------------------------------------------------------------------------------------------------

    def typed(self, click: Click, command: Command, *, name: str) -> Message | View:
        """Asks before devices that were typed are deleted (row P15).

        Args:
            click: who typed, and once.
            command: what.
            name: the real name of the slash command.
        """
        self._deadline.start(_SECONDS)
        place = self._removers.by_command(
            click.person, Act.DELETE, named=command.as_account, question=render(command), command=name
        )
        return place if isinstance(place, Message) else self._ask(place, click, command.ids)

    def clicked(self, click: Click, key: str) -> Message | View:
        """Asks before the device is deleted whose card was open; it is asked for as if it had been typed."""
        self._deadline.start(_SECONDS)
        found = self._removers.by_device(click.person, Act.DELETE, self._devices.find(key), key)
        return found if isinstance(found, Message) else self._ask(found[0], click, [key.partition("#")[2] or key])

    def _ask(self, place: Place, click: Click, ids: Sequence[str]) -> Message | View:
        known, unknown = own_devices(self._devices, place.remover.account, ids)
        faults = self._removals.judge(known)
        preview = forms.preview_of(known, faults, unknown)
        if not preview.meant:
            return views.nothing_to_delete(faults, unknown, place.reader)
        meant = [
            device
            for device, fault in zip(known, faults, strict=True)
            if fault is None or fault.code == "RELEASE_NEEDED"
        ]
        draft = self._removals.draft(place.remover, meant, once=click.once, reference=click.reference)
        return forms.delete_form(draft.id, preview, place.reader)

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes the form: deletes, or says at the field what is missing."""
        self._deadline.start(_SECONDS)
        value = metadata_of(view)
        id_ = str(value.get("j", ""))
        place = self._removers.by_click(
            click.person,
            Act.DELETE,
            lambda account: self._removals.get(id_, account) is not None,
            what="delete",
            asked=id_,
        )
        if isinstance(place, Message):
            return instead(place)
        if errors := problem_of(view, value, place.reader.say):
            return errors
        try:
            answer = self._removals.confirm(place.remover, id_, reference=click.reference)
        except OutOfTimeError:
            return instead(decision_answers.out_of_time(place.reader))
        if isinstance(answer, Denied):
            return instead(views.denied(answer.faults, place.reader))
        return instead(views.answer(answer, place.reader))

    # -- the customer ------------------------------------------------------------------------------------------------

    def release(self, click: Click, value: Value, *, release: bool) -> Message:
        """Takes a customer's answer about devices that it has accepted (row P15)."""
        self._deadline.start(_SECONDS)
        id_ = str(value.get("j", ""))
        found: dict[str, bool] = {}

        def concerns(account: str) -> bool:
            removal = self._removals.get(id_, account) if id_ else None
            found[account] = bool(removal and removal.customer == account)
            return found[account]

        seat = self._approvers.enter(click.person, concerns, what="request", asked=id_, act=Act.RELEASE)
        if isinstance(seat, Message):
            return seat
        try:
            answer = self._removals.answer(seat.approver, id_, release=release)
        except OutOfTimeError:
            return decision_answers.out_of_time(seat.reader)
        if isinstance(answer, Denied):
            return views.denied(answer.faults, seat.reader)
        removal, first = answer
        return views.answered(removal, seat.reader, first=first)
