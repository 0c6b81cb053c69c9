"""For which account a person acts: the one they name, else the one they chose, else the only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.accounts import ResellerRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.accounts import Member, Person


@dataclass(frozen=True, slots=True)
class Acting:
    """A person and the account they act for.

    Attributes:
        member: their place in it.
        company: its display name.
    """

    member: Member
    company: str

    @property
    def account(self) -> str:
        """The account's id."""
        return self.member.account

    @property
    def is_reseller(self) -> bool:
        """Which side the account is on."""
        return isinstance(self.member.role, ResellerRole)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A person who is a member of no account, or not of the one they named.

    Attributes:
        person: who asks.
        named: the account they named; empty if none.
        memberships: the accounts they could have named.
    """

    person: Person
    named: str = ""
    memberships: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A member of several accounts who has not said for which one they act.

    Attributes:
        memberships: the accounts to choose from.
    """

    memberships: tuple[Member, ...]


def choose(
    person: Person, memberships: Sequence[Member], *, named: str = "", remembered: str = ""
) -> Member | Stranger | Undecided:
    """Picks the membership that a question is answered for.

    Args:
        person: who asks.
        memberships: all places the person has, as stored now.
        named: what followed ``as:``; an account id in any case. Naming an account one is no member of looks exactly
            like naming one that does not exist.
        remembered: the account that was chosen the last time.
    """
    if not memberships:
        return Stranger(person, named)
    if named:
        found = _with_account(memberships, named)
        return found or Stranger(person, named, tuple(memberships))
    if len(memberships) == 1:
        return memberships[0]
    return _with_account(memberships, remembered) or Undecided(tuple(memberships))


def _with_account(memberships: Iterable[Member], account: str) -> Member | None:
    return next((member for member in memberships if member.account.casefold() == account.casefold()), None)
