"""The reports of an upload: whole to the reseller, and to a customer its own rows, page by page."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.api import bodies
from rollcall.api.finding import find
from rollcall.api.problems import refused
from rollcall.api.requests import Answer, linked
from rollcall.own_rows import codes_of, line_of, own_errors, own_results
from rollcall.reports import FAULT_COLUMNS, RESULT_COLUMNS
from rollcall.sheets import SheetWriter
from rollcall.store.report_files import report_key
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rollcall.api.requests import Request
    from rollcall.scopes import Scope
    from rollcall.store.objects import Objects
    from rollcall.store.report_files import ReportFiles
    from rollcall.store.upload_lists import UploadLists
    from rollcall.uploads import Upload

    Row = Sequence[str]

#: Bytes of a report that is answered as it is; a larger one is put where a link leads. Lambda answers with 6 MB at the
#: most, and JSON takes about three times as much as CSV. A page ends there as well.
LARGEST_REPORT: Final = 1024 * 1024
#: Seconds for which the link leads there.
LINK_SECONDS: Final = 15 * 60
_ERRORS: Final = "errors.csv"
_RESULTS: Final = "results.csv"
_LONGEST_CURSOR: Final = 9


class ReportCalls:
    """Answers questions about the rows of an upload.

    Args:
        lists: finds the upload.
        files: the reports.
        objects: links to them.
        clock: epoch seconds.
    """

    def __init__(self, *, lists: UploadLists, files: ReportFiles, objects: Objects, clock: Callable[[], float]) -> None:
        self._lists = lists
        self._files = files
        self._objects = objects
        self._clock = clock

    def errors(self, request: Request) -> Answer:
        """Why rows were refused."""
        scope = request.caller.scope
        upload = find(self._lists, scope, request.path["upload_id"])
        body: dict[str, Any] = {"by_code": dict(upload.figures.by_code)}
        if self._is_whole(request, upload):
            return self._whole(request, upload, _ERRORS, body)
        lines: array[int] | None = None
        if upload.many and not scope.is_reseller and not upload.is_running:
            lines, body["by_code"] = self._own_refusals(upload, scope)
        rows = self._rows(upload, _ERRORS)
        return self._page(request, upload, rows if scope.is_reseller else own_errors(rows, lines), FAULT_COLUMNS, body)

    def results(self, request: Request) -> Answer:
        """What became of each row."""
        scope = request.caller.scope
        upload = find(self._lists, scope, request.path["upload_id"])
        if self._is_whole(request, upload):
            return self._whole(request, upload, _RESULTS, {})
        rows = self._rows(upload, _RESULTS)
        own = rows if scope.is_reseller else own_results(rows, scope.account)
        return self._page(request, upload, own, RESULT_COLUMNS, {})

    def _is_whole(self, request: Request, upload: Upload) -> bool:
        """Whether the report is answered as it lies in the bucket."""
        return request.caller.scope.owns(upload) and not {"cursor", "limit"} & request.query.keys()

    def _whole(self, request: Request, upload: Upload, name: str, body: dict[str, Any]) -> Answer:
        if upload.is_running and request.as_csv:
            raise refused("UPLOAD_IN_PROGRESS")
        size = 0 if upload.is_running else self._files.size(upload, name)
        if size > LARGEST_REPORT:
            return elsewhere(self._objects, upload, name, now=self._clock())
        if request.as_csv:
            return Answer(csv=self._files.read(upload, name) if size else b"")
        return Answer(_body(upload, body, list(self._rows(upload, name)) if size else []))

    def _page(
        self, request: Request, upload: Upload, rows: Iterable[Row], columns: Sequence[str], body: dict[str, Any]
    ) -> Answer:
        """The rows behind the cursor, which is the last line of the page before: as many as fit, or as are wanted.

        The faults of one line stand on one page.
        """
        if upload.is_running and request.as_csv:
            raise refused("UPLOAD_IN_PROGRESS")
        begin = _line_before(request.cursor)
        most, room = int(request.query.get("limit", 0)), LARGEST_REPORT
        shown: list[Row] = []
        after = None
        for row in rows if not upload.is_running else ():
            line = line_of(row)
            if line <= begin:
                continue
            if shown and line != line_of(shown[-1]) and (room <= 0 or (most and len(shown) >= most)):
                after = str(line_of(shown[-1]))
                break
            shown.append(row)
            room -= sum(len(cell.encode("utf-8", "replace")) + 1 for cell in row)
        if request.as_csv:
            return Answer(csv=SheetWriter().write([columns, *shown]), headers=linked(request, after))
        return Answer(_body(upload, body, shown, after))

    def _own_refusals(self, upload: Upload, scope: Scope) -> tuple[array[int], dict[str, int]]:
        """The lines of a customer's refused rows, ascending, and how many were refused for which cause."""
        lines: array[int] = array("L")
        by_code: Counter[str] = Counter()
        for row in own_results(self._rows(upload, _RESULTS), scope.account):
            if codes := codes_of(row):
                lines.append(line_of(row))
                by_code.update(codes)
        return lines, dict(sorted(by_code.items(), key=lambda pair: (-pair[1], pair[0])))

    def _rows(self, upload: Upload, name: str) -> Iterable[Row]:
        return self._files.rows(upload, name)


def elsewhere(objects: Objects, upload: Upload, name: str, *, now: float) -> Answer:
    """The answer that leads to a report in the bucket."""
    url = objects.link(report_key(upload, name), seconds=LINK_SECONDS, file_name=f"{upload.id}-{name}")
    until = utc(datetime.fromtimestamp(now + LINK_SECONDS, UTC))
    return Answer({"location": url, "expires_at": until}, status=303, headers={"Location": url})


def _line_before(cursor: str | None) -> int:
    """The last line of the page before; a fault of the whole file is on line 0.

    Raises:
        ProblemError: the cursor is none of ours.
    """
    if cursor is None:
        return -1
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= _LONGEST_CURSOR):
        raise refused("CURSOR_INVALID")
    return int(cursor)


def _body(upload: Upload, more: dict[str, Any], rows: Sequence[Row], after: str | None = None) -> dict[str, Any]:
    read = bodies.error_lines if "by_code" in more else bodies.result_lines
    return {
        "upload_id": upload.id,
        "status": upload.status.value,
        **more,
        "items": read(rows),
        "next_cursor": after,
    }
