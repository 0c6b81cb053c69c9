"""What waits for a customer, and what it decided: the questions about decisions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import What
from rollcall.commands import Command, render
from rollcall.cursors import CursorError
from rollcall.desk.turns import start_of
from rollcall.desk.uploads import uploads_of
from rollcall.desk.visits import scope_of
from rollcall.queries import DeviceQuery, Page
from rollcall.references import reference
from rollcall.transitions import Status
from rollcall.views import approval_history as history_views
from rollcall.views import approvals as views
from rollcall.views import hints
from rollcall.views.message import Message
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.account_changes import Change
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.turns import Turn
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decision_lists import DecisionLists
    from rollcall.store.queues import Queue
    from rollcall.store.upload_lists import UploadLists
    from rollcall.views.reader import Reader

#: Uploads that a page of what waits looks through.
PAGE: Final = 10
#: Decisions on a page.
DECISIONS: Final = 5
#: Insights of operators that are named on the first page.
LOOKS: Final = 3


class ApprovalLists:
    """Answers questions about decisions.

    Args:
        deciding: knows how uploads stand, and who decides.
        lists: a customer's uploads.
        decisions: a customer's decisions.
        jobs: queue of longer work.
        accounts: which operators looked into a company.
    """

    def __init__(
        self,
        deciding: Deciding,
        lists: UploadLists,
        decisions: DecisionLists,
        jobs: Queue,
        accounts: AccountsStore,
    ) -> None:
        self._deciding = deciding
        self._accounts = accounts
        self._lists = lists
        self._decisions = decisions
        self._jobs = jobs

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """What waits, by reseller and upload (row P21)."""
        if reader.is_reseller:
            return views.only_customers(reader)
        question, now = render(command), self._deciding.moment()
        try:
            page = uploads_of(self._lists, scope_of(reader), size=PAGE, cursor=turn.cursor, backwards=turn.backwards)
        except CursorError:
            return hints.expired(question, reader.command)
        lines = [line for line in page.items if line.stored and not line.check_only]
        found = [self._deciding.standings.of(line.id, reader.acting.account) for line in lines]
        shown = tuple(one for one in found if one and (one.pending.total or one.is_open(now)))
        waiting = Page(shown, first=1 if shown else 0, before=page.before, after=page.after)
        colleague = self._deciding.approvers.among_colleagues(reader)
        return views.pending_list(waiting, question, colleague, now=now, cursor=start_of(page))

    def history(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """What was decided, newest first (row B18)."""
        if reader.is_reseller:
            return views.only_customers(reader)
        question = render(command)
        try:
            page = self._decisions.of_customer(
                reader.acting.account, size=DECISIONS, cursor=turn.cursor, backwards=turn.backwards
            )
        except CursorError:
            return hints.expired(question, reader.command)
        colleague = self._deciding.approvers.among_colleagues(reader)
        return history_views.history(
            page,
            question,
            colleague,
            now=self._deciding.moment(),
            cursor=start_of(page),
            looks=() if turn.cursor else self._looks(reader),
        )

    def _looks(self, reader: Reader) -> tuple[Change, ...]:
        """The latest times that an operator began to look into the company; each single look is in the audit."""
        begun = (one for one in self._accounts.looks_at(reader.acting.account) if one.what is What.CONTENT_OPENED)
        return tuple(islice(begun, LOOKS))

    def audit(self, click: Click, value: Mapping[str, object]) -> Message:
        """Has the whole audit sent into the asker's DM (row B18)."""
        reader = self._deciding.approvers.read(
            click.person, named=str(value.get("as", "")), question="approvals history", command=COMMAND
        )
        if isinstance(reader, Message):
            return reader
        if reader.is_reseller:
            return views.only_customers(reader)
        person = click.person
        self._jobs.send(
            [
                {
                    "kind": "audit",
                    "id": reference(click.once, person.key, "audit"),
                    "team": person.team,
                    "home_team": person.team,
                    "user": person.user,
                    "account": reader.acting.account,
                    "question": "approvals history",
                }
            ]
        )
        return history_views.audit_under_way(reader)

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """A decision that was typed where none is taken, such as in a message."""
        return views.typed_elsewhere(reader, render(command))

    @staticmethod
    def review(value: Mapping[str, object]) -> str:
        """The question that lists what waits of an upload, one device after the other."""
        query = DeviceQuery(upload=str(value.get("u", "")), status=Status.PENDING)
        return render(Command("devices", "list", query=query))
