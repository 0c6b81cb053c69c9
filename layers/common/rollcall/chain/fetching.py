"""The step before the first: a reserved upload's file is brought to its key, out of Slack or out of a check."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rollcall.errors import Fault
from rollcall.slack.files import FetchBrokenError, LargeFileError, NotFetchedError
from rollcall.store.objects import ObjectGoneError
from rollcall.store.uploads import Plan
from rollcall.uploads import UploadStatus, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.slack.files import SlackFiles
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue
    from rollcall.store.uploads import UploadsStore
    from rollcall.uploads import Upload

_MEGABYTE: Final = 1024 * 1024


class Fetch(StrEnum):
    """What came of fetching a file."""

    FETCHED = "fetched"
    REPEATED = "repeated"
    GIVEN_UP = "given_up"
    LAPSED = "lapsed"


class Fetcher:
    """Brings files to their keys; the bucket's notification does the rest.

    Args:
        uploads: where uploads are kept.
        objects: the bucket.
        files: those in Slack.
        finishes: queue of uploads to finish.
        most_bytes: of one file.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        uploads: UploadsStore,
        objects: Objects,
        files: SlackFiles,
        finishes: Queue,
        most_bytes: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._uploads = uploads
        self._objects = objects
        self._files = files
        self._finishes = finishes
        self._most_bytes = most_bytes
        self._now = now

    def from_slack(self, upload_id: str, team: str, file: Mapping[str, Any], *, last: bool, reference: str) -> Fetch:
        """Fetches a file out of Slack; safe to repeat at any point.

        Args:
            upload_id: the reserved upload.
            team: the workspace that the file lies in.
            file: its id, name, size and address.
            last: there will be no other try.
            reference: the id under which the logs tell more.

        Raises:
            FetchBrokenError: another try may do better.
            RetryLaterError: Slack limits the rate.
        """
        upload = self._uploads.get(upload_id)
        if (settled := self._settled(upload, reference)) or upload is None:
            return settled or Fetch.LAPSED
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload.csv"
            try:
                self._files.fetch(team, file, path, most_bytes=self._most_bytes)
            except NotFetchedError as error:
                return self._give_up(upload, Fault("FILE_NOT_FETCHED", details={"reason": error.reason}), reference)
            except LargeFileError:
                limit = f"{self._most_bytes // _MEGABYTE:,} MB"
                return self._give_up(upload, Fault("FILE_TOO_LARGE", details={"limit": limit}), reference)
            except FetchBrokenError:
                if not last:
                    raise
                fault = Fault("FILE_NOT_FETCHED", details={"reason": "Slack did not hand it over in several tries"})
                return self._give_up(upload, fault, reference)
            return Fetch.FETCHED if self._objects.put_once(upload.key, path, "text/csv") else Fetch.REPEATED

    def from_check(self, upload_id: str, check_id: str, *, reference: str) -> Fetch:
        """Copies the very version of the file that a check judged; safe to repeat at any point.

        Args:
            upload_id: the reserved upload.
            check_id: the check.
            reference: the id under which the logs tell more.
        """
        upload, check = self._uploads.get(upload_id), self._uploads.get(check_id)
        if (settled := self._settled(upload, reference)) or upload is None:
            return settled or Fetch.LAPSED
        if check is None:
            return self._give_up(upload, Fault("FILE_GONE"), reference)
        try:
            copied = self._objects.copy_once(check.key, check.version, upload.key)
        except ObjectGoneError:
            return self._give_up(upload, Fault("FILE_GONE"), reference)
        return Fetch.FETCHED if copied else Fetch.REPEATED

    def _settled(self, upload: Upload | None, reference: str) -> Fetch | None:
        """What is to be said where nothing is to be fetched any more; None where it is."""
        if upload is None:
            return Fetch.LAPSED
        if upload.status is UploadStatus.AWAITING_FILE:
            return None
        if upload.status is UploadStatus.IN_PROGRESS and not upload.version:
            # Somebody gave it up and did not get to its end.
            return self._give_up(upload, Fault("FILE_NOT_FETCHED"), reference)
        return Fetch.REPEATED

    def _give_up(self, upload: Upload, fault: Fault, reference: str) -> Fetch:
        """Ends an upload as one whose file failed: its uploader is told as of any other."""
        if not self._uploads.take(upload.id, version="", at=utc(self._now()), reference=reference):
            now = self._uploads.get(upload.id)
            if now is None or now.version:
                return Fetch.REPEATED
        self._uploads.set_plan(upload.id, Plan(chunks=0, fault=fault))
        self._finishes.send([{"upload_id": upload.id}])
        return Fetch.GIVEN_UP
