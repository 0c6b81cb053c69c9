"""What is told of an upload: its progress, its result, the rows to mend."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.notices import board_notice
from rollcall.routes import route
from rollcall.scopes import Scope, Side
from rollcall.telling.news import News, Reply
from rollcall.telling.readers import reseller_reader
from rollcall.uploads import UploadStatus
from rollcall.views import upload_messages as views
from rollcall.views.upload_decisions import decision_lines
from rollcall.views.upload_imports import offers
from rollcall.views.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rollcall.accounts import Member, Person
    from rollcall.notices import Kept
    from rollcall.routes import Place
    from rollcall.standing import Standing
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.boards import BoardsStore
    from rollcall.store.posts import Post
    from rollcall.store.report_files import ReportFiles
    from rollcall.store.standings import Standings
    from rollcall.store.upload_errors import UploadErrors
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Upload
    from rollcall.views.message import Message

#: Bytes of a file that goes into a thread by itself; a larger one is fetched by whoever wants it.
LARGEST_FILE: Final = 20 * 1024 * 1024
_RESEND: Final = "resend.csv"
#: Customers of one upload whose decisions its message tells.
_CUSTOMERS: Final = 10


class UploadNews:
    """Knows what to tell of uploads.

    Args:
        uploads: their state.
        accounts: who is to be told.
        errors: why rows were refused.
        files: the reports.
        boards: which uploads of a busy day have a message of their own.
        standings: what the customers have decided.
        herald: has a day's board told.
        now: the time, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    """

    def __init__(  # noqa: PLR0913 - what its message tells comes from many places
        self,
        *,
        uploads: UploadsStore,
        accounts: AccountsStore,
        errors: UploadErrors,
        files: ReportFiles,
        boards: BoardsStore,
        standings: Standings,
        herald: Herald,
        now: Callable[[], str],
    ) -> None:
        self._uploads = uploads
        self._accounts = accounts
        self._errors = errors
        self._files = files
        self._boards = boards
        self._standings = standings
        self._herald = herald
        self._now = now

    def settled(self, kept: Kept) -> bool:
        """An outcome is told at once."""
        upload = self._uploads.get(kept.notice.subject)
        return bool(upload and upload.finished_at)

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None where it stands on the day's board alone."""
        upload = self._uploads.get(kept.notice.subject)
        if upload is None:
            return None
        members = self._accounts.members_of(upload.reseller)
        person = uploader_of(upload, members)
        if not self._has_own_message(kept, upload, person):
            return None
        reseller = self._accounts.reseller(upload.reseller)
        return News(
            stops=route(person, reseller.notify if reseller else None, members),
            draw=self._drawing(upload, person),
            state=upload.status.value,
            replies=lambda post: self._replies(upload, person, post),
        )

    def _has_own_message(self, kept: Kept, upload: Upload, person: Person | None) -> bool:
        """Decides it by the order of the day's uploads, and puts those that have none on the board."""
        notice = kept.notice
        board = board_notice(upload.started_at[:10], upload.reseller, person.key if person else "")
        at = self._now()
        if self._boards.own(board, notice.id, failed=False, at=at):
            return True
        if kept.due:
            self._boards.add(board, upload.id, started_at=upload.started_at, at=at)
            self._herald.mark(board, at=at)
        failed = upload.status is UploadStatus.ERROR
        return failed and self._boards.own(board, notice.id, failed=True, at=at)

    def _drawing(self, upload: Upload, person: Person | None) -> Callable[[Place, str], Message]:
        standings = self._decided(upload)
        customers = [one.pending.customer for one in standings]
        named = {*customers, *([upload.customer] if upload.customer else [])}
        reader = reseller_reader(self._accounts, upload.reseller, named, people_of=customers)
        decisions = decision_lines(standings, reader, now=self._now())
        done = None
        if not upload.finished_at:
            done = sum(result.figures.rows.total for result in self._uploads.chunk_results(upload.id))
        groups = self._errors.groups(Scope(upload.reseller, Side.RESELLER), upload)

        def draw(place: Place, as_of: str) -> Message:
            mention = mention_of(person, place) if upload.status is UploadStatus.ERROR else ""
            return views.upload_message(
                upload,
                reader,
                done=done,
                groups=groups,
                mention=mention,
                as_of=as_of,
                offers=offers(upload, reader.say),
                decisions=decisions,
            )

        return draw

    def _decided(self, upload: Upload) -> Sequence[Standing]:
        """How the parts of the upload stand of which there is something to say; of very many customers some."""
        if not upload.finished_at or upload.check_only:
            return ()
        customers = islice(self._uploads.customers_of(upload), _CUSTOMERS)
        found = [self._standings.of(upload.id, customer) for customer in customers]
        return [one for one in found if one and (one.last or one.orders or one.pending.total < one.stored)]

    def _replies(self, upload: Upload, person: Person | None, post: Post) -> Sequence[Reply]:
        """What follows under a copy: the rows to mend, for the uploader; and a word that is noticed of a failure.

        An edit notifies nobody, so a copy that was posted before the upload failed gets a reply that does.
        """
        if not upload.finished_at:
            return ()
        alarm = upload.status is UploadStatus.ERROR and post.first != UploadStatus.ERROR
        mention = mention_of(person, post.place) if alarm else ""
        reseller = self._accounts.reseller(upload.reseller)
        say = Wording(reseller.language) if reseller else ENGLISH
        for_uploader = post.place.is_dm and person is not None and post.place.key == person.key
        if for_uploader and upload.figures.rows.refused:
            size = self._files.size(upload, _RESEND)
            if 0 < size <= LARGEST_FILE:
                message = views.resend_comment(upload, mention=mention, say=say)
                return (Reply("resend", message, _RESEND, lambda: self._files.read(upload, _RESEND)),)
        return (Reply("failed", views.failure_reply(upload, mention=mention, say=say)),) if alarm else ()


def uploader_of(upload: Upload, members: Iterable[Member]) -> Person | None:
    """The person of the reseller whose upload it is; None where nobody in particular uploaded it."""
    for member in members:
        if member.person.key == upload.person:
            return member.person
        if not upload.person and member.email and member.email == upload.uploaded_by:
            return member.person
    return None


def mention_of(person: Person | None, place: Place) -> str:
    """A mention of somebody, where the workspace knows them."""
    return f"<@{person.user}>" if person and person.team == place.team else ""
