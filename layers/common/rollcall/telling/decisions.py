"""What follows a decision: every message that speaks of its devices is brought up to date, whoever decided where."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.decisions import DecisionKind
from rollcall.jobs import job_id
from rollcall.notices import approval_notice, decision_notice, job_notice, upload_notice
from rollcall.store.accounts import AccountsStore
from rollcall.store.deadlines import seconds_left
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.queues import Queue
from rollcall.store.transactions import OutOfTimeError, Transactions
from rollcall.store.untold import UntoldDecisions
from rollcall.telling.herald import Herald
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rollcall.conflicts import Generation
    from rollcall.decided import Record
    from rollcall.jobs import Job
    from rollcall.settings import Settings
    from rollcall.store.decisions import DecisionsStore

#: People whose open App Home is drawn anew; others see it fresh when they open theirs.
_HOMES: Final = 20


class Tidings:
    """Sends for everything that a decision, or another step of devices, makes untrue.

    Args:
        decisions: what was decided.
        untold: what has still to be told.
        jobs: what a job that works through a list has touched.
        accounts: whom it concerns.
        herald: has notices told.
        notices: queue of what goes to Slack.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        untold: UntoldDecisions,
        jobs: JobsStore,
        accounts: AccountsStore,
        herald: Herald,
        notices: Queue,
        clock: Callable[[], float],
    ) -> None:
        self._decisions = decisions
        self._untold = untold
        self._jobs = jobs
        self._accounts = accounts
        self._herald = herald
        self._notices = notices
        self._clock = clock

    @classmethod
    def on(
        cls,
        settings: Settings,
        decisions: DecisionsStore,
        *,
        dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
        sqs: Any,  # noqa: ANN401 - likewise
        clock: Callable[[], float] = time.time,
        region: str | None = None,
    ) -> Self:
        """The same on a stack's tables and queues.

        Args:
            settings: names of them.
            decisions: what was decided.
            dynamodb: client.
            sqs: client.
            clock: epoch seconds.
            region: AWS region; None for the environment's.
        """
        table, notices = settings.uploads_table, Queue(sqs, settings.notices_queue_url)
        return cls(
            decisions=decisions,
            untold=UntoldDecisions(dynamodb, table),
            jobs=JobsStore(dynamodb, Transactions(dynamodb, seconds_left=seconds_left), table),
            accounts=AccountsStore(settings.accounts_table, region=region),
            herald=Herald(NoticesStore(table, region=region), notices),
            notices=notices,
            clock=clock,
        )

    def announce(self, decision: str) -> None:
        """Has a decision told, or that its window has closed; safe to repeat at any point."""
        record = self._decisions.get(decision)
        if record is None:
            return
        now, customer = self._now(), record.decision.customer
        parts = uploads_of(record) or self._of_list(record)
        for upload, reseller in parts:
            self._mark(upload, customer, reseller, now)
        resellers = record.resellers or tuple(dict.fromkeys(reseller for _, reseller in parts))
        if record.decision.kind is DecisionKind.REJECT and not record.upload:
            for reseller in resellers:
                self._herald.mark(decision_notice(decision, reseller), at=now)
        self._mark_jobs(record, now)
        self._redraw_homes([customer, *resellers])
        self._untold.told(record, now=now)

    def follow(self, job: Job) -> None:
        """Has it told how far a job is, and at its end what it decided; safe to repeat at any point."""
        notice = job_notice(job.id, job.account, job.decision.by)
        if notice:
            self._herald.mark(notice, at=self._now())
        if job.is_over:
            self.announce(job.decision.undoes or job.decision.id)

    def devices_changed(self, born: Iterable[Generation]) -> None:
        """Brings every message up to date about devices that were deleted, exchanged, healed or otherwise moved on.

        Safe to repeat at any point; call it after the step is stored.

        Args:
            born: the arrivals of the devices, as many as there are: each upload is told once.
        """
        now = self._now()
        parts = dict.fromkeys((one.upload, one.customer, one.reseller) for one in born)
        self._herald.mark_all([approval_notice(upload, customer) for upload, customer, _ in parts], at=now)
        uploads = dict.fromkeys((upload, reseller) for upload, _, reseller in parts)
        self._herald.mark_all([upload_notice(upload, reseller) for upload, reseller in uploads], at=now)
        accounts = [account for _, customer, reseller in parts for account in (customer, reseller)]
        if accounts:
            self._redraw_homes(accounts)

    def freshen(self, upload: str, customer: str) -> None:
        """Has a customer's message brought up to date, since somebody clicked on an old one."""
        self._herald.mark(approval_notice(upload, customer), at=self._now())

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """Tells what was decided and not told, and what has become final; ids of the decisions.

        Args:
            enough: asked before each; the rest waits for the next look.

        Raises:
            Exception: the first that came up; the other decisions are told all the same.
        """
        now = self._now()
        found = (*self._untold.untold(before=now), *self._untold.closing(before=now))
        told, failed = [], []
        for decision in found:
            if enough():
                break
            try:
                self.announce(decision)
                told.append(decision)
            except OutOfTimeError:
                raise
            except Exception as error:  # noqa: BLE001 - one that cannot be told must not keep the others back
                failed.append(error)
        if failed:
            raise failed[0]
        return tuple(told)

    def _mark(self, upload: str, customer: str, reseller: str, now: str) -> None:
        self._herald.mark(approval_notice(upload, customer), at=now)
        self._herald.mark(upload_notice(upload, reseller), at=now)

    def _of_list(self, record: Record) -> tuple[tuple[str, str], ...]:
        """The uploads that a list was about, as far as its job has come."""
        touched = self._jobs.touched(record.job) if record.job and not record.upload else ()
        return tuple((one.upload, one.reseller) for one in touched)

    def _mark_jobs(self, record: Record, now: str) -> None:
        """What was said to those who began its jobs names its window, which closes."""
        if not record.job:
            return
        begun = [(record.job, record.decision.by)]
        if record.undone:
            begun.append((job_id(record.undone.id), record.undone.by))
        for job, by in begun:
            notice = job_notice(job, record.decision.customer, by)
            if notice:
                self._herald.mark(notice, at=now)

    def _redraw_homes(self, accounts: Iterable[str]) -> None:
        whose = dict.fromkeys(accounts)
        people = [member.person for account in whose for member in self._accounts.members_of(account)]
        self._notices.send(
            [
                {"kind": "home", "team": person.team, "home_team": person.team, "user": person.user}
                for person in list(dict.fromkeys(people))[:_HOMES]
            ]
        )

    def _now(self) -> str:
        return utc(datetime.fromtimestamp(self._clock(), UTC))


def uploads_of(record: Record) -> tuple[tuple[str, str], ...]:
    """The uploads whose devices a decision is on, each with its reseller; none of a list that a job works through."""
    if record.upload and record.resellers:
        return ((record.upload, record.resellers[0]),)
    born = (target.generation for target in record.targets)
    return tuple(dict.fromkeys((one.upload, one.reseller) for one in born if one))
