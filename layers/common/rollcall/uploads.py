"""An upload: one file, one id, one status, and its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

#: Under this name the figures of a many-customer file gather the rows whose customer could not be told.
UNKNOWN_CUSTOMER: Final = "CUSTOMER_UNKNOWN"


class UploadStatus(StrEnum):
    """State of an upload."""

    #: Its id was given out, its file has not come yet.
    AWAITING_FILE = "AWAITING_FILE"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    COMPLETED_WITH_ERROR = "COMPLETED_WITH_ERROR"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Split:
    """Rows of an upload by outcome.

    Attributes:
        stored: rows that became devices; in a check, rows that would.
        refused: rows that did not.
    """

    stored: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """All rows; blank lines do not count."""
        return self.stored + self.refused

    def __add__(self, other: Split) -> Split:
        return Split(self.stored + other.stored, self.refused + other.refused)


@dataclass(frozen=True, slots=True)
class Cost:
    """What storing took.

    Attributes:
        requests: calls to DynamoDB.
        read_units: as DynamoDB reported them.
        write_units: likewise.
    """

    requests: int = 0
    read_units: float = 0.0
    write_units: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.requests + other.requests,
            self.read_units + other.read_units,
            self.write_units + other.write_units,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of an upload, or of one chunk of it. What each customer has of it is kept apart (`rollcall.shares`).

    Attributes:
        rows: by outcome.
        by_code: fault code → refused rows that have it; a row may count under several.
        notes_by_code: repair or warning code → rows.
        cost: what it took to store them.
    """

    rows: Split = field(default_factory=Split)
    by_code: Mapping[str, int] = field(default_factory=dict)
    notes_by_code: Mapping[str, int] = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)

    @property
    def status(self) -> UploadStatus:
        """What an upload with these figures ends as. One that stored nothing is never shown as a success."""
        if not self.rows.stored:
            return UploadStatus.ERROR
        return UploadStatus.COMPLETED_WITH_ERROR if self.rows.refused else UploadStatus.COMPLETED


def add_up(parts: Iterable[Figures]) -> Figures:
    """The figures of an upload out of those of its chunks."""
    rows = Split()
    cost = Cost()
    by_code: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    for part in parts:
        rows += part.rows
        cost += part.cost
        by_code.update(part.by_code)
        notes.update(part.notes_by_code)
    return Figures(rows=rows, by_code=by_code, notes_by_code=notes, cost=cost)


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a file was read.

    Attributes:
        encoding: name of the character encoding.
        delimiter: the character between cells.
        header_map: heading in the file → our column name; columns without a meaning are left out.
        headerless: the file is a bare list of identifiers.
        ignored: headings of columns that are not read, the first of them, shortened.
        resent: it holds refused rows that were mended, as our ``resend.csv`` has them: no first time for its rows.
    """

    encoding: str
    delimiter: str
    header_map: Mapping[str, str]
    headerless: bool = False
    resent: bool = False
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it is stored.

    Attributes:
        id: ``U-…``.
        bucket: where the file lies; with ``key`` and ``version`` the upload's identity.
        reseller: account id.
        customer: customer id; None for many-customer files, and where the key named nobody known.
        many: each row names its customer.
        file_name: the last part of the key.
        check_only: judged, not stored.
        status: its state.
        uploaded_by: email of the uploader, or ``S3``.
        source: ``s3``, ``slack`` or ``api``.
        started_at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``; ``finished_at`` likewise, empty while in progress.
        reference: the id under which the logs tell more.
        chunks: how many there are; None until the plan is stored.
        planned_rows: rows in the plan.
        sha256: of the file's bytes; empty until read, unless it is known what they must be.
        read_as: how it was read; None until read, and for a file that could not be.
        fault: code of the reason for which the whole file failed; empty if none.
        figures: final once the status is.
        person: who uploaded, as `Person.key`; empty for files put straight into S3.
        checked: id of the check whose file is imported; empty if there was none.
        checked_stored: rows that check would have stored.
        more_files: files that came under its reserved key after its own, and were left alone.
    """

    id: str
    bucket: str
    key: str
    version: str
    reseller: str
    customer: str | None
    many: bool
    file_name: str
    check_only: bool
    status: UploadStatus
    uploaded_by: str
    source: str
    order_number: str
    order_date: str
    stc: str
    started_at: str
    reference: str
    finished_at: str = ""
    chunks: int | None = None
    planned_rows: int = 0
    sha256: str = ""
    read_as: ReadAs | None = None
    fault: str = ""
    figures: Figures = field(default_factory=Figures)
    person: str = ""
    checked: str = ""
    checked_stored: int = 0
    more_files: int = 0

    @property
    def is_running(self) -> bool:
        """Nothing final is known of it yet."""
        return self.status in (UploadStatus.AWAITING_FILE, UploadStatus.IN_PROGRESS)


def utc(moment: datetime) -> str:
    """A time as every report and record shows it: ``YYYY-MM-DDTHH:MM:SSZ``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
