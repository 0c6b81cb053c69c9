"""The desk itself: from words to an answer, whoever asks and wherever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.acting import Stranger, Undecided
from rollcall.commands import Command, Hint, render
from rollcall.desk.rooms import Rooms
from rollcall.desk.turns import Turn, question_of, read_turn
from rollcall.grammar import parse
from rollcall.operator_words import names_operators
from rollcall.queries import DeviceQuery
from rollcall.views import help as help_views
from rollcall.views import hints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Person
    from rollcall.desk.exchanges import ExchangeDesk
    from rollcall.desk.operators import OperatorDesk
    from rollcall.desk.people_inviting import InviteDesk
    from rollcall.desk.people_joining import JoinDesk
    from rollcall.desk.refreshes import RefreshDesk
    from rollcall.desk.removals import RemovalDesk
    from rollcall.desk.setup_forms import SetupForms
    from rollcall.desk.tags import TagDesk
    from rollcall.desk.undoing import UndoDesk
    from rollcall.device_sheets import DeviceSheet
    from rollcall.settings import Settings
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    Answer = Callable[[Reader, Command, Turn], Message]


class Desk:
    """Answers questions.

    Args:
        rooms: where they are answered.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables."""
        return cls(Rooms(settings))

    @property
    def joining(self) -> JoinDesk:
        """Where somebody joins by a code."""
        return self._rooms.joining

    @property
    def inviting(self) -> InviteDesk:
        """Where companies and people are invited."""
        return self._rooms.inviting

    @property
    def setup(self) -> SetupForms:
        """Where admins change their account."""
        return self._rooms.setup_forms

    @property
    def removals(self) -> RemovalDesk:
        """Where devices are deleted."""
        return self._rooms.removals

    @property
    def operators(self) -> OperatorDesk:
        """Where operators look after what goes wrong."""
        return self._rooms.operators

    @property
    def exchanges(self) -> ExchangeDesk:
        """Where IMEIs are exchanged."""
        return self._rooms.exchanges

    @property
    def refreshes(self) -> RefreshDesk:
        """Where the registry is asked again."""
        return self._rooms.refreshes

    @property
    def tags(self) -> TagDesk:
        """Where devices are tagged."""
        return self._rooms.tags

    @property
    def undoing(self) -> UndoDesk:
        """Where uploads are taken back."""
        return self._rooms.undoing

    def answer(self, person: Person, text: str, *, suffix: str = "", turn: Turn = Turn()) -> Message:  # noqa: B008 - a frozen value
        """Answers a command.

        Args:
            person: who asks.
            text: what stood behind ``/rollcall``.
            suffix: what a deployment put behind the names of its commands.
            turn: which page.
        """
        names = {area: name + suffix for area, name in help_views.COMMANDS.items()}
        command_name = names[""]
        command = parse(text)
        if isinstance(command, Hint):
            told = self._rooms.operators.answer(person, text, names=names, turn=turn) if names_operators(text) else None
            return told or hints.show_hint(command, command_name, say=self._rooms.visits.say(person))
        if command.word == "help":
            say = self._rooms.visits.say(person, named=command.as_account)
            return help_views.show_help(command.area, names, say=say)
        if (command.area, command.word) in _BY_COMMAND_ALONE:
            from rollcall.views import invitations  # noqa: PLC0415 - a first answer need not wait for it

            return invitations.elsewhere(command.word, command_name, say=self._rooms.visits.say(person))
        who = self._rooms.visits.who(person, named=command.as_account, command=command_name)
        if isinstance(who, Stranger | Undecided):
            return self._rooms.visits.turned_away(who, question=render(command), command=command_name)
        return _ANSWERS[command.area, command.word](self._rooms)(who, command, turn)

    def turn(self, person: Person, value: Mapping[str, object], action_id: str) -> Message:
        """Answers a button that asks the same again, for another page or as a table."""
        return self.answer(person, question_of(value), turn=read_turn(value, action_id))

    def open(self, person: Person, value: Mapping[str, object], action_id: str) -> Message:
        """Answers a button that names one thing. The name gives no rights: it is asked for as if it had been typed."""
        if question_of(value):
            return self.turn(person, value, action_id)
        thing = str(value.get("id", ""))
        command = _OPENERS[action_id](thing)
        return self.answer(person, render(command))

    def shown_again(self, person: Person, value: Mapping[str, object]) -> Message | None:
        """What a button of a decision stands in, as it is now: a list, or a device's card; None for neither.

        Args:
            person: who clicked.
            value: what the button carries; it gives no rights.
        """
        if question_of(value):
            return self.answer(person, question_of(value), turn=read_turn(value, ""))
        return self.open(person, value, "devices.open") if value.get("id") else None

    def open_notice(self, person: Person, value: Mapping[str, object]) -> Message:
        """What a notice in a shared channel is about, as far as the clicker may see it.

        Args:
            person: who clicked.
            value: the notice's id, and the question for those whom it is not meant for; they give no rights.
        """
        found = self._rooms.openings.subject(person, str(value.get("n") or ""))
        return self.answer(person, found or question_of(value)) if isinstance(found, str) else found

    def choose(self, person: Person, value: Mapping[str, object]) -> Message:
        """Remembers for whom a person acts, and answers what they had asked."""
        account = str(value.get("id", ""))
        who = self._rooms.visits.who(person, named=account, command=help_views.COMMANDS[""])
        if not isinstance(who, Stranger | Undecided):
            self._rooms.visits.remember(person, who.acting.account)
        return self.answer(person, question_of(value) or "me")

    def sheet(self, person: Person, question: str) -> DeviceSheet | None:
        """The status of many devices as a CSV (row B14); None where the person may not ask that any more."""
        command = parse(question)
        if isinstance(command, Hint) or (command.area, command.word) != ("devices", "find"):
            return None
        who = self._rooms.visits.who(person, named=command.as_account, command=help_views.COMMANDS[""])
        if isinstance(who, Stranger | Undecided):
            return None
        return self._rooms.devices.sheet(who, command.ids)

    def say(self, person: Person) -> Wording:
        """The language of a person; see `Visits.say`."""
        return self._rooms.visits.say(person)

    def known(self, person: Person) -> Wording:
        """The language of a person as far as it is known without a read; English otherwise."""
        return self._rooms.visits.known(person)

    def home(self, person: Person) -> dict[str, Any]:
        """The view of a person's App Home."""
        return self._rooms.homes.view(person, now=datetime.now(UTC))


