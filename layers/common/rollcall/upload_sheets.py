"""The list of uploads as a CSV file (row P14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.upload_lines import UploadLine

COLUMNS: Final = (
    "upload_id",
    "status",
    "file_name",
    "customer_id",
    "order_number",
    "uploaded_by",
    "account_id",
    "total",
    "stored",
    "refused",
    "verified",
    "uploaded_at",
    "check_only",
    "fault",
    "rollcall_export",
)


def row(line: UploadLine, uploaded_by: str) -> tuple[str, ...]:
    """A line of the file, under `COLUMNS`.

    Args:
        line: the upload.
        uploaded_by: as the reader may see it.
    """
    return (
        line.id,
        line.status.value,
        line.file_name,
        "_many" if line.many else line.customer,
        line.order_number,
        uploaded_by,
        line.account,
        *map(str, (line.total, line.stored, line.refused, line.verified)),
        line.uploaded_at,
        "yes" if line.check_only else "no",
        line.fault,
        "",
    )
