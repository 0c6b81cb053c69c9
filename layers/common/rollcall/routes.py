"""Where a notice goes: along a route of stops until one of them takes it (row B26)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.accounts import CustomerRole, ResellerRole
from rollcall.permissions import Act, allows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.accounts import Member, NotifyTarget, Person


class PlaceKind(StrEnum):
    """What a message is posted into."""

    DM = "dm"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one copy of a message goes.

    Attributes:
        kind: a person's DM with the bot, or a channel.
        team: the workspace.
        name: user id for a DM, channel id for a channel.
    """

    kind: PlaceKind
    team: str
    name: str

    @property
    def key(self) -> str:
        """Both ids in one text; no two places share one, since user and channel ids begin differently."""
        return f"{self.team}#{self.name}"

    @property
    def is_dm(self) -> bool:
        """Whether it is one person's."""
        return self.kind is PlaceKind.DM


#: People who are told in person of one thing.
IN_PERSON: Final = 20
#: The places of one stop; all of them are told at once.
Stop = tuple[Place, ...]


def dm(person: Person) -> Place:
    """A person's DM with the bot."""
    return Place(PlaceKind.DM, person.team, person.user)


def channel(target: NotifyTarget) -> Place:
    """An account's channel."""
    return Place(PlaceKind.CHANNEL, target.team, target.channel)


def route(person: Person | None, notify: NotifyTarget | None, members: Sequence[Member]) -> tuple[Stop, ...]:
    """The stops of a notice, in their order: whom it concerns, the account's channel, its admins.

    What none of them takes is kept for App Home and for the operators.

    Args:
        person: whom it concerns first; None if nobody. Only a member of the account is told: rights are those of now,
            not those of the moment at which the thing began.
        notify: the account's channel, if it has one.
        members: of the account.
    """
    stops: list[Stop] = []
    if person and any(member.person == person for member in members):
        stops.append((dm(person),))
    if notify:
        stops.append((channel(notify),))
    return (*stops, *admins_only(members))


def deciders(notify: NotifyTarget | None, members: Sequence[Member]) -> tuple[Stop, ...]:
    """The route of a reminder: those who may decide, all of them in person, then the account's channel, its admins.

    Of very many people the channel is the better place.

    Args:
        notify: the account's channel, if it has one.
        members: of the account.
    """
    people = tuple(dm(member.person) for member in members if allows(member.role, Act.DECIDE))
    first = [people] if 0 < len(people) <= IN_PERSON or (people and not notify) else []
    return (*(stop[:IN_PERSON] for stop in first), *route(None, notify, members))


def admins_only(members: Iterable[Member]) -> tuple[Stop, ...]:
    """The route of what only an account's admins can mend: one stop with all of them."""
    admins = tuple(dm(member.person) for member in members if member.role in (ResellerRole.ADMIN, CustomerRole.ADMIN))
    return (admins,) if admins else ()