def _device(key: str) -> str:
    """The identifier of a typed key such as ``imei#…``."""
    return key.partition("#")[2] or key


_OPENERS: dict[str, Callable[[str], Command]] = {
    "devices.open": lambda key: Command("devices", "find", ids=(_device(key),)),
    "devices.history": lambda key: Command("devices", "history", ids=(_device(key),)),
    "uploads.open": lambda upload: Command("uploads", "open", ids=(upload,)),
    "uploads.errors": lambda upload: Command("uploads", "errors", ids=(upload,)),
    "customers.open": lambda customer: Command("devices", "list", query=DeviceQuery(customer=customer)),
}

#: What changes something and is no question: it is taken as a slash command alone, which Slack delivers once.
_BY_COMMAND_ALONE: Final = frozenset({("", "join"), ("", "invite")})

#: (area, word) → the room that answers it, and how.
_ANSWERS: Final[Mapping[tuple[str, str], Callable[[Rooms], Answer]]] = {
    ("devices", "find"): lambda rooms: rooms.devices.find,
    ("devices", "list"): lambda rooms: rooms.devices.listing,
    ("devices", "history"): lambda rooms: rooms.devices.timeline,
    ("devices", "export"): lambda rooms: rooms.exports.ask,
    ("devices", "delete"): lambda rooms: rooms.removals.elsewhere,
    ("devices", "tag"): lambda rooms: rooms.tags.elsewhere,
    ("devices", "exchange"): lambda rooms: rooms.exchanges.elsewhere,
    ("devices", "refresh"): lambda rooms: rooms.refreshes.ask,
    ("uploads", "list"): lambda rooms: rooms.files.listing,
    ("uploads", "open"): lambda rooms: rooms.files.card,
    ("uploads", "errors"): lambda rooms: rooms.files.errors,
    ("uploads", "new"): lambda rooms: rooms.counter.forms.invite,
    ("uploads", "link"): lambda rooms: rooms.counter.links.by_command,
    ("uploads", "export"): lambda rooms: rooms.exports.ask,
    ("uploads", "quality"): lambda rooms: rooms.quality.show,
    ("uploads", "undo"): lambda rooms: rooms.undoing.elsewhere,
    ("approvals", "list"): lambda rooms: rooms.approvals.lists.listing,
    ("approvals", "bulk"): lambda rooms: rooms.approvals.bulk.invite,
    ("approvals", "resellers"): lambda rooms: rooms.approvals.resellers.listing,
    ("approvals", "rules"): lambda rooms: rooms.approvals.rules.listing,
    ("approvals", "orders"): lambda rooms: rooms.approvals.orders.listing,
    ("approvals", "history"): lambda rooms: rooms.approvals.lists.history,
    ("approvals", "accept"): lambda rooms: rooms.approvals.lists.elsewhere,
    ("approvals", "reject"): lambda rooms: rooms.approvals.lists.elsewhere,
    ("", "me"): lambda rooms: rooms.companies.me,
    ("", "customers"): lambda rooms: rooms.companies.customers,
    ("", "setup"): lambda rooms: rooms.setup.page,
    ("", "keys"): lambda rooms: rooms.setup.keys,
}
