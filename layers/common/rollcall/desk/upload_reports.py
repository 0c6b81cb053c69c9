"""An upload's report files, for whoever clicks for one: by the rights they have when it is sent.

The reseller gets them as they lie in the bucket; a customer gets its own rows of them, cut out when it asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from rollcall.acting import Stranger, Undecided
from rollcall.desk.visits import Visits, scope_of
from rollcall.own_rows import is_stored, line_of, own_errors, own_results
from rollcall.reports import FAULT_COLUMNS, RESULT_COLUMNS
from rollcall.sheets import SheetWriter
from rollcall.store.accounts import AccountsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.report_files import ReportFiles
from rollcall.store.uploads import UploadsStore
from rollcall.views import help as help_views
from rollcall.views.report_buttons import OWN_REPORTS, REPORTS

if TYPE_CHECKING:
    from typing import Any

    from rollcall.accounts import Person
    from rollcall.settings import Settings
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader

#: The files that may be asked for.
NAMES: Final = frozenset(REPORTS.values())
_RESULTS: Final = REPORTS["uploads.results"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report that may be sent.

    Attributes:
        upload: whose report.
        reader: who asked.
        name: of the file.
        size: in bytes.
        own: a customer's own rows of it; None: it is sent as it lies in the bucket.
    """

    upload: Upload
    reader: Reader
    name: str
    size: int
    own: bytes | None = None


class UploadReports:
    """Finds reports for people.

    Args:
        visits: who asks.
        uploads: whose upload it is.
        files: the reports.
    """

    def __init__(self, visits: Visits, uploads: UploadsStore, files: ReportFiles) -> None:
        self._visits = visits
        self._uploads = uploads
        self._files = files

    @classmethod
    def from_settings(cls, settings: Settings, s3: Any) -> Self:  # noqa: ANN401 - a client of boto3 or botocore
        """On a stack's tables and bucket."""
        visits = Visits(AccountsStore(settings.accounts_table), ChoicesStore(settings.accounts_table))
        return cls(visits, UploadsStore(settings.uploads_table), ReportFiles(s3, settings.bucket))

    def find(self, person: Person, upload_id: str, name: str, account: str = "") -> Report | None:
        """A report; None for whom it is not, and where it is not there.

        Args:
            person: who asks.
            upload_id: whose report.
            name: of the file.
            account: for whom they ask; empty for the reseller whose upload it is.
        """
        upload = self._uploads.get(upload_id) if name in NAMES else None
        if upload is None:
            return None
        reader = self._visits.who(person, named=account or upload.reseller, command=help_views.COMMANDS[""])
        if isinstance(reader, Stranger | Undecided):
            return None
        scope = scope_of(reader)
        if not scope.is_reseller:
            own = self._own(upload, name, scope.account)
            return None if own is None else Report(upload, reader, name, len(own), own)
        size = self._files.size(upload, name) if scope.owns(upload) else 0
        return Report(upload, reader, name, size) if size else None

    def read(self, report: Report) -> bytes:
        """The bytes of a report."""
        return self._files.read(report.upload, report.name) if report.own is None else report.own

    def _own(self, upload: Upload, name: str, customer: str) -> bytes | None:
        """A customer's rows of a report; None of an upload that brought it no device, which it does not see at all."""
        if name not in OWN_REPORTS.values() or upload.check_only or upload.is_running:
            return None
        rows = list(own_results(self._files.rows(upload, _RESULTS), customer))
        if not any(map(is_stored, rows)):
            return None
        if name == _RESULTS:
            return SheetWriter().write([RESULT_COLUMNS, *rows])
        lines = [line_of(row) for row in rows] if upload.many else None
        return SheetWriter().write([FAULT_COLUMNS, *own_errors(self._files.rows(upload, name), lines)])
