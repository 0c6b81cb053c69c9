"""What comes of an admin's form or button, and what every one of them needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rollcall.accounts import Person
from rollcall.views import accounts as account_views
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from rollcall.accounts import Customer, NotifyTarget, Reseller
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

    View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What comes of a form.

    Attributes:
        answer: as Slack takes it.
        others: whom else it concerns, and what they are told in their messages with us.
        channel: where a test message is to be posted; None: nowhere.
        left: the channel that was named before, if it is another.
        reader: who did it; None if nothing was done.
        homes: whose App Home shows something that is not so any more.
    """

    answer: View
    others: tuple[tuple[Person, Message], ...] = ()
    channel: NotifyTarget | None = None
    left: NotifyTarget | None = None
    reader: Reader | None = None
    homes: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Acted:
    """What comes of a button, or of a form about a person.

    Attributes:
        answer: what the admin is told.
        person: whom it concerns besides; None: nobody.
        news: what they are told in their messages with us; None: nothing.
    """

    answer: Message
    person: Person | None = None
    news: Message | None = None

    @property
    def others(self) -> tuple[tuple[Person, Message], ...]:
        """Whom else it concerns, and what they are told."""
        return ((self.person, self.news),) if self.person and self.news else ()


def company_of(accounts: AccountsStore, reader: Reader) -> Reseller | Customer:
    """The account that somebody acts for.

    Raises:
        LookupError: it is gone, which accounts never are.
    """
    account = reader.acting.account
    found: Reseller | Customer | None = accounts.reseller(account) or accounts.customer(account)
    if found is None:
        raise LookupError(account)
    return found


def person_of(key: object) -> Person:
    """The person of a key such as ``T0ACME#U0RAE``; of anything else, nobody."""
    team, _, user = str(key or "").partition("#")
    return Person(team, user)


def update(message: Message, title: str = "Setup") -> View:
    """A message in place of a form."""
    return {"response_action": "update", "view": modal(message, title)}


def gone(reader: Reader) -> Message:
    """What a button or form names is not there, or not for this side."""
    return account_views.said(
        reader.say("This is not there, or not any more. Nothing was changed."), reader, say=reader.say
    )
