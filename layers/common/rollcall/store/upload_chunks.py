"""The chunks of uploads as they are stored: each leased to one worker at a time, and done once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.exceptions import UpdateError

from rollcall.store.binding import bind
from rollcall.store.upload_heads import figures_from_json, figures_to_json
from rollcall.store.uploads_table import CHUNK_PREFIX, ChunkItem, chunk_sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.uploads import Figures

_CONDITION_FAILED = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What came of a chunk.

    Attributes:
        number: of the chunk, from 0.
        outcomes: key of the object that holds the outcome of each row.
        figures: of its rows.
    """

    number: int
    outcomes: str
    figures: Figures


class LeaseHeldError(Exception):
    """Another worker is on the chunk.

    Attributes:
        seconds: until its lease ends.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = max(0.0, seconds)
        super().__init__(f"another worker holds the chunk for {self.seconds:.0f} s more")


class UploadChunks:
    """Reads and writes chunks.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._chunks = bind(ChunkItem, table, region=region, host=host)

    def take_chunk(self, upload_id: str, number: int, *, worker: str, now: float, until: float) -> ChunkResult | None:
        """Leases a chunk to one worker.

        The lease ends when the worker's own time does, so two workers never store rows of a chunk at once.

        Args:
            upload_id: the upload.
            number: of the chunk.
            worker: names this attempt.
            now: epoch seconds.
            until: when the worker will have stopped, epoch seconds.

        Returns:
            The chunk's result if it is done already, else None: the chunk is the caller's.

        Raises:
            LeaseHeldError: another worker is on it.
        """
        free = ChunkItem.lease_until.does_not_exist() | (ChunkItem.lease_until <= now)
        # The caller's own: the answer to its first call was lost on the way, and the call was repeated below us.
        free = free | (ChunkItem.worker == worker)
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(number)).update(
                actions=[ChunkItem.worker.set(worker), ChunkItem.lease_until.set(until)],
                condition=ChunkItem.done.does_not_exist() & free,
            )
        except UpdateError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise
            item = self._chunks.get(upload_id, chunk_sort_key(number), consistent_read=True)
            if item.done:
                return _chunk_result(item)
            raise LeaseHeldError(float(item.lease_until or now) - now) from None
        return None

    def finish_chunk(self, upload_id: str, result: ChunkResult, *, worker: str) -> bool:
        """Stores a chunk's result; False if the lease has passed to another worker, whose result will count."""
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(result.number)).update(
                actions=[
                    ChunkItem.done.set(True),
                    ChunkItem.outcomes.set(result.outcomes),
                    ChunkItem.figures.set(figures_to_json(result.figures)),
                    ChunkItem.lease_until.remove(),
                ],
                condition=(ChunkItem.worker == worker) & ChunkItem.done.does_not_exist(),
            )
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True

    def release_chunk(self, upload_id: str, number: int, *, worker: str) -> None:
        """Gives a lease back, so that the next worker need not wait for its end."""
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(number)).update(
                actions=[ChunkItem.lease_until.remove()],
                condition=(ChunkItem.worker == worker) & ChunkItem.done.does_not_exist(),
            )
        except UpdateError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise

    def chunks_done(self, upload_id: str) -> int:
        """How many chunks have a result, counting every write that came before."""
        return self._chunks.count(
            upload_id,
            ChunkItem.sk.startswith(CHUNK_PREFIX),
            filter_condition=ChunkItem.done == True,  # noqa: E712 - builds a condition
            consistent_read=True,
        )

    def chunk_results(self, upload_id: str) -> Iterator[ChunkResult]:
        """The results so far, in the order of the file."""
        items = self._chunks.query(
            upload_id,
            ChunkItem.sk.startswith(CHUNK_PREFIX),
            filter_condition=ChunkItem.done == True,  # noqa: E712 - builds a condition
            consistent_read=True,
        )
        return (_chunk_result(item) for item in items)


def _chunk_result(item: ChunkItem) -> ChunkResult:
    return ChunkResult(
        number=int(item.sk.removeprefix(CHUNK_PREFIX)),
        outcomes=item.outcomes or "",
        figures=figures_from_json(item.figures or {}),
    )
