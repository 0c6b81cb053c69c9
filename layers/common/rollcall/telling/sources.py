"""What each kind of notice is drawn from, on a stack's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from rollcall.notice_kinds import NoticeKind
from rollcall.store.accounts import AccountsStore
from rollcall.store.boards import BoardsStore
from rollcall.store.deadlines import seconds_left
from rollcall.store.decisions import DecisionsStore
from rollcall.store.exchange_records import ExchangeRecords
from rollcall.store.jobs import JobsStore
from rollcall.store.objects import Objects
from rollcall.store.posts import PostsStore
from rollcall.store.quality import QualityStore
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.reminders import RemindersStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.report_files import ReportFiles
from rollcall.store.standings import Standings
from rollcall.store.transactions import Transactions
from rollcall.store.upload_errors import UploadErrors
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.approvals import ApprovalNews, NudgeNews, RejectionNews
from rollcall.telling.backlogs import Backlogs
from rollcall.telling.boards import BoardNews
from rollcall.telling.exchanges import ExchangeNews
from rollcall.telling.insights import InsightNews
from rollcall.telling.jobs import JobNews
from rollcall.telling.orders import OrderNews
from rollcall.telling.quality import QualityNews
from rollcall.telling.refreshes import HealedNews, RefreshNews
from rollcall.telling.reminder_news import EscalationNews, ReminderNews, StillWaitingNews
from rollcall.telling.removals import ReleaseNews, ReleaseReminderNews, RemovalNews
from rollcall.telling.uploads import UploadNews
from rollcall.telling.waiting_boards import WaitingBoardNews, WaitingBoards
from rollcall.telling.workspaces import WorkspaceNews
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.settings import Settings
    from rollcall.telling.channels import ChannelTroubles
    from rollcall.telling.herald import Herald
    from rollcall.telling.news import Source

    Sources = dict[NoticeKind, Source]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stores that several kinds of news are drawn from, and what else they have in common.

    Attributes:
        settings: names of the stack's tables and bucket.
        dynamodb: client.
        s3: client.
        transactions: writes several things at once.
        accounts: companies and their people.
        uploads: single uploads.
        boards: busy days.
        posts: messages that are posted.
        decisions: uploads as decisions see them.
        jobs: what somebody began.
        herald: has things told.
        clock: epoch seconds.
    """

    settings: Settings
    dynamodb: Any
    s3: Any
    transactions: Transactions
    accounts: AccountsStore
    uploads: UploadsStore
    boards: BoardsStore
    posts: PostsStore
    decisions: DecisionsStore
    jobs: JobsStore
    herald: Herald
    clock: Callable[[], float]

    @classmethod
    def on(
        cls,
        settings: Settings,
        *,
        dynamodb: Any,  # noqa: ANN401 - a client of boto3 or botocore
        s3: Any,  # noqa: ANN401 - likewise
        herald: Herald,
        clock: Callable[[], float],
    ) -> Self:
        """The stores on a stack's tables; the arguments are those of the attributes."""
        table = settings.uploads_table
        transactions = Transactions(dynamodb, seconds_left=seconds_left)
        return cls(
            settings=settings,
            dynamodb=dynamodb,
            s3=s3,
            transactions=transactions,
            accounts=AccountsStore(settings.accounts_table),
            uploads=UploadsStore(table),
            boards=BoardsStore(table),
            posts=PostsStore(table),
            decisions=DecisionsStore(
                dynamodb, devices=settings.devices_table, uploads=table, seconds_left=seconds_left
            ),
            jobs=JobsStore(dynamodb, transactions, table),
            herald=herald,
            clock=clock,
        )

    def now(self) -> str:
        """The time, UTC."""
        return utc(datetime.fromtimestamp(self.clock(), UTC))


