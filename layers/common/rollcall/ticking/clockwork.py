"""What the clock looks after, put together on a stack's tables and queues; each is made when it is first needed."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rollcall.chain.resuming import Resumer
from rollcall.chain.sending import Sending
from rollcall.exchanging import assembly as exchanging
from rollcall.installing.rotation import Rotation
from rollcall.letters import read_queues
from rollcall.store import clients
from rollcall.store.accounts import AccountsStore
from rollcall.store.companies import CompaniesStore
from rollcall.store.dead_letters import DeadLetters
from rollcall.store.deadlines import seconds_left
from rollcall.store.decisions import DecisionsStore
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.jobs import JobsStore
from rollcall.store.letters import LettersStore
from rollcall.store.notices import NoticesStore
from rollcall.store.nudges import NudgesStore
from rollcall.store.orders import OrdersStore
from rollcall.store.pending_uploads import PendingUploads
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.reminders import RemindersStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.running import RunningUploads
from rollcall.store.sealing import Seal
from rollcall.store.secrets import Secrets
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.attendances import AttendanceSweep
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald
from rollcall.telling.letter_counts import LetterCounts
from rollcall.telling.orders import OrderSweep
from rollcall.telling.quality import DigestSweep
from rollcall.telling.releases import ReleaseSweep
from rollcall.telling.reminders import ReminderSweep
from rollcall.telling.sweeping import NoticeSweeper
from rollcall.ticking.resuming import job_resumer, refresh_resumer, removal_resumer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.exchanging.runner import ExchangeClock
    from rollcall.jobs import Job
    from rollcall.refreshes import Refresh
    from rollcall.removals import Removal
    from rollcall.settings import Settings
    from rollcall.ticking.resuming import WorkResumer

#: A part's time is over before the tick's is, so there are no last steps for which to keep seconds back.
_MARGIN: Final = 0.0


class Clockwork:
    """The parts of one execution environment.

    Args:
        settings: names of the tables and the queues.
        env: what only the clock reads: ``STUCK_MINUTES``, ``UPLOADS_QUEUE_URL``, ``DEAD_LETTERS``.
        clock: epoch seconds.
    """

    def __init__(self, settings: Settings, env: Mapping[str, str], clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._env = env
        self._clock = clock
        self._table = settings.uploads_table
        self._dynamodb = clients.dynamodb()
        self._transactions = Transactions(self._dynamodb, seconds_left=seconds_left, margin=_MARGIN)
        self._jobs_queue = Queue(clients.sqs(), settings.jobs_queue_url)
        self._notices_queue = Queue(clients.sqs(), settings.notices_queue_url)

    @cached_property
    def rotation(self) -> Rotation:
        """Exchanges tokens."""
        return Rotation(
            workspaces=WorkspacesStore(self._settings.accounts_table),
            installations=DynamoInstallationStore(self._settings.accounts_table, seal=Seal(self._settings.tokens_key)),
            secrets=Secrets(self._settings.slack_secrets),
            notices=self._notices_queue,
            api_url=self._settings.slack_api_url,
            clock=self._clock,
        )

    @cached_property
    def tidings(self) -> Tidings:
        """Tells decisions that nobody was told of."""
        decisions = DecisionsStore(
            self._dynamodb,
            devices=self._settings.devices_table,
            uploads=self._table,
            seconds_left=seconds_left,
            margin=_MARGIN,
        )
        return Tidings.on(self._settings, decisions, dynamodb=self._dynamodb, sqs=clients.sqs(), clock=self._clock)

    @cached_property
    def orders(self) -> OrderSweep:
        """Looks after expected orders whose day is over."""
        return OrderSweep(OrdersStore(self._dynamodb, self._transactions, self._table), self._herald, self._clock)

    @cached_property
    def notices(self) -> NoticeSweeper:
        """Sends for notices that are due."""
        return NoticeSweeper(NoticesStore(self._table), self._herald, self._clock)

    @cached_property
    def uploads(self) -> Resumer:
        """Sends stuck uploads on."""
        uploads, sqs = UploadsStore(self._table), clients.sqs()
        chunks, finishes = (
            Queue(sqs, url) for url in (self._settings.chunks_queue_url, self._settings.finishes_queue_url)
        )
        return Resumer(
            uploads=uploads,
            running=RunningUploads(self._table),
            sending=Sending(uploads, chunks, finishes),
            files=Queue(sqs, self._env["UPLOADS_QUEUE_URL"]),
            patience=60 * float(self._env["STUCK_MINUTES"]),
            clock=self._clock,
        )

    @cached_property
    def jobs(self) -> WorkResumer[Job]:
        """Sends stuck jobs on."""
        return job_resumer(JobsStore(self._dynamodb, self._transactions, self._table), self._jobs_queue, self._clock)

    @cached_property
    def refreshes(self) -> WorkResumer[Refresh]:
        """Sends questions to the manufacturer's registry on."""
        return refresh_resumer(RefreshesStore(self._dynamodb, self._table), self._jobs_queue, self._clock)

    @cached_property
    def removals(self) -> WorkResumer[Removal]:
        """Sends stuck removals on."""
        return removal_resumer(RemovalsStore(self._dynamodb, self._table), self._jobs_queue, self._clock)

    @cached_property
    def exchanges(self) -> ExchangeClock:
        """Looks at exchanges again."""
        return exchanging.clock(self._settings, dynamodb=self._dynamodb, sqs=clients.sqs())

    @cached_property
    def letters(self) -> LetterCounts:
        """Counts dead letters."""
        dead = DeadLetters(clients.sqs(), read_queues(self._env.get("DEAD_LETTERS", "")))
        return LetterCounts(dead, LettersStore(self._table), self._clock)

    @cached_property
    def attendances(self) -> AttendanceSweep:
        """Looks at companies' people."""
        return AttendanceSweep(
            companies=CompaniesStore(self._settings.accounts_table),
            accounts=AccountsStore(self._settings.accounts_table),
            presences=PresencesStore(self._settings.accounts_table),
            notices=self._notices_queue,
            clock=self._clock,
        )

    @cached_property
    def reminders(self) -> ReminderSweep:
        """Reminds of what waits for customers."""
        return ReminderSweep(
            companies=CompaniesStore(self._settings.accounts_table),
            pending=PendingUploads(self._dynamodb, devices=self._settings.devices_table, uploads=self._table),
            books=RemindersStore(self._dynamodb, self._transactions, self._table),
            nudges=NudgesStore(self._transactions, self._table),
            accounts=AccountsStore(self._settings.accounts_table),
            uploads=UploadsStore(self._table),
            herald=self._herald,
            clock=self._clock,
        )

    @cached_property
    def releases(self) -> ReleaseSweep:
        """Reminds customers of devices that they were asked to release."""
        removals = RemovalsStore(self._dynamodb, self._table)
        return ReleaseSweep(removals, AccountsStore(self._settings.accounts_table), self._herald, self._clock)

    @cached_property
    def digests(self) -> DigestSweep:
        """Has the week before told."""
        companies = CompaniesStore(self._settings.accounts_table)
        return DigestSweep(companies, AccountsStore(self._settings.accounts_table), self._herald, self._clock)

    @property
    def _herald(self) -> Herald:
        return Herald(NoticesStore(self._table), self._notices_queue)
