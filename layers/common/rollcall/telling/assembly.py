"""Puts a teller together on a stack's tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rollcall.notice_kinds import NoticeKind
from rollcall.slack.channels import Channels
from rollcall.slack.tokens import Tokens
from rollcall.store.accounts import AccountsStore
from rollcall.store.boards import BoardsStore
from rollcall.store.channel_facts import ChannelFactsStore
from rollcall.store.deadlines import seconds_left
from rollcall.store.decisions import DecisionsStore
from rollcall.store.exchange_records import ExchangeRecords
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.jobs import JobsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.objects import Objects
from rollcall.store.posts import PostsStore
from rollcall.store.quality import QualityStore
from rollcall.store.queues import Queue
from rollcall.store.refreshes import RefreshesStore
from rollcall.store.reminders import RemindersStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.report_files import ReportFiles
from rollcall.store.sealing import Seal
from rollcall.store.sessions import LazyClient
from rollcall.store.standings import Standings
from rollcall.store.team_accounts import TeamAccounts
from rollcall.store.transactions import Transactions
from rollcall.store.troubles import TroublesStore
from rollcall.store.upload_errors import UploadErrors
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.approvals import ApprovalNews, NudgeNews, RejectionNews
from rollcall.telling.backlogs import Backlogs
from rollcall.telling.boards import BoardNews
from rollcall.telling.channels import ChannelTroubles
from rollcall.telling.courier import Courier
from rollcall.telling.endings import TokenEndings
from rollcall.telling.exchanges import ExchangeNews
from rollcall.telling.herald import Herald
from rollcall.telling.insights import InsightNews
from rollcall.telling.jobs import JobNews
from rollcall.telling.orders import OrderNews
from rollcall.telling.quality import QualityNews
from rollcall.telling.refreshes import HealedNews, RefreshNews
from rollcall.telling.reminder_news import EscalationNews, ReminderNews, StillWaitingNews
from rollcall.telling.removals import ReleaseNews, ReleaseReminderNews, RemovalNews
from rollcall.telling.shared_channels import SharedChannels
from rollcall.telling.strays import Strays
from rollcall.telling.teller import Teller
from rollcall.telling.uploads import UploadNews
from rollcall.telling.waiting_boards import WaitingBoardNews, WaitingBoards
from rollcall.telling.workspaces import WorkspaceNews, Workspaces
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.settings import Settings
    from rollcall.slack.sender import Sender
    from rollcall.store.installations import InstallationsStore

_DYNAMODB = LazyClient("dynamodb")


def strays(
    settings: Settings,
    sender: Sender,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> Strays:
    """What looks after a stack's messages that nobody remembered; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    return Strays(notices, PostsStore(settings.uploads_table), sender, herald, clock)


def workspaces(
    settings: Settings,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
    dynamodb: Any = _DYNAMODB,  # noqa: ANN401 - likewise
) -> Workspaces:
    """What is done when a workspace goes or comes; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    return Workspaces(
        workspaces=WorkspacesStore(settings.accounts_table),
        installations=DynamoInstallationStore(settings.accounts_table, seal=Seal(settings.tokens_key)),
        companies=TeamAccounts(dynamodb, settings.accounts_table),
        notices=notices,
        posts=PostsStore(settings.uploads_table),
        herald=Herald(notices, Queue(sqs, settings.notices_queue_url)),
        clock=clock,
    )


def endings(
    settings: Settings,
    sender: Sender,
    installations: InstallationsStore,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> TokenEndings:
    """What ends installations whose token Slack does not know any more.

    Args:
        settings: names of the stack's tables and queues.
        sender: speaks to Slack.
        installations: where the tokens are.
        sqs: client.
        clock: epoch seconds.
    """
    return TokenEndings(
        Tokens.beside(sender),
        WorkspacesStore(settings.accounts_table),
        installations,
        workspaces(settings, sqs=sqs, clock=clock),
    )


def install_url(settings: Settings) -> str:
    """Where a workspace installs Rollcall; empty in a function that is not told its address."""
    return f"{settings.public_url}/slack/install" if settings.public_url else ""


def shared_channels(
    settings: Settings,
    sender: Sender,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> SharedChannels:
    """What knows where other companies read along; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    return SharedChannels(
        facts=ChannelFactsStore(settings.uploads_table),
        channels=Channels.beside(sender),
        notices=notices,
        herald=Herald(notices, Queue(sqs, settings.notices_queue_url)),
        clock=clock,
    )


