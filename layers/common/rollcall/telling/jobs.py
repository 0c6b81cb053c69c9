"""What is told of a job to whoever began it: how far it is, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.jobs import JobKind
from rollcall.layout import reports_prefix
from rollcall.routes import route
from rollcall.store.objects import ObjectGoneError
from rollcall.telling.news import News, Reply
from rollcall.telling.readers import customer_reader
from rollcall.views import jobs as views

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.jobs import Job
    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.objects import Objects
    from rollcall.store.posts import Post
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

#: Bytes of a report that goes into the thread by itself; a larger one stays in the bucket.
_LARGEST_FILE: Final = 20 * 1024 * 1024
_ERRORS: Final = "errors.csv"


class JobNews:
    """Knows what to tell of jobs.

    Args:
        jobs: their state.
        decisions: what they decide.
        accounts: who is to be told.
        objects: the bucket with the reports.
        now: the time, UTC.
    """

    def __init__(
        self,
        *,
        jobs: JobsStore,
        decisions: DecisionsStore,
        accounts: AccountsStore,
        objects: Objects,
        now: Callable[[], str],
    ) -> None:
        self._jobs = jobs
        self._decisions = decisions
        self._accounts = accounts
        self._objects = objects
        self._now = now

    def settled(self, kept: Kept) -> bool:
        """The end is told at once."""
        job = self._jobs.get(kept.notice.subject)
        return bool(job and job.is_over)

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None of a job that is not kept any more."""
        job = self._jobs.get(kept.notice.subject)
        if job is None:
            return None
        record = self._decisions.get(job.decision.undoes or job.decision.id)
        reader = customer_reader(self._accounts, job.account, [])
        customer, now = self._accounts.customer(job.account), self._now()

        def draw(_place: Place, as_of: str) -> Message:
            return views.job_message(job, record, reader, now=now, as_of=as_of)

        return News(
            stops=route(
                kept.notice.addressee,
                customer.notify if customer else None,
                self._accounts.members_of(job.account),
            ),
            draw=draw,
            state=job.state.value,
            replies=lambda post: self._replies(job, post, reader.say),
        )

    def _replies(self, job: Job, post: Post, say: Wording) -> Sequence[Reply]:
        """The lines that were refused, as a file under the message of whoever sent the list."""
        if not (job.is_over and job.kind is JobKind.BULK_ACCEPT and job.by_code and post.place.is_dm):
            return ()
        key = f"{reports_prefix(job.account, job.id)}{_ERRORS}"
        try:
            size = self._objects.facts(key, "").size
        except ObjectGoneError:
            return ()
        if size > _LARGEST_FILE:
            return ()
        return (Reply("errors", views.errors_comment(job, say), _ERRORS, lambda: self._objects.read(key)),)
