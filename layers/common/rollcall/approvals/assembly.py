"""Puts what decides together, on a stack's tables and queues."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from rollcall.approvals.approvals import Approvals
from rollcall.approvals.list_files import ListFiles
from rollcall.approvals.runner import JobRunner
from rollcall.approvals.starter import Starter
from rollcall.store.accounts import AccountsStore
from rollcall.store.decisions import DecisionsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.grants import GrantsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.objects import Objects
from rollcall.store.queues import Queue
from rollcall.store.transactions import Transactions
from rollcall.telling.decisions import Tidings

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_sqs.client import SQSClient

    from rollcall.settings import Settings
    from rollcall.store.sessions import LazyClient


def _now() -> datetime:
    return datetime.now(UTC)


class Workshop:
    """What decides, for one request or job.

    Attributes:
        decisions: reads and decides on devices.
        jobs: jobs as they are stored.
        grants: gives and redeems grants.

    Args:
        settings: names of the tables and queues, and the windows.
        dynamodb: client.
        sqs: client.
        seconds_left: how long the request or job may still run.
        margin: seconds kept back for the last steps.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        dynamodb: DynamoDBClient | LazyClient,
        sqs: SQSClient | LazyClient,
        seconds_left: Callable[[], float],
        margin: float = 3.0,
    ) -> None:
        devices, uploads = settings.devices_table, settings.uploads_table
        self._settings = settings
        self._seconds_left = seconds_left
        self._queue = Queue(sqs, settings.jobs_queue_url)
        self._dynamodb, self._sqs = dynamodb, sqs
        self.decisions = DecisionsStore(
            dynamodb, devices=devices, uploads=uploads, seconds_left=seconds_left, margin=margin
        )
        transactions = Transactions(dynamodb, seconds_left=seconds_left, margin=margin)
        self.jobs = JobsStore(dynamodb, transactions, uploads)
        self.grants = GrantsStore(dynamodb, uploads)
        self._starter = Starter(
            jobs=self.jobs, parts=self.decisions.parts, queue=self._queue, uploads=uploads, now=_now
        )

    @cached_property
    def tidings(self) -> Tidings:
        """Has decisions, and other steps of devices, told."""
        return Tidings.on(self._settings, self.decisions, dynamodb=self._dynamodb, sqs=self._sqs)

    def approvals(self, accounts: AccountsStore | None = None) -> Approvals:
        """Decides for people."""
        return Approvals(
            accounts=accounts or AccountsStore(self._settings.accounts_table),
            decisions=self.decisions,
            jobs=self.jobs,
            queue=self._queue,
            uploads=self._settings.uploads_table,
            windows=self._settings.windows,
        )

    def runner(self, s3: S3Client) -> JobRunner:
        """Works on jobs."""
        return JobRunner(
            jobs=self.jobs,
            decisions=self.decisions,
            devices=DevicesStore(self._settings.devices_table),
            accounts=AccountsStore(self._settings.accounts_table),
            objects=Objects(s3, self._settings.bucket),
            starter=self._starter,
            queue=self._queue,
            seconds_left=self._seconds_left,
            follow=self.tidings.follow,
        )

    def list_files(self, s3: S3Client) -> ListFiles:
        """Begins the jobs of lists that are put into the bucket."""
        return ListFiles(
            settings=self._settings,
            accounts=AccountsStore(self._settings.accounts_table),
            grants=self.grants,
            objects=Objects(s3, self._settings.bucket),
            jobs=self.jobs,
            starter=self._starter,
            windows=self._settings.windows,
        )
