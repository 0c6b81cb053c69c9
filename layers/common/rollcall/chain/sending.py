"""Sends what an upload's next step needs: its chunks, or the word that there is nothing left to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.store.queues import Queue
    from rollcall.store.uploads import UploadsStore
    from rollcall.uploads import Upload


class Sending:
    """Sends uploads on.

    Args:
        uploads: where uploads are kept.
        chunks: queue of chunks to load.
        finishes: queue of uploads to finish.
    """

    def __init__(self, uploads: UploadsStore, chunks: Queue, finishes: Queue) -> None:
        self._uploads = uploads
        self._chunks = chunks
        self._finishes = finishes

    def send(self, upload_id: str, numbers: Sequence[int]) -> None:
        """Sends chunks by number; without any, the upload is sent to be finished."""
        if numbers:
            self._chunks.send({"upload_id": upload_id, "chunk": number} for number in numbers)
        else:
            self._finishes.send([{"upload_id": upload_id}])

    def send_again(self, upload: Upload) -> bool:
        """Sends what a planned upload still lacks; False if it is over.

        A planner may have died between storing its plan and sending it, and any message may have been lost. One too
        many is harmless: a chunk that is done or being done is not loaded again.
        """
        if upload.status is not UploadStatus.IN_PROGRESS:
            # The finisher puts a missing summary right.
            self.send(upload.id, ())
            return False
        done = {result.number for result in self._uploads.chunk_results(upload.id)}
        self.send(upload.id, [number for number in range(upload.chunks or 0) if number not in done])
        return True
