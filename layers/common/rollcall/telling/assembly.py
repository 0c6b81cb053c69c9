"""Puts a teller together on a stack's tables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rollcall.notices import NoticeKind
from rollcall.store.accounts import AccountsStore
from rollcall.store.boards import BoardsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.posts import PostsStore
from rollcall.store.queues import Queue
from rollcall.store.report_files import ReportFiles
from rollcall.store.upload_errors import UploadErrors
from rollcall.store.upload_lists import UploadLists
from rollcall.store.uploads import UploadsStore
from rollcall.telling.boards import BoardNews
from rollcall.telling.channels import ChannelTroubles
from rollcall.telling.courier import Courier
from rollcall.telling.herald import Herald
from rollcall.telling.teller import Teller
from rollcall.telling.uploads import UploadNews
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.settings import Settings
    from rollcall.slack.sender import Sender


def teller(settings: Settings, sender: Sender, *, s3: Any, sqs: Any, clock: Callable[[], float]) -> Teller:  # noqa: ANN401 - clients of boto3 or botocore
    """The teller of a stack.

    Args:
        settings: names of its tables, bucket and queues.
        sender: speaks to Slack.
        s3: client.
        sqs: client.
        clock: epoch seconds.
    """
    notices, posts = NoticesStore(settings.uploads_table), PostsStore(settings.uploads_table)
    boards = BoardsStore(settings.uploads_table)
    accounts = AccountsStore(settings.accounts_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    troubles = ChannelTroubles(notices, posts, accounts, herald, clock)
    return Teller(
        notices=notices,
        courier=Courier(posts, sender, clock),
        sources={
            NoticeKind.UPLOAD: UploadNews(
                uploads=UploadsStore(settings.uploads_table),
                accounts=accounts,
                errors=UploadErrors(s3, settings.bucket),
                files=ReportFiles(s3, settings.bucket),
                boards=boards,
                herald=herald,
                now=lambda: utc(datetime.fromtimestamp(clock(), UTC)),
            ),
            NoticeKind.BOARD: BoardNews(boards, UploadLists(settings.uploads_table), accounts),
            NoticeKind.CHANNEL: troubles,
        },
        troubles=troubles,
        herald=herald,
        clock=clock,
    )
