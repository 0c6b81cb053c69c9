"""The pages of setup: what an account's admins see of it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from rollcall.accounts import Customer
from rollcall.commands import render
from rollcall.desk.admins import admit
from rollcall.desk.pages import page_of
from rollcall.desk.setup_saving import company_of
from rollcall.queries import Page
from rollcall.views import setup as views
from rollcall.views import setup_history, setup_keys, setup_lists
from rollcall.views.wording import ENGLISH
from rollcall.words import find_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from rollcall.accounts import Member
    from rollcall.commands import Command
    from rollcall.desk.turns import Turn
    from rollcall.invitations import Invitation
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

T = TypeVar("T")

#: Rows of a page.
PAGE: Final = 8
_SECONDS: Final = {86_400: "day", 3_600: "hour", 60: "minute", 1: "second"}


class SetupDesk:
    """Shows an account to its admins.

    Args:
        accounts: everything about it.
        usual: how long decisions can be undone where a customer has set nothing.
        clock: epoch seconds.
    """

    def __init__(self, accounts: AccountsStore, *, usual: timedelta, clock: Callable[[], float] = time.time) -> None:
        self._accounts = accounts
        self._usual = usual
        self._clock = clock

    def page(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: PLR0911 - a page each
        """A page of setup by its name; the first without one."""
        refused = admit(reader)
        if refused:
            return refused
        asked = " ".join(command.texts)
        name = views.section_of(asked, reader)
        # A button of the page acts for the account of the page, whatever its reader chooses meanwhile.
        text = render(replace(command, as_account=reader.acting.account))
        match name:
            case "":
                return views.overview(self._about(reader), reader)
            case "members":
                return self._members(reader, text, turn)
            case "codes" if reader.is_reseller:
                codes = getattr(company_of(self._accounts, reader), "sold_to_codes", ())
                return setup_lists.codes(_cut(codes, turn), reader, text)
            case "references" if reader.is_reseller:
                links = {link.customer: link for link in self._accounts.links_of(reader.acting.account).values()}
                ordered = sorted(links.values(), key=lambda link: (reader.names.get(link.customer, ""), link.customer))
                return setup_lists.references(_cut(ordered, turn), reader, text)
            case "history":
                return self._history(reader, text, turn)
            case _:
                return self._row(name, reader) or views.no_section(asked, reader)

    def _row(self, name: str, reader: Reader) -> Message | None:
        """A page of one row; None if there is none of this name."""
        company = company_of(self._accounts, reader)
        match name:
            case "channel":
                return views.channel_page(company, reader)
            case "hours":
                return views.single(views.hours_row(company, reader), reader, "Time zone")
            case "language":
                return views.single(views.language_row(company, reader), reader, "Language")
            case "rules" if not reader.is_reseller:
                return views.rules_page(self._about(reader), reader)
            case "reminders" if isinstance(company, Customer):
                return views.single(views.reminders_row(company, reader), reader, reader.say("Reminders"))
            case _:
                return None

    def keys(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of the account's API keys."""
        refused = admit(reader)
        if refused:
            return refused
        text = render(replace(command, as_account=reader.acting.account))
        return setup_keys.keys(_cut(self._accounts.keys_of(reader.acting.account), turn), reader, text)

    def open_invitations(self, reader: Reader) -> tuple[Invitation, ...]:
        """Invitations of the account by which somebody could still join, the newest first."""
        now = self._clock()
        found = (one for one in self._accounts.invitations_of(reader.acting.account) if one.refusal(now) is None)
        return tuple(sorted(found, key=lambda one: (-one.until, one.id)))

    def _about(self, reader: Reader) -> views.Overview:
        account, company = reader.acting.account, company_of(self._accounts, reader)
        links = self._accounts.links_of(account) if reader.is_reseller else self._accounts.links_to(account)
        seconds = getattr(company, "undo_seconds", None) or int(self._usual.total_seconds())
        return views.Overview(
            company=company,
            members=self._accounts.members_of(account),
            links=tuple({(link.reseller, link.customer): link for link in links.values()}.values()),
            keys=len(self._accounts.keys_of(account)),
            undo=duration(seconds, reader.say),
            resellers_page=find_word("approvals", "resellers") is not None,
        )

    def _members(self, reader: Reader, text: str, turn: Turn) -> Message:
        found = self._accounts.members_of(reader.acting.account)
        ordered = sorted(found, key=lambda member: (member.name.casefold(), member.person.key))
        both: list[Member | Invitation] = [*ordered, *self.open_invitations(reader)]
        page = _cut(both, turn)
        return setup_lists.members(page, len(ordered), reader, now=self._clock(), command_text=text)

    def _history(self, reader: Reader, text: str, turn: Turn) -> Message:
        changes, newer, older = self._accounts.changes_of(
            reader.acting.account, cursor=turn.cursor or "", backwards=turn.backwards
        )
        return setup_history.history(Page(changes, before=newer or None, after=older or None), reader, text)


def duration(seconds: int, say: Wording = ENGLISH) -> str:
    """So many seconds in words: ``10 minutes``."""
    for size, name in _SECONDS.items():
        if seconds % size == 0 and seconds >= size:
            number = seconds // size
            return say.count(number, name)
    return say.count(0, "second")


def _cut(ordered: Sequence[T], turn: Turn) -> Page[T]:
    """A page out of a list that is read whole."""
    return page_of(ordered, turn.cursor or "", backwards=turn.backwards, size=PAGE)
