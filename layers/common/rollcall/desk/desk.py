"""The desk itself: from words to an answer, whoever asks and wherever."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from rollcall.acting import Stranger, Undecided
from rollcall.commands import Command, Hint, render
from rollcall.desk.approvals import ApprovalDesk
from rollcall.desk.companies import CompanyDesk
from rollcall.desk.counter import Counter
from rollcall.desk.customers import CustomerNames
from rollcall.desk.devices import DeviceDesk
from rollcall.desk.exports import ExportDesk
from rollcall.desk.homes import HomeDesk
from rollcall.desk.turns import Turn, question_of, read_turn
from rollcall.desk.uploads import UploadDesk
from rollcall.desk.visits import Visits
from rollcall.device_sheets import device_sheet
from rollcall.grammar import parse
from rollcall.queries import DeviceQuery
from rollcall.store.accounts import AccountsStore
from rollcall.store.device_lists import DeviceLists
from rollcall.store.devices import DevicesStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.queues import Queue
from rollcall.store.sessions import LazyClient
from rollcall.store.upload_errors import UploadErrors
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.views import help as help_views
from rollcall.views import hints

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Person
    from rollcall.device_sheets import DeviceSheet
    from rollcall.settings import Settings
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

    Answer = Callable[[Reader, Command, Turn], Message]


class Desk:
    """Answers questions.

    Args:
        visits: who asks.
        homes: draws App Home.
        devices: writes device sheets.
        answers: (area, word) → what answers it.
    """

    def __init__(
        self, visits: Visits, homes: HomeDesk, devices: DeviceDesk, answers: Mapping[tuple[str, str], Answer]
    ) -> None:
        self._visits = visits
        self._homes = homes
        self._devices = devices
        self._answers = answers

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables."""
        accounts = AccountsStore(settings.accounts_table)
        uploads = UploadsStore(settings.uploads_table)
        upload_lists = UploadLists(settings.uploads_table)
        customers = CustomerNames(accounts)
        visits = Visits(accounts, ChoicesStore(settings.accounts_table))
        devices = DeviceDesk(
            customers,
            DevicesStore(settings.devices_table),
            DeviceLists(settings.devices_table, settings.uploads_table),
            accounts,
        )
        files = UploadDesk(customers, upload_lists, uploads, UploadErrors(LazyClient("s3"), settings.bucket))
        companies = CompanyDesk(accounts)
        approvals = ApprovalDesk.from_settings(settings)
        counter = Counter.from_settings(settings)
        exports = ExportDesk(Queue(LazyClient("sqs"), settings.jobs_queue_url))
        return cls(
            visits,
            HomeDesk(visits, upload_lists, uploads),
            devices,
            {
                ("devices", "find"): devices.find,
                ("devices", "list"): devices.listing,
                ("devices", "history"): devices.timeline,
                ("devices", "export"): exports.ask,
                ("uploads", "list"): files.listing,
                ("uploads", "open"): files.card,
                ("uploads", "errors"): files.errors,
                ("uploads", "new"): counter.forms.invite,
                ("uploads", "link"): counter.links.by_command,
                ("uploads", "export"): exports.ask,
                ("approvals", "list"): approvals.listing,
                ("approvals", "accept"): approvals.elsewhere,
                ("approvals", "reject"): approvals.elsewhere,
                ("", "me"): companies.me,
                ("", "customers"): companies.customers,
            },
        )

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
            return hints.show_hint(command, command_name)
        if command.word == "help":
            return help_views.show_help(command.area, names)
        who = self._visits.who(person, named=command.as_account, command=command_name)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=render(command), command=command_name)
        return self._answers[command.area, command.word](who, command, turn)

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

    def choose(self, person: Person, value: Mapping[str, object]) -> Message:
        """Remembers for whom a person acts, and answers what they had asked."""
        account = str(value.get("id", ""))
        who = self._visits.who(person, named=account, command=help_views.COMMANDS[""])
        if not isinstance(who, Stranger | Undecided):
            self._visits.remember(person, who.acting.account)
        return self.answer(person, question_of(value) or "me")

    def sheet(self, person: Person, question: str) -> DeviceSheet | None:
        """The status of many devices as a CSV (row B14); None where the person may not ask that any more."""
        command = parse(question)
        if isinstance(command, Hint) or (command.area, command.word) != ("devices", "find"):
            return None
        who = self._visits.who(person, named=command.as_account, command=help_views.COMMANDS[""])
        if isinstance(who, Stranger | Undecided):
            return None
        return device_sheet(*self._devices.look_up(who, command.ids), uploader=who.uploader_text)

    def home(self, person: Person) -> dict[str, Any]:
        """The view of a person's App Home."""
        return self._homes.view(person, now=datetime.now(UTC))


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
