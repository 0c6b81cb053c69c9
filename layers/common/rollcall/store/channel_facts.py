"""What is known of channels that are posted to: whether another company reads along, and which notices stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.store.binding import bind
from rollcall.store.notices import KEPT
from rollcall.store.notices_table import notice_pk

if TYPE_CHECKING:
    from collections.abc import Iterator

_FACTS: Final = "facts"
_POSTED: Final = "posted#"


class FactsItem(Model):
    """``notice#channel#<team>#<channel>`` / ``facts`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=_FACTS)
    shared = BooleanAttribute()
    seen_at = NumberAttribute()
    expires = NumberAttribute()


class PostedItem(Model):
    """``notice#channel#<team>#<channel>`` / ``posted#<notice>``: the notice has a copy in the channel."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    expires = NumberAttribute()


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What Slack said of a channel.

    Attributes:
        shared: another company reads along, or is invited to.
        seen_at: when Slack said so, epoch seconds.
    """

    shared: bool
    seen_at: float


class ChannelFactsStore:
    """Reads and writes what is known of channels.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._facts = bind(FactsItem, table, region=region, host=host)
        self._posted = bind(PostedItem, table, region=region, host=host)

    def get(self, team: str, channel: str) -> ChannelFacts | None:
        """What is known of a channel; None if nobody asked yet."""
        try:
            item = self._facts.get(_pk(team, channel), _FACTS, consistent_read=True)
        except self._facts.DoesNotExist:
            return None
        return ChannelFacts(item.shared, float(item.seen_at))

    def put(self, team: str, channel: str, *, shared: bool, now: float) -> None:
        """Remembers what Slack says now; the arguments are those of `ChannelFacts`."""
        self._facts(pk=_pk(team, channel), shared=shared, seen_at=now, expires=int(now) + KEPT).save()

    def posted(self, team: str, channel: str, notice: str, *, now: float) -> None:
        """Remembers that a notice has a copy in a channel."""
        self._posted(pk=_pk(team, channel), sk=f"{_POSTED}{notice}", expires=int(now) + KEPT).save()

    def notices_in(self, team: str, channel: str) -> Iterator[str]:
        """The ids of the notices that have copies in a channel."""
        for item in self._posted.query(_pk(team, channel), PostedItem.sk.startswith(_POSTED), consistent_read=True):
            yield item.sk.removeprefix(_POSTED)


def _pk(team: str, channel: str) -> str:
    return notice_pk(f"channel#{team}#{channel}")
