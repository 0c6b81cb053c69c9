"""Channels that refuse messages, in one partition, so that operators see all of them (row B26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.operations import ChannelTrouble
from rollcall.store.binding import bind
from rollcall.store.notices import expiry
from rollcall.store.notices_table import notice_pk

if TYPE_CHECKING:
    from collections.abc import Iterator

_TROUBLES: Final = notice_pk("troubles")
#: Channels that are counted.
_COUNTED: Final = 1_000


class TroubleItem(Model):
    """``notice#troubles`` / ``<team>#<channel>#<account>`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True, default=_TROUBLES)
    sk = UnicodeAttribute(range_key=True)
    team = UnicodeAttribute()
    channel = UnicodeAttribute()
    account = UnicodeAttribute()
    code = UnicodeAttribute()
    since = UnicodeAttribute()
    expires = NumberAttribute()


class TroublesStore:
    """Remembers channels that refuse.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(TroubleItem, table, region=region, host=host)

    def put(self, trouble: ChannelTrouble) -> None:
        """Remembers a channel; a newer trouble takes the place of an older one."""
        self._items(
            sk=_sort_key(trouble.team, trouble.channel, trouble.account),
            team=trouble.team,
            channel=trouble.channel,
            account=trouble.account,
            code=trouble.code,
            since=trouble.since,
            expires=expiry(trouble.since),
        ).save()

    def remove(self, team: str, channel: str, account: str) -> None:
        """Forgets a channel that takes messages again."""
        self._items(pk=_TROUBLES, sk=_sort_key(team, channel, account)).delete()

    def all(self) -> Iterator[ChannelTrouble]:
        """Every channel that refuses, by workspace."""
        for item in self._items.query(_TROUBLES, consistent_read=True):
            yield ChannelTrouble(item.team, item.channel, item.account, item.code, item.since)

    def count(self) -> int:
        """How many there are; from a thousand on nobody counts."""
        return self._items.count(_TROUBLES, limit=_COUNTED)


def _sort_key(team: str, channel: str, account: str) -> str:
    return f"{team}#{channel}#{account}"
