"""One decision at the desk: who may take it, taking it, having it told, and what the person is answered."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.approvals import Approvals, Decided, Denied, NeedsRegistration, Queued, Stale, Taken, Wish
from rollcall.approvals.figures import count_decided, count_waited
from rollcall.conflicts import Generation
from rollcall.decisions import Target
from rollcall.desk.approvers import Approvers
from rollcall.desk.doors import Doors
from rollcall.desk.visits import Visits
from rollcall.store.accounts import AccountsStore
from rollcall.store.deadlines import Deadline
from rollcall.store.decisions import DecisionsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.jobs import JobsStore
from rollcall.store.queues import Queue
from rollcall.store.sessions import LazyClient
from rollcall.store.standings import Standings
from rollcall.store.transactions import OutOfTimeError, Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.store.windows import windows_of
from rollcall.telling.decisions import Tidings
from rollcall.uploads import utc
from rollcall.views import approval_forms as forms
from rollcall.views import decision_answers as answers
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.approvals import Answer
    from rollcall.decisions import DecisionKind, Windows
    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.jobs import Job
    from rollcall.settings import Settings
    from rollcall.standing import Standing
    from rollcall.views.message import Message

    View = dict[str, Any]
    Value = Mapping[str, object]

#: Seconds kept back for the answer.
MARGIN: Final = 0.5
#: What says which list or card a button stood in.
_BACK: Final = ("q", "c", "id")
#: What a form carries on of what was clicked: a device with its arrival and approval ID, or an upload, its version and
#: a part of it.
_CARRIED: Final = ("id", "r", "u", "l", "a", "v", "o", "m")


class Deciding(Doors):
    """Takes decisions. The conditional write is the decision; all else follows from it.

    Args:
        approvers: who may.
        approvals: decides.
        decisions: what was decided.
        standings: how uploads stand.
        accounts: which resellers reach which customers.
        tidings: has it told.
        deadline: of the request that is being answered.
        windows: how long a decision can be taken back.
        now: the time, with a time zone.
    """

    def __init__(  # noqa: PLR0913 - what a decision touches, each by name
        self,
        *,
        approvers: Approvers,
        approvals: Approvals,
        decisions: DecisionsStore,
        standings: Standings,
        accounts: AccountsStore,
        tidings: Tidings,
        deadline: Deadline,
        windows: Windows,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(approvers, decisions, standings, accounts, deadline)
        self.approvals = approvals
        self._tidings = tidings
        self._now = now
        self._windows = windows

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """On a stack's tables and queues."""
        dynamodb, sqs, table = LazyClient("dynamodb"), LazyClient("sqs"), settings.uploads_table
        accounts, deadline = AccountsStore(settings.accounts_table), Deadline()
        decisions = DecisionsStore(
            dynamodb, devices=settings.devices_table, uploads=table, seconds_left=deadline.left, margin=MARGIN
        )
        transactions = Transactions(dynamodb, seconds_left=deadline.left, margin=MARGIN)
        return cls(
            approvers=Approvers(Visits(accounts, ChoicesStore(settings.accounts_table)), accounts),
            approvals=Approvals(
                accounts=accounts,
                decisions=decisions,
                jobs=JobsStore(dynamodb, transactions, table),
                queue=Queue(sqs, settings.jobs_queue_url),
                uploads=table,
                windows=settings.windows,
            ),
            decisions=decisions,
            standings=Standings(decisions, UploadsStore(table), accounts),
            accounts=accounts,
            tidings=Tidings.on(settings, decisions, dynamodb=dynamodb, sqs=sqs),
            deadline=deadline,
            windows=settings.windows,
        )

    # -- deciding ----------------------------------------------------------------------------------------------------

    def all(
        self,
        seat: Seat,
        click: Click,
        value: Value,
        kind: DecisionKind,
        *,
        reason: str = "",
        only_this_time: bool = False,
    ) -> Answer | None:
        """Decides on all that was shown of an upload, or the part of it that the value names."""
        upload = str(value.get("u", ""))
        selection = Selection(str(value.get("o", "")), str(value.get("m", "")))
        wish = Wish(click.once, kind, reason=reason, only_this_time=only_this_time, reference=click.reference)
        answer = self.tried(
            lambda: self.approvals.decide_upload(seat.approver, upload, version_of(value), wish, selection=selection)
        )
        if isinstance(answer, Stale | Taken):
            self.freshen(upload, seat)
        return answer

    def one(
        self,
        seat: Seat,
        click: Click,
        value: Value,
        kind: DecisionKind,
        *,
        reason: str = "",
        only_this_time: bool = False,
    ) -> Answer | None:
        """Decides on one device, as it was shown."""
        target = target_of(value, seat)
        wish = Wish(
            click.once,
            kind,
            reason=reason,
            approval_id=str(value.get("a", "")),
            only_this_time=only_this_time,
            reference=click.reference,
        )
        answer = self.tried(lambda: self.approvals.decide(seat.approver, [target], wish))
        if isinstance(answer, Decided) and not answer.outcome.done:
            self.freshen(str(value.get("u", "")), seat)
        return answer

    def tried(self, decide: Callable[[], Answer]) -> Answer | None:
        """The answer, and it is told; None where time ran out: the same click again finds what is decided by then."""
        try:
            answer = decide()
        except OutOfTimeError:
            return None
        if isinstance(answer, Queued):
            self._follow(answer.job)
        elif isinstance(answer, Decided) and answer.outcome.done:
            self._announce(answer.decision.undoes or answer.decision.id)
            count_decided(answer.decision.kind, answer.outcome.done)
            count_waited(answer.decision.kind, answer.outcome.decided, self._now())
        return answer

    def _follow(self, job: Job) -> None:
        """Whoever began a job hears of it, and the message about an upload says that somebody decides on it."""
        self._announce(job.decision.undoes or job.decision.id)
        with suppress(Exception):  # the job itself tells of it, too
            self._tidings.follow(job)

    def _announce(self, decision: str) -> None:
        # It is decided and stored by now, and the clock finds what was not told: nobody may hear that it failed.
        with suppress(Exception):
            self._tidings.announce(decision)

    def freshen(self, upload: str, seat: Seat) -> None:
        """Has the customer's message brought up to date."""
        with suppress(Exception):  # likewise: the click is answered whether or not the message follows
            self._tidings.freshen(upload, seat.approver.account)

    # -- answering ---------------------------------------------------------------------------------------------------

    def shown(self, answer: Answer | None, seat: Seat, value: Value) -> Message | View:
        """What the person sees: a message, or the question what to do about the reseller."""
        if isinstance(answer, NeedsRegistration):
            carried = {name: value[name] for name in _CARRIED if name in value}
            return forms.register_form(answer.reseller, carried, seat.reader)
        return self.said(answer, seat, {name: value[name] for name in _BACK if name in value})

    def said(self, answer: Answer | None, seat: Seat, back: Value | None = None) -> Message:  # noqa: PLR0911 - one answer for each kind
        """What the person is told; ``back`` is the list or the device that they clicked in."""
        reader = seat.reader
        match answer:
            case Decided(decision, outcome):
                return answers.decided(decision, outcome, reader, now=self.moment(), back=back)
            case Queued(job):
                return answers.queued(job, reader)
            case Stale(pending, by):
                return answers.stale(pending, by, reader)
            case Taken(by):
                return answers.taken(by, reader)
            case Denied(faults):
                return answers.denied(faults, reader)
            case NeedsRegistration(reseller):
                return answers.unregistered(reseller, reader)
            case _:
                return answers.out_of_time(reader)

    def outdated(self, standing: Standing, value: Value, seat: Seat) -> Message | None:
        """What somebody is told who clicked on an old copy; None if what waits is what was shown."""
        if standing.pending.total and standing.pending.version == version_of(value):
            return None
        self.freshen(standing.upload, seat)
        return answers.stale(standing.pending, standing.last.decision if standing.last else None, seat.reader)

    def until(self, devices: int, customer: str) -> str:
        """Until when a customer's decision on so many devices that is made now can be taken back."""
        return windows_of(self._accounts, customer, self._windows).until(self._now(), devices)

    def moment(self) -> str:
        """Now, UTC."""
        return utc(self._now())


def version_of(value: Value) -> int:
    """The version that was shown; one that never was if the value names none."""
    return _number(value.get("v"))


def target_of(value: Value, seat: Seat) -> Target:
    """The device that a button was drawn for: its identifier and its arrival."""
    born = Generation(str(value.get("r", "")), seat.approver.account, str(value.get("u", "")), _number(value.get("l")))
    return Target(str(value.get("id", "")), born)


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
