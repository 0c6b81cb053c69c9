"""The reports of a bulk accept: ``reports/<customer>/<job>/{summary.json,errors.csv}``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.layout import reports_prefix
from rollcall.reports import FAULT_COLUMNS, fault_row
from rollcall.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.jobs import Job
    from rollcall.lists import ListLine
    from rollcall.store.objects import Objects

_CSV: Final = "text/csv; charset=utf-8"


def summary(job: Job) -> dict[str, Any]:
    """``summary.json`` of a job that is over."""
    return {
        "job_id": job.id,
        "decision_id": job.decision.id,
        "source_key": job.source,
        "source_version": job.source_version,
        "status": job.state.value,
        "total": job.total,
        "accepted": job.decided,
        "refused": job.total - job.decided,
        "by_code": dict(sorted(job.by_code.items(), key=lambda pair: (-pair[1], pair[0]))),
        "started_at": job.created_at,
        "finished_at": job.finished_at,
        "reference": job.reference,
    }


def write(objects: Objects, job: Job, refused: Iterable[ListLine]) -> None:
    """Writes both reports, the summary last; a repeat writes the same again."""
    prefix = reports_prefix(job.account, job.id)
    sheet = SheetWriter()
    with objects.writer(f"{prefix}errors.csv", _CSV) as target:
        target.write(sheet.write([FAULT_COLUMNS]))
        for line in refused:
            number = line.line or None
            target.write(sheet.write([fault_row(number, fault, None) for fault in line.faults]))
    body = json.dumps(summary(job), ensure_ascii=False, indent=2) + "\n"
    objects.put(f"{prefix}summary.json", body.encode(), "application/json")
