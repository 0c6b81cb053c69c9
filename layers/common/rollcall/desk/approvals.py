"""Decisions at the desk: what waits, and what becomes of a click, a command or a form (rows P21 to P26, B6, B7, B9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rollcall.desk.approval_bulk import BulkDesk
from rollcall.desk.approval_clicks import ApprovalClicks
from rollcall.desk.approval_lists import ApprovalLists
from rollcall.desk.approval_people import ApprovalPeople
from rollcall.desk.approval_resellers import ResellerDesk
from rollcall.desk.approval_submits import ApprovalSubmits
from rollcall.desk.deciding import MARGIN, Deciding
from rollcall.desk.orders import OrderDesk
from rollcall.desk.rules import RuleDesk
from rollcall.desk.visits import Visits
from rollcall.store.accounts import AccountsStore
from rollcall.store.decision_lists import DecisionLists
from rollcall.store.grants import GrantsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.jobs import JobsStore
from rollcall.store.known_resellers import KnownResellers
from rollcall.store.notices import NoticesStore
from rollcall.store.nudges import NudgesStore
from rollcall.store.pending_uploads import PendingUploads
from rollcall.store.queues import Queue
from rollcall.store.reminders import RemindersStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.herald import Herald

if TYPE_CHECKING:
    from rollcall.settings import Settings


@dataclass(frozen=True, slots=True)
class ApprovalDesk:
    """All that has to do with decisions.

    Attributes:
        lists: questions.
        clicks: decisions at the click, and the forms that some open.
        submits: forms that were sent.
        resellers: from whom devices are taken.
        bulk: lists of devices to accept.
        people: who can decide, and a reseller that asks them to.
        rules: by which devices are accepted without a person.
        orders: that are expected.
    """

    lists: ApprovalLists
    clicks: ApprovalClicks
    submits: ApprovalSubmits
    resellers: ResellerDesk
    bulk: BulkDesk
    people: ApprovalPeople
    rules: RuleDesk
    orders: OrderDesk

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        deciding, table = Deciding.from_settings(settings), settings.uploads_table
        dynamodb, sqs = LazyClient("dynamodb"), LazyClient("sqs")
        accounts, jobs = AccountsStore(settings.accounts_table), Queue(sqs, settings.jobs_queue_url)
        transactions = Transactions(dynamodb, seconds_left=deciding.seconds_left, margin=MARGIN)
        resellers = ResellerDesk(deciding, accounts, jobs)
        pending = PendingUploads(dynamodb, devices=settings.devices_table, uploads=table)
        return cls(
            lists=ApprovalLists(deciding, pending, DecisionLists(dynamodb, table), jobs, accounts),
            clicks=ApprovalClicks(deciding),
            submits=ApprovalSubmits(deciding, resellers),
            resellers=resellers,
            bulk=BulkDesk(deciding, GrantsStore(dynamodb, table), jobs, settings.bucket),
            people=ApprovalPeople(
                deciding=deciding,
                visits=Visits(accounts, ChoicesStore(settings.accounts_table)),
                accounts=accounts,
                uploads=UploadsStore(table),
                nudges=NudgesStore(transactions, table),
                books=RemindersStore(dynamodb, transactions, table),
                herald=Herald(NoticesStore(table), Queue(sqs, settings.notices_queue_url)),
            ),
            rules=RuleDesk(
                deciding, accounts, KnownResellers(dynamodb, table, JobsStore(dynamodb, transactions, table)), jobs
            ),
            orders=OrderDesk(deciding, accounts, jobs),
        )
