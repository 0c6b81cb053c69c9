"""What waits for a customer, and what it decided: the questions about decisions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import What
from rollcall.commands import Command, render
from rollcall.cursors import CursorError
from rollcall.desk.turns import Turn, start_of
from rollcall.desk.waiting_pages import page_of_waiting
from rollcall.queries import DeviceQuery
from rollcall.references import reference
from rollcall.transitions import Status
from rollcall.views import approval_history as history_views
from rollcall.views import approvals as views
from rollcall.views import hints, waiting_lists
from rollcall.views.message import Message
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.account_changes import Change
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.queries import Page
    from rollcall.standing import Standing
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decision_lists import DecisionLists
    from rollcall.store.pending_uploads import PendingUploads
    from rollcall.store.queues import Queue
    from rollcall.views.reader import Reader

#: Uploads on a page of what waits.
PAGE: Final = 10
#: Decisions on a page.
DECISIONS: Final = 5
#: Insights of operators that are named on the first page.
LOOKS: Final = 3


class ApprovalLists:
    """Answers questions about decisions.

    Args:
        deciding: knows how uploads stand, and who decides.
        pending: in which uploads something waits.
        decisions: a customer's decisions.
        jobs: queue of longer work.
        accounts: which operators looked into a company.
    """

    def __init__(
        self,
        deciding: Deciding,
        pending: PendingUploads,
        decisions: DecisionLists,
        jobs: Queue,
        accounts: AccountsStore,
    ) -> None:
        self._deciding = deciding
        self._accounts = accounts
        self._pending = pending
        self._decisions = decisions
        self._jobs = jobs

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """What waits, by reseller and upload (row P21)."""
        if reader.is_reseller:
            return views.only_customers(reader)
        question, customer = render(command), reader.acting.account
        try:
            page = self._waiting(customer, turn)
            if turn.cursor and not page.items:  # all of it was decided meanwhile
                turn = Turn()
                page = self._waiting(customer, turn)
        except CursorError:
            return hints.expired(question, reader.command, say=reader.say)
        is_whole = page.before is None and page.after is None
        return waiting_lists.pending_list(
            page,
            question,
            self._deciding.approvers.among_colleagues(reader),
            now=self._deciding.moment(),
            cursor=start_of(page),
            total=None if is_whole else self._pending.count(customer),
            may_undo=not turn.cursor and self._may_undo(customer),
        )

    def _waiting(self, customer: str, turn: Turn) -> Page[Standing]:
        return page_of_waiting(
            self._pending, lambda upload: self._deciding.standings.of(upload, customer), customer, turn, size=PAGE
        )

    def _may_undo(self, customer: str) -> bool:
        """Whether one of the last decisions can still be taken back."""
        now = self._deciding.moment()
        latest = self._decisions.of_customer(customer, size=DECISIONS, cursor=None, backwards=False).items
        return any(one.devices and not one.undone and one.decision.until > now for one in latest)

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
            return hints.expired(question, reader.command, say=reader.say)
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
