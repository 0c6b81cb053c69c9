"""What *Open in Rollcall* shows: a notice's subject, which the message in a shared channel does not name (row B26)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from rollcall.commands import Command, render
from rollcall.notice_kinds import NoticeKind
from rollcall.store.decisions import DecisionsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import Transactions
from rollcall.telling.decisions import uploads_of
from rollcall.telling.readers import people
from rollcall.views import removals as views
from rollcall.views.reader import COMMAND, Reader

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.desk.visits import Visits
    from rollcall.notices import Notice
    from rollcall.settings import Settings
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message

#: Seconds that a look may take, of the three that Slack waits.
_SECONDS: Final = 2.5


class OpenDesk:
    """Finds what a notice is about, for those whom it is meant for. Nobody else learns that there is one.

    Args:
        notices: by their ids.
        decisions: what was decided.
        removals: what is deleted.
        lists: the devices of those.
        accounts: who is in a company.
        visits: who asks.
    """

    def __init__(
        self,
        *,
        notices: NoticesStore,
        decisions: DecisionsStore,
        removals: RemovalsStore,
        lists: JobsStore,
        accounts: AccountsStore,
        visits: Visits,
    ) -> None:
        self._notices = notices
        self._decisions = decisions
        self._removals = removals
        self._lists = lists
        self._accounts = accounts
        self._visits = visits

    @classmethod
    def from_settings(cls, settings: Settings, accounts: AccountsStore, visits: Visits) -> Self:
        """The room on a stack's tables; it only reads."""
        dynamodb, table = LazyClient("dynamodb"), settings.uploads_table
        devices = settings.devices_table
        return cls(
            notices=NoticesStore(table),
            decisions=DecisionsStore(dynamodb, devices=devices, uploads=table, seconds_left=_seconds_left),
            removals=RemovalsStore(dynamodb, table),
            lists=JobsStore(dynamodb, Transactions(dynamodb, seconds_left=_seconds_left), table),
            accounts=accounts,
            visits=visits,
        )

    def subject(self, person: Person, notice_id: str) -> Message | str:
        """What a notice is about: an answer, or the question that gives it; empty where there is none for this person.

        Args:
            person: who clicked.
            notice_id: of the notice; it gives no rights.
        """
        kept = self._notices.get(notice_id) if notice_id else None
        if kept is None or self._accounts.member(kept.notice.account, person) is None:
            return ""
        notice = kept.notice
        match notice.kind:
            case NoticeKind.RELEASE | NoticeKind.RELEASE_REMINDER:
                return self._release(person, notice)
            case NoticeKind.DECISION:
                record = self._decisions.get(notice.subject)
                mine = [upload for upload, owner in (uploads_of(record) if record else ()) if owner == notice.account]
                return _upload(mine[0], notice) if mine else ""
            case NoticeKind.REMOVAL:
                removal = self._removals.get(notice.subject)
                return _upload(removal.upload, notice) if removal and removal.upload else ""
            case NoticeKind.STILL_WAITING:
                customer = notice.subject.partition("#")[0]
                options = {"customer": customer}
                return render(Command("uploads", "list", options=options, as_account=notice.account))
            case _:
                return ""

    def _release(self, person: Person, notice: Notice) -> Message | str:
        """The question, with its buttons, as whoever of the customer clicks sees it; or what was answered."""
        removal = self._removals.get(notice.subject.partition("#")[0])
        reader = self._visits.who(person, named=notice.account, command=COMMAND)
        if removal is None or removal.customer != notice.account or not isinstance(reader, Reader):
            return ""
        named = replace(reader, names={**reader.names, **people(self._accounts, [notice.account])})
        devices = [line.value for line in self._lists.page(removal.id, 0)]
        return views.release_message(removal, devices, named, again=notice.kind is NoticeKind.RELEASE_REMINDER)


def _upload(upload: str, notice: Notice) -> str:
    return render(Command("uploads", "open", ids=(upload,), as_account=notice.account))


def _seconds_left() -> float:
    return _SECONDS
