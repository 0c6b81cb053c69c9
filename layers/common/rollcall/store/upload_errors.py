"""Why rows of an upload were refused, grouped by cause (rows P13, B2)."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.errors import Fault, sentence
from rollcall.layout import reports_prefix
from rollcall.own_rows import codes_of, line_of, own_results
from rollcall.sheets import unguard
from rollcall.upload_lines import ErrorGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.scopes import Scope
    from rollcall.uploads import Upload

#: Bytes of errors.csv that are read, however long it is: some hundred lines.
_BYTES: Final = 64 * 1024
#: Bytes of results.csv, which are read to their end: about 10,000 rows.
_RESULT_BYTES: Final = 1024 * 1024
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

        A customer sees its own rows. Of a file for many customers nobody has counted them by cause, so they are read
        out of ``results.csv``; of one that is longer than a click may wait for, no causes are told.

        Args:
            scope: who asks.
            upload: as `UploadLists.find` gave it to the same asker; while in progress it has no causes.
            lines: most lines a cause.
        """
        counts = upload.figures.by_code
        if upload.many and not scope.is_reseller:
            counts, first = self._own(upload, scope.account, lines)
        else:
            first = self._first_lines(upload, lines) if counts else {}
        return tuple(
            ErrorGroup(code=code, rows=rows, lines=tuple(first.get(code, ())), sentence=sentence(Fault(code)))
            for code, rows in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )

    def _own(self, upload: Upload, customer: str, most: int) -> tuple[Mapping[str, int], dict[str, list[int]]]:
        """How many rows of a customer were refused for which cause, and the first lines of each."""
        counts: Counter[str] = Counter()
        first: dict[str, list[int]] = {}
        if not upload.figures.rows.refused or upload.is_running:
            return counts, first
        body, is_whole = self._beginning(upload, "results.csv", _RESULT_BYTES)
        rows = csv.reader(StringIO(body.decode("utf-8-sig", "ignore"), newline=""))
        for row in own_results(islice(rows, 1, None) if is_whole else (), customer):
            for code in codes_of(row):
                counts[code] += 1
                if len(first.setdefault(code, [])) < most:
                    first[code].append(line_of(row))
        return counts, first

    def _first_lines(self, upload: Upload, most: int) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for line, code in self._faults(upload):
            lines = found.setdefault(code, [])
            if len(lines) < most and line not in lines:
                lines.append(line)
        return found

    def _faults(self, upload: Upload) -> list[tuple[int, str]]:
        """Line and code of the faults at the beginning of errors.csv."""
        body, is_whole = self._beginning(upload, "errors.csv", _BYTES)
        rows = list(csv.reader(StringIO(body.decode("utf-8-sig", "ignore"), newline="")))
        if rows and not is_whole:
            rows.pop()  # cut off in the middle
        return [(int(row[0]), unguard(row[3])) for row in rows[1:] if row[0].isdecimal()]

    def _beginning(self, upload: Upload, name: str, size: int) -> tuple[bytes, bool]:
        """The first bytes of a report, none where it is not there; and whether that is all of it."""
        try:
            answer = self._client.get_object(
                Bucket=self._bucket,
                Key=f"{reports_prefix(upload.reseller, upload.id)}{name}",
                Range=f"bytes=0-{size - 1}",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _GONE:
                return b"", True
            raise
        body: bytes = answer["Body"].read()
        return body, len(body) < size
