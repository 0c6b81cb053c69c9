"""Figures of resellers as a CSV file, a line for each company of the other side (row B22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.quality import Quality

COLUMNS: Final = (
    "since",
    "until",
    "company_id",
    "company",
    "files",
    "files_unreadable",
    "rows",
    "stored",
    "refused",
    "error_rate",
    "first_rows",
    "first_stored",
    "first_time_right",
    "accepted_devices",
    "median_hours_over",
    "median_hours_up_to",
    "causes",
    "rollcall_export",
)


def row(since: str, until: str, account: str, name: str, quality: Quality) -> tuple[str, ...]:
    """A line of the file, under `COLUMNS`.

    Args:
        since: the first Monday.
        until: the Monday of the last week.
        account: account id; empty for all together.
        name: of the company.
        quality: its figures. The median is known as a step of hours; its end is empty where the step has none.
    """
    step = quality.median
    return (
        since,
        until,
        account,
        name,
        *map(str, (quality.files, quality.failed, quality.rows, quality.stored, quality.refused)),
        _share(quality.error_rate),
        *map(str, (quality.first_rows, quality.first_stored)),
        _share(quality.first_time_right),
        str(quality.accepted),
        str(step.above) if step else "",
        str(step.most) if step and step.most is not None else "",
        "|".join(f"{name}:{rows}" for name, rows in quality.causes()),
        "",
    )


def _share(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.4f}"
