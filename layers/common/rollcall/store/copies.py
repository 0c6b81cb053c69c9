"""Which notices were posted where, so that a repeated message posts nothing twice and each copy can be changed."""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.posted import Copy
from rollcall.store.binding import bind

#: Seconds that a copy is remembered: as long as SQS keeps a message, and some.
_KEPT = 30 * 24 * 3600


class CopyItem(Model):
    """``notice#<id>`` / ``copy`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="copy")
    team = UnicodeAttribute()
    channel = UnicodeAttribute()
    ts = UnicodeAttribute()
    expires = NumberAttribute()


class CopiesStore:
    """Remembers posted copies.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(CopyItem, table, region=region, host=host)

    def get(self, notice: str) -> Copy | None:
        """Where a notice was posted; None if it was not, or nobody remembers."""
        try:
            item = self._items.get(f"notice#{notice}", "copy", consistent_read=True)
        except self._items.DoesNotExist:
            return None
        return Copy(team=item.team, channel=item.channel, ts=item.ts)

    def put(self, notice: str, copy: Copy, *, now: float) -> None:
        """Remembers a copy.

        Args:
            notice: id of the notice.
            copy: where it is.
            now: epoch seconds.
        """
        self._items(
            pk=f"notice#{notice}",
            team=copy.team,
            channel=copy.channel,
            ts=copy.ts,
            expires=int(now) + _KEPT,
        ).save()
