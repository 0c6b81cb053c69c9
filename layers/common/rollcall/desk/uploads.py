"""Questions about uploads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.commands import render
from rollcall.cursors import CursorError
from rollcall.desk.turns import start_of
from rollcall.desk.visits import scope_of
from rollcall.queries import Page
from rollcall.upload_ids import understand
from rollcall.uploads import Upload, UploadStatus
from rollcall.views import hints, upload_errors, uploads

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.commands import Command
    from rollcall.desk.customers import CustomerNames
    from rollcall.desk.turns import Turn
    from rollcall.desk.undoing import UndoDesk
    from rollcall.scopes import Scope
    from rollcall.store.upload_errors import UploadErrors
    from rollcall.store.upload_lists import UploadLists
    from rollcall.store.uploads import UploadsStore
    from rollcall.upload_lines import UploadLine
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

PAGE: Final = 5


def uploads_of(
    lists: UploadLists,
    scope: Scope,
    customer: str = "",
    *,
    size: int,
    cursor: str | None = None,
    backwards: bool = False,
) -> Page[UploadLine]:
    """A page of an account's uploads, whichever side it is on.

    Args:
        lists: where they are read.
        scope: who asks.
        customer: only uploads for this customer; a customer sees its own and no other's.
        size: most uploads on the page.
        cursor: where it begins; None for the newest.
        backwards: the page before the cursor.

    Raises:
        CursorError: the cursor is of another list.
    """
    if scope.is_reseller:
        return lists.of_reseller(scope.account, customer, size=size, cursor=cursor, backwards=backwards)
    if customer not in ("", scope.account):
        return Page(())
    return lists.of_customer(scope.account, size=size, cursor=cursor, backwards=backwards)


class UploadDesk:
    """Answers questions about uploads.

    Args:
        customers: finds the customer that a filter names.
        lists: lists uploads and finds one by the beginning of its id.
        uploads: reads one.
        errors: reads why rows were refused.
        undoing: the room where uploads are taken back, furnished when somebody enters it.
    """

    def __init__(
        self,
        customers: CustomerNames,
        lists: UploadLists,
        uploads: UploadsStore,
        errors: UploadErrors,
        undoing: Callable[[], UndoDesk],
    ) -> None:
        self._customers = customers
        self._lists = lists
        self._uploads = uploads
        self._errors = errors
        self._undoing = undoing

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of uploads, newest first."""
        question = render(command)
        customer = self._customers.find(reader, command.options.get("customer", ""))
        try:
            page = uploads_of(
                self._lists, scope_of(reader), customer, size=PAGE, cursor=turn.cursor, backwards=turn.backwards
            )
        except CursorError:
            return hints.expired(question, reader.command, say=reader.say)
        return uploads.listing(page, question, reader, cursor=start_of(page))

    def card(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """One upload."""
        found = self._one(reader, command.ids[0])
        if not isinstance(found, Upload):
            return found
        upload = found
        done = None
        if upload.status is UploadStatus.IN_PROGRESS:
            done = sum(result.figures.rows.total for result in self._uploads.chunk_results(upload.id))
        account = None if reader.is_reseller else reader.acting.account
        verified, waiting = self._uploads.verified(upload.id, account), None
        if not upload.is_running and not upload.check_only:
            waiting = max(0, upload.figures.rows.stored - self._uploads.settled(upload.id, account))
        room = self._undoing() if reader.is_reseller and upload.figures.rows.stored and not upload.check_only else None
        return uploads.card(
            upload,
            reader,
            undone=room.last(upload.id) if room else None,
            may_undo=bool(room and room.may_undo(reader, upload)),
            verified=verified,
            waiting=waiting,
            done=done,
            groups=self._errors.groups(scope_of(reader), upload),
        )

    def errors(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """Why rows of an upload were refused, by cause."""
        found = self._one(reader, command.ids[0])
        if not isinstance(found, Upload):
            return found
        return upload_errors.errors(found, self._errors.groups(scope_of(reader), found), reader)

    def _one(self, reader: Reader, typed: str) -> Upload | Message:
        """The upload that a beginning of an id means to this reader."""
        fits = self._lists.find(scope_of(reader), typed)
        if not fits:
            return self._arriving(reader, typed) or hints.not_there("upload", typed, reader)
        if len(fits) > 1:
            return hints.ambiguous(typed, len(fits), reader)
        return fits[0]

    def _arriving(self, reader: Reader, typed: str) -> Message | None:
        """What a customer is told of an upload for it alone that is still being read; None where it may not know of it.

        Its devices wait in its lists already, one by one. Of a file for many customers it is not known yet whether
        there are any for this one, a check brings none, and what a blocked reseller sends is none of its business.
        """
        whole = understand(typed)
        upload = self._uploads.get(whole) if whole and not reader.is_reseller else None
        account = reader.acting.account
        if upload is None or upload.check_only or upload.many or upload.customer != account:
            return None
        if upload.status is not UploadStatus.IN_PROGRESS or self._customers.blocks(account, upload.reseller):
            return None
        return uploads.still_read(upload.id, reader)