def sources(shelf: Shelf, troubles: ChannelTroubles, *, install_url: str) -> Sources:
    """What knows each kind of notice.

    Args:
        shelf: the stores.
        troubles: channels that cannot be posted to.
        install_url: where a workspace installs Rollcall.
    """
    workspaces = WorkspacesStore(shelf.settings.accounts_table)
    quality = QualityStore(shelf.dynamodb, shelf.transactions, shelf.settings.uploads_table)
    return {
        NoticeKind.CHANNEL: troubles,
        NoticeKind.WORKSPACE: WorkspaceNews(workspaces, shelf.accounts, shelf.posts, install_url),
        NoticeKind.INSIGHT: InsightNews(shelf.accounts),
        NoticeKind.QUALITY: QualityNews(quality, shelf.accounts),
        **_of_uploads(shelf),
        **_of_decisions(shelf),
        **_of_jobs(shelf),
    }


def _of_uploads(shelf: Shelf) -> Sources:
    """What came, what waits of it, and what is reminded of."""
    accounts, decisions, boards = shelf.accounts, shelf.decisions, shelf.boards
    standings = Standings(decisions, shelf.uploads, accounts)
    books = RemindersStore(shelf.dynamodb, shelf.transactions, shelf.settings.uploads_table)
    backlogs = Backlogs(books, decisions.parts, accounts)
    return {
        NoticeKind.UPLOAD: UploadNews(
            uploads=shelf.uploads,
            accounts=accounts,
            errors=UploadErrors(shelf.s3, shelf.settings.bucket),
            files=ReportFiles(shelf.s3, shelf.settings.bucket),
            boards=boards,
            standings=standings,
            herald=shelf.herald,
            now=shelf.now,
        ),
        NoticeKind.BOARD: BoardNews(boards, UploadLists(shelf.settings.uploads_table), accounts),
        NoticeKind.APPROVAL: ApprovalNews(
            standings=standings,
            posts=shelf.posts,
            boards=WaitingBoards(boards, shelf.herald, shelf.clock),
            accounts=accounts,
            clock=shelf.clock,
        ),
        NoticeKind.WAITING: WaitingBoardNews(boards, standings, accounts, shelf.clock),
        NoticeKind.NUDGE: NudgeNews(standings, accounts),
        NoticeKind.REMINDER: ReminderNews(backlogs, accounts),
        NoticeKind.ESCALATION: EscalationNews(backlogs, accounts),
        NoticeKind.STILL_WAITING: StillWaitingNews(backlogs, shelf.uploads, accounts),
    }


def _of_decisions(shelf: Shelf) -> Sources:
    """What was decided, and what was ordered and did not come."""
    return {
        NoticeKind.ORDER: OrderNews(shelf.decisions.orders, shelf.accounts),
        NoticeKind.DECISION: RejectionNews(
            decisions=shelf.decisions,
            jobs=shelf.jobs,
            uploads=shelf.uploads,
            accounts=shelf.accounts,
            clock=shelf.clock,
        ),
    }


def _of_jobs(shelf: Shelf) -> Sources:
    """What somebody began and what came of it."""
    table, jobs, accounts = shelf.settings.uploads_table, shelf.jobs, shelf.accounts
    removals, refreshes = RemovalsStore(shelf.dynamodb, table), RefreshesStore(shelf.dynamodb, table)
    return {
        NoticeKind.JOB: JobNews(
            jobs=jobs,
            decisions=shelf.decisions,
            accounts=accounts,
            objects=Objects(shelf.s3, shelf.settings.bucket),
            now=shelf.now,
        ),
        NoticeKind.REFRESH: RefreshNews(refreshes, accounts),
        NoticeKind.HEALED: HealedNews(refreshes, jobs, shelf.decisions.parts, accounts),
        NoticeKind.REMOVAL: RemovalNews(removals, jobs, accounts),
        NoticeKind.RELEASE: ReleaseNews(removals, jobs, accounts),
        NoticeKind.RELEASE_REMINDER: ReleaseReminderNews(removals, jobs, shelf.posts, accounts),
        NoticeKind.EXCHANGE: ExchangeNews(ExchangeRecords(shelf.dynamodb, table), accounts),
    }
