"""What an upload's reports say: one line per fault, one per row; the rows to send again are written in `resends`.

The texts of ``errors.csv`` are for the reseller's own files only; nothing in them names another party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import sentence
from rollcall.rows import SLOTS
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rollcall.chunks import Outcome
    from rollcall.errors import Fault
    from rollcall.rows import FileContext
    from rollcall.shares import Share
    from rollcall.uploads import Upload

FAULT_COLUMNS: Final = ("line", "column", "value", "code", "message", "remedy")
RESULT_COLUMNS: Final = ("line", "outcome", "codes", "customer_id", *SLOTS, "status")


def fault_row(line: int | None, fault: Fault, context: FileContext | None) -> tuple[str, ...]:
    """A line of ``errors.csv`` or ``notes.csv``; ``line`` is None for a fault of the file itself."""
    return (
        "" if line is None else str(line),
        heading(fault.column, context),
        fault.value,
        fault.code,
        fault.message,
        fault.remedy,
    )


def result_row(outcome: Outcome) -> tuple[str, ...]:
    """A line of ``results.csv`` (row B27)."""
    return (
        str(outcome.line),
        "stored" if outcome.stored else "refused",
        " ".join(_codes(outcome)),
        outcome.customer,
        *(outcome.ids.get(slot, "") for slot in SLOTS),
        outcome.status,
    )


def summary(upload: Upload, shares: Iterable[Share] = ()) -> dict[str, Any]:
    """``summary.json`` of a finished upload.

    Args:
        upload: of which.
        shares: what each customer has of it; told of a file for many customers.
    """
    figures = upload.figures
    read_as = upload.read_as
    result: dict[str, Any] = {
        "upload_id": upload.id,
        "source_key": upload.key,
        "source_version": upload.version,
        "sha256": upload.sha256,
        "check_only": upload.check_only,
        "status": upload.status.value,
        "total": figures.rows.total,
        "stored": figures.rows.stored,
        "refused": figures.rows.refused,
        "by_code": _sorted(figures.by_code),
        "notes_by_code": _sorted(figures.notes_by_code),
        "read_as": None
        if read_as is None
        else {
            "encoding": read_as.encoding,
            "delimiter": read_as.delimiter,
            "header_map": dict(read_as.header_map),
            "headerless": read_as.headerless,
        },
        "started_at": upload.started_at,
        "finished_at": upload.finished_at,
        "reference": upload.reference,
    }
    if upload.many:
        result["by_customer"] = {
            share.customer: {
                "total": share.rows.total,
                "stored": share.rows.stored,
                "refused": share.rows.refused,
            }
            for share in shares
        }
    return result


def heading(column: str, context: FileContext | None) -> str:
    """A column by the name it has in the file, where the file has it."""
    if context is not None and column in context.columns and column not in context.headings:
        return context.headings[context.columns.index(column)]
    return column


def file_status(fault: Fault | None, status: UploadStatus) -> UploadStatus:
    """A file that failed as a whole ends as ERROR whatever its rows."""
    return UploadStatus.ERROR if fault else status


def first_faults(outcomes: Iterator[Outcome], *, each: int) -> dict[str, list[tuple[int, str]]]:
    """The first lines of each cause, for a message: code → (line, sentence)."""
    found: dict[str, list[tuple[int, str]]] = {}
    for outcome in outcomes:
        for fault in outcome.faults:
            lines = found.setdefault(fault.code, [])
            if len(lines) < each:
                lines.append((outcome.line, sentence(fault)))
    return found


def _codes(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fault.code for fault in outcome.faults))


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
