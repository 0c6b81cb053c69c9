"""Uploads in progress, as the clock looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.exceptions import UpdateError

from rollcall.store.binding import bind
from rollcall.store.upload_heads import upload_of
from rollcall.store.uploads_table import CHUNK_PREFIX, RUNNING, ChunkItem, HeadItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.uploads import Upload


@dataclass(frozen=True, slots=True)
class Running:
    """An upload in progress, as the clock finds it.

    Attributes:
        upload: as the index has it, perhaps a moment old.
        chunks_seen: how many chunks were done when the clock looked last.
        resumed: how often the clock sent it on since it last saw it get on.
    """

    upload: Upload
    chunks_seen: int
    resumed: int


class RunningUploads:
    """Reads uploads in progress, and remembers how far they were.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._chunks = bind(ChunkItem, table, region=region, host=host)

    def stale(self, *, before: str) -> Iterator[Running]:
        """Those that nobody looked at since a moment, the oldest first.

        Args:
            before: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        """
        for item in self._heads.by_outbox.query(RUNNING, HeadItem.outbox_at < before, page_size=100):
            yield Running(upload_of(item), int(item.chunks_seen or 0), int(item.resumed or 0))

    def looked_at(self, upload_id: str, *, chunks_seen: int, resumed: int, look_again: str) -> bool:
        """Remembers how far an upload was; False if it is no longer in progress.

        Args:
            upload_id: the upload.
            chunks_seen: chunks that were done.
            resumed: how often it was sent on since it last got on.
            look_again: after when `stale` gives it again, UTC.
        """
        try:
            self._heads(pk=upload_id).update(
                actions=[
                    HeadItem.chunks_seen.set(chunks_seen),
                    HeadItem.resumed.set(resumed),
                    HeadItem.outbox_at.set(look_again),
                ],
                condition=HeadItem.outbox == RUNNING,
            )
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def is_worked_on(self, upload_id: str, *, now: float) -> bool:
        """Whether a worker holds one of its chunks.

        Args:
            upload_id: the upload.
            now: epoch seconds.
        """
        return bool(
            self._chunks.count(
                upload_id,
                ChunkItem.sk.startswith(CHUNK_PREFIX),
                filter_condition=ChunkItem.done.does_not_exist() & (ChunkItem.lease_until > now),
                consistent_read=True,
            )
        )
