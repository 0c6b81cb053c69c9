"""Work that is stuck: an upload that does not get on is sent on again (row B19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from rollcall.occasions import occasion
from rollcall.uploads import UploadStatus, utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.chain.sending import Sending
    from rollcall.store.queues import Queue
    from rollcall.store.running import Running, RunningUploads
    from rollcall.store.uploads import UploadsStore
    from rollcall.uploads import Upload

#: Reading a large file takes its time, and its message comes back by itself: patience of so many times as much.
_READING: Final = 3
#: The pause before the next look is doubled each time that sending on did not help, up to so many times.
_MOST_DOUBLINGS: Final = 5
#: Uploads looked at in one sweep.
_SWEEP: Final = 200


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a sweep found.

    Attributes:
        stuck: ids of the uploads that were sent on.
        running: how many were looked at and got on.
    """

    stuck: tuple[str, ...]
    running: int


class Resumer:
    """Finds stuck uploads and sends them on.

    Args:
        uploads: where uploads are kept.
        running: those in progress.
        sending: sends the missing chunks, or the upload to be finished.
        files: queue of new files, for those that nobody read.
        patience: seconds without a finished chunk after which an upload counts as stuck.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        uploads: UploadsStore,
        running: RunningUploads,
        sending: Sending,
        files: Queue,
        patience: float,
        clock: Callable[[], float],
    ) -> None:
        self._uploads = uploads
        self._running = running
        self._sending = sending
        self._files = files
        self._patience = patience
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> Resumed:
        """Looks at the uploads in progress that nobody looked at for a while; safe to repeat at any point.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        stuck = []
        running = 0
        for found in islice(self._running.stale(before=self._at(-self._patience)), _SWEEP):
            if enough():
                break
            if self._look(found):
                stuck.append(found.upload.id)
            else:
                running += 1
        return Resumed(tuple(stuck), running)

    def _look(self, found: Running) -> bool:
        """Sends an upload on if it does not get on; whether it did."""
        upload = self._uploads.get(found.upload.id)
        if upload is None or upload.status is not UploadStatus.IN_PROGRESS:
            return False  # the index lags a little
        done = self._uploads.chunks_done(upload.id)
        if done > found.chunks_seen or self._gets_on(upload):
            self._running.looked_at(upload.id, chunks_seen=done, resumed=0, look_again=self._at(0))
            return False
        with occasion(upload.reference):
            if upload.chunks is None:
                self._files.send([notification(upload)])
            else:
                self._sending.send_again(upload)
        wait = self._patience * (2 ** min(found.resumed, _MOST_DOUBLINGS) - 1)
        self._running.looked_at(upload.id, chunks_seen=done, resumed=found.resumed + 1, look_again=self._at(wait))
        return True

    def _gets_on(self, upload: Upload) -> bool:
        if upload.chunks is None:
            return upload.started_at > self._at(-_READING * self._patience)
        return self._running.is_worked_on(upload.id, now=self._clock())

    def _at(self, seconds: float) -> str:
        """The moment so many seconds from now, UTC."""
        return utc(datetime.fromtimestamp(self._clock() + seconds, UTC))


def notification(upload: Upload) -> dict[str, Any]:
    """What S3 would send of an upload's file, so that it is read as if it had just come."""
    thing = {"key": quote_plus(upload.key)} | ({"versionId": upload.version} if upload.version else {})
    s3 = {"bucket": {"name": upload.bucket}, "object": thing}
    return {"Records": [{"eventName": "ObjectCreated:Put", "s3": s3}]}
