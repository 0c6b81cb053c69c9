"""Questions about uploads: lists, one with its figures, its reports."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from rollcall.api import bodies
from rollcall.api.problems import refused
from rollcall.api.requests import Answer
from rollcall.cursors import CursorError
from rollcall.desk.uploads import uploads_of
from rollcall.sheets import SheetWriter, unguard
from rollcall.store.report_files import report_key
from rollcall.upload_sheets import COLUMNS, row
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.api.requests import Request
    from rollcall.scopes import Scope
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.objects import Objects
    from rollcall.store.report_files import ReportFiles
    from rollcall.store.upload_lists import UploadLists
    from rollcall.upload_lines import UploadLine
    from rollcall.uploads import Upload

#: Bytes of a report that is answered as it is; a larger one is put where a link leads. Lambda answers with 6 MB at the
#: most, and JSON takes about three times as much as CSV.
LARGEST_REPORT: Final = 1024 * 1024
#: Bytes of a summary whose figures by customer are answered as they are: those of about 40,000 customers.
LARGEST_SUMMARY: Final = 4 * 1024 * 1024
#: Seconds for which the link leads there.
LINK_SECONDS: Final = 15 * 60
_ERRORS: Final = "errors.csv"
_RESULTS: Final = "results.csv"
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
            headers = {}
            if page.after:
                query = {**request.query, "cursor": page.after}
                address = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
                headers["Link"] = f'<?{address}>; rel="next"'
            return Answer(csv=_sheet(page.items, scope, names), headers=headers)
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
        return Answer(body | self._by_customer(upload) if scope.is_reseller and upload.many else body)

    def _by_customer(self, upload: Upload) -> dict[str, Any]:
        """The figures of each customer, which stand in the upload's summary; of very many, where to read them."""
        size = 0 if upload.is_running else self._files.size(upload, _SUMMARY)
        if not size:
            return {}
        if size > LARGEST_SUMMARY:
            url = self._objects.link(
                report_key(upload, _SUMMARY), seconds=LINK_SECONDS, file_name=f"{upload.id}-{_SUMMARY}"
            )
            return {"by_customer": {}, "by_customer_url": url}
        return {"by_customer": json.loads(self._files.read(upload, _SUMMARY))["by_customer"]}

    def errors(self, request: Request) -> Answer:
        """Why rows were refused."""
        return self._report(request, _ERRORS, bodies.error_lines)

    def results(self, request: Request) -> Answer:
        """What became of each row."""
        return self._report(request, _RESULTS, bodies.result_lines)

    def _report(
        self, request: Request, name: str, read: Callable[[Sequence[Sequence[str]]], list[dict[str, Any]]]
    ) -> Answer:
        scope = request.caller.scope
        upload = find(self._lists, scope, request.path["upload_id"])
        body: dict[str, Any] = {"upload_id": upload.id, "status": upload.status.value}
        if name == _ERRORS:
            body |= {"by_code": dict(upload.figures.by_code)}
        own = scope.owns(upload)
        if not own and (request.as_csv or name == _RESULTS):
            raise refused("REPORT_NOT_SHARED")
        if upload.is_running and request.as_csv:
            raise refused("UPLOAD_IN_PROGRESS")
        size = self._files.size(upload, name) if own and not upload.is_running else 0
        if size > LARGEST_REPORT:
            return self._elsewhere(upload, name)
        content = self._files.read(upload, name) if size else b""
        if request.as_csv:
            return Answer(csv=content)
        return Answer({**body, "items": read(_rows(content))})

    def _elsewhere(self, upload: Upload, name: str) -> Answer:
        url = self._objects.link(report_key(upload, name), seconds=LINK_SECONDS, file_name=f"{upload.id}-{name}")
        until = utc(datetime.fromtimestamp(self._clock() + LINK_SECONDS, UTC))
        return Answer({"location": url, "expires_at": until}, status=303, headers={"Location": url})

    def _names(self, scope: Scope, resellers: Sequence[str]) -> dict[str, str]:
        """The names of the other side, where they are shown."""
        if scope.is_reseller or not resellers:
            return {}
        return {account: reseller.name for account, reseller in self._accounts.resellers(set(resellers)).items()}


def find(lists: UploadLists, scope: Scope, typed: str) -> Upload:
    """The upload that an id, or a beginning of one, means to an account.

    Raises:
        ProblemError: none is, or several are.
    """
    fits = lists.find(scope, typed)
    if not fits:
        raise refused("NOT_FOUND")
    if len(fits) > 1:
        raise refused("UPLOAD_AMBIGUOUS")
    return fits[0]


def _sheet(lines: Sequence[UploadLine], scope: Scope, names: bodies.Names) -> bytes:
    rows = [row(line, bodies.uploaded_by(line.uploaded_by, line.account, scope, names)) for line in lines]
    return SheetWriter().write([COLUMNS, *rows])


def _rows(content: bytes) -> list[list[str]]:
    """The lines of one of our CSV files, without its headings."""
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return [[unguard(cell) for cell in cells] for number, cells in enumerate(rows) if number]
