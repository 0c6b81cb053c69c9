"""The counter where files are taken: by form, by message, by link, after a check."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rollcall.desk.customers import CustomerNames
from rollcall.desk.list_drops import ListDrops
from rollcall.desk.reserving import Reserving
from rollcall.desk.upload_drops import UploadDrops
from rollcall.desk.upload_forms import UploadForms
from rollcall.desk.upload_imports import UploadImports
from rollcall.desk.upload_links import UploadLinks
from rollcall.desk.uploaders import Uploaders
from rollcall.desk.visits import Visits
from rollcall.store.accounts import AccountsStore
from rollcall.store.drops import DropsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.queues import Queue
from rollcall.store.reservations import ReservationsStore
from rollcall.store.sessions import LazyClient
from rollcall.store.upload_choices import UploadChoicesStore
from rollcall.store.upload_tickets import TicketsStore
from rollcall.store.uploads import UploadsStore

if TYPE_CHECKING:
    from rollcall.settings import Settings


@dataclass(frozen=True, slots=True)
class Counter:
    """All ways in from Slack.

    Attributes:
        uploaders: who may use them.
        reserving: what all of them lead to.
        forms: files in a form.
        drops: files in a message.
        links: files by a link.
        imports: files that were checked before.
        lists: files in a message that are looked up, or accepted by.
    """

    uploaders: Uploaders
    reserving: Reserving
    forms: UploadForms
    drops: UploadDrops
    links: UploadLinks
    imports: UploadImports
    lists: ListDrops

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The counter on a stack's tables and queues."""
        accounts = AccountsStore(settings.accounts_table)
        visits = Visits(accounts, ChoicesStore(settings.accounts_table))
        uploaders = Uploaders(visits, accounts, UploadChoicesStore(settings.accounts_table))
        jobs, drops = Queue(LazyClient("sqs"), settings.jobs_queue_url), DropsStore(settings.uploads_table)
        reserving = Reserving(
            ReservationsStore(settings.uploads_table),
            jobs,
            settings.bucket,
            time.time,
        )
        return cls(
            uploaders,
            reserving,
            UploadForms(uploaders, reserving),
            UploadDrops(visits, uploaders, reserving, drops, settings.max_file_bytes, time.time),
            UploadLinks(
                uploaders,
                CustomerNames(accounts),
                TicketsStore(settings.uploads_table),
                settings.public_url,
                time.time,
            ),
            UploadImports(uploaders, reserving, UploadsStore(settings.uploads_table)),
            ListDrops(visits, drops, jobs),
        )
