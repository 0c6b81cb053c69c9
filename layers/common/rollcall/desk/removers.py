"""Somebody of the reseller whose thing it is, as stored at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rollcall.accounts import ResellerRole
from rollcall.acting import Stranger, Undecided
from rollcall.desk.visits import Visits
from rollcall.identifiers import candidates
from rollcall.permissions import allows
from rollcall.removing.removers import Remover
from rollcall.store.accounts import AccountsStore
from rollcall.store.installations import ChoicesStore
from rollcall.views import hints, removals
from rollcall.views.message import Message
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.accounts import Person
    from rollcall.devices import Device
    from rollcall.permissions import Act
    from rollcall.settings import Settings
    from rollcall.store.devices import DevicesStore
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording


@dataclass(frozen=True, slots=True)
class Place:
    """A person of a reseller who may do something.

    Attributes:
        reader: who they are.
        remover: likewise, as histories have them.
    """

    reader: Reader
    remover: Remover


class Removers:
    """Lets people of resellers in who may do something, and turns all others away.

    Args:
        visits: who asks.
        accounts: their companies.
    """

    def __init__(self, visits: Visits, accounts: AccountsStore) -> None:
        self._visits = visits
        self._accounts = accounts

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Lets them in by what a stack's tables say."""
        accounts = AccountsStore(settings.accounts_table)
        return cls(Visits(accounts, ChoicesStore(settings.accounts_table)), accounts)

    def by_command(self, person: Person, act: Act, *, named: str, question: str, command: str) -> Place | Message:
        """The person who typed a command, or what they are told instead.

        Args:
            person: who types.
            act: what it takes.
            named: the account they named; empty if none.
            question: what they typed, in canonical form.
            command: the real name of the slash command.
        """
        who = self._visits.who(person, named=named, command=command)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question=question, command=command)
        return self.admit(who, act)

    def by_click(
        self, person: Person, act: Act, concerns: Callable[[str], bool], *, what: str, asked: str
    ) -> Place | Message:
        """The person who clicked, as somebody of the reseller that something concerns.

        What is another company's is as unknown as what is not there.

        Args:
            person: who clicks.
            act: what it takes.
            concerns: whether a reseller, by account id, has the thing.
            what: "upload" and so on.
            asked: its id.
        """
        members = [one for one in self._accounts.memberships(person) if isinstance(one.role, ResellerRole)]
        if not members:
            return removals.only_resellers(self.say(person))
        meant = next((one for one in members if concerns(one.account)), None)
        who = self._visits.who(person, named=(meant or members[0]).account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return removals.only_resellers(self.say(person))
        return self.admit(who, act) if meant else hints.not_there(what, asked, who)

    def say(self, person: Person) -> Wording:
        """The language of somebody, whatever they are."""
        return self._visits.say(person)

    def by_device(self, person: Person, act: Act, device: Device | None, key: str) -> tuple[Place, Device] | Message:
        """The person who clicked on a device, as somebody of its reseller, and the device.

        Args:
            person: who clicks.
            act: what it takes.
            device: as it is stored; None if there is none.
            key: the identifier's key that the click carried.
        """

        def concerns(account: str) -> bool:
            return device is not None and device.generation.reseller == account

        asked = key.partition("#")[2] or key
        place = self.by_click(person, act, concerns, what="device", asked=asked)
        if isinstance(place, Message) or device is None:
            return place if isinstance(place, Message) else hints.not_there("device", asked, place.reader)
        return place, device

    @staticmethod
    def admit(reader: Reader, act: Act) -> Place | Message:
        """A known person, if their role allows it."""
        member = reader.acting.member
        if not allows(member.role, act):
            return hints.not_allowed(act, reader)
        by = f"person:{member.team}:{member.user}"
        return Place(reader, Remover(member.account, member.role, by, member.person.key, member.email))


def own_devices(devices: DevicesStore, reseller: str, ids: Sequence[str]) -> tuple[list[Device], list[str]]:
    """A reseller's devices of identifiers as typed, each once, and the identifiers that lead to none of its own."""
    keys = {text: [one.key for one in candidates(text)] for text in ids}
    stored = devices.find_many([key for some in keys.values() for key in some])
    known: dict[str, Device] = {}
    unknown: list[str] = []
    for text, some in keys.items():
        seen = [stored[key] for key in some if key in stored and stored[key].generation.reseller == reseller]
        known.update((device.id, device) for device in seen)
        if not seen:
            unknown.append(text)
    return list(known.values()), unknown
