"""Questions about uploads: lists, and one with its figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rollcall.api import bodies
from rollcall.api.finding import find
from rollcall.api.problems import refused
from rollcall.api.reports import elsewhere
from rollcall.api.requests import Answer, linked
from rollcall.cursors import CursorError
from rollcall.desk.uploads import uploads_of
from rollcall.sheets import SheetWriter
from rollcall.upload_sheets import COLUMNS, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.api.requests import Request
    from rollcall.scopes import Scope
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.objects import Objects
    from rollcall.store.report_files import ReportFiles
    from rollcall.store.upload_lists import UploadLists
    from rollcall.upload_lines import UploadLine

#: Bytes of a summary whose figures by customer are answered as they are, those of about 40,000 customers; of a larger
#: one a link to the whole is answered.
LARGEST_SUMMARY: Final = 4 * 1024 * 1024
_SUMMARY: Final = "summary.json"


class UploadCalls:
    """Answers questions about uploads.

    Args:
        accounts: names of companies.
        lists: lists uploads and finds one.
        files: the reports.
        objects: links to them.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        accounts: AccountsStore,
        lists: UploadLists,
        files: ReportFiles,
        objects: Objects,
        clock: Callable[[], float],
    ) -> None:
        self._accounts = accounts
        self._lists = lists
        self._files = files
        self._objects = objects
        self._clock = clock

    def listing(self, request: Request) -> Answer:
        """A page of uploads, newest first.

        Raises:
            ProblemError: the cursor is not one of this list.
        """
        scope = request.caller.scope
        try:
            page = uploads_of(
                self._lists, scope, request.query.get("customer_id", ""), size=request.limit, cursor=request.cursor
            )
        except CursorError:
            raise refused("CURSOR_INVALID") from None
        names = self._names(scope, [line.account for line in page.items])
        if request.as_csv:
            return Answer(csv=_sheet(page.items, scope, names), headers=linked(request, page.after))
        items = [bodies.upload_line(line, scope, names) for line in page.items]
        return Answer({"items": items, "next_cursor": page.after})

    def one(self, request: Request) -> Answer:
        """One upload.

        Raises:
            ProblemError: it is not there, or several are meant.
        """
        scope = request.caller.scope
        upload = find(self._lists, scope, request.path["upload_id"])
        line = self._lists.line(scope, upload)
        names = self._names(scope, [upload.reseller])
        if request.as_csv:
            return Answer(csv=_sheet([line], scope, names))
        body = bodies.upload(upload, line, scope, names)
        # The figures of each customer stand in the upload's summary alone.
        size = self._files.size(upload, _SUMMARY) if scope.is_reseller and upload.many and not upload.is_running else 0
        if size > LARGEST_SUMMARY:
            return elsewhere(self._objects, upload, _SUMMARY, now=self._clock())
        if size:
            body["by_customer"] = json.loads(self._files.read(upload, _SUMMARY))["by_customer"]
        return Answer(body)

    def _names(self, scope: Scope, resellers: Sequence[str]) -> dict[str, str]:
        """The names of the other side, where they are shown."""
        if scope.is_reseller or not resellers:
            return {}
        return {account: reseller.name for account, reseller in self._accounts.resellers(set(resellers)).items()}


def _sheet(lines: Sequence[UploadLine], scope: Scope, names: bodies.Names) -> bytes:
    rows = [row(line, bodies.uploaded_by(line.uploaded_by, line.account, scope, names)) for line in lines]
    return SheetWriter().write([COLUMNS, *rows])
