"""A check's file, imported: the very bytes that were judged (row B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.desk.uploaders import Uploader
from rollcall.desk.visits import scope_of
from rollcall.views import hints
from rollcall.views import upload_imports as views

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.desk.reserving import Reserving
    from rollcall.desk.uploaders import Uploaders
    from rollcall.store.uploads import UploadsStore
    from rollcall.views.message import Message


class UploadImports:
    """Imports what was checked.

    Args:
        uploaders: who may.
        reserving: what follows.
        uploads: the checks.
    """

    def __init__(self, uploaders: Uploaders, reserving: Reserving, uploads: UploadsStore) -> None:
        self._uploaders = uploaders
        self._reserving = reserving
        self._uploads = uploads

    def take(self, person: Person, check_id: str, *, team: str, reference: str) -> Message:
        """Imports a check's file; the answer says what comes next, or why nothing does.

        Args:
            person: who pressed.
            check_id: as the button carries it.
            team: the workspace they act in.
            reference: the id under which the logs tell more.
        """
        check = self._uploads.get(check_id) if check_id else None
        # To others it is as unknown as one that does not exist.
        named = check.reseller if check and self._uploaders.belongs(person, check.reseller) else ""
        found = self._uploaders.enter(person, named=named, question=f"uploads {check_id}")
        if not isinstance(found, Uploader):
            return found
        if check is None or not scope_of(found.reader).owns(check):
            return hints.not_there("upload", check_id, found.reader)
        if not check.check_only or check.is_running or not check.figures.rows.stored:
            return views.nothing_to_import(check, found.reader)
        link = found.links.get(check.customer or "")
        if not check.many and (link is None or link.is_blocked):
            return views.customer_gone(check, found.reader)
        uploads = self._reserving.from_check(found, check, team=team, once=f"import\0{check.id}", reference=reference)
        return views.importing(check, uploads, found.reader)
