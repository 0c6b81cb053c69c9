"""What an upload adds to the figures of its reseller, once however often it is finished (row B22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.chain.sharing import MARGIN
from rollcall.quality import Quality, total, week_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.shares import Share
    from rollcall.store.quality import QualityStore
    from rollcall.uploads import Upload


class Counting:
    """Counts uploads.

    Args:
        quality: figures of resellers.
    """

    def __init__(self, quality: QualityStore) -> None:
        self._quality = quality

    def count(self, upload: Upload, shares: Sequence[Share], *, at: str, seconds_left: Callable[[], float]) -> bool:
        """Adds an upload's rows to the figures of the week in which it is finished.

        Args:
            upload: of which.
            shares: what each customer has of it, those included of whom nothing was stored.
            at: now, UTC.
            seconds_left: how long the worker may still run.

        Returns:
            False if the time was up; the next call goes on.
        """
        resent = bool(upload.read_as and upload.read_as.resent)
        seen = {share.customer: added_by(share, resent=resent, files=1) for share in shares if share.has_devices}
        unseen = total(added_by(share, resent=resent) for share in shares if not share.has_devices)
        whole = Quality(files=1, failed=int(not shares)) + unseen
        return self._quality.count(
            upload.id, upload.reseller, week_of(at), seen, whole, is_late=lambda: seconds_left() < MARGIN
        )


def added_by(share: Share, *, resent: bool, files: int = 0) -> Quality:
    """What a customer's rows add.

    Args:
        share: the rows.
        resent: they were refused before, and mended.
        files: how many files they count as.
    """
    rows = share.rows
    first = (0, 0) if resent else (rows.total, rows.stored)
    return Quality(
        files=files,
        rows=rows.total,
        stored=rows.stored,
        first_rows=first[0],
        first_stored=first[1],
        by_code=dict(share.by_code),
    )
