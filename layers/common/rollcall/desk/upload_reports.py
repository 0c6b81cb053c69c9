"""An upload's report files, for whoever clicks for one: by the rights they have when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from rollcall.acting import Stranger, Undecided
from rollcall.desk.visits import Visits, scope_of
from rollcall.store.accounts import AccountsStore
from rollcall.store.installations import ChoicesStore
from rollcall.store.report_files import ReportFiles
from rollcall.store.uploads import UploadsStore
from rollcall.views import help as help_views
from rollcall.views.uploads import REPORTS

if TYPE_CHECKING:
    from typing import Any

    from rollcall.accounts import Person
    from rollcall.settings import Settings
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader

#: The files that may be asked for.
NAMES: Final = frozenset(REPORTS.values())


@dataclass(frozen=True, slots=True)
class Report:
    """A report that may be sent.

    Attributes:
        upload: whose report.
        reader: who asked.
        name: of the file.
        size: in bytes.
    """

    upload: Upload
    reader: Reader
    name: str
    size: int


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

    def find(self, person: Person, upload_id: str, name: str) -> Report | None:
        """A report, for a member of the reseller whose upload it is; None for all others, and where it is not there.

        What is in the files is the reseller's: a customer has its part of an upload, not its rows.
        """
        upload = self._uploads.get(upload_id) if name in NAMES else None
        if upload is None:
            return None
        reader = self._visits.who(person, named=upload.reseller, command=help_views.COMMANDS[""])
        if isinstance(reader, Stranger | Undecided) or not scope_of(reader).owns(upload):
            return None
        size = self._files.size(upload, name)
        return Report(upload, reader, name, size) if size else None

    def read(self, report: Report) -> bytes:
        """The bytes of a report."""
        return self._files.read(report.upload, report.name)
