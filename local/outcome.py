"""An upload in the terminal: a bar while it runs, and what became of it."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from rollcall.errors import CATALOGUE
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console

    from local.stack import Stack
    from rollcall.store.uploads import UploadsStore
    from rollcall.uploads import Upload

#: Seconds until the demo gives up; an ordinary laptop takes two.
PATIENCE = 120
_STYLE = {
    UploadStatus.COMPLETED: "green",
    UploadStatus.COMPLETED_WITH_ERROR: "yellow",
    UploadStatus.ERROR: "red",
}
#: Lines shown of each cause.
_LINES = 3


class OutcomeError(Exception):
    """An upload did not come to its end in time; says what to look at."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reports of a finished upload.

    Attributes:
        summary: ``summary.json``.
        errors: the lines of ``errors.csv``.
        folder: where the reports lie, as ``s3://bucket/prefix/``.
        report: reads one of them by its name.
    """

    summary: Mapping[str, Any]
    errors: list[dict[str, str]]
    folder: str
    report: Callable[[str], bytes]


def watch(console: Console, uploads: UploadsStore, upload_id: str) -> Upload:
    """Shows a bar until an upload is finished.

    Raises:
        OutcomeError: it took longer than anybody would wait.
    """
    columns = (
        TextColumn("  {task.description}"),
        BarColumn(bar_width=40),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeElapsedColumn(),
    )
    begun = time.monotonic()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("reading", total=None)
        while time.monotonic() - begun < PATIENCE:
            upload = uploads.get(upload_id)
            if upload and upload.chunks is not None:
                done = sum(result.figures.rows.total for result in uploads.chunk_results(upload_id))
                progress.update(task, description="checking and storing", total=upload.planned_rows, completed=done)
            if upload and upload.status is not UploadStatus.IN_PROGRESS:
                progress.update(task, description="done", completed=upload.figures.rows.total)
                return upload
            time.sleep(0.05)
    raise OutcomeError(f"Upload {upload_id} was not finished after {PATIENCE} s. The emulator's log may say why.")


def fetch(stack: Stack, upload: Upload) -> Outcome:
    """Reads the reports; the summary comes last, so it is waited for.

    Raises:
        OutcomeError: the summary did not come.
    """
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    prefix = f"reports/{upload.reseller}/{upload.id}/"
    begun = time.monotonic()
    while "Contents" not in s3.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}summary.json"):
        if time.monotonic() - begun > PATIENCE:
            raise OutcomeError(f"There is no {prefix}summary.json after {PATIENCE} s.")
        time.sleep(0.05)

    def report(name: str) -> bytes:
        body: bytes = s3.get_object(Bucket=bucket, Key=prefix + name)["Body"].read()
        return body

    errors = list(csv.DictReader(io.StringIO(report("errors.csv").decode("utf-8-sig"), newline="")))
    return Outcome(json.loads(report("summary.json")), errors, f"s3://{bucket}/{prefix}", report)


def show(console: Console, outcome: Outcome) -> None:
    """Prints how the file was read, what was stored, and what was refused and why."""
    summary = outcome.summary
    style = _STYLE[UploadStatus(summary["status"])]
    console.print(
        f"\n  Upload [bold]{summary['upload_id']}[/]  [{style}]{summary['status']}[/]   "
        f"{summary['total']:,} rows: [green]{summary['stored']:,} stored[/], [red]{summary['refused']:,} refused[/]"
    )
    read_as = summary["read_as"]
    if read_as:
        columns = ", ".join(f"{name} → {column}" for name, column in read_as["header_map"].items())
        console.print(f"  Read as {read_as['encoding']}, delimiter {read_as['delimiter']!r}; {columns}")
    notes = "; ".join(f"{CATALOGUE[code].title} ({count:,})" for code, count in summary["notes_by_code"].items())
    if notes:
        console.print(f"  Mended, and said so: {notes}")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("Rows", "Why they were refused", "First lines", "What to do"):
        table.add_column(heading, justify="right" if heading == "Rows" else "left", overflow="fold")
    for code, count in summary["by_code"].items():
        faults = [fault for fault in outcome.errors if fault["code"] == code]
        lines = ", ".join(f"{fault['line']}: {fault['value']}" for fault in faults[:_LINES])
        table.add_row(str(count), CATALOGUE[code].title, lines, faults[0]["remedy"] if faults else "")
    if summary["by_code"]:
        console.print(table)
    console.print(f"  Reports in {outcome.folder}", soft_wrap=True)
    console.print("    errors.csv   every fault of every row     resend.csv   refused rows, to mend and send")
    console.print("    notes.csv    what was mended or is odd    results.csv  what became of each line")
