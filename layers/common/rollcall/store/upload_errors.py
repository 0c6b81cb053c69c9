"""Why rows of an upload were refused, grouped by cause (rows P13, B2)."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.errors import Fault, sentence
from rollcall.layout import reports_prefix
from rollcall.sheets import unguard
from rollcall.upload_lines import ErrorGroup

if TYPE_CHECKING:
    from rollcall.scopes import Scope
    from rollcall.uploads import Upload

#: Bytes of errors.csv that are read, however long it is: some hundred lines.
_BYTES: Final = 64 * 1024
#: 403 is none of these, as in `rollcall.store.objects`.
_GONE: Final = frozenset({"404", "NoSuchKey", "InvalidRange", "416"})


class UploadErrors:
    """Reads the causes of refusals.

    Args:
        client: S3, of boto3 or of botocore.
        bucket: where the reports lie.
    """

    def __init__(self, client: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's clients are made at run time
        self._client = client
        self._bucket = bucket

    def groups(self, scope: Scope, upload: Upload, *, lines: int = 3) -> tuple[ErrorGroup, ...]:
        """The causes, the most frequent first, each with its first lines.

        Refused rows are the reseller's business: what stood in them, and on which lines, is for the reseller only.
        The customer of a whole file sees how many were refused for which cause; of a file of many customers it sees
        the number of its own refused rows, but no causes, since those are counted by file.

        Args:
            scope: who asks.
            upload: as `UploadLists.find` gave it to the same asker; while in progress it has no causes.
            lines: most lines a cause.
        """
        counts = upload.figures.by_code
        if not counts:
            return ()
        first = self._first_lines(upload, lines) if scope.owns(upload) else {}
        return tuple(
            ErrorGroup(code=code, rows=rows, lines=tuple(first.get(code, ())), sentence=sentence(Fault(code)))
            for code, rows in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )

    def _first_lines(self, upload: Upload, most: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for line, code in self._faults(upload):
            lines = found.setdefault(code, [])
            if len(lines) < most and line not in lines:
                lines.append(line)
        return found

    def _faults(self, upload: Upload) -> list[tuple[int, str]]:
        """Line and code of the faults at the beginning of errors.csv."""
        try:
            answer = self._client.get_object(
                Bucket=self._bucket,
                Key=f"{reports_prefix(upload.reseller, upload.id)}errors.csv",
                Range=f"bytes=0-{_BYTES - 1}",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return []
            raise
        body = answer["Body"].read()
        rows = list(csv.reader(StringIO(body.decode("utf-8-sig", "ignore"), newline="")))
        if len(body) >= _BYTES:
            rows.pop()  # cut off in the middle
        return [(int(row[0]), unguard(row[3])) for row in rows[1:] if row[0].isdecimal()]
