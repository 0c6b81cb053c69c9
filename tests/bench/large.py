"""A real file of 300 MB on the local stack: read, cut into chunks, every row at its line; and the first chunks loaded.

Loading all of a million rows takes the emulator most of an hour, so that only the beginning of them is waited for.
What the limits say to such a file as they are delivered is asked first.
"""

import tempfile
import time
from pathlib import Path

from boto3.s3.transfer import TransferConfig

from local.emulator import REGION
from local.stack import running_stack
from rollcall.store.accounts import AccountsStore
from rollcall.store.objects import Objects
from rollcall.store.uploads import UploadsStore
from rollcall.uploads import UploadStatus
from tests.bench.uploads import COLUMNS, make_rows, use_emulator
from tests.chain import sample_directory

MEGABYTES = 300
ROWS = 1_000_000
#: The rows that have a line break in a cell, those behind a blank line, and those that repeat an earlier one.
BROKEN, BLANK, REPEATED = 97, 1_009, 5_003
#: Chunks that are waited for.
LOADED = 5
LIMITS = {
    "MaxFileBytes": str(384 * 2**20),
    "PlanTimeout": "600",
    "PlanVisibility": "3600",
    "ChunkConcurrency": "2",
}


def run(options):
    encodings = [name for name in ("utf-8-sig", "utf-16") if name in options.encodings]
    for encoding in encodings:
        with tempfile.TemporaryDirectory() as folder:
            path, rows = Path(folder) / "large.csv", ROWS if encoding == "utf-8-sig" else ROWS // 2
            size = _write(path, encoding, rows)
            print(f"\n{size / 2**20:,.0f} MB, {rows:,} rows, {encoding}, on the local stack")
            if encoding == encodings[0]:
                _refused(path, Path(folder, "small"))
            _planned(path, Path(folder, "state"), rows)


def expected(rows):
    """The rows as they must come out: line, cells, and the line on which their identifier stood before."""
    line, firsts, room = 1, {}, " " * 260
    for number, row in enumerate(make_rows(rows)):
        line += 1 + (number % BLANK == 0)
        place, since = divmod(number, REPEATED)
        cells = (*row, f"{number}\r\nend{room}" if number % BROKEN == 0 else f"{number}{room}")
        first = None
        if since == 0:
            firsts[place] = (line, cells)
        elif since == REPEATED - 1:
            first, cells = firsts[place]
        yield line, cells, first
        line += "\r\n" in cells[-1]


def _write(path, encoding, rows):
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(",".join((*COLUMNS, "tags")) + "\r\n")
        for number, (_, cells, _) in enumerate(expected(rows)):
            blank = "\r\n" if number % BLANK == 0 else ""
            tags = f'"{cells[-1]}"' if "\n" in cells[-1] else cells[-1]
            file.write(f"{blank}{','.join(cells[:-1])},{tags}\r\n")
    return path.stat().st_size


def _refused(path, state):
    with running_stack(state) as stack:
        uploads = _uploads(stack)
        started = time.monotonic()
        upload = _put(stack, uploads, path)
        while upload.is_running:
            time.sleep(0.2)
            upload = uploads.get(upload.id)
        assert (upload.status, upload.fault) == (UploadStatus.ERROR, "FILE_TOO_LARGE")
        print(f"  as delivered: {upload.fault}   {time.monotonic() - started:8.1f} s")


def _planned(path, state, rows):
    with running_stack(state, parameters=LIMITS) as stack:
        uploads = _uploads(stack)
        started = time.monotonic()
        upload = _put(stack, uploads, path)
        arrived = time.monotonic()
        while upload.chunks is None:
            time.sleep(0.5)
            upload = uploads.get(upload.id)
        planned = time.monotonic()
        assert (upload.fault, upload.planned_rows) == ("", rows)
        print(f"  put into S3                  {arrived - started:8.1f} s")
        print(f"  read and cut into {upload.chunks} chunks   {planned - arrived:8.1f} s")
        _compare(stack, upload, rows)
        print(f"  each row, line and repeat compared   {time.monotonic() - planned:.1f} s")
        done = 0
        while done < LOADED:
            time.sleep(1)
            done = uploads.chunks_done(upload.id)
        seconds = time.monotonic() - planned
        stored = sum(result.figures.rows.stored for result in uploads.chunk_results(upload.id))
        print(f"  {done} chunks loaded meanwhile, {stored:,} devices   {seconds:.1f} s")


def _compare(stack, upload, rows):
    """Every row of every chunk is the one that was written, at the line where an editor shows it."""
    objects, found = Objects(stack.client("s3"), upload.bucket), 0
    wanted = expected(rows)
    for number in range(upload.chunks):
        lines = objects.lines(f"work/{upload.id}/rows/{number:06}.jsonl.gz")
        next(lines)
        for row, (line, cells, first) in zip(lines, wanted, strict=False):
            found += 1
            repeats = set(row[3].values()) if len(row) > 2 else set()
            assert (row[0], tuple(row[1])) == (line, cells), (row, line, cells)
            assert repeats == ({first} if first else set()), (row, first)
    assert found == rows
    assert next(wanted, None) is None


def _uploads(stack):
    use_emulator()
    AccountsStore(stack.outputs["AccountsTableName"], region=REGION, host=stack.endpoint).apply(sample_directory())
    return UploadsStore(stack.outputs["UploadsTableName"], region=REGION, host=stack.endpoint)


def _put(stack, uploads, path):
    """Puts the file, and waits until the upload has begun."""
    key = "uploads/RSL-ACME/CUST-NORTHWIND/large.csv"
    # At once: the version would be another for each part's time.
    config = TransferConfig(multipart_threshold=2**30)
    stack.client("s3").upload_file(str(path), stack.outputs["UploadsBucketName"], key, Config=config)
    while True:
        for upload in uploads.of_reseller("RSL-ACME"):
            return upload
        time.sleep(0.2)
