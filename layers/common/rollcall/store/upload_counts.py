"""How many uploads companies had lately; counts and nothing else."""

from __future__ import annotations

from typing import Final

from rollcall.store.binding import bind
from rollcall.store.uploads_table import HeadItem, PartItem

#: Uploads that are counted.
MOST: Final = 1_000


class UploadCounts:
    """Counts uploads by the indexes of the lists, which may lag behind by a moment.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._parts = bind(PartItem, table, region=region, host=host)

    def since(self, account: str, moment: str, *, reseller: bool) -> int:
        """A company's uploads since a moment; from a thousand on nobody counts.

        Args:
            account: id.
            moment: UTC, or the beginning of a UTC time such as a day.
            reseller: it is one; otherwise a customer, whose parts of uploads are counted.
        """
        if reseller:
            return self._heads.by_reseller.count(account, HeadItem.listed_at >= moment, limit=MOST)
        return self._parts.by_customer.count(account, PartItem.listed_at >= moment, limit=MOST)
