"""The report files of an upload, as they are sent to people."""

from __future__ import annotations

import csv
from contextlib import closing
from io import BufferedReader, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.layout import reports_prefix
from rollcall.sheets import unguard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.uploads import Upload

#: Bytes read at a time.
_PIECE: Final = 1024 * 1024

#: 403 is none of these, as in `rollcall.store.objects`.
_GONE: Final = frozenset({"404", "NoSuchKey", "NotFound"})


class ReportFiles:
    """Reads reports.

    Args:
        client: S3, of boto3 or of botocore.
        bucket: where the reports lie.
    """

    def __init__(self, client: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's clients are made at run time
        self._client = client
        self._bucket = bucket

    def size(self, upload: Upload, name: str) -> int:
        """Bytes of a report; 0 where it is not there."""
        try:
            return int(self._client.head_object(Bucket=self._bucket, Key=report_key(upload, name))["ContentLength"])
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return 0
            raise

    def read(self, upload: Upload, name: str) -> bytes:
        """The whole of a report; ask for its size before."""
        body: bytes = self._client.get_object(Bucket=self._bucket, Key=report_key(upload, name))["Body"].read()
        return body

    def rows(self, upload: Upload, name: str) -> Iterator[list[str]]:
        """The lines of a report that is a CSV, without its headings, read as it comes; none where it is not there."""
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=report_key(upload, name))["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return
            raise
        with closing(body):
            # Ends of lines stay as they are: csv knows them, and a cell may have its own.
            text = TextIOWrapper(BufferedReader(body, _PIECE), "utf-8-sig", newline="")
            for row in islice(csv.reader(text), 1, None):
                # Looked at twice, which is twice as fast: next to no cell has a mark.
                yield [unguard(cell) if cell[:1] == "'" else cell for cell in row]


def report_key(upload: Upload, name: str) -> str:
    """Where a report lies."""
    return f"{reports_prefix(upload.reseller, upload.id)}{name}"
