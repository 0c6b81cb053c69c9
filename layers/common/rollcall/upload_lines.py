"""Uploads as a list shows them, and an upload as a customer may see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rollcall.uploads import Figures, UploadStatus

if TYPE_CHECKING:
    from rollcall.uploads import Split, Upload


@dataclass(frozen=True, slots=True)
class UploadLine:
    """One line of an uploads list (row P12).

    Attributes:
        id: upload id.
        file_name: the last part of the key.
        customer: customer id; empty where each row names its own, and where the key named nobody known.
        many: each row names its customer.
        order_number: of the upload as a whole; its rows may have their own.
        uploaded_by: email of the uploader, or ``S3``.
        account: account id of the reseller whose upload it is.
        total: rows; while in progress those of the plan, 0 until it is made.
        stored: rows that became devices (in a check: would); 0 while in progress. Likewise ``refused``.
        verified: devices of it that are VERIFIED now.
        uploaded_at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        status: its state; for a customer that of its own part, as are the figures.
        check_only: judged, not stored.
        fault: code of the reason for which the whole file failed; empty if none.
        noted: repairs and warnings; 0 while in progress, and for a customer.
    """

    id: str
    file_name: str
    customer: str
    many: bool
    order_number: str
    uploaded_by: str
    account: str
    total: int
    stored: int
    refused: int
    verified: int
    uploaded_at: str
    status: UploadStatus
    check_only: bool = False
    fault: str = ""
    noted: int = 0


def line_of(upload: Upload, *, verified: int) -> UploadLine:
    """The line of an upload; of a customer's own part, if the upload is one that `part_of` made."""
    rows = upload.figures.rows
    return UploadLine(
        id=upload.id,
        file_name=upload.file_name,
        customer=upload.customer or "",
        many=upload.many,
        order_number=upload.order_number,
        uploaded_by=upload.uploaded_by,
        account=upload.reseller,
        total=upload.planned_rows if upload.status is UploadStatus.IN_PROGRESS else rows.total,
        stored=rows.stored,
        refused=rows.refused,
        verified=verified,
        uploaded_at=upload.started_at,
        status=upload.status,
        check_only=upload.check_only,
        fault=upload.fault,
        noted=sum(upload.figures.notes_by_code.values()),
    )


def part_of(upload: Upload, customer: str, split: Split, status: UploadStatus) -> Upload:
    """An upload as a customer may see it: its own part and no more.

    Why rows were refused is counted by file and not by customer; of its own rows it reads that in the reports. Where
    the file lies and what it contains byte for byte stays the reseller's.
    """
    figures = Figures(rows=split, by_code={} if upload.many else upload.figures.by_code)
    return replace(
        upload,
        bucket="",
        key="",
        version="",
        sha256="",
        read_as=None,
        customer=customer,
        status=status,
        planned_rows=split.total,
        figures=figures,
    )


@dataclass(frozen=True, slots=True)
class ErrorGroup:
    """The refused rows of an upload that share a cause (rows P13, B2).

    Attributes:
        code: of the cause.
        rows: how many; a row may count under several causes.
        lines: the first few lines of the file that have it, ascending; empty for a fault of the file itself, and
            for causes far down a long file.
        sentence: cause and remedy.
    """

    code: str
    rows: int
    lines: tuple[int, ...]
    sentence: str
