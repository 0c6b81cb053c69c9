"""Reports on a file of which every row is refused for two reasons, one group of rows a call: ``--rows 1000000``.

Seconds are those of one CPU. S3 is a folder, so that what is measured is the work on the rows and not the network.
"""

import io
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rollcall.chain import reporting
from rollcall.chunks import context_to_json, outcome_of, outcome_to_json
from rollcall.rows import FileContext, judge
from rollcall.store.objects import Objects
from rollcall.store.upload_chunks import ChunkResult
from rollcall.uploads import Figures, Split, Upload
from tests.bench.uploads import COLUMNS, make_rows
from tests.fakes.s3 import refused

CHUNK = 2_000
NOTHING = Upload(**dict.fromkeys(Upload.__dataclass_fields__, ""))


class Body(io.FileIO):
    """What is read of an object."""

    def iter_chunks(self, size):
        while piece := self.read(size):
            yield piece


class Folder:
    """A bucket in a folder; all chunks are one."""

    def __init__(self, path):
        self.path = path

    def put_object(self, Bucket, Key, Body, **_):  # noqa: N803 - boto3's names
        self._at(Key).write_bytes(Body)

    def get_object(self, Bucket, Key):  # noqa: N803 - likewise
        if not self._at(Key).exists():
            raise refused("NoSuchKey", "GetObject")
        return {"Body": Body(self._at(Key))}

    def create_multipart_upload(self, Bucket, Key, ContentType):  # noqa: N803 - likewise
        self._at(Key).write_bytes(b"")
        return {"UploadId": Key}

    def upload_part(self, Bucket, Key, UploadId, PartNumber, Body):  # noqa: N803 - likewise
        with self._at(Key).open("ab") as file:
            file.write(Body)
        return {"ETag": "1"}

    def complete_multipart_upload(self, **_):
        """It is there already."""

    def _at(self, key):
        return self.path / key.replace("/", "_")


def run(options):
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as folder:
            _measure(rows, Folder(Path(folder)))


def _outcomes():
    context = FileContext(headings=COLUMNS, columns=COLUMNS, customer="CUST-NORTHWIND")
    yield context_to_json(context)
    for line, (imei, _, *more) in enumerate(make_rows(CHUNK), 2):
        cells = (imei[:-1] + str((int(imei[-1]) + 1) % 10), "12", *more)
        yield outcome_to_json(outcome_of(judge(line, cells, context), cells, status="PENDING"))


def _measure(rows, bucket):
    objects = Objects(bucket, "b")
    objects.put_lines("chunk", _outcomes())
    upload = replace(NOTHING, id="U-1", reseller="RSL-ACME", customer="CUST-NORTHWIND", many=False)
    results = [ChunkResult(number, "chunk", Figures(rows=Split(0, CHUNK))) for number in range(rows // CHUNK)]
    shares, calls = None, []
    while shares is None:
        before = time.process_time()
        shares = reporting.Reporting(objects).write(upload, results, None, (), seconds_left=lambda: 0.0)
        calls.append(time.process_time() - before)
    assert shares[0].rows.refused == len(results) * CHUNK
    written = sum(path.stat().st_size for path in bucket.path.glob("reports_*")) / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nReports on {len(results) * CHUNK:,} refused rows: {written:,.0f} MB")
    print(f"  all groups                   {sum(calls[:-1]):8.1f} s   the slowest {max(calls):.1f} s")
    print(f"  joining them                 {calls[-1]:8.1f} s")
    print(f"  memory                       {peak:8.0f} MB")