def teller(
    settings: Settings,
    sender: Sender,
    *,
    s3: Any,  # noqa: ANN401 - a client of boto3 or botocore
    sqs: Any,  # noqa: ANN401 - likewise
    clock: Callable[[], float],
    dynamodb: Any = _DYNAMODB,  # noqa: ANN401 - likewise
) -> Teller:
    """The teller of a stack.

    Args:
        settings: names of its tables, bucket and queues.
        sender: speaks to Slack.
        s3: client.
        sqs: client.
        clock: epoch seconds.
        dynamodb: client.
    """
    notices, posts = NoticesStore(settings.uploads_table), PostsStore(settings.uploads_table)
    boards = BoardsStore(settings.uploads_table)
    accounts = AccountsStore(settings.accounts_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    uploads = UploadsStore(settings.uploads_table)
    decisions = DecisionsStore(
        dynamodb, devices=settings.devices_table, uploads=settings.uploads_table, seconds_left=seconds_left
    )
    transactions = Transactions(dynamodb, seconds_left=seconds_left)
    jobs = JobsStore(dynamodb, transactions, settings.uploads_table)
    standings = Standings(decisions, uploads, accounts)
    books = RemindersStore(dynamodb, transactions, settings.uploads_table)
    backlogs = Backlogs(books, decisions.parts, accounts)
    removals = RemovalsStore(dynamodb, settings.uploads_table)
    refreshes = RefreshesStore(dynamodb, settings.uploads_table)

    def now() -> str:
        return utc(datetime.fromtimestamp(clock(), UTC))

    troubles = ChannelTroubles(
        notices=notices,
        troubles=TroublesStore(settings.uploads_table),
        posts=posts,
        accounts=accounts,
        herald=herald,
        clock=clock,
    )
    return Teller(
        notices=notices,
        courier=Courier(posts, sender, shared_channels(settings, sender, sqs=sqs, clock=clock), clock),
        sources={
            NoticeKind.UPLOAD: UploadNews(
                uploads=uploads,
                accounts=accounts,
                errors=UploadErrors(s3, settings.bucket),
                files=ReportFiles(s3, settings.bucket),
                boards=boards,
                standings=standings,
                herald=herald,
                now=now,
            ),
            NoticeKind.BOARD: BoardNews(boards, UploadLists(settings.uploads_table), accounts),
            NoticeKind.CHANNEL: troubles,
            NoticeKind.WORKSPACE: WorkspaceNews(
                WorkspacesStore(settings.accounts_table), accounts, posts, install_url(settings)
            ),
            NoticeKind.APPROVAL: ApprovalNews(
                standings=standings,
                posts=posts,
                boards=WaitingBoards(boards, herald, clock),
                accounts=accounts,
                clock=clock,
            ),
            NoticeKind.WAITING: WaitingBoardNews(boards, standings, accounts, clock),
            NoticeKind.JOB: JobNews(
                jobs=jobs, decisions=decisions, accounts=accounts, objects=Objects(s3, settings.bucket), now=now
            ),
            NoticeKind.NUDGE: NudgeNews(standings, accounts),
            NoticeKind.ORDER: OrderNews(decisions.orders, accounts),
            NoticeKind.QUALITY: QualityNews(QualityStore(dynamodb, transactions, settings.uploads_table), accounts),
            NoticeKind.REMINDER: ReminderNews(backlogs, accounts),
            NoticeKind.ESCALATION: EscalationNews(backlogs, accounts),
            NoticeKind.STILL_WAITING: StillWaitingNews(backlogs, uploads, accounts),
            NoticeKind.REFRESH: RefreshNews(refreshes, accounts),
            NoticeKind.HEALED: HealedNews(refreshes, jobs, decisions.parts, accounts),
            NoticeKind.REMOVAL: RemovalNews(removals, jobs, accounts),
            NoticeKind.RELEASE: ReleaseNews(removals, jobs, accounts),
            NoticeKind.RELEASE_REMINDER: ReleaseReminderNews(removals, jobs, posts, accounts),
            NoticeKind.INSIGHT: InsightNews(accounts),
            NoticeKind.EXCHANGE: ExchangeNews(ExchangeRecords(dynamodb, settings.uploads_table), accounts),
            NoticeKind.DECISION: RejectionNews(
                decisions=decisions, jobs=jobs, uploads=uploads, accounts=accounts, clock=clock
            ),
        },
        troubles=troubles,
        herald=herald,
        clock=clock,
    )
