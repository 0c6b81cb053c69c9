"""Uploads whose id is given out before their file is there: reserved, taken by the file, or given up."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from rollcall import upload_ids
from rollcall.store.binding import bind, transact
from rollcall.store.upload_heads import head_values, upload_of
from rollcall.store.uploads_table import HEAD, HeadItem, OnceItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pynamodb.transactions import TransactWrite

    from rollcall.uploads import Upload

#: Seconds after which a reservation goes if no file came, and what was asked for once may be asked for again.
KEPT: Final = 24 * 3600


def new_upload_id() -> str:
    """An id that nobody can guess and, with 80 random bits, nobody had before."""
    return upload_ids.drawn(secrets.token_bytes(10))


class ReservationsStore:
    """Reads and writes reservations; each is the head of an upload with the status AWAITING_FILE.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._onces = bind(OnceItem, table, region=region, host=host)

    def reserve(self, uploads: Sequence[Upload], *, once: str, now: float) -> tuple[Upload, ...]:
        """Reserves uploads, all or none.

        Args:
            uploads: with the status AWAITING_FILE, new ids and the keys that their files will have; at most 99.
            once: names what was asked for. The same asked for again, by a second click or a repeated request,
                reserves nothing.
            now: epoch seconds.

        Returns:
            The uploads that stand for it: these, or those of the first time as they are now; none where one of
            those is gone, since its file did not come in time.
        """
        name = hashlib.sha256(once.encode()).hexdigest()

        def fill(transaction: TransactWrite) -> None:
            transaction.save(
                self._onces(pk=f"once#{name}", uploads=[upload.id for upload in uploads], expires=int(now) + KEPT),
                condition=OnceItem.pk.does_not_exist(),
            )
            for upload in uploads:
                transaction.save(
                    self._heads(**head_values(upload), expires=int(now) + KEPT),
                    condition=HeadItem.pk.does_not_exist(),
                )

        return tuple(uploads) if transact(self._heads, fill) else self._first(name)

    def _first(self, name: str) -> tuple[Upload, ...]:
        ids = self._onces.get(f"once#{name}", "once", consistent_read=True).uploads
        items = {item.pk: item for item in self._heads.batch_get([(one, HEAD) for one in ids], consistent_read=True)}
        return tuple(upload_of(items[one]) for one in ids) if len(items) == len(ids) else ()
