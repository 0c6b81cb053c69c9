"""What longer work is done with, each made when it is first needed."""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rollcall.settings import Settings
from rollcall.slack.endings import Endings
from rollcall.slack.sender import Sender
from rollcall.store import clients
from rollcall.store.accounts import AccountsStore
from rollcall.store.copies import CopiesStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.objects import Objects
from rollcall.store.queues import Queue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.approvals.assembly import Workshop
    from rollcall.chain.fetching import Fetcher
    from rollcall.desk import Desk
    from rollcall.desk.export_jobs import ExportJobs, Writes
    from rollcall.desk.upload_reports import UploadReports
    from rollcall.errands.stream_letters import Republishing
    from rollcall.slack.files import SlackFiles
    from rollcall.store.dead_letters import DeadLetters
    from rollcall.store.letters import LettersStore
    from rollcall.store.registries import Registries
    from rollcall.store.uploads import UploadsStore


class Tools:
    """The tools of one execution environment.

    Args:
        settings: names of the tables, the bucket and the queues.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def from_env(cls) -> Tools:
        """The tools on the stack that the environment names."""
        return cls(Settings.from_env(os.environ))

    @cached_property
    def installations(self) -> InstallationsStore:
        """Where Rollcall is installed."""
        return InstallationsStore.from_settings(self.settings)

    @cached_property
    def sender(self) -> Sender:
        """Speaks to Slack."""
        return Sender(self.installations.find, self.settings.slack_api_url, ended=self.endings.met)

    @cached_property
    def endings(self) -> Endings:
        """Has it looked into where Slack does not know a token any more."""
        return Endings(Queue(clients.sqs(), self.settings.notices_queue_url))

    @cached_property
    def accounts(self) -> AccountsStore:
        """Companies, links and people."""
        return AccountsStore(self.settings.accounts_table)

    @cached_property
    def copies(self) -> CopiesStore:
        """What was sent already."""
        return CopiesStore(self.settings.uploads_table)

    @cached_property
    def desk(self) -> Desk:
        """Answers as anywhere else."""
        from rollcall.desk import Desk

        return Desk.from_settings(self.settings)

    @cached_property
    def registries(self) -> Registries:
        """The manufacturer's registry."""
        from rollcall.store.registries import Registries

        return Registries(self.settings, clients.dynamodb())

    @cached_property
    def uploads(self) -> UploadsStore:
        """Single uploads."""
        from rollcall.store.uploads import UploadsStore

        return UploadsStore(self.settings.uploads_table)

    @cached_property
    def letters(self) -> LettersStore:
        """What was seen of dead letters."""
        from rollcall.store.letters import LettersStore

        return LettersStore(self.settings.uploads_table)

    @cached_property
    def dead_letters(self) -> DeadLetters:
        """The dead letters themselves."""
        from rollcall.letters import read_queues
        from rollcall.store.dead_letters import DeadLetters

        return DeadLetters(clients.sqs(), read_queues(os.environ.get("DEAD_LETTERS", "")))

    def republishing(self) -> Republishing:
        """Publishes what the streams' dead letters name, and counts it; for one errand."""
        from rollcall.errands.stream_letters import Republishing
        from rollcall.store.bus import Bus
        from rollcall.store.streams import Streams

        return Republishing(Streams(clients.streams()), Bus(clients.events(), os.environ["EVENT_BUS"]))

    @cached_property
    def jobs_queue(self) -> Queue:
        """The queue that this work comes from, for the rest of it."""
        return Queue(clients.sqs(), self.settings.jobs_queue_url)

    @cached_property
    def signer(self) -> Objects:
        """The bucket, with a client whose signatures others use."""
        return Objects(clients.s3_signer(), self.settings.bucket)

    @cached_property
    def exports(self) -> ExportJobs:
        """Writes lists."""
        from rollcall.desk.exporter import Exporter

        return self._export_jobs(Exporter.from_settings(self.settings))

    @cached_property
    def audits(self) -> ExportJobs:
        """Writes audits."""
        from rollcall.desk.audit_exporter import AuditExporter

        return self._export_jobs(AuditExporter.from_settings(self.settings, clients.dynamodb()))

    def look_ups(self, asked: Mapping[str, Any], *, last: bool) -> ExportJobs:
        """Looks up what stands in a file; for one errand, since each has its own."""
        from rollcall.desk.look_ups import LookUps

        return self._export_jobs(
            LookUps.from_settings(
                self.settings, asked, files=self.files, objects=self.signer, sender=self.sender, last=last
            )
        )

    def _export_jobs(self, exporter: Writes) -> ExportJobs:
        from rollcall.desk.export_jobs import ExportJobs

        return ExportJobs(
            exporter=exporter,
            desk=self.desk,
            objects=self.signer,
            sender=self.sender,
            copies=self.copies,
            jobs=self.jobs_queue,
            clock=time.time,
        )

    @cached_property
    def files(self) -> SlackFiles:
        """Fetches files out of Slack."""
        from rollcall.slack.files import SlackFiles

        return SlackFiles(self.installations.find, self.settings.slack_api_url, ended=self.endings.met)

    @cached_property
    def reports(self) -> UploadReports:
        """Finds reports of uploads."""
        from rollcall.desk.upload_reports import UploadReports

        return UploadReports.from_settings(self.settings, clients.s3())

    @cached_property
    def fetcher(self) -> Fetcher:
        """Brings files to the bucket."""
        from rollcall.chain.fetching import Fetcher
        from rollcall.store.uploads import UploadsStore

        return Fetcher(
            uploads=UploadsStore(self.settings.uploads_table),
            objects=Objects(clients.s3(), self.settings.bucket),
            files=self.files,
            finishes=Queue(clients.sqs(), self.settings.finishes_queue_url),
            most_bytes=self.settings.max_file_bytes,
        )

    def workshop(self, seconds_left: Callable[[], float]) -> Workshop:
        """Decides; for one errand, since it ends before the errand's time does."""
        from rollcall.approvals.assembly import Workshop

        return Workshop(self.settings, dynamodb=clients.dynamodb(), sqs=clients.sqs(), seconds_left=seconds_left)
