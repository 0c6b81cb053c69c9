"""What is told of approvals: to a customer its part of an upload, to a reseller the rejection of single devices.

And to a customer that a reseller asks for its decision.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall.jobs import Touched, merged
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.telling.uploads import uploader_of
from rollcall.uploads import utc
from rollcall.views import approvals as views
from rollcall.views import nudges, rejections

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.decided import Record
    from rollcall.notices import Kept
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.posts import PostsStore
    from rollcall.store.standings import Standings
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.waiting_boards import WaitingBoards


class ApprovalNews:
    """Knows what to tell a customer about its part of an upload.

    Args:
        standings: how it stands.
        posts: where it was told.
        boards: those of a busy day that have no message of their own.
        accounts: who is to be told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        standings: Standings,
        posts: PostsStore,
        boards: WaitingBoards,
        accounts: AccountsStore,
        clock: Callable[[], float],
    ) -> None:
        self._standings = standings
        self._boards = boards
        self._posts = posts
        self._accounts = accounts
        self._clock = clock

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """What was decided is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None while the upload is in progress, and where the day's board tells it."""
        account = kept.notice.account
        standing = self._standings.of(kept.notice.subject, account)
        if standing is None or not standing.stored:
            return None
        if standing.blocked and not any(post.is_live for post in self._posts.of(kept.notice.id).values()):
            return None  # what a blocked reseller sent before is in the list of what waits, and nowhere else
        if self._boards.takes(kept, standing):
            return None
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [standing.pending.reseller])
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.upload_message(standing, reader, now=now),
            state="waiting" if standing.pending.total else "decided",
        )


class RejectionNews:
    """Knows what to tell a reseller about a rejection of single devices.

    Args:
        decisions: what was decided.
        jobs: of what a list decided on, where it was long.
        uploads: whose devices these were.
        accounts: who is to be told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        jobs: JobsStore,
        uploads: UploadsStore,
        accounts: AccountsStore,
        clock: Callable[[], float],
    ) -> None:
        self._decisions = decisions
        self._jobs = jobs
        self._uploads = uploads
        self._accounts = accounts
        self._clock = clock

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """What was decided is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell."""
        record = self._decisions.get(kept.notice.subject)
        if record is None:
            return None
        account = kept.notice.account
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        members = self._accounts.members_of(account)
        reseller = self._accounts.reseller(account)
        own = [one for one in self._touched(record) if one.reseller == account]
        upload = self._uploads.get(own[0].upload) if own else None
        reader = reseller_reader(
            self._accounts, account, [record.decision.customer], people_of=[record.decision.customer]
        )
        return News(
            stops=route(
                uploader_of(upload, members) if upload else None, reseller.notify if reseller else None, members
            ),
            draw=lambda _place, _as_of: rejections.message(record, own, reader, now=now),
            state="undone" if record.undone else "rejected",
        )

    def _touched(self, record: Record) -> tuple[Touched, ...]:
        if record.job:
            return self._jobs.touched(record.job)
        return merged(
            Touched(target.generation.upload, target.generation.reseller, 1, (target.key,))
            for target in record.targets
            if target.generation
        )


class NudgeNews:
    """Knows what to tell a customer whose decision a reseller asks for.

    Args:
        standings: what waits.
        accounts: who is to be told.
    """

    def __init__(self, standings: Standings, accounts: AccountsStore) -> None:
        self._standings = standings
        self._accounts = accounts

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """Told once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None where nothing waits any more, or the customer has blocked the reseller."""
        upload, _, at = kept.notice.subject.partition("#")
        account = kept.notice.account
        standing = self._standings.of(upload, account)
        if standing is None or not standing.pending.total or standing.blocked:
            return None
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [standing.pending.reseller])
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: nudges.nudge_message(standing, at, reader),
            state="asked",
        )
