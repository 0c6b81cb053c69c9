"""What operators can list: companies, channels and workspaces in trouble, notices that nobody took, dead letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from rollcall.accounts import RESELLER_ID
from rollcall.commands import render
from rollcall.operations import ChannelTrouble, CompanyState, Overview, attendance
from rollcall.queries import Page
from rollcall.uploads import utc
from rollcall.views import operator as views
from rollcall.views import operator_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rollcall.commands import Command
    from rollcall.desk.turns import Turn
    from rollcall.installations import Workspace
    from rollcall.operations import Attendance
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.companies import CompaniesStore
    from rollcall.store.letters import LettersStore
    from rollcall.store.notices import NoticesStore
    from rollcall.store.presences import PresencesStore
    from rollcall.store.troubles import TroublesStore
    from rollcall.store.upload_counts import UploadCounts
    from rollcall.store.workspaces import WorkspacesStore
    from rollcall.views.message import Message

ItemT = TypeVar("ItemT")
OtherT = TypeVar("OtherT")
PAGE: Final = 8
_LATELY: Final = timedelta(days=30)
#: Undelivered notices that can be paged through.
_MOST: Final = 1_000


class OperatorLists:
    """Lists what operators look after; who asks was looked at before.

    Args:
        accounts: who is in a company.
        companies: all of them.
        presences: who of their people is gone from Slack.
        counts: of uploads.
        notices: those that nobody took.
        troubles: channels that refuse.
        workspaces: where Rollcall is installed.
        letters: what was seen of dead letters.
        install_url: where Rollcall is installed from; empty if that is not known.
        clock: epoch seconds.
    """

    def __init__(  # noqa: PLR0913 - what goes wrong is kept in many places
        self,
        *,
        accounts: AccountsStore,
        companies: CompaniesStore,
        presences: PresencesStore,
        counts: UploadCounts,
        notices: NoticesStore,
        troubles: TroublesStore,
        workspaces: WorkspacesStore,
        letters: LettersStore,
        install_url: str,
        clock: Callable[[], float],
    ) -> None:
        self._accounts = accounts
        self._companies = companies
        self._presences = presences
        self._counts = counts
        self._notices = notices
        self._troubles = troubles
        self._workspaces = workspaces
        self._letters = letters
        self._install_url = install_url
        self._clock = clock

    def overview(self) -> Overview:
        """What needs an operator now."""
        companies = self._companies.all()
        return Overview(
            companies=len(companies),
            flagged=sum(bool(company.flags) for company in companies),
            channels=self._troubles.count(),
            workspaces=sum(not workspace.works for workspace in self._workspaces.all()),
            undelivered=self._notices.count_undelivered(),
            letters={name: look.count or 0 for name, look in self._letters.looks().items()},
        )

    def show_overview(self, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """What needs an operator now, and the ways to it."""
        return views.overview(self.overview())

    def list_companies(self, command: Command, turn: Turn) -> Message:
        """Every company with its counts."""
        page = _page([company.account for company in self._companies.all()], turn)
        names = self._names(page.items)
        states = tuple(self._state(account, names[account]) for account in page.items if account in names)
        return views.companies(_with(page, states), render(command))

    def list_channels(self, command: Command, turn: Turn) -> Message:
        """Workspaces and channels that Rollcall cannot speak in."""
        broken = [workspace for workspace in self._workspaces.all() if not workspace.works]
        everything: list[ChannelTrouble | Workspace] = [*broken, *self._troubles.all()]
        page = _page(everything, turn)
        accounts = {one.account for one in page.items if isinstance(one, ChannelTrouble)}
        names = self._names(accounts)
        return views.channels(page, render(command), names, install_url=self._install_url)

    def list_notices(self, command: Command, turn: Turn, *, retried: str = "") -> Message:
        """Notices that nobody took, the newest first.

        Args:
            command: that asks.
            turn: which page.
            retried: id of the one that is tried again; empty for none.
        """
        # The index lags a little, so the one that is tried again may still be in it.
        found = [kept for kept in self._notices.list_undelivered(limit=_MOST) if kept.notice.id != retried]
        return views.notices(_page(found, turn), render(command), retried=retried)

    def list_letters(self, command: Command, turn: Turn) -> Message:
        """Dead letters as they were seen last."""
        looks = sorted(self._letters.looks().values(), key=lambda look: look.queue)
        named = command.texts[0] if command.texts else ""
        queue = self.find(named)[0] if named else ""
        if named and not queue:
            return operator_letters.not_a_queue(named, looks)
        return operator_letters.letters(_page(self._letters.of(queue), turn), looks, queue, render(command))

    def find(self, text: str) -> tuple[str, str]:
        """The queue that somebody names, and the letter if they name one; both empty where it is neither.

        Args:
            text: name of a queue, or id of a letter that was seen; in any case.
        """
        if text.casefold() in self._letters.looks():
            return text.casefold(), ""
        found = next((letter for letter in self._letters.of() if letter.id == text.upper()), None)
        return (found.queue, found.id) if found else ("", "")

    def _names(self, accounts: Iterable[str]) -> dict[str, str]:
        ids = set(accounts)
        if not ids:
            return {}
        resellers, customers = self._accounts.resellers(ids), self._accounts.customers(ids)
        names = {account: profile.name for account, profile in resellers.items()}
        return names | {account: profile.name for account, profile in customers.items()}

    def attendance(self, account: str) -> Attendance:
        """Whether a company can do its daily work now."""
        members = self._accounts.members_of(account)
        return attendance(members, self._presences.left(member.person for member in members))

    def _state(self, account: str, name: str) -> CompanyState:
        is_reseller = bool(RESELLER_ID.fullmatch(account))
        links = self._accounts.links_of(account) if is_reseller else self._accounts.links_to(account)
        since = utc(datetime.fromtimestamp(self._clock(), UTC) - _LATELY)
        return CompanyState(
            account=account,
            name=name,
            is_reseller=is_reseller,
            attendance=self.attendance(account),
            links=len({link.customer if is_reseller else link.reseller for link in links.values()}),
            uploads=self._counts.since(account, since, reseller=is_reseller),
        )


def _page(everything: Sequence[ItemT], turn: Turn) -> Page[ItemT]:
    """A page of a list that is read whole; its cursor is a number of items."""
    at = int(turn.cursor) if turn.cursor and turn.cursor.isascii() and turn.cursor.isdigit() else 0
    start = max(at - PAGE, 0) if turn.backwards else min(at, len(everything))
    shown = tuple(everything[start : start + PAGE])
    end = start + len(shown)
    return Page(
        shown,
        first=start + 1 if shown else 0,
        total=len(everything),
        before=str(start) if start else None,
        after=str(end) if end < len(everything) else None,
    )


def _with(page: Page[OtherT], items: tuple[ItemT, ...]) -> Page[ItemT]:
    """The same page with what its items stand for."""
    return Page(items, first=page.first, total=page.total, before=page.before, after=page.after)
